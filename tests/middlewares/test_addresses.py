"""Which hosts belong to the public internet, in every spelling."""

from ipaddress import IPv4Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.middlewares.addresses import is_private_host, is_public, literal_address

LOOPBACK = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0X7F.0.0.0x1",
    "017700000001",
    "0177.0.0.1",
    "0177.0.0.01",
    "127.0.0.1.",
    "127.0.0.1..",
    "127\u30020\uff0e0\uff611",
    "\uff11\uff12\uff17.0.0.1",
    "\u2460\u2461\u2466.0.0.1",
    "%31%32%37.0.0.1",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[2002:7f00:1::]",
    "0",
    "0.0.0.0",
    "[::]",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "db.localhost",
    "\uff4cocalhost",
    "ip6-localhost",
]
NEAR = [
    "10.0.0.7",
    "10.7",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "192.168.257",
    "0xC0A80101",
    "169.254.169.254",
    "2852039166",
    "[fe80::1]",
    "[fe80::1%25eth0]",
    "[fd00:ec2::254]",
    "[fc00::1]",
    "[fec0::1]",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "198.18.0.1",
    "192.0.2.1",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "[ff02::1]",
    "[::ffff:169.254.169.254]",
    "[64:ff9b:1::a00:1]",
    "[64:ff9b::a9fe:a9fe]",
    "[2001:db8::1]",
    "[2001:0:4136:e378:8000:63bf:f5ff:fffe]",
    "[100::1]",
    "metadata.google.internal",
    "printer.local",
    "nas.home.arpa",
    "host.localdomain",
    "[not an address]:",
]


@pytest.mark.parametrize("host", LOOPBACK + NEAR)
def test_an_address_of_this_machine_or_network_is_known_in_every_spelling(host: str) -> None:
    assert is_private_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "news.example",
        "www.news.example.",
        "1.1.1.1",
        "16843009",
        "8.8.8.8",
        "0x08080808",
        "172.32.0.1",
        "192.169.0.1",
        "100.128.0.1",
        "[2606:4700:4700::1111]",
        "[::ffff:8.8.8.8]",
        "[64:ff9b::808:808]",
        "127.example",
        "10.0.0.1.example",
        "localhost.example",
        "internal-affairs.example",
        "1.2.3.4.5",
        "256.256.256.256.example",
        "b\u00fccher.example",
    ],
)
def test_hosts_of_the_public_internet_pass(host: str) -> None:
    assert not is_private_host(host)


@given(st.integers(0, 2**32 - 1), st.sampled_from(["{:d}", "{:#x}", "0{:o}"]))
def test_one_number_in_any_base_is_the_same_address(value: int, spelling: str) -> None:
    assert literal_address(spelling.format(value)) == IPv4Address(value)


@given(st.ip_addresses(v=4))
def test_an_address_carried_in_another_is_judged_by_what_it_carries(
    address: IPv4Address,
) -> None:
    for carrier in ("::ffff:", "64:ff9b::"):
        assert is_public(ip_address(f"{carrier}{address}")) == is_public(address)


@given(st.text(max_size=60))
def test_any_host_is_judged_without_an_error(host: str) -> None:
    assert is_private_host(host) in (True, False)
