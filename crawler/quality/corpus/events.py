"""What happens in the invented world: a seed and a number -> the drafts of one event.

An event is a story with everything that is made of it: copies, updates, follow-ups, reports by
others. Pages that hold several stories are made from the latest of them. docs/quality.md lists what
share of the articles each kind has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from crawler.items import Relation
from crawler.quality.corpus import traps
from crawler.quality.corpus.copies import draw_plan
from crawler.quality.corpus.desks import Desks
from crawler.quality.corpus.drafts import Draft, Printing
from crawler.quality.corpus.languages import Language, language
from crawler.quality.corpus.pages import LEAST_KNOWN, print_bridge, print_forms, print_page
from crawler.quality.corpus.reuse import MOSTLY, SPACELESS_UNITS, passage_relation
from crawler.quality.corpus.stories import (
    Paragraph,
    Story,
    prose_runs,
    quoted_units,
    retell_quotes,
    rewritten,
    updated,
    write_background,
    write_story,
)
from crawler.quality.corpus.worlds import invent_world

EVENTS = {
    "wire": 0.32, "single": 0.54, "form": 0.03, "roundup": 0.06, "bridge": 0.025, "index": 0.025,
}  # fmt: skip
LANGUAGES = {"en": 0.88, "ja": 0.03, "zh": 0.03, "th": 0.02, "ar": 0.02, "he": 0.02}
UPDATED, REWRITTEN, FOLLOWED, REPORTED, LIVE = 0.15, 0.1, 0.3, 0.2, 0.06
"""Shares of the wire stories that have an update, another version under a new lede, follow-ups,
reports by others in the same room, a live page."""
MOST_COPIES = 40
LEAST_OF_UPDATE = 0.4
"""Least share of an update that its copies keep."""
SHORT_SHARE, LONG_SHARE = 0.12, 0.007
SHORT = (60, 150)
LONG = (2_000, 10_000)
QUOTED = 0.1
"""Share of either report that shared quotations must be, as `ClusteringParams` has it."""


@dataclass(frozen=True, slots=True)
class World:
    """Makes one event after the other.

    Args:
        desks: where stories are printed.
        seed: of the corpus.
        short: whether all stories are short.
    """

    desks: Desks
    seed: int
    short: bool = False

    def event(self, number: int) -> Iterator[Draft]:
        """Make the drafts of one event."""
        rng = Random(f"{self.seed}/{number}")  # noqa: S311 - made again from its seed, no secret
        kind = rng.choices(list(EVENTS), list(EVENTS.values()))[0]
        code = rng.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
        if kind == "form":
            yield from print_forms(self.desks, rng)
        elif kind in ("wire", "single") or len(self.desks.recent(code)) < LEAST_KNOWN:
            yield from self._story(language(code), rng, wire=kind == "wire")
        elif kind == "bridge":
            yield from print_bridge(self.desks, code, rng)
        else:
            yield from print_page(self.desks, code, rng, kind)

    def _story(self, tongue: Language, rng: Random, *, wire: bool) -> Iterator[Draft]:
        world = invent_world(tongue, rng)
        units = self._length(tongue, rng)
        background = write_background(tongue, world, rng, int(units * rng.uniform(0.12, 0.3)))
        story = write_story(tongue, world, rng, units, background=background)
        draft, sent = self.desks.send(story, "original" if wire else "single", rng)
        yield draft
        if not wire:
            return
        yield from self._copies(sent, rng)
        told = [sent]
        if rng.random() < UPDATED:
            yield from self._update(sent, rng)
        if rng.random() < REWRITTEN:
            yield from self._rewrite(sent, rng)
        if rng.random() < FOLLOWED:
            for _ in range(rng.randint(1, 2)):
                yield from self._follow_up(sent, told, rng)
        if rng.random() < REPORTED:
            for _ in range(rng.randint(1, 2)):
                yield from self._report(sent, rng)
        if rng.random() < LIVE:
            site = self.desks.site(tongue.code, rng)
            parts, given = traps.live_blog([one.story for one in told], site, rng)
            relation = passage_relation(tongue, prose_runs(story, given))
            yield self.desks.page(
                parts, "live", rng, of=(sent, relation), site=site, title=story.headline
            )

    def _length(self, tongue: Language, rng: Random) -> int:
        """Draw a length: most stories near 380 words, some briefs, a few long reads."""
        roll = rng.random()
        if self.short or roll < SHORT_SHARE:
            words = rng.uniform(*SHORT)
        elif roll > 1 - LONG_SHARE:
            words = rng.uniform(*LONG)
        else:
            words = min(1500.0, max(150.0, rng.lognormvariate(5.94, 0.45)))
        return int(words if tongue.spaced else words * SPACELESS_UNITS)

    def _copies(self, sent: Printing, rng: Random, least: float = 0.0) -> Iterator[Draft]:
        """Print copies: half of the stories have one or two, a few have dozens (Pareto's law)."""
        most = min(MOST_COPIES, self.desks.outlets(sent.story.language.code) - 1)
        count = min(most, int(rng.paretovariate(1.15)))
        for _ in range(count - (rng.random() < 0.25)):  # noqa: PLR2004 - a quarter of the single ones has none
            plan = draw_plan(rng)
            yield self.desks.copy(sent, rng, replace(plan, keep=max(plan.keep, least)))

    def _update(self, sent: Printing, rng: Random) -> Iterator[Draft]:
        """Send a write-through: the same cluster, since most of the text stays."""
        story = updated(sent.story, rng, rng.uniform(0.0, 0.2))
        shared = _shared(story, sent.story)
        if min(shared / story.units, shared / sent.story.units) < MOSTLY:
            return
        draft, version = self.desks.send(
            story, "write-through", rng, minutes=rng.randint(20, 300),
            version_of=(sent, Relation.EDITED),
        )  # fmt: skip
        yield draft
        # A copy of the update's lede alone would be a copy of nothing in the first version.
        yield from self._copies(version, rng, least=LEAST_OF_UPDATE)

    def _rewrite(self, sent: Printing, rng: Random) -> Iterator[Draft]:
        """Send the story under a new lede with most of the text new: another cluster."""
        story = rewritten(sent.story, rng, rng.uniform(0.2, 0.4))
        old = {part.sentences for part in sent.story.body}
        relation = _passages(story, [part for part in story.body if part.sentences in old])
        draft, version = self.desks.send(
            story, "rewrite", rng, minutes=rng.randint(200, 900), made_from=(sent, relation)
        )
        yield draft
        yield from self._copies(version, rng)

    def _follow_up(self, sent: Printing, told: list[Printing], rng: Random) -> Iterator[Draft]:
        """Send the next day's story, which tells the background again."""
        story, world = sent.story, sent.story.world
        background = list(story.background())
        rng.shuffle(background)
        again = background[: rng.randint(1, max(1, len(background)))]
        length = sum(_length_of(part, story) for part in again)
        units = max(self._length(story.language, rng), int(length / rng.uniform(0.15, 0.5)))
        follow = write_story(story.language, world, rng, units, background=again)
        relation = _passages(story, again)
        draft, version = self.desks.send(
            follow, "follow-up", rng, minutes=rng.randint(600, 2900), made_from=(sent, relation)
        )
        told.append(version)
        yield draft
        yield from self._copies(version, rng)

    def _report(self, sent: Printing, rng: Random) -> Iterator[Draft]:
        """Print another reporter's story of the same hour, with the same quotations."""
        story = sent.story
        units = self._length(story.language, rng)
        quotes = retell_quotes(story, rng, int(units * rng.uniform(0.2, 0.45)))
        own = write_story(story.language, story.world, rng, units, background=(), quotes=quotes)
        length = sum(quoted_units(story, part) for part in quotes)
        shorter = min(own.units, story.units)
        relation = Relation.QUOTE_ONLY if length >= QUOTED * shorter else Relation.NONE
        draft, _ = self.desks.send(
            own, "independent", rng, minutes=rng.randint(5, 400), made_from=(sent, relation)
        )
        yield draft


def _passages(story: Story, parts: Sequence[Paragraph]) -> Relation:
    """Name the relation of two articles that share these paragraphs; what people say aside."""
    return passage_relation(story.language, prose_runs(story, [part.sentences for part in parts]))


def _length_of(part: Paragraph, story: Story) -> int:
    return sum(map(story.language.count, part.sentences))


def _shared(one: Story, other: Story) -> int:
    """Count the words of the paragraphs that two versions have in common."""
    return sum(_length_of(part, one) for part in one.body if part in other.body)
