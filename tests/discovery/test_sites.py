"""Feeds and sitemaps that a site declares, and lists of feeds."""

import pytest

from crawler.discovery import Place, find_places, read_opml, write_opml
from crawler.errors import InputError

PAGE = b"""<!doctype html><html><head><title>Courier</title>
<link rel="alternate" type="application/rss+xml" title="News &amp; views" href="/feed/">
<link rel="alternate" type="application/rss+xml" title="Comments"
href="/comments/feed/">
<link REL="Alternate Home" TYPE="application/atom+xml; charset=utf-8" href="//courier.example/atom">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
<link rel="alternate" type="text/html" hreflang="de" href="/de/">
<link rel="alternate" type="application/rss+xml" href="javascript:void(0)">
<link rel="alternate" type="application/rss+xml" title="Again" href="/feed/#top">
<link rel="stylesheet" type="text/css" href="/a.css"></head><body></body></html>"""
ROBOTS = b"""User-agent: *
Disallow: /private/
sitemap:https://courier.example/news-sitemap.xml
Sitemap: /sitemap.xml   # the rest
"""
URL = "https://courier.example/world/"


def test_each_declared_feed_and_sitemap_is_given_once() -> None:
    found = find_places(PAGE, ROBOTS, url=URL)
    assert [(place.kind, place.url) for place in found] == [
        ("feed", "https://courier.example/feed/"),
        ("feed", "https://courier.example/atom"),
        ("sitemap", "https://courier.example/news-sitemap.xml"),
        ("sitemap", "https://courier.example/sitemap.xml"),
    ]
    assert found[0].title == "News & views"


def test_a_site_that_says_nothing_gives_nothing() -> None:
    assert find_places(b"", b"", url=URL) == []


def test_a_list_of_feeds_is_read_with_its_folders() -> None:
    document = b"""<?xml version="1.0"?><opml version="1.0"><head/><body>
      <outline text="Papers"><outline type="rss" text="Courier" xmlUrl="https://c.example/rss"/>
        <outline title="Echo" text="x" XMLURL="https://e.example/rss" htmlUrl="https://e.example/"/>
        <outline text="Courier again" xmlUrl="https://c.example/rss"/></outline>
      <outline text="no feed" htmlUrl="https://n.example/"/></body></opml>"""
    assert [place.url for place in read_opml(document)] == [
        "https://c.example/rss",
        "https://e.example/rss",
    ]


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"not xml",
        b"<opml><body><outline text='x'/></body></opml>",
        b'<!DOCTYPE o [<!ENTITY a "aaaa">]><opml><outline xmlUrl="https://c.example/&a;"/></opml>',
    ],
)
def test_what_is_no_list_of_feeds_is_told(document: bytes) -> None:
    with pytest.raises(InputError):
        read_opml(document)


def test_a_written_list_reads_back() -> None:
    places = [
        Place(kind="feed", url="https://c.example/rss?a=1&b=2", title='Old "C" <&> Co'),
        Place(kind="feed", url="https://e.example/rss", title="Echo"),
    ]
    assert read_opml(write_opml(places).encode()) == places
