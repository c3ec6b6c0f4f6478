"""Feeds of all formats, whole and broken."""

import json

import pytest

from crawler.discovery import Entry, read_feed
from crawler.errors import FeedBroken

URL = "http://harbour.example/rss.xml"


def read(body: str | bytes, limit: int = 100, kind: str = "application/xml") -> list[Entry]:
    raw = body if isinstance(body, bytes) else body.encode()
    return read_feed(raw, url=URL, content_type=kind, limit=limit)


def rss(items: str, end: str = "</channel></rss>") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>H</title>{items}{end}'


def item(number: int, extra: str = "") -> str:
    link = f"/ferry-{number}?utm_source=rss"
    return f"<item><title>Ferry {number}</title><link>{link}</link>{extra}</item>"


def test_rss_gives_canonical_links_plain_titles_and_zoned_times() -> None:
    (entry,) = read(
        rss(
            "<item><title>Ferry &lt;b&gt;stuck&lt;/b&gt; &amp;amp; late</title>"
            "<link>/ferry?utm_source=rss&amp;id=4</link>"
            "<pubDate>Mon, 02 Mar 2026 09:30:00 +0200</pubDate>"
            "<description>&lt;p&gt;It hit a &lt;i&gt;bank&lt;/i&gt;.&lt;/p&gt;</description></item>"
        )
    )
    assert entry == Entry(
        url="http://harbour.example/ferry?id=4",
        title="Ferry stuck & late",
        summary="It hit a bank .",
        published="2026-03-02T09:30:00+02:00",
    )


def test_atom_tells_publication_from_update_and_honours_xml_base() -> None:
    (entry,) = read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://north.example/news/">'
        "<entry><id>tag:x,1</id><title>Bridge</title>"
        '<link rel="self" href="http://north.example/feed/1"/><link href="bridge.html"/>'
        "<published>2026-03-02T09:00:00+01:00</published>"
        "<updated>2026-03-02T11:00:00+01:00</updated></entry></feed>"
    )
    assert entry.url == "http://north.example/news/bridge.html"
    assert entry.published == "2026-03-02T09:00:00+01:00"
    assert entry.modified == "2026-03-02T11:00:00+01:00"


def test_an_atom_entry_that_was_only_updated_claims_no_publication() -> None:
    (entry,) = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a</id><title>Bridge</title>'
        '<link href="/b"/><updated>2026-03-02T11:00:00Z</updated></entry></feed>'
    )
    assert (entry.published, entry.modified) == (None, "2026-03-02T11:00:00+00:00")


def test_rdf_takes_its_only_date_for_the_publication() -> None:
    (entry,) = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<item rdf:about="http://harbour.example/a"><title>Lock</title>'
        "<link>http://harbour.example/a</link><dc:date>2026-03-02T09:30:00+01:00</dc:date></item>"
        "</rdf:RDF>"
    )
    assert entry.published == "2026-03-02T09:30:00+01:00"


def test_json_feed_is_read_whole_and_cut() -> None:
    items = [
        {"id": str(n), "url": f"/story-{n}", "title": "T", "date_published": "2026-03-02T09:00:00Z"}
        for n in range(3)
    ]
    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "H", "items": items})
    assert [entry.url for entry in read(text)] == [
        f"http://harbour.example/story-{n}" for n in range(3)
    ]
    cut = read(text[: text.index("story-2")])
    assert [entry.url for entry in cut] == [f"http://harbour.example/story-{n}" for n in range(2)]


def test_a_cut_feed_gives_its_whole_entries_and_no_torn_link() -> None:
    body = rss(item(1) + item(2) + "<item><title>Ferry 3</title><link>/fer", end="")
    assert [entry.url for entry in read(body)] == [
        "http://harbour.example/ferry-1",
        "http://harbour.example/ferry-2",
    ]


def test_a_bare_ampersand_costs_no_entry() -> None:
    body = rss(item(1) + "<item><title>R&D at Q&A</title><link>/rd?a=1&b=2</link></item>" + item(2))
    entries = read(body)
    assert [entry.url for entry in entries] == [
        "http://harbour.example/ferry-1",
        "http://harbour.example/rd?a=1&b=2",
        "http://harbour.example/ferry-2",
    ]
    assert entries[1].title == "R&D at Q&A"


def test_a_feed_in_another_encoding_is_decoded_as_it_declares() -> None:
    body = rss(item(1).replace("Ferry", "Fähre")).replace('"1.0"', '"1.0" encoding="iso-8859-1"')
    (entry,) = read(body.encode("latin-1"), kind="text/xml")
    assert entry.title == "Fähre 1"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_with_and_without_its_mark(encoding: str) -> None:
    body = rss(item(1).replace("Ferry", "Fähre")).replace('"1.0"', '"1.0" encoding="utf-16"', 1)
    (entry,) = read(body.encode(encoding), kind="text/xml; charset=utf-16")
    assert entry.title == "Fähre 1"


def test_cdata_stays_as_it_is() -> None:
    body = rss("<item><title><![CDATA[R&D]]></title><link><![CDATA[/rd?a=1&b=2]]></link></item>")
    (entry,) = read(body)
    assert (entry.title, entry.url) == ("R&D", "http://harbour.example/rd?a=1&b=2")


def test_each_address_is_given_once_and_the_limit_holds() -> None:
    body = rss("".join(item(number) for number in (1, 1, 2, 3)))
    assert [entry.title for entry in read(body, limit=2)] == ["Ferry 1", "Ferry 2"]


def test_escaped_scripts_stay_out_of_titles() -> None:
    body = rss(
        "<item><title>&lt;script&gt;steal()&lt;/script&gt;Ferry</title><link>/a</link></item>"
    )
    assert read(body)[0].title == "Ferry"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \r\n",
        b"<!DOCTYPE html><html><body>Not found</body></html>",
        b"{}",
        b'{"items": "none"}',
        b"\x00\x01\x02 nothing",
        rss("<item><title>No link</title></item>", end="").encode(),
    ],
)
def test_what_holds_no_entry_is_broken(body: bytes) -> None:
    with pytest.raises(FeedBroken, match=r"harbour\.example"):
        read(body)


def test_an_empty_but_sound_feed_is_no_fault() -> None:
    assert read(rss("")) == []


@pytest.mark.parametrize("kind", ["text/html", "text/plain", ""])
def test_a_feed_without_news_is_empty_and_not_broken_whatever_its_server_calls_it(
    kind: str,
) -> None:
    body = b"<rss version='2.0'><channel><title>Quay</title></channel></rss>"
    assert read_feed(body, url="http://quay.example/rss", content_type=kind, limit=9) == []
