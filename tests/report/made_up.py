"""Made-up articles, clusters and pairs for this room's tests; run it to look at a report.

`python -m tests.report.made_up FOLDER [CLUSTERS]` writes a report into FOLDER.
"""

import random
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from crawler.items import (
    Article,
    Branch,
    Certainty,
    Claimant,
    Cluster,
    CoverageGap,
    Drop,
    Edit,
    Evidence,
    FirstAnswer,
    Lead,
    LeadState,
    Member,
    Pair,
    Provenance,
    Published,
    Relation,
    Removed,
    Run,
    SourceOutcome,
)
from crawler.report import ArticleDigest, ReportSource, build_report

NOW = "2026-03-04T06:00:00Z"

FERRY = """KALVIK (Meridian Wire) — The night ferry between Kalvik and the outer islands will sail \
again from Monday, eleven weeks after a cracked shaft left it tied up in the inner harbour.
The harbour board said on Tuesday that divers had fitted the new shaft in four days, two fewer \
than the yard had planned for, and that the trial run to Hest and back went without a fault.
“People on Hest have paid for our patience with theirs,” the board's chair, Ingunn Vale, told \
reporters on the quay. “They will have their boat on Monday, and their fresh bread with it.”
The ferry carries about 300 passengers and 40 cars a night. While it was out of service the \
islanders relied on a fishing boat with twelve seats and on a mail plane that flies when the \
fog lets it.
Repairs cost 2.3 million crowns, of which the insurer pays two thirds. The board will ask the \
council for the rest in April.
Fares stay as they were. A second vessel, ordered last autumn, is due in two years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp:
    """Everything a report wants."""

    articles: dict[str, Article]
    clusters: list[Cluster]
    pairs: list[Pair]
    run: Run
    drops: list[Drop]
    leads: list[Lead]
    page_failures: list[tuple[str, str, str, str]]

    def source(self, **changes: Any) -> ReportSource:
        fields: dict[str, Any] = {
            "clusters": self.clusters,
            "digests": digests_of(self.articles.values()),
            "articles": lambda ids: {
                one: self.articles[one] for one in ids if one in self.articles
            },
            "now": NOW,
            "pairs": self.pairs,
            "run": self.run,
            "drops": self.drops,
            "leads": self.leads,
            "page_failures": self.page_failures,
        }
        return ReportSource(**(fields | changes))


def digests_of(articles: Iterable[Article]) -> dict[str, ArticleDigest]:
    """Digest articles as the store does: what is equal has equal digests."""
    return {
        one.id: ArticleDigest(
            sha256(repr(one).encode("utf-8", "replace")).hexdigest()[:16],
            sha256(f"{one.title}\n{one.text}".encode("utf-8", "replace")).hexdigest()[:16],
            one.site,
        )
        for one in articles
    }


def article(number: int, text: str, **changes: Any) -> Article:
    """Give an article of the outlet with this number, published as many minutes after 06:00."""
    site = f"outlet{number}.example"
    fields: dict[str, Any] = {
        "id": f"art{number:04}",
        "url": f"https://www.{site}/news/{number}",
        "site": site,
        "title": "Night ferry to sail again after eleven weeks",
        "text": text,
        "published": f"2026-03-03T{6 + number // 60:02}:{number % 60:02}:00+01:00",
        "published_source": "json-ld",
        "language": "en",
        "fetched": "2026-03-03T20:00:00Z",
    }
    return Article(**(fields | changes))


def member(
    of: Article, version: int, relation: Relation, *shares: float, first: bool = False
) -> Member:
    within, around = shares or (1.0, 1.0)
    return Member(
        article_id=of.id,
        version=version,
        first=first,
        relation=relation,
        containment_in_medoid=within,
        containment_of_medoid=around,
    )


def ferry() -> MadeUp:
    """Give one story in five copies on four outlets, a roundup beside it, and a single article."""
    paragraphs = FERRY.split("\n")
    edited = FERRY.replace("eleven weeks", "nearly three months").replace(
        "Fares stay as they were.", "The board has ruled out higher fares this year."
    )
    wire = article(
        0,
        FERRY,
        agency="Meridian Wire",
        author="Tove Lund",
        evidence=(
            Evidence(
                supports="agency",
                value="Meridian Wire",
                quote="KALVIK (Meridian Wire) —",
                where="dateline",
                weight=0.9,
            ),
        ),
        times=(
            Published(
                kind="published",
                value="2026-03-03T06:00:00+01:00",
                source="json-ld",
                raw="2026-03-03T06:00:00+01:00",
            ),
            Published(kind="modified", value="2026-03-03", source="meta", raw="March 3, 2026"),
        ),
    )
    same = article(
        12,
        FERRY,
        agency="Meridian Wire",
        removed=(
            Removed(text="You may also like", reason="related-list"),
            Removed(text="Share this story", reason="share-prompt"),
        ),
    )
    cut = article(
        47,
        "\n".join(paragraphs[:3]),
        title="Kalvik ferry back on Monday",
        published="2026-03-03T06:47:00",
    )
    changed = article(95, edited, title="Island ferry returns: ‘their fresh bread with it’")
    late = article(
        12, FERRY, id="art9012", url="https://www.outlet12.example/print/12", published=None
    )
    roundup = article(
        300,
        "Five things to know this morning.\n"
        + paragraphs[2]
        + "\nThe lamp museum in Oder opens late.",
        title="Morning briefing: bread, boats and lamps",
    )
    lamp = article(
        301, "The lamp museum in Oder has lost its oldest lamp.", title="Museum looks for a lamp"
    )
    articles = [wire, same, cut, changed, late, roundup, lamp]
    clusters = [
        Cluster(
            id="cfeed0000aa",
            medoid=same.id,
            members=(
                member(wire, 1, Relation.IDENTICAL, first=True),
                member(same, 1, Relation.IDENTICAL),
                member(cut, 2, Relation.ABRIDGED, 1.0, 0.52),
                member(changed, 3, Relation.EDITED, 0.874, 0.861),
                member(late, 1, Relation.IDENTICAL),
            ),
        ),
        *(
            Cluster(
                id=f"c{name}",
                medoid=one.id,
                members=(member(one, 1, Relation.IDENTICAL, first=True),),
            )
            for name, one in (("0000000001", roundup), ("0000000002", lamp))
        ),
    ]
    pairs = [
        Pair(
            a=wire.id,
            b=roundup.id,
            relation=Relation.PARTIAL,
            jaccard=0.1,
            containment_a=0.16,
            containment_b=0.6,
        ),
        Pair(
            a=wire.id,
            b=same.id,
            relation=Relation.IDENTICAL,
            jaccard=1,
            containment_a=1,
            containment_b=1,
        ),
    ]
    return MadeUp(
        articles={one.id: one for one in articles},
        clusters=clusters,
        pairs=pairs,
        run=_run(),
        drops=[
            Drop(
                source="outlet3 feed",
                reason="off-story",
                url="https://outlet3.example/x",
                detail="0 of 6 words",
            ),
            Drop(
                source="outlet4 front", reason="robots-denied", url="https://outlet4.example/secret"
            ),
            Drop(source="outlet5 feed", reason="no-story", url="https://outlet5.example/video"),
        ],
        leads=[
            _lead("https://outlet4.example/secret", LeadState.REFUSED, "robots-denied"),
            _lead("https://outlet6.example/gone", LeadState.FAILED, "http-404"),
            _lead("https://outlet7.example/old", LeadState.LEFT_OUT, "before-window"),
            _lead("https://outlet1.example/fine", LeadState.DONE, None),
        ],
        page_failures=[("https://outlet5.example/video", "outlet5 feed", "no-story", "12 words")],
    )


def provenance() -> Provenance:
    """Give what was worked out of the ferry story."""
    claimant = Claimant(
        article_id="art0000",
        score=0.93,
        earliest="2026-03-03T05:00:00Z",
        latest="2026-03-03T05:00:00Z",
        basis="claimed by json-ld",
        reasons=("Its time stands in two places that agree.",),
    )
    gap = CoverageGap(
        source="outlet3 feed",
        site="outlet3.example",
        reason="feed-broken",
        count=1,
        since="2026-03-03T05:10:00Z",
        until="2026-03-03T05:40:00Z",
        detail="The feed of outlet3.example could not be read.",
    )
    shared = {"alternatives": (), "shared": (), "shared_count": 0, "reasons": ("It adds nothing.",)}
    own = {"own": (Edit(before="", after="More soon, says the board."),), "own_count": 1}
    none = {"own": (), "own_count": 0}
    sure, likely = Certainty.CERTAIN, Certainty.LIKELY
    return Provenance(
        cluster_id="cfeed0000aa",
        first=FirstAnswer(
            certainty=likely,
            candidates=(claimant,),
            origin="Meridian Wire",
            origin_reasons=("Two copies credit it.",),
            lead_low_s=300,
            lead_high_s=720,
            gaps=(gap,),
        ),
        branches=(
            Branch(child=1, parent=None, certainty=sure, **shared, **none),  # type: ignore[arg-type]  # fields by name
            Branch(child=2, parent=1, certainty=likely, **shared, **none),  # type: ignore[arg-type]  # fields by name
            Branch(child=3, parent=1, certainty=sure, **shared, **own),  # type: ignore[arg-type]  # fields by name
        ),
    )


def many(clusters: int, copies: int) -> MadeUp:
    """Give many clusters of made-up words, each copy a little different; the seed is fixed."""
    draw = random.Random(7)
    vocabulary = [
        f"{a}{b}{c}"
        for a in ("ka", "lo", "mi", "ter", "son")
        for b in ("ra", "ve", "du", "pel")
        for c in ("n", "st", "m", "le", "", "rig", "do")
    ]
    made = ferry()
    articles, groups = dict(made.articles), list(made.clusters)
    number = 1000
    for index in range(clusters):
        words = draw.choices(vocabulary, k=600)
        members = []
        for copy in range(copies):
            number += 1
            one = article(
                copy * 7,
                _told(_edited(words, copy, draw)),
                id=f"art{number}",
                title=f"Story {index} in {copy % 3} words",
            )
            articles[one.id] = one
            relation = Relation.EDITED if copy else Relation.IDENTICAL
            members.append(member(one, copy + 1, relation, 0.9, 0.9, first=not copy))
        groups.append(
            Cluster(id=f"cd{index:09x}", medoid=members[0].article_id, members=tuple(members))
        )
    return MadeUp(
        articles=articles,
        clusters=groups,
        pairs=made.pairs,
        run=made.run,
        drops=made.drops,
        leads=made.leads,
        page_failures=made.page_failures,
    )


def _edited(words: list[str], copy: int, draw: random.Random) -> list[str]:
    edited = list(words)
    for _ in range(copy * 5):
        edited[draw.randrange(len(edited))] = "changed"
    return edited[: len(edited) - 40 * copy]


def _told(words: list[str]) -> str:
    return "\n".join(
        " ".join(words[start : start + 60]) + "." for start in range(0, len(words), 60)
    )


def _lead(url: str, state: LeadState, reason: str | None) -> Lead:
    return Lead(
        url=url, source="made up", kind="feed", found_on="", found=NOW, state=state, reason=reason
    )


def _run() -> Run:
    return Run(
        id="20260304T053000Z-1f",
        started="2026-03-04T05:30:00Z",
        ended="2026-03-04T05:42:10Z",
        outcome="partly",
        counts={"pages": 9, "articles": 7, "drop:off-story": 1},
        sources=(
            SourceOutcome(source="outlet1 feed", documents=1, leads=12, new_leads=9, failures=0),
            SourceOutcome(
                source="outlet3 feed",
                documents=1,
                leads=0,
                new_leads=0,
                failures=1,
                error="feed-broken: no entry in it",
            ),
        ),
    )


def _timed(folder: Path, clusters: int) -> Iterator[str]:
    made = many(clusters, 5) if clusters else ferry()
    start = time.perf_counter()
    index = build_report(made.source(), folder)
    yield f"{index} in {time.perf_counter() - start:.1f} s"


if __name__ == "__main__":
    for line in _timed(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0):
        sys.stderr.write(f"{line}\n")
