"""A world -> a story: lede, reports, quotations, and background that the event's stories share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from crawler.quality.corpus.grammar import Rules
from crawler.quality.corpus.languages import Language

QUOTE_SHARE = 0.28
"""Share of paragraphs that are quotations; agency reports have between a quarter and a third."""
CLICHE_SHARE = 0.1
"""Share of paragraphs that end in a sentence that every desk writes."""
_QUOTED = re.compile(r"[“「«\"](.+?)[”」»\"]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences that stand together."""

    sentences: tuple[str, ...]
    """Finished sentences."""
    kind: str = "report"
    """`report`, `quote` or `background`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Story:
    """One text as its writer sent it."""

    language: Language
    """What it is written in."""
    world: Rules
    """Whom and what it is about."""
    headline: str
    """Its headline."""
    body: tuple[Paragraph, ...]
    """The lede first."""

    @property
    def units(self) -> int:
        """Words, or characters where the script has no spaces."""
        return sum(self.language.count(line) for part in self.body for line in part.sentences)

    def background(self) -> tuple[Paragraph, ...]:
        """Give the paragraphs that other stories of the event may repeat."""
        return tuple(part for part in self.body if part.kind == "background")

    def quotations(self) -> list[str]:
        """Give what people say in it, without the marks."""
        lines = [line for part in self.body if part.kind == "quote" for line in part.sentences]
        return [" ".join(_QUOTED.findall(line)) for line in lines if _QUOTED.search(line)]


def write_story(
    language: Language,
    world: Rules,
    rng: Random,
    units: int,
    *,
    background: Sequence[Paragraph] | None = None,
    quotes: Sequence[Paragraph] | None = None,
) -> Story:
    """Write a story of about `units` words (characters without spaces).

    Args:
        language: of the story.
        world: what it is about.
        rng: the source of chance.
        units: how long it becomes.
        background: paragraphs told before; new ones are written where it is None.
        quotes: paragraphs of quotations to use instead of new ones.
    """
    if background is None:
        background = write_background(language, world, rng, units // 5)
    given = list(quotes or ())
    told = sum(language.count(line) for part in (*background, *given) for line in part.sentences)
    body = [Paragraph(sentences=(language.say("lede", rng, world),))]
    written = language.count(body[0].sentences[0])
    while written + told < units:
        if quotes is None and rng.random() < QUOTE_SHARE:
            part = Paragraph(sentences=(language.say("quote", rng, world),), kind="quote")
        else:
            part = _report(language, world, rng)
        body.append(part)
        written += sum(map(language.count, part.sentences))
    for part in given:
        body.insert(rng.randint(1, len(body)), part)
    # Background stands in the last third, as in the inverted pyramid, and not in one piece.
    first = max(1, len(body) * 2 // 3)
    for part in background:
        body.insert(rng.randint(first, len(body)), part)
    return Story(
        language=language,
        world=world,
        headline=language.say("headline", rng, world).rstrip(".。"),
        body=tuple(body),
    )


def write_background(
    language: Language, world: Rules, rng: Random, units: int
) -> tuple[Paragraph, ...]:
    """Write what every story of an event tells again."""
    parts: list[Paragraph] = []
    written = 0
    while written < units:
        lines = tuple(language.say("background", rng, world) for _ in range(rng.randint(1, 3)))
        parts.append(Paragraph(sentences=lines, kind="background"))
        written += sum(map(language.count, lines))
    return tuple(parts)


def retell_quotes(story: Story, rng: Random, most: int) -> tuple[Paragraph, ...]:
    """Give quotations of a story as another reporter in the same room would print them."""
    parts = []
    written = 0
    for said in rng.sample(story.quotations(), len(story.quotations())):
        own = story.world | {"q": [(said.rstrip(",.，。"),)]}
        line = story.language.say("requote", rng, own)
        written += story.language.count(line)
        if written > most:
            break
        parts.append(Paragraph(sentences=(line,), kind="quote"))
    return tuple(parts)


def quoted_units(story: Story, part: Paragraph) -> int:
    """Count the words of a paragraph that stand inside quotation marks."""
    count = story.language.count
    return sum(count(said) for line in part.sentences for said in _QUOTED.findall(line))


def prose_runs(story: Story, passages: Sequence[Sequence[str]]) -> list[int]:
    """Count the words of prose in a row in each passage; a sentence with a quotation ends a row."""
    runs: list[int] = []
    for lines in passages:
        runs.append(0)
        for line in lines:
            if _QUOTED.search(line):
                runs.append(0)
            else:
                runs[-1] += story.language.count(line)
    return runs


def updated(story: Story, rng: Random, share: float) -> Story:
    """Write a story through: a new lede, some paragraphs replaced, most of the text kept.

    Args:
        story: the text so far.
        rng: the source of chance.
        share: of the paragraphs to replace, beside the lede.
    """
    language, world = story.language, story.world
    body = [Paragraph(sentences=(language.say("lede", rng, world),)), *story.body[1:]]
    for at in rng.sample(range(1, len(body)), int(share * (len(body) - 1))):
        body[at] = _report(language, world, rng)
    if rng.random() < 0.5:  # noqa: PLR2004 - every second update also adds something
        body.insert(rng.randint(1, len(body)), _report(language, world, rng))
    return replace(story, body=tuple(body), headline=language.say("headline", rng, world))


def rewritten(story: Story, rng: Random, share: float) -> Story:
    """Tell a story anew: another lede, and no more than `share` of the words as they were.

    The old paragraphs count as background, so that no cut keeps them and drops the new ones.
    """
    language, world = story.language, story.world
    fresh = write_story(language, world, rng, int(story.units * (1 - share)), background=())
    body = list(fresh.body)
    most = share * story.units
    for part in rng.sample(story.body[1:], len(story.body) - 1):
        length = sum(map(language.count, part.sentences))
        if length <= most:
            old = part if part.kind == "quote" else replace(part, kind="background")
            body.insert(rng.randint(1, len(body)), old)
            most -= length
    return replace(fresh, body=tuple(body))


def _report(language: Language, world: Rules, rng: Random) -> Paragraph:
    lines = [language.say("sentence", rng, world) for _ in range(rng.choice((1, 1, 2, 2, 3)))]
    if rng.random() < CLICHE_SHARE:
        lines.append(language.say("cliche", rng, world))
    return Paragraph(sentences=tuple(lines))
