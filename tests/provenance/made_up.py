"""Articles of one text, made up for this room's tests."""

from typing import Any

from crawler.items import Article, Cluster, Evidence, Member, Published, Relation

TEXT = """The old lighthouse on Tern Rock will be lit again in June, the harbour trust said.
Volunteers spent four winters on the lens, which a storm had cracked in 1961.
“It will not guide a single ship,” said the trust's chair, Wil Arden. “It will guide people home.”
The trust pays for the lamp by selling the keeper's honey, 300 jars of it a year.
Tours begin on the first Sunday in July and last an hour, weather permitting."""
SEEN = "2026-03-10T00:00:00Z"


def claim(value: str, source: str = "json-ld", **changes: Any) -> Published:
    return Published(
        **({"kind": "published", "value": value, "source": source, "raw": value} | changes)
    )


def says(supports: str, value: str, *, quote: str = "", weight: float = 0.9) -> Evidence:
    return Evidence(
        supports=supports, value=value, quote=quote or value, where="text", weight=weight
    )


def copy(name: str, *claims: str | Published, **changes: Any) -> Article:
    """Give a copy on an outlet of its own; claims are times read in JSON-LD unless they say."""
    times = tuple(each if isinstance(each, Published) else claim(each) for each in claims)
    best = next((each for each in times if each.kind == "published" and each.flaw is None), None)
    fields: dict[str, Any] = {
        "id": name,
        "url": f"https://{name}.example/tern-rock",
        "site": f"{name}.example",
        "title": "Tern Rock lighthouse to shine again",
        "text": TEXT,
        "published": best.value if best else None,
        "published_source": best.source if best else None,
        "times": times,
        "fetched": SEEN,
    }
    return Article(**(fields | changes))


def cluster(*articles: Article) -> Cluster:
    """Give the cluster of these articles; equal texts share a version."""
    versions: dict[str, int] = {}
    return Cluster(
        id="c0123456789",
        medoid=articles[0].id,
        members=tuple(
            Member(
                article_id=article.id,
                version=versions.setdefault(article.text, len(versions) + 1),
                first=number == 0,
                relation=Relation.EDITED,
                containment_in_medoid=1.0,
                containment_of_medoid=1.0,
            )
            for number, article in enumerate(articles)
        ),
    )
