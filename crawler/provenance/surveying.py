"""What is known beside the clusters themselves, read once for all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.items import Article, Network
from crawler.provenance.gaps import Coverage, Unseen, find_unseen
from crawler.provenance.networks import Networks
from crawler.provenance.zones import LearnedZones, Zones


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What answers rest on beside the copies."""

    zones: Zones = field(default_factory=Zones)
    """In which zones the sites' clocks stand."""
    networks: tuple[Network, ...] = ()
    """Sites of one owner."""
    agency_sites: Mapping[str, str] = field(default_factory=dict)
    """Registered domain of an agency's own site to the agency's name."""
    unseen: Unseen = field(default_factory=Unseen)
    """What was not seen."""


def survey(
    articles: Iterable[Article],
    *,
    networks: Mapping[str, Sequence[str]] | None = None,
    agencies: Iterable[str] = (),
    agency_sites: Mapping[str, str] | None = None,
    coverage: Coverage | None = None,
) -> Survey:
    """Learn what all articles together tell; each is read once and none is kept.

    Args:
        articles: all there are, in any order.
        networks: the user's tables: name to registered domains.
        agencies: names and spellings of agencies, which own nothing by being credited.
        agency_sites: registered domain of an agency's own site to the agency's name.
        coverage: what was not seen.
    """
    zones = LearnedZones()
    found = Networks(networks or {}, agencies)
    for article in articles:
        zones.add(article)
        found.add(article)
    return Survey(
        zones=zones.zones(),
        networks=found.networks(),
        agency_sites=agency_sites or {},
        unseen=find_unseen(coverage or Coverage()),
    )
