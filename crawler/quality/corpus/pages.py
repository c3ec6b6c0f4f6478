"""Stories that are known -> pages that hold several of them; and reports made from one form.

These are the traps: none of them may join the clusters of the stories it holds.
"""

from collections.abc import Iterator
from random import Random

from crawler.items import Relation
from crawler.quality.corpus import traps
from crawler.quality.corpus.copies import CopyPlan
from crawler.quality.corpus.desks import Desks
from crawler.quality.corpus.drafts import Draft
from crawler.quality.corpus.languages import language
from crawler.quality.corpus.reuse import MOSTLY, passage_relation
from crawler.quality.corpus.stories import prose_runs

SMALLER_HALF = 0.35
"""Least share of a page of two stories that the shorter one takes."""
LEAST_KNOWN = 20
"""Stories that must be known before pages are made of them; an index has up to 18."""


def print_forms(desks: Desks, rng: Random) -> Iterator[Draft]:
    """Print reports made from one form; each may have copies of its own."""
    for story in traps.form_reports(language("en"), rng, rng.randint(3, 8)):
        draft, sent = desks.send(story, "form", rng)
        yield draft
        if rng.random() < 0.5:  # noqa: PLR2004 - see docs/quality.md
            for _ in range(rng.randint(1, 3)):
                keep = 1.0 if rng.random() < 0.7 else rng.uniform(0.7, 1.0)  # noqa: PLR2004 - likewise
                yield desks.copy(sent, rng, CopyPlan(keep=keep))


def print_page(desks: Desks, code: str, rng: Random, kind: str) -> Iterator[Draft]:
    """Print a roundup (sometimes on two sites) or a section front."""
    count = rng.randint(4, 8) if kind == "roundup" else rng.randint(10, 18)
    known = rng.sample(list(desks.recent(code)), count)
    stories = [one.story for one in known]
    site = desks.site(code, rng)
    if kind == "roundup":
        parts, told = traps.roundup(stories, site, rng)
    else:
        parts, told = traps.index_page(stories, rng)
    relation = passage_relation(language(code), prose_runs(stories[0], told))
    length = sum(language(code).count(line) for lines in told for line in lines)
    if length >= MOSTLY * stories[0].units:
        relation = Relation.EXPANDED
    of = (known[0], relation)
    draft = desks.page(parts, kind, rng, of=of, site=site, title=stories[0].headline)
    yield draft
    if kind == "roundup" and rng.random() < 0.3:  # noqa: PLR2004 - see docs/quality.md
        twin = desks.site(code, rng)
        yield desks.page(
            parts, kind, rng,
            of=of, site=twin, title=stories[0].headline, cluster=draft.cluster,
        )  # fmt: skip


def print_bridge(desks: Desks, code: str, rng: Random) -> Iterator[Draft]:
    """Print two stories on one page; neither is so short that the page is the other's copy."""
    known = rng.sample(list(desks.recent(code)), LEAST_KNOWN)
    one = known[0]
    for other in known[1:]:
        small = min(one.story.units, other.story.units)
        both = one.story.units + other.story.units
        if other.story.world is not one.story.world and small >= SMALLER_HALF * both:
            site = desks.site(code, rng)
            parts = traps.bridge(one.story, other.story)
            yield desks.page(
                parts, "bridge", rng,
                of=(one, Relation.EXPANDED), site=site, title=one.story.headline,
            )  # fmt: skip
            return
