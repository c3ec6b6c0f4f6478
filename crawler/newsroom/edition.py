"""Make a publisher's edition: every piece it prints, with words, times and addresses.

What arrives is a publisher's plan, what leaves are pieces in order of time, newest first. The seed
moves times by a few minutes, never enough to change who was first.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from crawler.items import Relation
from crawler.newsroom.clock import local
from crawler.newsroom.copies import print_copy, settle_days, wire_text, wire_time
from crawler.newsroom.library import CopyPlan, OwnPlan, PublisherPlan, wire_stories

JITTER_MIN = 4
"""Most minutes by which the seed moves a time; plans keep copies of a story further apart."""
SLUG_WORDS = 9
"""Words of the headline in an address; publishing systems cut there or a little later."""

_INSERT = re.compile(r"^\[\[(\S+) (\d+)(?:-(\d+))?\]\]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of a body: `p` (paragraph), `h2` (subheading) or `stamp` (a live blog's time)."""

    kind: str
    text: str
    time: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One article in one publication, ready to be set."""

    kind: str
    story: str
    relation: Relation
    how: str
    title: str
    deck: str
    byline: str
    section: str
    tags: tuple[str, ...]
    photo: str
    blocks: tuple[Block, ...]
    published: datetime
    agency: str | None
    path: str
    private: bool

    @property
    def text(self) -> str:
        """The words of the story: paragraphs and subheadings, one a line."""
        return "\n".join(block.text for block in self.blocks if block.kind != "stamp")


def slugify(title: str) -> str:
    """Make the readable part of an address out of a headline."""
    plain = unicodedata.normalize("NFKD", title.replace("ß", "ss")).encode("ascii", "ignore")
    words = re.findall(r"[a-z0-9]+", plain.decode().lower().replace("'", ""))
    return "-".join(words[:SLUG_WORDS])


def edition(plan: PublisherPlan, now: datetime, seed: int) -> tuple[Piece, ...]:
    """Give everything a publisher has on its site at `now`, newest first."""
    pieces = [_copy(plan, copy, now, seed) for copy in plan.copies]
    pieces += [_own(plan, own, now, seed) for own in plan.own]
    return tuple(sorted(pieces, key=lambda piece: (piece.published, piece.path), reverse=True))


def _moment(plan: PublisherPlan, instant: datetime, label: str, seed: int) -> datetime:
    # A string seeds `Random` through SHA-512: the same in every process and version.
    jitter = Random(f"{seed}/{plan.host}/{label}").randint(0, JITTER_MIN)  # noqa: S311 - no secret
    return local(instant + timedelta(minutes=jitter), plan.offset_minutes)


def _path(plan: PublisherPlan, section: str, title: str, when: datetime) -> str:
    number = int(hashlib.sha256(f"{plan.host}/{title}".encode()).hexdigest()[:6], 16)
    return plan.address.format(
        year=f"{when:%Y}",
        month=f"{when:%m}",
        day=f"{when:%d}",
        slug=slugify(title),
        section=slugify(section),
        id=1_000_000 + number,
    )


def _copy(plan: PublisherPlan, copy: CopyPlan, now: datetime, seed: int) -> Piece:
    story = wire_stories()[copy.story]
    words = print_copy(story, copy, plan.credit, now)
    sent = wire_time(story, now)
    published = _moment(plan, sent + timedelta(minutes=copy.after_min), copy.story, seed)
    path = _path(plan, story.section, words.title, published)
    return Piece(
        kind="copy",
        story=copy.story,
        relation=words.relation,
        how=copy.how,
        title=words.title,
        deck=words.deck,
        byline=words.byline,
        section=story.section,
        tags=story.tags,
        photo=story.photo,
        blocks=tuple(Block(kind="p", text=text) for text in words.paragraphs),
        published=published,
        agency=words.agency,
        path=f"/private{path}" if copy.private else path,
        private=copy.private,
    )


def _own(plan: PublisherPlan, own: OwnPlan, now: datetime, seed: int) -> Piece:
    sent = now.replace(second=0, microsecond=0) - timedelta(hours=own.hours_ago)
    published = _moment(plan, sent, own.title, seed)
    return Piece(
        kind=own.kind,
        story=f"{plan.host}/{slugify(own.title)}",
        relation=Relation.NONE if own.kind == "local" else Relation.PARTIAL,
        how="",
        title=own.title,
        deck=own.deck,
        byline=own.author,
        section=own.section,
        tags=own.tags,
        photo="",
        blocks=tuple(
            block for text in own.body for block in _blocks(text, published, plan.language, now)
        ),
        published=published,
        agency=None,
        path=_path(plan, own.section, own.title, published),
        private=False,
    )


def _blocks(text: str, published: datetime, language: str, now: datetime) -> list[Block]:
    """Read one block of a plan: a paragraph, `## subheading`, `@minutes` or `[[story 1-2]]`."""
    if text.startswith("## "):
        return [Block(kind="h2", text=text[3:])]
    if text.startswith("@"):
        time = published + timedelta(minutes=int(text[1:]))
        return [Block(kind="stamp", text=f"{time:%H:%M}", time=time)]
    insert = _INSERT.match(text)
    if insert is None:
        return [Block(kind="p", text=settle_days(text, published, language))]
    start, end = int(insert[2]), int(insert[3] or insert[2])
    wire = wire_text(wire_stories()[insert[1]], now)
    return [Block(kind="p", text=part) for part in wire[start - 1 : end]]
