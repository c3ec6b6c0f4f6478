"""Names lead to public addresses only, whatever they answer the second time."""

# ruff: noqa: N802 - Twisted names its methods so

from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from crawler.middlewares.resolver import PublicResolver

PUBLIC, PRIVATE = "93.184.216.34", "10.0.0.7"


@implementer(IHostnameResolver)
class Answers:
    """A name server with one list of addresses for each time it is asked."""

    def __init__(self, *rounds: list[str]) -> None:
        self.rounds = list(rounds)

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *_: object) -> object:
        for host in self.rounds.pop(0):
            kind = IPv6Address if ":" in host else IPv4Address
            receiver.addressResolved(kind("TCP", host, port))
        receiver.resolutionComplete()
        return name


@implementer(IResolutionReceiver)
class Heard:
    def __init__(self) -> None:
        self.hosts: list[str] = []
        self.complete = False

    def resolutionBegan(self, _resolution: object) -> None:
        """Nothing to keep."""

    def addressResolved(self, address: Any) -> None:
        self.hosts.append(address.host)

    def resolutionComplete(self) -> None:
        self.complete = True


class Reactor:
    """The part of a reactor that holds its resolver."""

    def __init__(self, resolver: object) -> None:
        self.nameResolver = resolver

    def installNameResolver(self, resolver: object) -> object:
        before, self.nameResolver = self.nameResolver, resolver
        return before


def resolver_over(*rounds: list[str], open_hosts: frozenset[str] = frozenset()) -> PublicResolver:
    guard = PublicResolver(open_hosts)
    reactor = Reactor(Answers(*rounds))
    guard.install(reactor)
    guard.install(reactor)  # a second time changes nothing
    return guard


def hosts_of(guard: PublicResolver, name: str, port: int = 80) -> list[str]:
    heard = Heard()
    guard.resolveHostName(heard, name, port)
    assert heard.complete
    return heard.hosts


def test_private_addresses_are_taken_out_of_an_answer() -> None:
    guard = resolver_over([PUBLIC, PRIVATE, "::1", "2606:4700::1", "169.254.169.254"])
    assert hosts_of(guard, "news.example") == [PUBLIC, "2606:4700::1"]


def test_a_name_that_turns_private_gives_nothing_and_is_remembered() -> None:
    guard = resolver_over([PUBLIC], [PRIVATE])
    assert hosts_of(guard, "news.example") == [PUBLIC]
    assert not guard.has_refused("news.example")
    assert hosts_of(guard, "news.example") == []
    assert guard.has_refused("NEWS.example.")


def test_a_permitted_host_may_be_private_and_is_known_as_such() -> None:
    guard = resolver_over([PRIVATE], [PRIVATE], open_hosts=frozenset({"desk.example"}))
    assert hosts_of(guard, "desk.example") == [PRIVATE]
    assert guard.is_private("desk.example")
    assert hosts_of(guard, "other.example") == []
    assert not guard.is_private("other.example")


def test_the_proxy_may_be_private_on_its_own_port_only() -> None:
    guard = resolver_over([PRIVATE], [PRIVATE])
    guard.permit_proxy("http://user:secret@proxy.example:3128")
    assert hosts_of(guard, "proxy.example", 3128) == [PRIVATE]
    assert hosts_of(guard, "proxy.example", 6379) == []
