"""The feed of news is Atom by RFC 4287, whatever the headlines hold."""

import xml.etree.ElementTree as ET
from datetime import datetime
from uuid import UUID

import feedparser

from crawler.items import Event, EventCopy
from crawler.report import atom_feed

ATOM = "{http://www.w3.org/2005/Atom}"
FOUND = "2026-03-03T12:00:30Z"


def copy(number: int, title: str = "Ferry leaves on time") -> EventCopy:
    return EventCopy(
        article_id=f"a{number}",
        url=f"https://courier.example/{number}?a=1&b=2",
        site="courier.example",
        title=title,
        published="2026-03-03T10:00:00+01:00",
        relation="quote_only",
    )


def event(kind: str, *copies: EventCopy, stories: tuple[str, ...] = ()) -> Event:
    return Event(
        id=str(UUID(int=int(copies[0].article_id[1:]))),
        kind=kind,
        cluster="c0123456789",
        run_id="run-1",
        found=FOUND,
        title=copies[0].title,
        stories=stories,
        copies=copies,
    )


HOSTILE = event(
    "new-cluster",
    copy(1, "</title><script>alert(1)</script> & \x00\x0b\x1b[31m \ud800 \uffff ]]>"),
    copy(2),
    stories=('the "bridge" <reopened>',),
)
FRIENDLY = event("new-copy", copy(3))


def test_each_element_that_the_standard_asks_for_is_there_once() -> None:
    feed = ET.fromstring(atom_feed([FRIENDLY, HOSTILE], origin="run-1", now=FOUND))
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            [one] = element.findall(f"{ATOM}{name}")
            assert one.text
        UUID(element.findtext(f"{ATOM}id", "").removeprefix("urn:uuid:"))
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo
        links = [
            (link.get("rel"), link.get("type"))
            for link in element.findall(f"{ATOM}link")
            if link.get("rel") == "alternate"
        ]
        assert len(links) == len(set(links))
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None  # so entries need none
    for entry in feed.findall(f"{ATOM}entry"):
        [content] = entry.findall(f"{ATOM}content")
        assert content.get("type") == "xhtml"
        assert [child.tag for child in content] == ["{http://www.w3.org/1999/xhtml}div"]


def test_words_of_the_web_stay_words() -> None:
    document = atom_feed([HOSTILE], origin="run-1", now=FOUND)
    assert b"<script" not in document
    entry = ET.fromstring(document).find(f"{ATOM}entry")
    assert entry is not None
    title = entry.findtext(f"{ATOM}title", "")
    assert title.startswith("New cluster: </title><script>alert(1)</script> &")
    assert "\x1b" not in title


def test_a_feed_reader_finds_the_events() -> None:
    parsed = feedparser.parse(atom_feed([FRIENDLY, HOSTILE], origin="run-1", now=FOUND))
    assert not parsed.bozo
    assert parsed.entries[0].title == "New copy: Ferry leaves on time"
    assert parsed.entries[0].link == "https://courier.example/3?a=1&b=2"
    assert [tag.term for tag in parsed.entries[1].tags] == [
        "new-cluster",
        'story: the "bridge" <reopened>',
    ]


def test_ids_hold_and_another_store_has_another_feed() -> None:
    once = feedparser.parse(atom_feed([FRIENDLY], origin="run-1", now=FOUND))
    later = feedparser.parse(atom_feed([FRIENDLY], origin="run-1", now="2026-03-09T12:00:30Z"))
    assert once.feed.id == later.feed.id
    assert once.entries[0].id == later.entries[0].id
    assert once.feed.updated == later.feed.updated == FOUND
    other = feedparser.parse(atom_feed([FRIENDLY], origin="run-2", now=FOUND))
    assert other.feed.id != once.feed.id


def test_a_feed_without_events_is_a_feed() -> None:
    parsed = feedparser.parse(atom_feed([], origin="", now=FOUND))
    assert (parsed.bozo, parsed.entries, parsed.feed.updated) == (False, [], FOUND)
