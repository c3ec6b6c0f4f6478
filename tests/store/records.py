"""Records for the store's tests: plain ones to change one field of, and strategies of any."""

from collections.abc import Iterable

from hypothesis import strategies as st

from crawler.items import (
    Article,
    Branch,
    Certainty,
    Claimant,
    Cluster,
    CoverageGap,
    Edit,
    Evidence,
    FirstAnswer,
    Lead,
    LeadState,
    Member,
    Page,
    Pair,
    Provenance,
    Published,
    Relation,
    Removed,
    Signature,
    SourceOutcome,
    SourceSchedule,
)
from crawler.store import Store

NOW = "2026-03-02T09:30:00Z"
LATER = "2026-03-02T10:30:00Z"

words = st.text(max_size=30)
maybe = st.none() | words
integers = st.integers(min_value=-(2**63), max_value=2**63 - 1)
shares = st.floats(min_value=0, max_value=1)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)

leads = st.builds(
    Lead,
    url=words,
    source=words,
    kind=words,
    found_on=words,
    found=words,
    title=maybe,
    summary=maybe,
    published=maybe,
    modified=maybe,
    priority=integers,
    state=st.sampled_from(LeadState),
    reason=maybe,
    attempts=st.integers(min_value=0, max_value=1000),
)
pages = st.builds(
    Page,
    url=words,
    requested_url=words,
    source=words,
    status=st.integers(min_value=0, max_value=999),
    content_type=words,
    body=st.binary(max_size=200),
    fetched=words,
    last_modified=maybe,
    lead=st.none() | leads,
)
articles = st.builds(
    Article,
    id=words,
    url=words,
    site=words,
    title=words,
    text=words,
    published=maybe,
    published_source=maybe,
    modified=maybe,
    times=st.lists(
        st.builds(Published, kind=words, value=words, source=words, raw=words, flaw=maybe),
        max_size=3,
    ).map(tuple),
    canonical_url=maybe,
    language=maybe,
    author=maybe,
    agency=maybe,
    evidence=st.lists(
        st.builds(
            Evidence,
            supports=words,
            value=words,
            quote=words,
            where=words,
            weight=shares,
            reason=words,
        ),
        max_size=3,
    ).map(tuple),
    removed=st.lists(st.builds(Removed, text=words, reason=words), max_size=3).map(tuple),
    fetched=maybe,
    status=st.none() | integers,
    source=maybe,
    extra=st.dictionaries(words, json_values, max_size=3),
)
signatures = st.builds(
    Signature,
    article_id=words,
    site=words,
    when=words,
    at=st.none() | integers,
    kind=words,
    words=integers,
    length=integers,
    left_out=st.binary(max_size=16),
    digest=st.binary(max_size=16),
    shingles=integers,
    hashvalues=st.binary(max_size=64),
    anchors=st.binary(max_size=64),
)
outcomes = st.builds(
    SourceOutcome,
    source=words,
    documents=integers,
    leads=integers,
    new_leads=integers,
    failures=integers,
    error=maybe,
    pages=integers,
    articles=integers,
    bytes=integers,
    refresh_s=st.none() | integers,
)
schedules = st.builds(
    SourceSchedule,
    source=words,
    interval_s=st.floats(min_value=0, max_value=1e9),
    last_tried=maybe,
    last_success=maybe,
    error_streak=integers,
    last_error=maybe,
    entries=integers,
    new_entries=integers,
    refresh_s=st.none() | integers,
    asked_for=st.booleans(),
    next_due=maybe,
)


def lead(url: str, **changes: object) -> Lead:
    """Give a lead with whatever matters to the test changed."""
    plain: dict[str, object] = {
        "url": url,
        "source": "courier",
        "kind": "feed",
        "found_on": "https://courier.example/feed",
        "found": NOW,
    }
    return Lead(**(plain | changes))  # type: ignore[arg-type]  # the test names the fields


def page(url: str, **changes: object) -> Page:
    """Give a page likewise."""
    plain: dict[str, object] = {
        "url": url,
        "requested_url": url,
        "source": "courier",
        "status": 200,
        "content_type": "text/html; charset=utf-8",
        "body": f"<p>The ferry to {url} left at noon.</p>".encode(),
        "fetched": NOW,
    }
    return Page(**(plain | changes))  # type: ignore[arg-type]  # the test names the fields


def article(article_id: str, **changes: object) -> Article:
    """Give an article likewise."""
    plain: dict[str, object] = {
        "id": article_id,
        "url": f"https://courier.example/{article_id}",
        "site": "courier.example",
        "title": "Ferry leaves on time",
        "text": "The ferry left at noon.\nNobody was late.",
    }
    return Article(**(plain | changes))  # type: ignore[arg-type]  # the test names the fields


def signature(article_id: str, at: int | None = None) -> Signature:
    """Give a signature of three minima."""
    return Signature(
        article_id=article_id,
        site="courier.example",
        when=NOW,
        at=at,
        kind="w5.2/5/affine32/1/3",
        words=9,
        length=8,
        left_out=b"",
        digest=bytes(16),
        shingles=4,
        hashvalues=bytes(range(12)),
        anchors=bytes(range(8)),
    )


def put_clusters(
    store: Store, clusters: Iterable[Cluster], pairs: Iterable[Pair] = (), now: str = NOW
) -> None:
    """Put clusters and pairs in place of all that the store has."""
    names = [each.id for each in store.articles()]
    with store.transaction():
        store.replace_pairs(names, pairs)
        store.settle(names, clusters, [], [], now=now)


def cluster(cluster_id: str, *article_ids: str) -> Cluster:
    """Give a cluster of these articles, the first of which is its medoid."""
    return Cluster(
        id=cluster_id,
        medoid=article_ids[0],
        members=tuple(
            Member(
                article_id=article_id,
                version=number,
                first=number == 1,
                relation=Relation.IDENTICAL if number == 1 else Relation.EDITED,
                containment_in_medoid=1 / number,
                containment_of_medoid=0.9,
            )
            for number, article_id in enumerate(article_ids, start=1)
        ),
    )


def provenance(cluster_id: str, *article_ids: str) -> Provenance:
    """Give an answer that leaves it open between these articles, and a tree of two versions."""
    return Provenance(
        cluster_id=cluster_id,
        first=FirstAnswer(
            certainty=Certainty.ONE_OF,
            candidates=tuple(
                Claimant(
                    article_id=article_id,
                    score=1 / len(article_ids),
                    earliest="2026-03-02T00:00:00Z",
                    latest=None,
                    basis="claimed by meta:date, a day only",
                    reasons=("It ran that day.",),
                )
                for article_id in article_ids
            ),
            origin="AP",
            origin_reasons=("2 outlets credit AP.",),
            lead_low_s=None,
            lead_high_s=60.0,
            gaps=(
                CoverageGap(
                    source="courier",
                    site="",
                    reason="source-unread",
                    count=1,
                    since=NOW,
                    until=None,
                    detail="1 source gave nothing.",
                ),
            ),
        ),
        branches=(
            Branch(
                child=2,
                parent=None,
                certainty=Certainty.LIKELY,
                alternatives=(1,),
                shared=(),
                shared_count=0,
                own=(Edit(before="noon", after="one"),),
                own_count=1,
                reasons=("It is near.",),
            ),
        ),
    )
