"""Resolve names to public addresses only.

The connection goes to the very address that was judged, so that a name which answers differently
the second time (DNS rebinding) gains nothing.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from crawler.middlewares.addresses import is_public, literal_address, plain_host


@implementer(IHostnameResolver)
class PublicResolver:
    """A name resolver that gives no private address, laid over the reactor's own.

    Args:
        open_hosts: hosts of sources that allow private addresses.
    """

    def __init__(self, open_hosts: frozenset[str]) -> None:
        self.open_hosts = open_hosts
        self._permitted = {plain_host(host) for host in open_hosts}
        self._proxies: set[tuple[str, int]] = set()
        self._refused: set[str] = set()
        self._private: set[str] = set()
        self._inner: Any = None

    def install(self, reactor: Any) -> None:  # noqa: ANN401 - Twisted's reactor has no one type
        """Lay this resolver over the reactor's, if it is not there already."""
        if reactor.nameResolver is not self:
            self._inner = reactor.installNameResolver(self)

    def permit(self, host: str) -> None:
        """Let a host have private addresses."""
        self._permitted.add(plain_host(host))

    def permit_proxy(self, address: str) -> None:
        """Let the proxy itself, and nothing else on its host, have a private address."""
        parts = urlsplit(address if "//" in address else f"//{address}")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        self._proxies.add((plain_host(parts.hostname or ""), port))

    def is_private(self, host: str) -> bool:
        """Say whether a host that one source may ask turned out to have private addresses.

        Its open connections must not serve requests of other sources.
        """
        return plain_host(host) in self._private

    def has_refused(self, host: str) -> bool:
        """Say whether a host has been found to have nothing but private addresses."""
        return plain_host(host) in self._refused

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: N803, ANN401 - Twisted's name; zope's types say nothing
        hostName: str,  # noqa: N803 - Twisted's name
        portNumber: int = 0,  # noqa: N803 - Twisted's name
        *rest: Any,  # noqa: ANN401 - passed on as it is
        **more: Any,  # noqa: ANN401 - likewise
    ) -> Any:  # noqa: ANN401 - zope's types say nothing
        """Resolve a name and pass on those of its addresses that may be connected to."""
        name = plain_host(hostName)
        receiver = resolutionReceiver
        if (name, portNumber) not in self._proxies:
            receiver = _Receiver(resolutionReceiver, partial(self._passes, name))
        return self._inner.resolveHostName(receiver, hostName, portNumber, *rest, **more)

    def _passes(self, name: str, host: str) -> bool:
        """Say whether an address of a name may be connected to, and remember what it was."""
        address = literal_address(host)
        if address is not None and is_public(address):
            return True
        if name in self._permitted:
            self._private.add(name)
            return True
        self._refused.add(name)
        return False


@implementer(IResolutionReceiver)
class _Receiver:
    """Takes addresses from a resolver and hands on those that pass."""

    def __init__(self, receiver: Any, passes: Callable[[str], bool]) -> None:  # noqa: ANN401 - zope's types say nothing
        self._passes = passes
        self.resolutionBegan = receiver.resolutionBegan
        self.resolutionComplete = receiver.resolutionComplete
        self._hand_on = receiver.addressResolved

    def addressResolved(self, address: Any) -> None:  # noqa: N802, ANN401 - Twisted's name; zope's types say nothing
        """Hand on an address that may be connected to."""
        if self._passes(getattr(address, "host", "")):
            self._hand_on(address)
