"""Made-up histories of a text: who copied from whom is known, since it was done here."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawler.provenance.intervals import Interval
from crawler.provenance.readings import Version

SYLLABLES = ("ba", "den", "kor", "lim", "ost", "rin", "sel", "tav", "und", "vor", "wes", "yar")
START = datetime(2026, 3, 2, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One version with the number of the one it was made from; 0 is the source itself."""

    number: int
    parent: int
    paragraphs: tuple[str, ...]
    ran: datetime


def word(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.choice([1, 2, 2, 3])))


def sentence(rng: random.Random) -> str:
    return " ".join(word(rng) for _ in range(rng.randrange(8, 24))).capitalize() + "."


def paragraph(rng: random.Random) -> str:
    return " ".join(sentence(rng) for _ in range(rng.choice([1, 2, 2, 3])))


def history(seed: int, size: int, *, from_source: float = 0.5) -> list[Copy]:
    """Give `size` versions; a share is made from the source, the others from earlier versions."""
    rng = random.Random(seed)
    source = tuple(paragraph(rng) for _ in range(12))
    copies: list[Copy] = []
    ran = START
    while len(copies) < size:
        ran += timedelta(minutes=rng.randrange(3, 90))
        parent = rng.choice(copies) if copies and rng.random() > from_source else None
        before = parent.paragraphs if parent else source
        after = edited(before, rng)
        if any(copy.paragraphs == after for copy in copies):
            continue
        copies.append(
            Copy(
                number=len(copies) + 1,
                parent=parent.number if parent else 0,
                paragraphs=after,
                ran=ran,
            )
        )
    return copies


def edited(paragraphs: tuple[str, ...], rng: random.Random) -> tuple[str, ...]:
    """Do what a desk does: swap words, and perhaps cut the end, drop or add a paragraph."""
    found = list(paragraphs)
    for _ in range(rng.randrange(2, 7)):
        at = rng.randrange(len(found))
        words = found[at].split()
        words[rng.randrange(len(words))] = word(rng)
        found[at] = " ".join(words)
    if rng.random() < 0.3 and len(found) > 5:
        found = found[: rng.randrange(4, len(found))]
    if rng.random() < 0.2 and len(found) > 5:
        del found[rng.randrange(1, len(found) - 1)]
    if rng.random() < 0.3:
        found.insert(rng.randrange(1, len(found)), paragraph(rng))
    return tuple(found)


def versions(copies: list[Copy], *, blur: timedelta = timedelta()) -> list[Version]:
    """Give them as the room takes them; `blur` widens each time to both sides."""
    return [
        Version(
            number=copy.number,
            text="\n".join(copy.paragraphs),
            interval=Interval(
                low=copy.ran - blur, high=copy.ran + blur + timedelta(minutes=1), basis="test"
            ),
            copies=1,
        )
        for copy in copies
    ]
