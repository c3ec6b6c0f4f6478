"""Tests of the spiders, against a local server and a real crawl."""
