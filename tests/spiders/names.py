"""A name server for crawls that go without a proxy: every name is this machine."""

# ruff: noqa: N802 - Twisted names its methods so

from typing import Self

from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.base import ReactorBase


class HomeResolver(CachingThreadedResolver):
    """Answers 127.0.0.1, whatever the name; for `-s TWISTED_DNS_RESOLVER=…`."""

    @classmethod
    def from_crawler(cls, crawler: object, reactor: ReactorBase) -> Self:
        """Build it as Scrapy asks for it."""
        del crawler
        return cls(reactor, 0, 1.0)

    def getHostByName(self, name: str, timeout: object = ()) -> "defer.Deferred[str]":
        """Give this machine's own address."""
        del name, timeout
        return defer.succeed("127.0.0.1")
