"""The records that discovery gives: entries of feeds and sitemaps, links of fronts, verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article that a feed or a sitemap names."""

    url: str
    """Absolute http(s) URL in canonical form."""
    title: str | None = None
    """Headline as plain text."""
    summary: str | None = None
    """Plain text of the summary, shortened."""
    published: str | None = None
    """ISO 8601, with the zone where one is given."""
    modified: str | None = None
    """ISO 8601, with the zone where one is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapDocument:
    """What one sitemap file holds."""

    kind: str
    """`index` (its entries are sitemaps) or `urlset` (its entries are pages)."""
    entries: tuple[Entry, ...]
    """Newest first where the file is longer than the limit, else in its own order."""
    cut: int = 0
    """Entries left out by the limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontLink:
    """A link on a front page that looks like an article."""

    url: str
    """Absolute URL in canonical form."""
    title: str | None
    """Its headline: the longest text of the links that lead there; None for pictures alone."""
    score: int
    """How much speaks for it; see `crawler.discovery.links`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What one front page holds."""

    links: tuple[FrontLink, ...]
    """Articles in the order of the page."""
    more: tuple[str, ...]
    """Further fronts, best first: the next page, "more news", "older"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryTerms:
    """What a watched story can be recognised by in a headline."""

    name: str
    """Name of the `[[story]]`."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Folded word stems and how much each speaks for the story; empty: not known yet."""
    vocabulary: frozenset[str] = frozenset()
    """Stems of all its words: a headline drawn from the story itself has nothing but them."""
    phrases: tuple[frozenset[str], ...] = ()
    """Key words given by the person: each is the set of stems that must stand together."""
    since: str | None = None
    """ISO 8601; earlier leads are left out."""
    until: str | None = None
    """ISO 8601; later leads are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a lead may be about a watched story."""

    fetch: bool
    """Whether to ask for the page."""
    reason: str
    """`may-match`, `no-words`, `off-story`, `before-window`, `after-window` or `no-story`."""
    story: str | None = None
    """The story that fits best, if any fits at all."""
    score: float = 0.0
    """Sum of the weights of the words found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where articles may be listed."""

    kind: str
    """`feed` or `sitemap`."""
    url: str
    """Its address, canonical."""
    title: str | None = None
    """What it is called, if it says so."""
