"""Scrapy's side of a polite crawl: robots.txt, delays, patience, and the frontier in the store."""
