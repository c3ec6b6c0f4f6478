"""Tell addresses of the public internet from all others, in whatever spelling they come.

A host as it stands in a URL arrives, a verdict leaves. A feed of somebody else's may name any
address: the router, a database on this machine, a cloud's metadata service. What is reachable from
here only is none of a crawler's business.
https://url.spec.whatwg.org/#concept-host-parser, https://www.iana.org/assignments/iana-ipv4-special-registry/,
https://www.iana.org/assignments/iana-ipv6-special-registry/
"""

import re
import unicodedata
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import unquote

Address = IPv4Address | IPv6Address

# Names that mean this machine or this network, wherever they are resolved: RFC 6761 (localhost),
# RFC 6762 (local), RFC 8375 (home.arpa), ICANN's reservation of 2024 (internal), and the usual
# names of this machine's own IPv6 address in /etc/hosts.
PRIVATE_NAMES = re.compile(
    r"(?:^|\.)(?:localhost|localdomain|local|internal|home\.arpa)$|^(?:ip6-)?(?:localhost|loopback)$"
)
# IETF protocol assignments: Python's own tables (before 3.13) know parts of it only, and one cloud
# has its metadata service in it.
LOCAL_V4 = IPv4Network("192.0.0.0/24")
# Metadata and wire server of one cloud, behind an address that looks public.
# https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
METADATA = frozenset({IPv4Address("168.63.129.16")})
# IPv6 addresses that carry an IPv4 address in their last 32 bits: mapped (RFC 4291), compatible
# (likewise, deprecated), translated (RFC 2765), NAT64's well-known prefix (RFC 6052).
CARRIERS = tuple(map(IPv6Network, ("::ffff:0:0/96", "::/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
# NAT64 inside one network (RFC 8215), site-local addresses of old (RFC 3879), the range that
# discards everything (RFC 6666).
LOCAL_V6 = tuple(map(IPv6Network, ("64:ff9b:1::/48", "fec0::/10", "100::/64")))
# Full stops of other scripts, which browsers and IDNA take for a dot.
DOTS = str.maketrans(dict.fromkeys("\u3002\uff0e\uff61", "."))
MAX_V4 = 2**32


def plain_host(host: str) -> str:
    """Give a host as a resolver would come to see it: decoded, in lower case, without end dots."""
    decoded = unquote(host.strip("[]"))
    folded = unicodedata.normalize("NFKC", decoded.translate(DOTS)).translate(DOTS)
    return folded.lower().rstrip(".").partition("%")[0]


def literal_address(host: str) -> Address | None:
    """Give the address that a host spells out; None for a name.

    IPv4 in one to four parts, each decimal, octal or hexadecimal, as `inet_aton` reads them.
    """
    text = plain_host(host)
    if ":" in text:
        try:
            return ip_address(text)
        except ValueError:
            return None
    parts = [_number(part) for part in text.split(".")]
    if not 1 <= len(parts) <= 4:  # noqa: PLR2004 - bytes of an IPv4 address
        return None
    *heads, last = parts
    if last is None or any(head is None or head > 255 for head in heads):  # noqa: PLR2004 - a byte
        return None
    value = last
    for place, head in enumerate(heads):
        value += (head or 0) << (8 * (3 - place))
    return IPv4Address(value) if last < 256 ** (4 - len(heads)) and value < MAX_V4 else None


def _number(text: str) -> int | None:
    try:
        if text.startswith("0x"):
            return int(text[2:] or "0", 16)
        return int(text, 8 if text.startswith("0") else 10)
    except ValueError:
        return None


def is_public(address: Address) -> bool:
    """Say whether an address belongs to the public internet, and so does one it carries within."""
    if isinstance(address, IPv6Address):
        if any(address in network for network in LOCAL_V6):
            return False
        inner = _carried(address)
        if inner is not None:
            return is_public(inner)
    elif address in LOCAL_V4:
        return False
    return (
        address.is_global
        and not (address.is_multicast or address.is_reserved or address.is_unspecified)
        and address not in METADATA
    )


def _carried(address: IPv6Address) -> IPv4Address | None:
    """Give the IPv4 address inside: of a carrier network, of 6to4, of a Teredo client."""
    if any(address in network for network in CARRIERS):
        return IPv4Address(int(address) % MAX_V4)
    return address.sixtofour or (address.teredo[1] if address.teredo else None)


def is_private_host(host: str) -> bool:
    """Say whether a host is, by its spelling alone, none of the public internet."""
    address = literal_address(host)
    if address is not None:
        return not is_public(address)
    name = plain_host(host)
    return ":" in name or not name or bool(PRIVATE_NAMES.search(name))
