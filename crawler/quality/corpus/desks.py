"""A story and the sites -> drafts: as its agency sends it, and as other desks print it."""

import hashlib
from collections import deque
from collections.abc import Sequence
from random import Random

from crawler.items import Relation
from crawler.quality.corpus.copies import CopyPlan, Printed, print_copy
from crawler.quality.corpus.drafts import Draft, Printing
from crawler.quality.corpus.grammar import compile_rules
from crawler.quality.corpus.page import furnish, lay_out
from crawler.quality.corpus.sites import Site, Sites, furniture_of
from crawler.quality.corpus.stories import Story
from crawler.quality.corpus.worlds import AGENCIES

RECENT = 120
"""Stories of a language that are kept, for pages that hold several and for related headlines."""
TRIES = 8
"""Draws of a site for a copy, before one that has the story is taken after all."""
AGAIN = 0.05
"""Chance that a site which has the story prints it again: a print page, a second section."""
RELATED = 3
"""Headlines of other stories that some sites print below each of theirs."""


class Desks:
    """Prints stories on the sites of a corpus.

    Args:
        sites: by language.
        seed: of the corpus; ids are drawn from it.
    """

    def __init__(self, sites: dict[str, Sites], seed: int) -> None:
        self._sites = sites
        self._seed = seed
        self._numbers = 0
        self._recent: dict[str, deque[Printing]] = {code: deque(maxlen=RECENT) for code in sites}

    def recent(self, code: str) -> Sequence[Printing]:
        """Give the latest stories of a language."""
        return self._recent[code]

    def site(self, code: str, rng: Random) -> Site:
        """Draw a site."""
        return self._sites[code].draw(rng)

    def outlets(self, code: str) -> int:
        """Count the sites of a language."""
        return len(self._sites[code].sites)

    def next_id(self) -> str:
        """Give an id that tells nothing about its place in the corpus."""
        self._numbers += 1
        seed = f"{self._seed}/{self._numbers}".encode()
        return hashlib.blake2b(seed, digest_size=6).hexdigest()

    def send(
        self,
        story: Story,
        kind: str,
        rng: Random,
        *,
        minutes: int = 0,
        version_of: tuple[Printing, Relation] | None = None,
        made_from: tuple[Printing, Relation] | None = None,
    ) -> tuple[Draft, Printing]:
        """Print a story for the first time.

        Args:
            story: what is printed.
            kind: of the article.
            rng: the source of chance.
            minutes: after the event.
            version_of: the text of which it is a new version, in the same cluster.
            made_from: an article from which it took something, without being a copy.
        """
        site = self.site(story.language.code, rng)
        agency = rng.choice(AGENCIES)
        before = "" if kind == "single" else _dateline(story, agency, rng)
        source, relation = version_of or made_from or (None, None)
        name = self.next_id()
        printing = Printing(
            story=story,
            id=name,
            cluster=version_of[0].cluster if version_of else name,
            agency=agency,
            before=before,
            minutes=minutes,
            hosts={site.host},
        )
        draft = Draft(
            id=name,
            site=site.host,
            title=story.headline,
            text=lay_out(story, site, rng, before=before, related=self._related(site, rng)),
            language=story.language.code,
            minutes=minutes,
            cluster=printing.cluster,
            kind=kind,
            of=source.id if source else None,
            relation=relation,
        )
        if kind != "form":
            self._recent[story.language.code].append(printing)
        return draft, printing

    def copy(self, printing: Printing, rng: Random, plan: CopyPlan) -> Draft:
        """Print a copy of a story on some site, as the plan says."""
        story = printing.story
        site = self._elsewhere(printing, rng)
        printed = print_copy(story, plan, rng, site.local)
        before, after = self._credit(printing, site, rng)
        return Draft(
            id=self.next_id(),
            site=site.host,
            title=printed.story.headline,
            text=lay_out(
                printed.story, site, rng,
                before=before, after=after, related=self._related(site, rng),
            ),
            language=story.language.code,
            minutes=printing.minutes + 2 + int(rng.expovariate(1 / 240)),
            cluster=printing.cluster,
            kind="copy",
            cut=printed.cut,
            of=printing.id,
            relation=_relation(printed, printing, before, after),
        )  # fmt: skip

    def page(
        self,
        parts: Sequence[str],
        kind: str,
        rng: Random,
        *,
        of: tuple[Printing, Relation],
        site: Site,
        title: str,
        cluster: str | None = None,
    ) -> Draft:
        """Print a page that holds several stories; `of` is one of them, and what they share."""
        name = self.next_id()
        return Draft(
            id=name,
            site=site.host,
            title=title,
            text=furnish(parts, site, rng, self._related(site, rng)),
            language=site.language,
            minutes=of[0].minutes + int(rng.uniform(60, 1400)),
            cluster=cluster or name,
            kind=kind,
            of=of[0].id,
            relation=of[1],
        )

    def _elsewhere(self, printing: Printing, rng: Random) -> Site:
        """Draw a site that has not printed the story yet; some print it again (a second form)."""
        site = self.site(printing.story.language.code, rng)
        for _ in range(TRIES):
            if site.host not in printing.hosts or rng.random() < AGAIN:
                break
            site = self.site(printing.story.language.code, rng)
        printing.hosts.add(site.host)
        return site

    def _credit(self, printing: Printing, site: Site, rng: Random) -> tuple[str, str]:
        """Draw a desk's dateline and credit line: as sent, its own, or none."""
        story = printing.story
        roll = rng.random()
        if roll < 0.45:  # noqa: PLR2004 - see docs/quality.md
            before = printing.before
        else:
            before = _dateline(story, printing.agency, rng) if roll < 0.65 else ""  # noqa: PLR2004 - likewise
        if rng.random() >= 0.3:  # noqa: PLR2004 - likewise
            return before, ""
        own = compile_rules(furniture_of(story.language)) | story.world | site.local
        own |= compile_rules({"agency": [printing.agency]})
        return before, story.language.grammar.expand("credit", rng, own)

    def _related(self, site: Site, rng: Random) -> list[str]:
        known = self._recent[site.language]
        if not site.related or len(known) < RELATED:
            return []
        return [known[rng.randrange(len(known))].story.headline for _ in range(RELATED)]


def _dateline(story: Story, agency: str, rng: Random) -> str:
    own = compile_rules(furniture_of(story.language)) | story.world
    town = "".join(story.world["town"][0])
    own |= compile_rules({"CITY": [town.upper()], "town_name": [town], "agency": [agency]})
    return story.language.grammar.expand("dateline", rng, own)


def _relation(printed: Printed, printing: Printing, before: str, after: str) -> Relation:
    """Name the relation of what was printed to what was sent, datelines and credits included."""
    if before == printing.before and not after:
        return printed.relation()
    count = printing.story.language.count
    return printed.relation(max(1, count(before) + count(after)))
