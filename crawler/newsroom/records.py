"""The newsroom's own records: what it serves, what it was asked, and what is true about it.

Times in the truth are RFC 3339 with the publisher's offset and whole minutes, since that is all a
reader of a news page is ever told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.items import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One answer of the server."""

    status: int = 200
    """HTTP status."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Response headers but for length and encoding, which the server adds itself."""
    body: bytes = b""
    """The bytes after the header; for a repeated document one piece of them."""
    repeat: int = 1
    """How many times `body` is sent; above 1 the answer is chunked and never held in memory."""
    pause_s: float = 0.0
    """Seconds of silence between two pieces of a slow answer; 0 sends at once."""
    refusals: tuple["Document", ...] = ()
    """Answers to the first requests, in order, before the document itself is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One line of the server's log."""

    time: float
    """Seconds of a monotonic clock when the request line had been read."""
    host: str
    """Host that was asked, lower case, without port."""
    path: str
    """Path and query as asked."""
    status: int
    """Status that was answered."""
    user_agent: str
    """User-Agent header, may be empty."""
    retry_after_s: float | None = None
    """Seconds to wait that the answer named, if it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One address that the watchlist names for a publisher."""

    kind: str
    """`feed`, `sitemap` or `section`."""
    url: str
    """Where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """One of the invented outlets, as the rest of the program may see it."""

    name: str
    """Name in the masthead."""
    host: str
    """Host it answers for."""
    language: str
    """ISO 639-1 code of its pages."""
    theme: str
    """Name of its page template."""
    robots: str
    """Kind of its robots.txt, see `crawler.newsroom.robots`."""
    crawl_delay_s: float | None
    """Crawl-delay of its robots.txt in seconds."""
    seeds: tuple[Seed, ...]
    """What the watchlist names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TruePage:
    """What is true about one article page."""

    url: str
    """Its address, the one a polite crawl ends up at."""
    host: str
    """Its publisher's host."""
    publisher: str
    """Its publisher's name."""
    kind: str
    """`copy`, `local`, `excerpt` (a local story quoting a wire story), `roundup` or `live`."""
    story: str
    """Label of its text: copies of one wire story share it, every other page has its own."""
    relation: Relation
    """Read from this page to the agency's full text; `partial` for traps, else `none`."""
    how: str
    """What the desk did: `verbatim`, `cut`, `edited`, `expanded`, `re-led`; else empty."""
    title: str
    """Headline as printed."""
    text: str
    """The story as printed, credit included: paragraphs separated by one newline."""
    published: str
    """Time of publication, RFC 3339 with the publisher's offset."""
    agency: str | None
    """Agency that the page credits; None where the desk left the credit out."""
    blocked: str | None
    """Why a polite crawler may not fetch it: `robots-denied`, `robots-unreachable`, or None."""
    variants: tuple[str, ...]
    """Other addresses of the same page: AMP and print versions, all on one page."""
    parts: tuple[str, ...] = ()
    """Addresses of its further pages, where `url` has only the first of several."""

    @property
    def reachable(self) -> bool:
        """Whether a polite crawl of the watchlist can reach it."""
        return self.blocked is None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueStory:
    """One wire story and who carried it."""

    slug: str
    """Its label."""
    title: str
    """The agency's own headline."""
    agency: str
    """Agency that wrote it."""
    urls: tuple[str, ...]
    """Reachable copies in order of publication."""
    first_publisher: str
    """Who ran it first among the reachable copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Everything a crawl of the newsroom can be measured against."""

    pages: tuple[TruePage, ...]
    """Every article page, in order of publisher and time."""
    stories: tuple[TrueStory, ...]
    """Every wire story, in order of its first copy."""
    denied: tuple[tuple[str, str], ...]
    """Host and path prefix of what robots.txt forbids; prefix `/` is the whole host."""
    crawl_delay_s: Mapping[str, float]
    """Crawl-delay by host, seconds."""
