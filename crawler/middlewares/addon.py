"""Turn the configuration into Scrapy settings.

A `Config` arrives (from the spider, which read it), settings leave. Everything a user sets in
`wiretrace.toml` goes this way, so that `scrapy crawl` and `wiretrace crawl` behave alike.
https://docs.scrapy.org/en/latest/topics/addons.html
"""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler import __version__
from crawler.config import Config, CrawlLimits
from crawler.middlewares.large import LargeAnswers
from crawler.middlewares.resolver import PublicResolver
from crawler.urls import host_of

if TYPE_CHECKING:
    from datetime import datetime

# Scrapy pauses a host through the delay of its queue, and takes a delay of 0 for "no queue".
LEAST_DELAY_S = 0.001


@dataclass(slots=True)
class HostDelays:
    """What says how long a host is left alone between two requests; the longest holds."""

    given_s: float
    """From the configuration."""
    floor_s: float = 0.0
    """From its robots.txt."""
    learnt_s: float = 0.0
    """From how it has answered."""


class WiretraceAddon:
    """Settings of a crawl, and what its components share."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.connections = asyncio.Semaphore(config.crawl.concurrency)
        """Places for open connections, over all hosts and schemes."""
        self.large = LargeAnswers()
        """Places for large answers, likewise."""
        self.guard = PublicResolver(
            frozenset(host_of(one.location) for one in config.sources if one.allow_private)
        )
        """Resolves names to public addresses only."""
        self.resting: dict[str, datetime] = {}
        """Hosts that are left alone, and until when."""
        self.delays: dict[str, HostDelays] = {}
        """By the key of the host's queue: one delay for a host, whichever sources lead there."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the configuration from the spider; the shell's default spider has none."""
        config = getattr(crawler.spider, "config", None)
        return cls(config if isinstance(config, Config) else Config())

    def update_settings(self, settings: BaseSettings) -> None:
        """Write the settings at the project's priority: `-s` on the command line still wins."""
        limits = self.config.crawl
        values: dict[str, Any] = {
            "USER_AGENT": user_agent(limits),
            "DOWNLOAD_DELAY": max(limits.delay_s, LEAST_DELAY_S),
            "DOWNLOAD_TIMEOUT": limits.timeout_s,
            "DOWNLOAD_MAXSIZE": limits.max_bytes,
            "DOWNLOAD_WARNSIZE": 0,
            "DOWNLOAD_SLOTS": host_delays(self.config),
        }
        for name, value in values.items():
            settings.set(name, value, priority="project")


def addon_of(crawler: Crawler) -> WiretraceAddon:
    """Give the crawl's own add-on."""
    for addon in crawler.addons.addons:
        if isinstance(addon, WiretraceAddon):
            return addon
    return WiretraceAddon.from_crawler(crawler)


def user_agent(limits: CrawlLimits) -> str:
    """Fill in who we are; a configuration made in code may still have the placeholders."""
    filled = limits.user_agent.replace("{version}", __version__)
    return filled.replace("{contact}", limits.contact)


def host_delays(config: Config) -> dict[str, dict[str, float]]:
    """Give the queues of hosts for which a source sets its own delay.

    Where sources of one host differ, the longest delay counts: each of them asked for at least it.
    """
    delays: dict[str, list[float]] = {}
    for source in config.sources:
        given = config.crawl.delay_s if source.delay_s is None else source.delay_s
        delays.setdefault(host_of(source.location), []).append(given)
    return {
        host: {"delay": max(*values, LEAST_DELAY_S), "concurrency": 1}
        for host, values in delays.items()
        if host and max(values) != config.crawl.delay_s
    }
