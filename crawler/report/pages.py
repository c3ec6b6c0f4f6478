"""List the pages beside the clusters' own, each with a digest of what it shows.

A `ReportView` arrives; named pages leave that are rendered only where the last report has them
not. The index works on data that lie beside it in pieces: rows of all clusters, which it loads
when it opens, and their words, which it loads when somebody searches. A page opened from disk may
not read files, but it may load scripts; so each piece is one.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from crawler.report.changes import content_digest, digest_of
from crawler.report.edition import OutletView, ReportView, SinglesView
from crawler.report.facts import ClusterFacts
from crawler.report.html import ASSETS, read, render
from crawler.report.ledger import Ledger, as_json
from crawler.report.outlets import Outlets, outlet_count
from crawler.report.wording import shown

ROWS, WORDS = "data/rows-", "data/words-"
"""What the names of the index's pieces begin with."""
# Rows in the table before any script has run, and without one.
PLAIN_ROWS = 200
# Clusters in a piece: of rows some 200 KB, of words some 600 KB; a piece is read in a few ms.
ROWS_PER_PIECE = 500
TEXTS_PER_PIECE = 200
# Copies listed on an outlet's page: beyond, its newest tell how it works, and the store has all.
ENTRIES_PER_OUTLET = 100
# Single articles on their first page, whatever their day.
NEWEST_SINGLES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A file of the report."""

    name: str
    """From the report's folder."""
    digest: str
    """Of what it shows: equal ones have equal contents."""
    render: Callable[[], str]
    """Makes the contents."""


def pieces_of(view: ReportView, ledger: Ledger, words: Mapping[str, str]) -> Iterator[Page]:
    """Give the pieces of the index: rows of all clusters, and the words they are searched by."""
    stories = [{head.id for head in story.clusters.heads} for story in view.stories]
    novelty = {one.cluster.id: 1 for one in (*view.news.grown, *view.news.changed)}
    novelty |= {one.id: 2 for one in view.news.formed}
    rows = [_row(ledger.rows[head.id], head.id, stories, novelty) for head in view.clusters.heads]
    yield from _pieces(ROWS, ROWS_PER_PIECE, rows)
    yield from _pieces(WORDS, TEXTS_PER_PIECE, [words[head.id] for head in view.clusters.heads])


def pages_of(view: ReportView, outlets: Outlets, pieces: Sequence[str]) -> Iterator[Page]:
    """Give every page but the clusters' own and the index's pieces, which are named."""
    for name in ASSETS:
        text = read(f"static/{name}")
        yield Page(name=f"assets/{name}", digest=digest_of(text), render=partial(str, text))
    values = {"view": view, "root": ""}
    yield _always(
        "index.html",
        partial(
            render,
            "index.html",
            rows=view.clusters[:PLAIN_ROWS],
            row_pieces=[name for name in pieces if name.startswith(ROWS)],
            text_pieces=[name for name in pieces if name.startswith(WORDS)],
            **values,
        ),
    )
    yield _always("outlets.html", partial(render, "outlets.html", **values))
    yield _always("coverage.html", partial(render, "coverage.html", **values))
    yield _always(
        "singles.html",
        partial(render, "singles.html", day=None, rows=_newest(view.singles), **values),
    )
    inside = values | {"root": "../"}
    for story in view.stories:
        yield _always(story.page, partial(render, "story.html", story=story, **inside))
    for outlet in view.outlets:
        if outlet.page:
            yield _outlet(outlet, outlets, inside)
    for day in view.singles:
        yield _day(day, inside)


def _always(name: str, made: Callable[[], str]) -> Page:
    """Give a page that tells when the report was made, and so is made each time."""
    return Page(name=name, digest="", render=made)


def _outlet(outlet: OutletView, outlets: Outlets, values: Mapping[str, Any]) -> Page:
    network = values["view"].networks.get(outlet.site, "")

    def made() -> str:
        entries = outlets.entries(outlet.site)[:ENTRIES_PER_OUTLET]
        return render("outlet.html", outlet=outlet, network=network, entries=entries, **values)

    return Page(
        name=outlet.page,
        digest=digest_of(outlet, network, outlets.line(outlet.site)),
        render=made,
    )


def _day(day: SinglesView, values: Mapping[str, Any]) -> Page:
    return Page(
        name=day.page,
        digest=digest_of(day.name, [(one.id, one.digest) for one in day.rows.heads]),
        render=partial(render, "singles.html", day=day, rows=day.rows, **values),
    )


def _pieces(place: str, size: int, rows: Sequence[str]) -> Iterator[Page]:
    """Cut rows into scripts that hand them to the page, one row a line."""
    kind = place.strip("-").rpartition("/")[2]
    for number, start in enumerate(range(0, len(rows), size)):
        lines = ",\n".join(rows[start : start + size])
        text = f'wiretrace.take("{kind}",{start},[\n{lines}\n]);\n'
        digest = content_digest(text.encode("utf-8", "replace"))
        yield Page(name=f"{place}{number}.js", digest=digest, render=partial(str, text))


def row_of(facts: ClusterFacts, networks: Mapping[str, str]) -> str:
    """Give a cluster as the index reads it, as JSON; `static/index.js` names the places.

    Stories and news, which change while a cluster does not, come behind it.
    """
    first = facts.first
    return as_json(
        [
            facts.page,
            shown(facts.headline),
            facts.language,
            len(facts.members),
            list(map(shown, facts.sites)),
            outlet_count(facts.members, networks),
            [shown(first.site), first.iso] if first else None,
            facts.lead_s,
            [[shown(name), count] for name, count in facts.agencies],
            facts.start,
            facts.end,
            facts.span_s,
            facts.spark,
            list(facts.languages),
            facts.weakest,
            facts.weakest_share,
            facts.versions,
            list(map(shown, facts.candidates)),
        ]
    )


def _row(
    row: str, cluster_id: str, stories: Sequence[Collection[str]], novelty: Mapping[str, int]
) -> str:
    numbers = as_json([number for number, ids in enumerate(stories) if cluster_id in ids])
    return f"{row[:-1]},{numbers},{novelty.get(cluster_id, 0)}]"


def _newest(days: Sequence[SinglesView]) -> list[ClusterFacts]:
    newest: list[ClusterFacts] = []
    for day in days:
        newest.extend(day.rows[: NEWEST_SINGLES - len(newest)])
    return newest
