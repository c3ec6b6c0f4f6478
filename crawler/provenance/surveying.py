"""What is known beside the clusters themselves, read once for all of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.items import Article, Network, Testimony
from crawler.provenance.gaps import Coverage, Unseen, find_unseen
from crawler.provenance.networks import Networks, barred_names, names_in, sentences_under
from crawler.provenance.zones import LearnedZones, Zones, shown_by


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


def hear(articles: Iterable[Article], agencies: Iterable[str] = ()) -> Iterator[Testimony]:
    """Give what each article says of its site; one of no site says nothing that counts.

    Args:
        articles: in any order; each is read once and none is kept.
        agencies: names and spellings of agencies, which own nothing by being credited.
    """
    barred = barred_names(agencies)
    for article in articles:
        shown, paired = shown_by(article)
        yield Testimony(
            site=article.site,
            shown=shown,
            paired=paired,
            names=names_in(article, barred),
            sentences=sentences_under(article, barred),
        )


def survey(
    testimony: Iterable[Testimony],
    *,
    networks: Mapping[str, Sequence[str]] | None = None,
    agency_sites: Mapping[str, str] | None = None,
    coverage: Coverage | None = None,
) -> Survey:
    """Learn what all articles together tell.

    Args:
        testimony: what each of them says (`hear`), in any order.
        networks: the user's tables: name to registered domains.
        agency_sites: registered domain of an agency's own site to the agency's name.
        coverage: what was not seen.
    """
    zones = LearnedZones()
    found = Networks(networks or {})
    for said in testimony:
        if said.site:
            zones.add(said)
            found.add(said)
    return Survey(
        zones=zones.zones(),
        networks=found.networks(),
        agency_sites=agency_sites or {},
        unseen=find_unseen(coverage or Coverage()),
    )
