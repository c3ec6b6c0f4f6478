"""Read the wire stories and the publishers' plans that ship beside this module.

They are TOML files, so that a person can read and change what the newsroom prints without reading
code. What leaves are frozen records; nothing here knows of time or HTML.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class WireStory:
    """A story as the agency sent it; `$weekday` and `$yesterday` are still open."""

    slug: str
    agency: str
    language: str
    city: str
    author: str
    section: str
    hours_ago: float
    title: str
    deck: str
    photo: str
    tags: tuple[str, ...]
    body: tuple[str, ...]
    edits: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPlan:
    """What one desk does with one wire story."""

    story: str
    how: str
    after_min: int
    title: str | None
    keep: int | None
    drop: tuple[int, ...]
    lead: str | None
    added: tuple[str, ...]
    credit: str | None
    private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlan:
    """A story of the publisher's own: a local report, an excerpt, a roundup or a live blog."""

    kind: str
    title: str
    deck: str
    author: str
    section: str
    hours_ago: float
    tags: tuple[str, ...]
    body: tuple[str, ...]
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherPlan:
    """How a publisher's site is made and what stands on it."""

    name: str
    host: str
    theme: str
    language: str
    slogan: str
    place: str
    offset_minutes: int
    address: str
    marks: tuple[str, ...]
    stamp: str
    credit: str
    feed: str | None
    feed_path: str
    feed_links: str
    sitemap: str | None
    seeds: tuple[str, ...]
    pagination: str | None
    per_page: int
    robots: str
    crawl_delay_s: float | None
    charset: str
    variants: tuple[str, ...]
    lists_variants: bool
    split: int | None
    part_path: str
    whole: str | None
    author: str
    bio: str
    copies: tuple[CopyPlan, ...]
    own: tuple[OwnPlan, ...]


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(block.split()) for block in text.strip().split("\n\n") if block.strip())


def _folder(name: str) -> list[Traversable]:
    folder = files("crawler.newsroom").joinpath(name)
    return sorted(
        (item for item in folder.iterdir() if item.name.endswith(".toml")),
        key=lambda item: item.name,
    )


def _story(slug: str, raw: dict[str, Any]) -> WireStory:
    return WireStory(
        slug=slug,
        agency=raw["agency"],
        language=raw["language"],
        city=raw["city"],
        author=raw["author"],
        section=raw["section"],
        hours_ago=raw["hours_ago"],
        title=raw["title"],
        deck=raw["deck"],
        photo=raw["photo"],
        tags=tuple(raw["tags"]),
        body=_paragraphs(raw["body"]),
        edits=tuple((old, new) for old, new in raw["edits"]),
    )


def _copy(raw: dict[str, Any]) -> CopyPlan:
    return CopyPlan(
        story=raw["story"],
        how=raw["how"],
        after_min=raw["after_min"],
        title=raw.get("title"),
        keep=raw.get("keep"),
        drop=tuple(raw.get("drop", ())),
        lead=raw.get("lead"),
        added=_paragraphs(raw.get("added", "")),
        credit=raw.get("credit"),
        private=raw.get("private", False),
    )


def _own(raw: dict[str, Any]) -> OwnPlan:
    return OwnPlan(
        kind=raw.get("kind", "local"),
        title=raw["title"],
        deck=raw.get("deck", ""),
        author=raw.get("author", ""),
        section=raw["section"],
        hours_ago=raw["hours_ago"],
        tags=tuple(raw.get("tags", ())),
        body=_paragraphs(raw["body"]),
        stories=tuple(raw.get("stories", ())),
    )


def _publisher(raw: dict[str, Any]) -> PublisherPlan:
    return PublisherPlan(
        name=raw["name"],
        host=raw["host"],
        theme=raw["theme"],
        language=raw["language"],
        slogan=raw["slogan"],
        place=raw["place"],
        offset_minutes=raw["offset_minutes"],
        address=raw["address"],
        marks=tuple(raw["marks"]),
        stamp=raw.get("stamp", "offset"),
        credit=raw["credit"],
        feed=raw.get("feed"),
        feed_path=raw.get("feed_path", "/feed.xml"),
        feed_links=raw.get("feed_links", "plain"),
        sitemap=raw.get("sitemap"),
        seeds=tuple(raw["seeds"]),
        pagination=raw.get("pagination"),
        per_page=raw.get("per_page", 30),
        robots=raw.get("robots", "allow"),
        crawl_delay_s=raw.get("crawl_delay_s"),
        charset=raw.get("charset", "utf-8"),
        variants=tuple(raw.get("variants", ())),
        lists_variants=raw.get("lists_variants", False),
        split=raw.get("split"),
        part_path=raw.get("part_path", "{path}?page={n}"),
        whole=raw.get("whole"),
        author=raw.get("author", ""),
        bio=raw.get("bio", ""),
        copies=tuple(_copy(item) for item in raw.get("copy", ())),
        own=tuple(_own(item) for item in raw.get("own", ())),
    )


@cache
def wire_stories() -> dict[str, WireStory]:
    """Give the wire stories by slug, which is the file's name."""
    stories = {}
    for item in _folder("stories"):
        slug = item.name.removesuffix(".toml")
        stories[slug] = _story(slug, tomllib.loads(item.read_text(encoding="utf-8")))
    return stories


@cache
def publisher_plans() -> tuple[PublisherPlan, ...]:
    """Give the publishers in the order of their files' names."""
    return tuple(
        _publisher(tomllib.loads(item.read_text(encoding="utf-8")))
        for item in _folder("publishers")
    )
