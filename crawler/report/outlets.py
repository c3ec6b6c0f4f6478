"""Say what each outlet ran, after whom, how fast, and how much of it it changed.

The facts of all clusters arrive; one `OutletView` a site leaves.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from statistics import median
from urllib.parse import quote

from crawler.report.edition import Entry, OutletView
from crawler.report.facts import ClusterFacts, MemberFacts, instant_of
from crawler.report.figures import sortable
from crawler.report.moments import moment

# Outlets named of those that had first what another ran later.
MAX_AFTER = 8
# Longest name of a file that every system takes is 255 bytes; a site's is 253 at the most, but a
# stranger's input may say anything.
MAX_NAME = 100


def outlet_page(site: str) -> str:
    """Give the page of an outlet, from the report's folder."""
    name = quote(site, safe="").replace("%", "_").strip(".")
    if name != site or not name or len(name) > MAX_NAME:
        name = f"{name[:40]}-{sha256(site.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return f"outlets/{name}.html"


def outlets(
    clusters: Sequence[ClusterFacts],
    singles: Iterable[ClusterFacts],
    networks: Mapping[str, str],
) -> tuple[OutletView, ...]:
    """Give the outlets, those with most stories first."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    articles: Counter[str] = Counter()
    for facts in clusters:
        for entry in _entries(facts):
            entries[entry.member.site].append(entry)
            articles[entry.member.site] += 1
    for facts in singles:
        articles.update(member.site for member in facts.members)
    views = [
        _outlet(site, entries.get(site, ()), count, networks.get(site, ""))
        for site, count in articles.items()
    ]
    return tuple(sorted(views, key=lambda one: (-one.stories, -one.articles, one.site)))


def _entries(facts: ClusterFacts) -> Iterable[Entry]:
    first = facts.first
    began = instant_of(first) if first and first.claimed else None
    for member in facts.members:
        time = moment(member.iso, member.basis, claimed=member.claimed)
        lag = None
        if began is not None and time.instant is not None and time.claimed:
            lag = (time.instant - began).total_seconds()
        yield Entry(cluster=facts, member=member, time=time, lag_s=lag)


def _outlet(site: str, entries: Sequence[Entry], articles: int, network: str) -> OutletView:
    ordered = sorted(entries, key=lambda one: (one.cluster.id, one.member.number))
    ordered.sort(key=lambda one: sortable(one.time), reverse=True)
    later = [one for one in ordered if not one.member.first]
    copies = [one.member for one in ordered if not one.member.reference]
    firsts = {one.cluster.id for one in ordered if one.member.first}
    after = Counter(
        one.cluster.first.site
        for one in later
        if one.cluster.first and one.cluster.first.site != site and one.cluster.id not in firsts
    )
    agencies = Counter(one.member.agency for one in ordered if one.member.agency)
    return OutletView(
        site=site,
        page=outlet_page(site) if ordered else "",
        network=network,
        articles=articles,
        stories=len({one.cluster.id for one in ordered}),
        firsts=len(firsts),
        lag_s=_middle([one.lag_s for one in later if one.lag_s is not None and one.lag_s >= 0]),
        own_share=_middle([1 - copy.in_reference for copy in copies]),
        cut_share=_middle([1 - copy.of_reference for copy in copies]),
        agencies=tuple(sorted(agencies.items(), key=lambda item: (-item[1], item[0]))),
        after=tuple(sorted(after.items(), key=lambda item: (-item[1], item[0]))[:MAX_AFTER]),
        entries=tuple(ordered),
    )


def _middle(values: Sequence[float]) -> float | None:
    return float(median(values)) if values else None


def outlet_count(members: Iterable[MemberFacts], networks: Mapping[str, str]) -> int:
    """Count outlets as independent ones: sites of one network count once."""
    return len({networks.get(member.site) or member.site for member in members})
