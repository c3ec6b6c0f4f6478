"""Tests mirror the tree; the end-to-end ones run against `crawler.newsroom`."""
