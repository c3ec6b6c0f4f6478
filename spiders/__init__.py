"""Scrapy spiders: they find and fetch, and yield records only.

`Lead` and `Page` go on their way; `Drop` and `SourceOutcome` say what did not.
"""
