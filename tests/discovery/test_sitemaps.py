"""Sitemaps of all kinds, whole and broken."""

import gzip
import random
import zlib

import pytest

from crawler.discovery import SitemapDocument, read_sitemap
from crawler.discovery.inflate import inflate
from crawler.errors import SitemapBroken

URL = "http://harbour.example/sitemap.xml"
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
PLAIN = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def read(body: str | bytes, limit: int = 100) -> SitemapDocument:
    return read_sitemap(body if isinstance(body, bytes) else body.encode(), url=URL, limit=limit)


def news(number: int, day: int = 2) -> str:
    return (
        f"<url><loc>http://harbour.example/n{number}</loc><news:news>"
        f"<news:publication_date>2026-03-{day:02}T09:00:00+01:00</news:publication_date>"
        f"<news:title>Ferry &amp; lock {number}</news:title></news:news></url>"
    )


def urlset(entries: str) -> str:
    return f"<?xml version='1.0'?><urlset {PLAIN} {NEWS}>{entries}</urlset>"


def test_a_news_sitemap_gives_titles_and_times() -> None:
    document = read(urlset(news(1)))
    (entry,) = document.entries
    assert document.kind == "urlset"
    assert (entry.title, entry.published) == ("Ferry & lock 1", "2026-03-02T09:00:00+01:00")


def test_gzip_is_recognised_by_its_content() -> None:
    assert len(read(gzip.compress(urlset(news(1) + news(2)).encode())).entries) == 2


def test_of_a_longer_sitemap_the_newest_entries_are_kept() -> None:
    document = read(urlset("".join(news(day, day) for day in range(1, 11))), limit=3)
    assert [entry.url[-3:] for entry in document.entries] == ["n10", "/n9", "/n8"]
    assert document.cut == 7


def test_a_shorter_one_keeps_its_own_order() -> None:
    assert [e.url[-2:] for e in read(urlset(news(1, 1) + news(2, 9))).entries] == ["n1", "n2"]


def test_an_index_puts_news_before_tags_and_late_numbers_first() -> None:
    names = ("tag-sitemap.xml", "post-1.xml", "post-2.xml", "news.xml.gz")
    text = "".join(f"<sitemap><loc>/{name}</loc></sitemap>" for name in names)
    document = read(f"<sitemapindex {PLAIN}>{text}</sitemapindex>")
    assert document.kind == "index"
    order = [entry.url.rpartition("/")[2] for entry in document.entries]
    assert order[-1] == "tag-sitemap.xml"
    assert order.index("post-2.xml") < order.index("post-1.xml")


def test_a_cut_sitemap_gives_what_stands_before_the_break() -> None:
    assert len(read(urlset(news(1) + news(2))[:-90]).entries) == 1


def test_a_cut_gzip_file_does_too() -> None:
    noise = random.Random(4)
    entries = "".join(
        f"<url><loc>http://harbour.example/{noise.getrandbits(256):x}</loc></url>"
        for _ in range(200)
    )
    packed = gzip.compress(urlset(entries).encode())
    assert 50 < len(read(packed[: len(packed) // 2]).entries) < 150


def test_a_list_of_addresses_is_a_sitemap() -> None:
    document = read("http://harbour.example/a\n\nhttp://harbour.example/b\n")
    assert [entry.url[-1] for entry in document.entries] == ["a", "b"]


def test_bare_ampersands_are_repaired() -> None:
    (entry,) = read(urlset("<url><loc>http://harbour.example/?a=1&b=2</loc></url>")).entries
    assert entry.url == "http://harbour.example/?a=1&b=2"


def test_a_picture_does_not_pass_for_the_page() -> None:
    image = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    (entry,) = read(
        f"<urlset {PLAIN} {image}><url><image:image><image:loc>http://x.example/p.jpg</image:loc>"
        "<image:title>A pier</image:title></image:image><loc>http://harbour.example/a</loc></url>"
        "</urlset>"
    ).entries
    assert (entry.url, entry.title) == ("http://harbour.example/a", None)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n",
        b"Not found",
        b"<html><body>Not found</body></html>",
        b"<urlset",
        b"<!DOCTYPE b [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><urlset><url>&b;</url></urlset>",
        b"<!DOCTYPE b [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><urlset><url>&x;</url></urlset>",
    ],
)
def test_what_is_no_sitemap_or_declares_entities_is_refused(body: bytes) -> None:
    with pytest.raises(SitemapBroken, match=r"harbour\.example"):
        read(body)


def test_inflating_stops_at_the_bound() -> None:
    bomb = gzip.compress(b"0" * 5_000_000)
    assert len(inflate(bomb, 1000)) == 1000


def test_members_in_a_row_are_joined_and_damage_ends_the_reading() -> None:
    two = gzip.compress(b"first ") + gzip.compress(b"second")
    assert inflate(two) == b"first second"
    assert inflate(two + b"junk") == b"first second"
    assert inflate(b"\x1f\x8b" + zlib.compress(b"wrong")) == b""
