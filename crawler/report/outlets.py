"""Say what each outlet ran, after whom, how fast, and how much of it it changed.

The facts of clusters that changed arrive, as they were and as they are; the ledger of outlets is
brought up to date with them, and the outlets that they do not concern are not read.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from statistics import median
from urllib.parse import quote

from crawler.report.edition import Entry, OutletView
from crawler.report.facts import ClusterFacts, MemberFacts, instant_of
from crawler.report.figures import sortable
from crawler.report.ledger import as_json
from crawler.report.moments import moment

# From this many copies on a cluster is one; outlets tell of these.
FEWEST_COPIES = 2
# Outlets named of those that had first what another ran later.
MAX_AFTER = 8
# Longest name of a file that every system takes is 255 bytes; a site's is 253 at the most, but a
# stranger's input may say anything.
MAX_NAME = 100
_BETWEEN = "\t"


def outlet_page(site: str) -> str:
    """Give the page of an outlet, from the report's folder."""
    name = quote(site, safe="").replace("%", "_").strip(".")
    if name != site or not name or len(name) > MAX_NAME:
        name = f"{name[:40]}-{sha256(site.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return f"outlets/{name}.html"


def outlet_count(members: Iterable[MemberFacts], networks: Mapping[str, str]) -> int:
    """Count outlets as independent ones: sites of one network count once."""
    return len({networks.get(member.site) or member.site for member in members})


class Outlets:
    """What each outlet ran; read from its line only where it changes or is shown."""

    def __init__(self) -> None:
        self._views: dict[str, OutletView] = {}
        self._lines: dict[str, str] = {}

    def change(self, former: Iterable[ClusterFacts], now: Iterable[ClusterFacts]) -> None:
        """Take out what clusters were and put in what they are."""
        out, singles_out = _by_site(former)
        into, singles_in = _by_site(now)
        for site in out.keys() | into.keys() | singles_out.keys() | singles_in.keys():
            singles = singles_in[site] - singles_out[site]
            if singles or out.get(site) != into.get(site):
                self._renew(site, out.get(site, {}), into.get(site, {}), singles)

    def views(self) -> tuple[OutletView, ...]:
        """Give the outlets, those with most stories first."""
        return tuple(
            sorted(self._views.values(), key=lambda one: (-one.stories, -one.articles, one.site))
        )

    def line(self, site: str) -> str:
        """Give an outlet's copies as JSON; equal ones have equal lines."""
        return self._lines[site]

    def entries(self, site: str) -> list[Entry]:
        """Give an outlet's copies, latest first."""
        rows = json.loads(self._lines[site])
        return [Entry(*row)._replace(candidates=tuple(row[-1])) for row in rows]

    def copy(self) -> "Outlets":
        """Give another one that may change without this one."""
        made = Outlets()
        made._views, made._lines = dict(self._views), dict(self._lines)
        return made

    def lines(self) -> Iterator[str]:
        """Give a line for each outlet, by site."""
        for site, view in sorted(self._views.items()):
            yield f"{as_json(view.as_row())}{_BETWEEN}{self._lines[site]}"

    @classmethod
    def from_lines(cls, lines: Sequence[str]) -> "Outlets":
        """Read what `lines` gave.

        Raises:
            ValueError, TypeError: it is something else.
        """
        made = cls()
        for line in lines:
            row, entries = line.split(_BETWEEN)
            view = OutletView.from_row(json.loads(row))
            made._views[view.site], made._lines[view.site] = view, entries
        return made

    def _renew(
        self,
        site: str,
        out: Mapping[tuple[str, str], Entry],
        into: Mapping[tuple[str, str], Entry],
        singles: int,
    ) -> None:
        known = self.entries(site) if site in self._lines else []
        singles += self._views[site].articles - len(known) if site in self._views else 0
        kept = [one for one in known if (one.cluster, one.article_id) not in out]
        entries = sorted([*kept, *into.values()], key=lambda one: (one.cluster, one.number))
        entries.sort(key=lambda one: one.sortable, reverse=True)
        if not entries and not singles:
            self._views.pop(site, None)
            self._lines.pop(site, None)
            return
        self._views[site] = _view(site, entries, len(entries) + singles)
        self._lines[site] = as_json(entries)


def _by_site(
    clusters: Iterable[ClusterFacts],
) -> tuple[dict[str, dict[tuple[str, str], Entry]], Counter[str]]:
    """Give each outlet's copies, by cluster and article, and its number of single articles."""
    entries: dict[str, dict[tuple[str, str], Entry]] = defaultdict(dict)
    singles: Counter[str] = Counter()
    for facts in clusters:
        if len(facts.members) < FEWEST_COPIES:
            singles.update(member.site for member in facts.members)
            continue
        for site, entry in _entries(facts):
            entries[site][entry.cluster, entry.article_id] = entry
    return entries, singles


def _entries(facts: ClusterFacts) -> Iterator[tuple[str, Entry]]:
    first = facts.first
    began = instant_of(first) if first and first.claimed else None
    for member in facts.members:
        time = moment(member.iso, member.basis, claimed=member.claimed)
        lag = None
        if began is not None and time.instant is not None and time.claimed:
            lag = (time.instant - began).total_seconds()
        yield (
            member.site,
            Entry(
                cluster=facts.id,
                page=facts.page,
                first_site=first.site if first else "",
                article_id=member.article_id,
                headline=member.headline,
                number=member.number,
                iso=member.iso,
                basis=member.basis,
                claimed=member.claimed,
                sortable=sortable(time),
                lag_s=lag,
                first=member.first,
                reference=member.reference,
                relation=member.relation,
                in_reference=member.in_reference,
                of_reference=member.of_reference,
                agency=member.agency,
                candidates=facts.candidates,
            ),
        )


def _view(site: str, entries: Sequence[Entry], articles: int) -> OutletView:
    later = [one for one in entries if not one.first]
    copies = [one for one in entries if not one.reference]
    firsts = {one.cluster for one in entries if one.first}
    after = Counter(
        one.first_site
        for one in later
        if one.first_site and one.first_site != site and one.cluster not in firsts
    )
    agencies = Counter(one.agency for one in entries if one.agency)
    return OutletView(
        site=site,
        page=outlet_page(site) if entries else "",
        articles=articles,
        copies=len(entries),
        stories=len({one.cluster for one in entries}),
        firsts=len(firsts),
        lag_s=_middle([one.lag_s for one in later if one.lag_s is not None and one.lag_s >= 0]),
        own_share=_middle([1 - copy.in_reference for copy in copies]),
        cut_share=_middle([1 - copy.of_reference for copy in copies]),
        agencies=tuple(sorted(agencies.items(), key=lambda item: (-item[1], item[0]))),
        after=tuple(sorted(after.items(), key=lambda item: (-item[1], item[0]))[:MAX_AFTER]),
    )


def _middle(values: Sequence[float]) -> float | None:
    return float(median(values)) if values else None
