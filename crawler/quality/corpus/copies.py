"""A story and a desk's plan -> what that desk prints, and how much of the original is in it.

Desks cut from the end, seldom inside; they change words, rewrite a sentence, put in a paragraph of
their own or begin with a lede of their own. Quotations they leave alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from crawler.items import Relation
from crawler.quality.corpus.grammar import Rules
from crawler.quality.corpus.languages import Language
from crawler.quality.corpus.reuse import SPACELESS_UNITS, copy_relation
from crawler.quality.corpus.stories import Paragraph, Story

LEAST_UNITS = 45
"""Words: a shorter cut is a caption and no copy; characters are counted at three a word."""
LEAST_OWN = 0.65
"""Least share of a copy's words that are the original's: a copy is mostly that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPlan:
    """What a desk does with a story."""

    keep: float = 1.0
    """Share of the words it keeps."""
    inside: bool = False
    """Whether it cuts paragraphs in the middle instead of from the end."""
    word_edits: float = 0.0
    """Share of the words it changes, outside quotations."""
    reworded: float = 0.0
    """Share of the sentences it writes anew, outside quotations."""
    inserted: bool = False
    """Whether it puts in a paragraph of its own."""
    own_lede: bool = False
    """Whether it begins with a sentence of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What a desk prints."""

    story: Story
    """Headline and body as printed."""
    cut: float
    """Share of the original's words that it keeps, edits aside."""
    kept: int
    """Words that are the original's and unchanged."""
    whole: int
    """Words of the original."""

    def relation(self, added: int = 0) -> Relation:
        """Name the relation of the printed text to the original.

        Args:
            added: words printed beside the story (dateline, credit line).
        """
        return copy_relation(self.kept, self.story.units + added, self.whole)


def draw_plan(rng: Random) -> CopyPlan:
    """Draw what a desk does; docs/quality.md lists the shares."""
    keep = 1.0 if rng.random() < 0.45 else rng.uniform(0.2, 1.0)  # noqa: PLR2004 - see docs
    roll = rng.random()
    edits = 0.0 if roll < 0.5 else rng.uniform(0.01, 0.04 if roll < 0.85 else 1 / 12)  # noqa: PLR2004 - see docs
    return CopyPlan(
        keep=keep,
        inside=rng.random() < 0.2,  # noqa: PLR2004 - see docs
        word_edits=edits,
        reworded=rng.uniform(0.05, 0.2) if rng.random() < 0.15 else 0.0,  # noqa: PLR2004 - see docs
        inserted=rng.random() < 0.15,  # noqa: PLR2004 - see docs
        own_lede=rng.random() < 0.07,  # noqa: PLR2004 - see docs
    )


def print_copy(story: Story, plan: CopyPlan, rng: Random, local: Rules) -> Printed:
    """Print a story as the plan says, but never so that most of it is the desk's own.

    Args:
        story: as the agency sent it.
        plan: what the desk does.
        rng: the source of chance.
        local: the desk's own names (`site_town`, `person_local`), for what it adds.
    """
    printed = _print(story, plan, rng, local)
    if printed.kept >= LEAST_OWN * printed.story.units:
        return printed
    return _print(story, replace(plan, inserted=False, own_lede=False, reworded=0.0), rng, local)


def _print(story: Story, plan: CopyPlan, rng: Random, local: Rules) -> Printed:
    language = story.language
    whole = story.units
    least = LEAST_UNITS * (1 if language.spaced else SPACELESS_UNITS)
    wanted = max(plan.keep * whole, min(least, whole))
    body = list(story.body)
    if wanted < whole:
        body = (_cut_inside(story, wanted, rng) if plan.inside else None) or _cut_end(story, wanted)
    cut = sum(language.count(line) for part in body for line in part.sentences) / whole
    body, kept = _edited(body, plan, story, rng)
    world = story.world | local
    if plan.own_lede and len(body) > 1:
        kept -= language.count(body[0].sentences[0])
        body[0] = Paragraph(sentences=(language.say("lede", rng, world), *body[0].sentences[1:]))
    if plan.inserted:
        lines = tuple(language.say("local", rng, world) for _ in range(rng.randint(1, 3)))
        body.insert(rng.randint(1, len(body)), Paragraph(sentences=lines))
    headline = story.headline if rng.random() < 0.6 else language.say("headline", rng, story.world)  # noqa: PLR2004 - see docs
    return Printed(
        story=replace(story, body=tuple(body), headline=headline),
        cut=round(cut, 4),
        kept=max(0, kept),
        whole=whole,
    )


def _units(language: Language, body: Sequence[Paragraph]) -> int:
    return sum(language.count(line) for part in body for line in part.sentences)


def _cut_end(story: Story, wanted: float) -> list[Paragraph]:
    """Keep sentences from the beginning until enough words stand there."""
    kept: list[Paragraph] = []
    words = 0
    for part in story.body:
        lines = []
        for line in part.sentences:
            if words >= wanted:
                break
            lines.append(line)
            words += story.language.count(line)
        if lines:
            kept.append(replace(part, sentences=tuple(lines)))
        if words >= wanted:
            break
    return kept


def _cut_inside(story: Story, wanted: float, rng: Random) -> list[Paragraph] | None:
    """Drop paragraphs after the lede until few enough words stand there.

    None where what is left would be background more than news: such a text is as much a copy of
    the event's other stories, and nobody could say of which.
    """
    body = dict(enumerate(story.body))
    words = story.units
    for at in rng.sample(range(1, len(story.body)), len(story.body) - 1):
        length = _units(story.language, [body[at]])
        if words - length >= wanted:
            del body[at]
            words -= length
    left = list(body.values())
    told = _units(story.language, [part for part in left if part.kind == "background"])
    return left if told <= words / 2 else None


def _edited(
    body: Sequence[Paragraph], plan: CopyPlan, story: Story, rng: Random
) -> tuple[list[Paragraph], int]:
    """Edit words and sentences; give the body and how many words of it are unchanged."""
    language = story.language
    edited: list[Paragraph] = []
    kept = 0
    for part in body:
        lines = []
        for line in part.sentences:
            if part.kind == "quote":
                kept += language.count(line)
            elif plan.reworded and rng.random() < plan.reworded:
                line = language.say("sentence", rng, story.world)  # noqa: PLW2901 - the new wording
            elif plan.word_edits:
                line, same = _edit_line(language, line, plan.word_edits, rng)  # noqa: PLW2901 - likewise
                kept += same
            else:
                kept += language.count(line)
            lines.append(line)
        edited.append(replace(part, sentences=tuple(lines)))
    return edited, kept


def _edit_line(language: Language, line: str, rate: float, rng: Random) -> tuple[str, int]:
    """Replace, drop or add words (characters without spaces); count those that stay."""
    pieces = line.split(" ") if language.spaced else list(line)
    rate = rate if language.spaced else rate / SPACELESS_UNITS
    spare = language.lists["words"]["spare"]
    made: list[str] = []
    same = 0
    chance = rng.random
    for piece in pieces:
        roll = chance()
        if roll >= rate:
            made.append(piece)
            same += 1
        elif roll < rate * 0.6:
            made.append(spare[int(chance() * len(spare))])
        elif roll < rate * 0.8:
            made += [piece, spare[int(chance() * len(spare))]]
            same += 1
    return (" " if language.spaced else "").join(made), same
