"""A month of three publishers: stories appear, change and vanish; servers fail for a while.

Every document is made when it is asked for, from the hour that the test has set.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cached_property
from random import Random

from crawler.newsroom import Document

START = datetime(2025, 3, 1, tzinfo=UTC)
DAYS = 30
HOSTS = ("tide-post.example", "ridge-herald.example", "mill-echo.example")
FEED_ENTRIES = 15
# Hours after the first desk at which each further one runs a story.
DESKS = (0, 2, 5)
# When the third host answers nothing but 503, and when the second one's feed is broken.
OUTAGE = range(240, 270)
BROKEN_FEED = range(400, 410)
VANISHES_AFTER = 240
WORDS = [
    "harbour",
    "ferry",
    "bridge",
    "council",
    "river",
    "winter",
    "school",
    "market",
    "teacher",
    "engine",
    "bakery",
    "village",
    "station",
    "library",
    "garden",
    "captain",
    "window",
    "lantern",
    "hillside",
    "orchard",
    "carpenter",
    "tunnel",
    "meadow",
    "signal",
    "timber",
    "festival",
    "painter",
    "quarry",
    "beacon",
    "anchor",
    "kettle",
    "railway",
    "shepherd",
    "chimney",
    "violin",
    "compass",
    "granary",
    "carried",
    "opened",
    "measured",
    "repaired",
    "counted",
    "painted",
    "followed",
    "promised",
    "borrowed",
    "watched",
    "lifted",
    "sold",
    "found",
    "crossed",
    "answered",
    "gathered",
    "planted",
    "guarded",
    "folded",
    "borrowed",
    "weighed",
    "traded",
    "wrapped",
    "mended",
    "slowly",
    "early",
    "quietly",
    "twice",
    "again",
    "almost",
    "nearly",
    "together",
    "before",
    "after",
    "beside",
    "under",
    "across",
    "toward",
    "green",
    "narrow",
    "heavy",
    "silver",
    "distant",
    "broken",
    "wooden",
    "empty",
    "famous",
    "ordinary",
    "patient",
    "crooked",
    "gentle",
    "cold",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article on one host."""

    host: str
    path: str
    hour: int
    title: str
    paragraphs: tuple[str, ...]
    story: str
    refuses: bool
    changes_at: int | None

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.path}"

    def text(self, hour: int) -> tuple[str, ...]:
        if self.changes_at is not None and hour >= self.changes_at:
            return (*self.paragraphs, f"Correction: an earlier version misnamed the {self.story}.")
        return self.paragraphs


def prose(seed: str) -> tuple[str, ...]:
    """Write six paragraphs that no other seed shares a phrase with."""
    draw = Random(seed)
    return tuple(
        " ".join(f"The {' '.join(draw.choices(WORDS, k=draw.randint(11, 17)))}." for _ in range(3))
        for _ in range(6)
    )


def _items() -> Iterator[Item]:
    number = 0
    for day in range(DAYS):
        for turn, first in enumerate((6, 15)):
            story = f"wire-{day}-{turn}"
            words = prose(story)
            texts = (words, words[:-1], (*words, prose(f"{story}-more")[0]))
            for desk, later in enumerate(DESKS):
                number += 1
                hour = 24 * day + first + later
                yield Item(
                    host=HOSTS[(day + turn + desk) % len(HOSTS)],
                    path=f"/news/{story}-the-old-{Random(story).choice(WORDS)}-opens-again.html",
                    hour=hour,
                    title=f"{' '.join(Random(story).sample(WORDS, 6)).capitalize()} {day}",
                    paragraphs=texts[desk],
                    story=story,
                    refuses=number % 19 == 0,
                    changes_at=hour + 12 if number % 5 == 0 else None,
                )
        for index, host in enumerate(HOSTS):
            for half in range(2):
                story = f"own-{day}-{half}-{index}"
                yield Item(
                    host=host,
                    path=f"/local/{story}-a-quiet-day-at-the-{Random(story).choice(WORDS)}.html",
                    hour=24 * day + 12 * half + index,
                    title=f"{' '.join(Random(story).sample(WORDS, 6)).capitalize()} {day}",
                    paragraphs=prose(story),
                    story=story,
                    refuses=False,
                    changes_at=None,
                )


class Month(Mapping[tuple[str, str], Document]):
    """What all hosts answer at the hour that is set."""

    def __init__(self) -> None:
        self.hour = 0

    @cached_property
    def items(self) -> dict[tuple[str, str], Item]:  # type: ignore[override]  # by address
        """Everything that is ever published."""
        return {(item.host, item.path): item for item in _items()}

    def __getitem__(self, key: tuple[str, str]) -> Document:
        host, path = key
        if path == "/robots.txt" and host in HOSTS:
            return Document(headers={"Content-Type": "text/plain"}, body=b"User-agent: *\n")
        if host == HOSTS[2] and self.hour in OUTAGE:
            return Document(status=503, body=b"Back soon.\n")
        if path == "/feed.xml" and host in HOSTS:
            return self._feed(host)
        item = self.items[key]
        if self.hour < item.hour:
            raise KeyError(key)
        if self.hour >= item.hour + VANISHES_AFTER:
            return Document(status=410, body=b"Gone.\n")
        busy = (Document(status=503, body=b"Busy.\n"),) if item.refuses else ()
        return Document(
            headers={"Content-Type": "text/html; charset=utf-8"},
            body=self._page(item).encode(),
            refusals=busy,
        )

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def listed(self, host: str) -> list[Item]:
        """Give what the feed of a host lists now, newest first."""
        out = [one for one in self.items.values() if one.host == host and one.hour <= self.hour]
        return sorted(out, key=lambda one: (one.hour, one.path), reverse=True)[:FEED_ENTRIES]

    def _feed(self, host: str) -> Document:
        kind = {"Content-Type": "application/rss+xml"}
        if host == HOSTS[1] and self.hour in BROKEN_FEED:
            return Document(headers=kind, body=b"<rss><chan\x00nel><item")
        items = "".join(
            f"<item><title>{one.title}</title><link>{one.url}</link>"
            f"<pubDate>{format_datetime(time_at(one.hour))}</pubDate></item>"
            for one in self.listed(host)
        )
        channel = f"<channel><title>{host}</title>{items}</channel>"
        return Document(headers=kind, body=f'<rss version="2.0">{channel}</rss>'.encode())

    def _page(self, item: Item) -> str:
        when = time_at(item.hour).isoformat()
        body = "".join(f"<p>{words}</p>" for words in item.text(self.hour))
        return (
            f'<!doctype html><html lang="en"><head><title>{item.title}</title>'
            f'<meta property="article:published_time" content="{when}"></head>'
            f"<body><main><article><h1>{item.title}</h1>{body}</article></main></body></html>"
        )


def time_at(hour: int) -> datetime:
    """Give the time of an hour of the month."""
    return START + timedelta(hours=hour)
