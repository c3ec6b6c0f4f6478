"""Say everything of one cluster: its copies, versions, headlines, figures and relatives.

A `Cluster` and its articles arrive; a `ClusterView` leaves.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType

from crawler.items import Article, Bridge, Cluster, Member, Network, Pair, Provenance
from crawler.report.figures import farness, headlines, lead_s, span
from crawler.report.moments import moment, moment_of
from crawler.report.relatives import bridges_by_article, pairs_by_article, refused, relatives
from crawler.report.summary import summarise
from crawler.report.view import Claim, ClusterView, MemberView, VersionView
from crawler.report.wording import headline_of, link_of

_FILE_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def build_cluster(
    cluster: Cluster,
    articles: Mapping[str, Article],
    pairs: Iterable[Pair] = (),
    *,
    provenance: Provenance | None = None,
    networks: Iterable[Network] = (),
    bridges: Iterable[Bridge] = (),
) -> ClusterView:
    """Give one cluster alone, of one or more copies; relatives have no page then.

    Raises:
        KeyError: none of its articles is in `articles`.
    """
    members = members_known(cluster, articles)
    if not members:
        raise KeyError(cluster.id)
    return cluster_view(
        cluster,
        members,
        articles,
        pairs_by_article(pairs),
        {},
        provenance=provenance,
        networks={site: network for network in networks for site in network.sites},
        bridges=bridges_by_article(bridges),
    )


def page_of(cluster_id: str) -> str:
    """Give the page of a cluster, from the report's folder.

    Our own ids are file names; a stranger's may hold anything, a path included.
    """
    safe = _FILE_NAME.fullmatch(cluster_id)
    name = cluster_id if safe else sha256(cluster_id.encode("utf-8", "replace")).hexdigest()[:16]
    return f"clusters/{name}.html"


def members_known(cluster: Cluster, articles: Mapping[str, Article]) -> list[Member]:
    """Give the members whose article is there: it may have been deleted since the clustering."""
    return [member for member in cluster.members if member.article_id in articles]


def cluster_view(
    cluster: Cluster,
    kept: Sequence[Member],
    articles: Mapping[str, Article],
    pairs: Mapping[str, Sequence[Pair]],
    pages: Mapping[str, str],
    *,
    provenance: Provenance | None = None,
    networks: Mapping[str, Network] = MappingProxyType({}),
    bridges: Mapping[str, Sequence[Bridge]] = MappingProxyType({}),
) -> ClusterView:
    """Give the cluster of the members that are `kept`, of one at the least.

    Args:
        cluster: gives the id and the medoid.
        kept: its members whose articles are there.
        articles: by id.
        pairs: by article id, both sides of each.
        pages: article id to the page of the report that has it.
        provenance: who ran it first and how its versions descend, if that was worked out.
        networks: by site.
        bridges: refused articles by those that they would have joined.
    """
    ids = [member.article_id for member in kept]
    # The medoid's article may be gone while its cluster is not yet made anew.
    reference_id = cluster.medoid if cluster.medoid in ids else ids[0]
    members = tuple(
        _member(number, member, articles[member.article_id], reference_id)
        for number, member in enumerate(kept, start=1)
    )
    reference = next(member for member in members if member.reference)
    sites = tuple(dict.fromkeys(member.site for member in members))
    first = next((member for member in members if member.first), None)
    lead = lead_s(first, members)
    start, end, whole_s = span(members)
    agencies = tuple(Counter(m.agency for m in members if m.agency).most_common())
    return ClusterView(
        id=cluster.id,
        page=page_of(cluster.id),
        headline=reference.headline,
        language=reference.language,
        summary=summarise(
            members,
            sites=len(sites),
            first=first,
            lead_s=lead,
            span=(start, end),
            agencies=agencies,
            owners=len({networks[site].name if site in networks else site for site in sites}),
            answer=provenance.first if provenance else None,
        ),
        members=members,
        versions=_versions(members, articles),
        reference_text=articles[reference_id].text,
        sites=sites,
        first=first,
        lead_s=lead,
        agencies=agencies,
        start=start,
        end=end,
        span_s=whole_s,
        weakest=max(members, key=farness),
        headlines=headlines(members),
        relatives=relatives(members, articles, pairs, pages),
        provenance=provenance,
        networks=_networks(sites, networks),
        label=cluster.label or "",
        refused=refused(members, articles, bridges),
    )


def _networks(sites: Sequence[str], networks: Mapping[str, Network]) -> tuple[Network, ...]:
    """Give the networks that stand behind two outlets or more of a cluster."""
    known = Counter(networks[site].name for site in sites if site in networks)
    by_name = {network.name: network for network in networks.values()}
    return tuple(by_name[name] for name, count in sorted(known.items()) if count > 1)


def _member(number: int, member: Member, article: Article, reference_id: str) -> MemberView:
    return MemberView(
        number=number,
        article_id=article.id,
        site=article.site,
        headline=headline_of(article.title, article.text),
        language=article.language or "",
        url=link_of(article.url),
        author=article.author or "",
        time=moment_of(article),
        seen=moment(article.fetched, "first seen by us", claimed=False),
        claims=tuple(
            Claim(
                kind=time.kind,
                moment=moment(time.value, time.source, claimed=True),
                raw=time.raw,
                flaw=time.flaw or "",
            )
            for time in article.times
        ),
        relation=member.relation,
        in_reference=member.containment_in_medoid,
        of_reference=member.containment_of_medoid,
        version=member.version,
        words=len(article.text.split()),
        first=member.first,
        reference=article.id == reference_id,
        agency=article.agency or "",
        # Every article has a language; who reads of credits looks past it.
        evidence=tuple(piece for piece in article.evidence if piece.supports != "language"),
        removed=article.removed,
        forms=article.forms,
        partial=article.partial or "",
    )


def _versions(
    members: Sequence[MemberView], articles: Mapping[str, Article]
) -> tuple[VersionView, ...]:
    groups: dict[int, list[MemberView]] = defaultdict(list)
    for member in members:
        groups[member.version].append(member)
    views = []
    for number, group in sorted(groups.items()):
        shown = next((member for member in group if member.reference), group[0])
        views.append(
            VersionView(
                number=number,
                members=tuple(group),
                sites=tuple(dict.fromkeys(member.site for member in group)),
                reference=shown.reference,
                text=articles[shown.article_id].text,
            )
        )
    return tuple(views)
