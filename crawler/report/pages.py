"""List the pages beside the clusters' own, each with a digest of what it shows.

A `ReportView` arrives; named pages leave that are rendered only where the last report has them
not. The index works on data that lie beside it in pieces: rows of all clusters, which it loads
when it opens, and their words, which it loads when somebody searches. A page opened from disk may
not read files, but it may load scripts; so each piece is one.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from crawler.report.changes import digest_of
from crawler.report.edition import OutletView, ReportView, SinglesView
from crawler.report.facts import ClusterFacts
from crawler.report.html import ASSETS, read, render
from crawler.report.outlets import outlet_count
from crawler.report.wording import shown

# Rows in the table before any script has run, and without one.
PLAIN_ROWS = 200
# Clusters in a piece: of rows some 200 KB, of words some 600 KB; a piece is read in a few ms.
ROWS_PER_PIECE = 500
TEXTS_PER_PIECE = 200
# Copies listed on an outlet's page: beyond, its newest tell how it works, and the store has all.
ENTRIES_PER_OUTLET = 300
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


def pages_of(view: ReportView, texts: Mapping[str, str]) -> Iterator[Page]:
    """Give every page but the clusters' own."""
    for name in ASSETS:
        text = read(f"static/{name}")
        yield Page(name=f"assets/{name}", digest=digest_of(text), render=partial(str, text))
    stories = [{one.id for one in story.clusters} for story in view.stories]
    novelty = {one.cluster.id: 1 for one in (*view.news.grown, *view.news.changed)}
    novelty |= {one.id: 2 for one in view.news.formed}
    rows = [_row(one, view.networks, stories, novelty) for one in view.clusters]
    rows_pieces = list(_pieces("rows", ROWS_PER_PIECE, rows))
    text_rows = [shown(texts[one.id]) for one in view.clusters]
    text_pieces = list(_pieces("words", TEXTS_PER_PIECE, text_rows))
    yield from rows_pieces
    yield from text_pieces
    values = {"view": view, "root": ""}
    yield _always(
        "index.html",
        partial(
            render,
            "index.html",
            rows=view.clusters[:PLAIN_ROWS],
            row_pieces=[page.name for page in rows_pieces],
            text_pieces=[page.name for page in text_pieces],
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
            yield _outlet(outlet, inside)
    for day in view.singles:
        yield _day(day, inside)


def _always(name: str, made: Callable[[], str]) -> Page:
    """Give a page that tells when the report was made, and so is made each time."""
    return Page(name=name, digest="", render=made)


def _outlet(outlet: OutletView, values: Mapping[str, Any]) -> Page:
    entries = outlet.entries[:ENTRIES_PER_OUTLET]
    # What the page shows and no more: another outlet's new copy of a story changes nothing here.
    shown_of_it = (
        outlet.network,
        outlet.articles,
        outlet.stories,
        outlet.firsts,
        outlet.after,
        len(outlet.entries),
        outlet.own_share,
        outlet.cut_share,
        outlet.lag_s,
        outlet.agencies,
        [
            (one.member, one.cluster.page, one.cluster.first and one.cluster.first.site, one.lag_s)
            for one in entries
        ],
    )
    return Page(
        name=outlet.page,
        digest=digest_of(outlet.site, shown_of_it),
        render=partial(render, "outlet.html", outlet=outlet, entries=entries, **values),
    )


def _day(day: SinglesView, values: Mapping[str, Any]) -> Page:
    return Page(
        name=day.page,
        digest=digest_of(day.name, [(one.id, one.digest) for one in day.rows]),
        render=partial(render, "singles.html", day=day, rows=day.rows, **values),
    )


def _pieces(kind: str, size: int, rows: Sequence[object]) -> Iterator[Page]:
    """Cut rows into scripts that hand them to the page, one row a line."""
    for number, start in enumerate(range(0, len(rows), size)):
        lines = ",\n".join(
            json.dumps(row, ensure_ascii=False, separators=(",", ":"))
            for row in rows[start : start + size]
        )
        text = f'wiretrace.take("{kind}",{start},[\n{lines}\n]);\n'
        yield Page(
            name=f"data/{kind}-{number}.js", digest=digest_of(text), render=partial(str, text)
        )


def _row(
    facts: ClusterFacts,
    networks: Mapping[str, str],
    stories: Sequence[set[str]],
    novelty: Mapping[str, int],
) -> list[Any]:
    """Give a cluster as the index reads it; `static/index.js` names the places."""
    first = facts.first
    return [
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
        [number for number, ids in enumerate(stories) if facts.id in ids],
        facts.versions,
        novelty.get(facts.id, 0),
        list(map(shown, facts.candidates)),
    ]


def _newest(days: Sequence[SinglesView]) -> list[ClusterFacts]:
    return [row for day in days for row in day.rows][:NEWEST_SINGLES]
