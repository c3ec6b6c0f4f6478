"""The embedded engine: one process, and a memory of what was compared before.

A run reads the words of new articles, learns what their sites repeat, compares them with what is
near them in time and groups anew only those clusters that can have changed. The result is that of
clustering everything at once, in whatever order and portions the articles come: whether two texts
are compared depends on the two alone, what a site repeats on the set of its articles, and a group
on the links of its members.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

from crawler.clustering import (
    Text,
    cluster,
    left_out,
    ready,
    relate_pairs,
)
from crawler.config import ClusteringParams, FingerprintParams
from crawler.engines.closure import joined
from crawler.engines.identity import keep_ids, named, tell
from crawler.engines.memory import InMemory, Memory
from crawler.engines.repeats import SECONDS_A_DAY, UNDATED, Repeats
from crawler.fingerprint import candidate_pairs, kind_of, packed, restored, shingle, sign
from crawler.items import Article, Bridge, Cluster, Furniture, Pair, Signature, Words

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """What came of articles that were clustered once."""

    clusters: list[Cluster]
    """All clusters, singletons too, the largest first."""
    pairs: list[Pair]
    """All verified pairs with a relation, by ids."""
    bridges: list[Bridge]
    """The articles that would have glued two clusters together."""
    furniture: list[Furniture]
    """What sites repeat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What one run changed."""

    read: int
    """Articles that were new, or had new words."""
    compared: int
    """Pairs compared exactly."""
    regrouped: int
    """Articles whose clusters were formed anew."""


def cluster_articles(
    articles: Iterable[Article],
    fingerprint: FingerprintParams,
    clustering: ClusteringParams,
    advance: Advance | None = None,
) -> Clustering:
    """Cluster articles that no run has seen before.

    Args:
        articles: each id once; texts may be empty (such an article is a singleton).
        fingerprint: shingles and MinHash.
        clustering: thresholds.
        advance: called with the number of articles read since the last call, for progress.
    """
    memory = InMemory()
    memory.add(articles)
    update(memory, fingerprint, clustering, now="", advance=advance)
    return Clustering(
        clusters=memory.all_clusters(),
        pairs=memory.all_pairs(),
        bridges=memory.all_bridges(),
        furniture=memory.all_furniture(),
    )


def update(
    memory: Memory,
    fingerprint: FingerprintParams,
    clustering: ClusteringParams,
    *,
    now: str,
    advance: Advance | None = None,
) -> Update:
    """Take in what is new in a memory, and bring its clusters up to date.

    Args:
        memory: holds the new articles and all that was kept of the former ones.
        fingerprint: shingles and MinHash. Where these or the thresholds have changed, everything
            is new.
        clustering: thresholds.
        now: UTC time, for the history of clusters.
        advance: called with the number of articles read since the last call, for progress.
    """
    size = fingerprint.shingle_words
    repeats = Repeats(memory, clustering, size)
    fresh = _read(memory, repeats, fingerprint, clustering, advance)
    # What has words and no signature is new again, should the process die in between.
    with memory.transaction():
        texts = _ready(memory, repeats, fresh, size)
        drawn = _sign(texts.values(), fingerprint)
        pairs, compared = _compare(memory, repeats, texts, drawn, fingerprint, clustering)
        former = {name for pair in memory.pairs(texts) for name in (pair.a, pair.b)}
        memory.keep_signatures(drawn)
        memory.replace_pairs(texts, pairs)
        touched = former | texts.keys() | {name for pair in pairs for name in (pair.a, pair.b)}
        regrouped = _regroup(memory, touched | memory.unsettled(), clustering, now)
    return Update(read=len(fresh), compared=compared, regrouped=regrouped)


def kind_of_all(fingerprint: FingerprintParams, clustering: ClusteringParams) -> str:
    """Name all that decides what is kept: where it changes, everything is read again."""
    thresholds = ",".join(f"{name}={value}" for name, value in sorted(asdict(clustering).items()))
    return f"{kind_of(fingerprint)} {thresholds}"


def _read(
    memory: Memory,
    repeats: Repeats,
    fingerprint: FingerprintParams,
    clustering: ClusteringParams,
    advance: Advance | None,
) -> dict[str, tuple[str, int]]:
    """Keep the words of new articles; give id -> (site, period) of them."""
    kind = kind_of_all(fingerprint, clustering)
    fresh: dict[str, tuple[str, int]] = {}

    def rows() -> Iterable[Words]:
        for article in memory.unread(kind):
            read = shingle(article, fingerprint.shingle_words)
            period = repeats.period_of(read.at)
            fresh[read.article_id] = (read.site, period)
            if advance is not None:
                advance(1)
            yield packed(read, period)

    memory.keep_words(rows(), kind)
    return fresh


def _ready(
    memory: Memory, repeats: Repeats, fresh: dict[str, tuple[str, int]], size: int
) -> dict[str, Text]:
    """Give the texts to compare: new ones, and those of which something else is left out now."""
    touched: dict[int, set[str]] = {}
    for site, period in fresh.values():
        touched.setdefault(period, set()).add(site)
        # A period is also what the next one learns from.
        if period != UNDATED and site in memory.sites_of(period + 1):
            touched.setdefault(period + 1, set()).add(site)
    texts: dict[str, Text] = {}
    for period, sites in sorted(touched.items()):
        changed = repeats.learn(period, sites)
        for site in sorted(changed):
            texts.update(_changed(memory, repeats, site, period, fresh, size))
    rest = sorted(fresh.keys() - texts.keys())
    for kept in memory.words(rest):
        texts[kept.article_id] = _made_ready(kept, repeats, size)
    return dict(sorted(texts.items()))


def _changed(
    memory: Memory,
    repeats: Repeats,
    site: str,
    period: int,
    fresh: dict[str, tuple[str, int]],
    size: int,
) -> dict[str, Text]:
    """Give the texts of a site whose furniture changed that are not what they were."""
    found = {
        kept.article_id: _made_ready(kept, repeats, size)
        for kept in memory.words_of(site, [period])
    }
    before = {each.article_id: each.left_out for each in memory.signatures(found)}
    return {
        name: text
        for name, text in found.items()
        if name in fresh or before.get(name) != left_out(text)
    }


def _made_ready(kept: Words, repeats: Repeats, size: int) -> Text:
    return ready(restored(kept, size), repeats.of(kept.site, kept.period), size)


def _sign(texts: Iterable[Text], params: FingerprintParams) -> list[Signature]:
    everyone = list(texts)
    kind = kind_of(params)
    return [
        Signature(
            article_id=text.id,
            site=text.site,
            when=text.when,
            at=text.at,
            kind=kind,
            words=text.words,
            length=text.length,
            left_out=left_out(text),
            digest=text.digest,
            shingles=sketch.shingles,
            hashvalues=sketch.hashvalues,
            anchors=sketch.anchors,
        )
        for text, sketch in zip(everyone, sign((t.shingles for t in everyone), params), strict=True)
    ]


def _compare(
    memory: Memory,
    repeats: Repeats,
    texts: dict[str, Text],
    drawn: Sequence[Signature],
    fingerprint: FingerprintParams,
    clustering: ClusteringParams,
) -> tuple[list[Pair], int]:
    """Compare the texts with each other and with what is near them in time."""
    if not texts:
        return [], 0
    window = clustering.window_days * SECONDS_A_DAY
    times = [each.at for each in drawn if each.at is not None]
    open_ended = not window or len(times) < len(drawn)
    low, high = (None, None) if open_ended else (min(times) - window, max(times) + window)
    near = [each for each in memory.signatures_near(low, high) if each.article_id not in texts]
    at = {each.article_id: each.at for each in [*drawn, *near]}
    candidates = [
        (a, b) for a, b in candidate_pairs(drawn, near, fingerprint) if _near(at[a], at[b], window)
    ]
    known = dict(texts)
    others = sorted({name for pair in candidates for name in pair} - known.keys())
    size = fingerprint.shingle_words
    for kept in memory.words(others):
        known[kept.article_id] = _made_ready(kept, repeats, size)
    return list(relate_pairs(known, candidates, clustering, size)), len(candidates)


def _near(one: int | None, two: int | None, window: int) -> bool:
    return not window or one is None or two is None or abs(one - two) <= window


def _regroup(memory: Memory, touched: set[str], params: ClusteringParams, now: str) -> int:
    """Form the clusters of the touched articles anew; give how many articles that were."""
    decisions = memory.decisions()
    inside, beside, pairs = joined(memory, touched, decisions)
    texts = {each.article_id: each for each in memory.signatures(sorted(inside))}
    found = cluster(
        texts,
        {each.article_id: each for each in memory.signatures(sorted(beside))},
        pairs,
        decisions,
        params,
    )
    former = memory.clusters_of(inside)
    clusters = named(keep_ids(found.clusters, former, memory.known_cluster_ids), decisions)
    memory.settle(inside, clusters, found.bridges, tell(clusters, former, now), now=now)
    return len(texts)
