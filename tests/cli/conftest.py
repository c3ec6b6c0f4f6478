"""A folder with a small store: four copies of one story, and one story nobody copied."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.config import Config
from crawler.engines.local import update
from crawler.items import (
    Article,
    Drop,
    Evidence,
    Lead,
    LeadState,
    Network,
    Page,
    Published,
    Removed,
    SourceOutcome,
)
from crawler.report import article_to_json
from crawler.report.tables import json_line
from crawler.runs.provenance import trace_clusters
from crawler.store import Store
from crawler.urls import article_id, site_of

NOW = "2026-03-02T12:00:00Z"
RUN = "2026-03-02T12:00:00Z-ab12"


def paragraphs(text: str) -> tuple[str, ...]:
    """Give the paragraphs of a text set over several lines."""
    return tuple(" ".join(part.split()) for part in text.split("\n\n"))


STORY = paragraphs(
    """NORTHPORT (AP) — The old swing bridge across the Tarn opened to traffic again on Monday,
    three weeks after floodwater had bent two of its bearings and cut the town in half.

    Lorries that had taken a detour of forty kilometres stood in line before dawn, and the first of
    them crossed at ten past six while the engineers listened for the noise of the steel.

    "It sang the way it used to," said Marit Olsen, who leads the works and had slept in her van
    beside the river since the middle of February.

    The council said that it will replace the bearings for good in summer, when the river is low
    and the ferry can carry what the bridge does not.

    Until then the bridge will close for an hour each night, so that the crew can measure how far
    the new steel has moved."""
)
OTHER = paragraphs(
    """A bakery on Quay Street has won the county's prize for rye bread for the fourth year
    running, and its owner says that the secret is a cellar which floods twice a year.

    The jury praised the crust, the smell of caraway and the patience of the bakers, who let the
    dough rest for two nights before it goes into an oven older than the harbour wall."""
)


def article(
    host: str, paragraphs: tuple[str, ...], published: str, title: str = "Bridge opens again"
) -> Article:
    url = f"https://{host}/news/{title.lower().replace(' ', '-')}"
    return Article(
        id=article_id(url),
        url=url,
        site=site_of(url),
        title=title,
        text="\n".join(paragraphs),
        published=published,
        published_source="json-ld",
        times=(Published(kind="published", value=published, source="json-ld", raw=published),),
        agency="AP" if "(AP)" in paragraphs[0] else None,
        evidence=(
            Evidence(supports="agency", value="AP", quote="(AP)", where="dateline", weight=0.95),
        )
        if "(AP)" in paragraphs[0]
        else (),
        removed=(Removed(text="You may also like", reason="related"),),
        fetched=NOW,
        status=200,
        source=f"{host}-feed",
    )


def articles() -> list[Article]:
    changed = (*STORY[:2], STORY[2].replace("sang", "hummed"), *STORY[3:])
    return [
        article("harbour.example", STORY, "2026-03-02T06:30:00+01:00"),
        article("valley.example", STORY, "2026-03-02T07:10:00+01:00", "Swing bridge is back"),
        article("coast.example", STORY[:2], "2026-03-02T08:00:00+01:00"),
        article("hills.example", changed, "2026-03-02T09:00:00+01:00", "\x1b[31mBridge sings"),
        article("baker.example", OTHER, "2026-03-01T10:00:00+01:00", "Rye again"),
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a watchlist and a filled store."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    Path("wiretrace.toml").write_text('[[source]]\nfeed = "https://harbour.example/rss"\n')
    fill(Path("output"))
    return tmp_path


HARBOURS = [
    Network(
        name="Quay Media",
        sites=("coast.example", "harbour.example"),
        reasons=("The watchlist says so.",),
    )
]


def fill(output: Path) -> None:
    config = Config(output=output)
    with Store.open(config.store_path) as store:
        store.begin_run(RUN, now=NOW)
        for one in articles():
            lead = Lead(
                url=one.url, source=one.source or "", kind="feed", found_on="https://x/", found=NOW
            )
            store.add_leads([lead], run_id=RUN)
            page = Page(
                url=one.url,
                requested_url=one.url,
                source=one.source or "",
                status=200,
                content_type="text/html",
                body=one.text.encode(),
                fetched=NOW,
            )
            store.save_article(one, page_id=store.save_page(page))
            store.finish_lead(one.url, state=LeadState.DONE)
        broken = Page(
            url="https://harbour.example/empty",
            requested_url="https://harbour.example/empty",
            source="harbour.example-feed",
            status=200,
            content_type="text/html",
            body=b"",
            fetched=NOW,
        )
        store.fail_page(store.save_page(broken), "page-empty", "nothing there")
        store.drop(RUN, Drop(source="harbour.example-feed", reason="page-empty"))
        update(store, config.fingerprint, config.clustering, now=NOW)
        store.count(RUN, "pages", 6)
        outcome = SourceOutcome(
            source="harbour.example-feed",
            documents=0,
            leads=0,
            new_leads=0,
            failures=1,
            error="feed-broken: no entry",
        )
        store.source_outcome(RUN, outcome)
        traced = trace_clusters(config, store, store.untraced())
        store.mark_first(traced.clusters)
        store.save_provenance(traced.provenances)
        store.replace_networks(HARBOURS)
        store.end_run(RUN, outcome="partly", now=NOW)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Write the articles as JSON lines."""
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"".join(json_line(article_to_json(one)) for one in articles()))
    return path


@pytest.fixture
def give_stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Give bytes as standard input."""

    def give(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return give
