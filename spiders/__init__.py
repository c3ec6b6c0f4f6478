"""Scrapy spiders: they find and fetch, and yield `Lead` and `Page` records only."""
