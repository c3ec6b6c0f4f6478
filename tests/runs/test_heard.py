"""A run learns the same of all articles whether it reads all of them or those that changed."""

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from crawler import __version__
from crawler.config import Config
from crawler.extraction.spellings import agency_names
from crawler.items import Article, Evidence, Published, Removed
from crawler.provenance import Survey, hear, survey
from crawler.report.records import article_to_json
from crawler.report.tables import json_line
from crawler.runs.comparing import compare_sites
from crawler.runs.provenance import listen, look_around
from crawler.runs.quiet import Quiet
from crawler.store import Store
from tests.store.records import NOW

SITES = ("quay.example", "pier.example", "dock.example", "")
CLOSINGS = (
    "Write to the desk at the old customs house, or come by on a market day before noon.",
    "The Pier Post belongs to its readers, who meet each spring in the hall behind the church.",
)
FURNITURE = (
    "Readers of all our papers may order the almanac of tides and markets at half its price today.",
    "Whoever brings a friend to one of our papers gets the calendar of the islands free of charge.",
    "Photographs of all our papers are for sale at the counter of the house on the long quay.",
)
OWNERS = ("Gale Media Group", "gale media group", "Tide & Sons Ltd", "AP")
RUN = "20260302T100000Z-one"
STEPS = 24


def made(chance: random.Random, article_id: str) -> Article:
    """Make an article of some site, with or without what its site repeats."""
    own = [f"Boat {chance.randrange(10**6)} came in at {hour}." for hour in range(3)]
    lines = [*own, *(line for line in CLOSINGS if chance.random() < 0.7)]
    day = f"2026-03-{chance.randrange(1, 28):02}T09:00:00"
    times = [f"{day}+0{chance.randrange(4)}:00", day][: chance.randrange(3)]
    pieces = [line for line in FURNITURE if chance.random() < 0.6]
    return Article(
        id=article_id,
        url=f"https://{article_id}.example/",
        site=chance.choice(SITES),
        title=own[0],
        text="\n".join(lines),
        times=tuple(
            Published(kind="published", value=time, source="json-ld", raw=time) for time in times
        ),
        evidence=tuple(
            Evidence(supports=what, value=chance.choice(OWNERS), quote="", where="meta", weight=1)
            for what in ("publisher", "holder", "agency")
        ),
        removed=tuple(Removed(text=piece, reason="related") for piece in pieces),
        fetched=NOW,
    )


def change(chance: random.Random, store: Store, ids: list[str]) -> None:
    """Add, change or delete an article, or store one again as it is."""
    what = chance.random()
    known = store.article(chance.choice(ids)) if ids and what > 0.5 else None
    if known is None:
        ids.append(f"a{len(ids)}")
        store.save_article(made(chance, ids[-1]), page_id=None)
        return
    other = made(chance, known.id)
    if what > 0.9:
        store.delete_article(known.id)
    elif what > 0.8:
        store.save_article(known, page_id=None)
    elif what > 0.7:
        store.save_article(replace(known, evidence=other.evidence), page_id=None)
    elif what > 0.6:
        store.save_article(replace(known, times=other.times, site=other.site), page_id=None)
    else:
        store.save_article(other, page_id=None)


def learnt(config: Config) -> tuple[list[Article], Survey]:
    """Compare the sites and look around; give what is stored then, and what was learnt."""
    compare_sites(config, RUN, lambda: NOW, Quiet())
    with Store.open(config.store_path) as store:
        return list(store.articles()), look_around(config, store)


def forget(config: Config) -> None:
    with closing(sqlite3.connect(config.store_path)) as store, store:
        store.execute("DELETE FROM compared")
        store.execute("DELETE FROM testimony")


@pytest.mark.parametrize("seed", range(3))
def test_reading_what_changed_learns_what_reading_everything_does(
    seed: int, tmp_path: Path
) -> None:
    configs = [Config(output=tmp_path / name) for name in ("some", "all")]
    changes = [random.Random(seed) for _ in configs]
    known: list[list[str]] = [[], []]
    for config in configs:
        with Store.open(config.store_path) as store:
            store.begin_run(RUN, now=NOW)
    cut, networks = 0, 0
    for step in range(STEPS):
        for config, chance, ids in zip(configs, changes, known, strict=True):
            with Store.open(config.store_path) as store:
                for _ in range(chance.randrange(8 if step < STEPS // 2 else 3)):
                    change(chance, store, ids)
        some, everything = configs
        forget(everything)
        kept, survey_kept = learnt(some)
        anew, survey_anew = learnt(everything)
        assert [json_line(article_to_json(each)) for each in kept] == [
            json_line(article_to_json(each)) for each in anew
        ]
        assert survey_kept == survey_anew
        told = survey(hear(kept, agency_names()))
        assert (told.zones, told.networks) == (survey_kept.zones, survey_kept.networks)
        cut += any(piece.reason.startswith("repeated") for a in kept for piece in a.removed)
        networks += bool(told.networks)
    # The sequences are not idle: something was cut, and owners were found.
    assert cut > STEPS // 4
    assert networks > STEPS // 4


class Read(Quiet):
    """Notes how many sites were compared."""

    sites = 0

    def start(self, _stage: str, total: int | None) -> None:
        self.sites = total or 0


def test_only_what_changed_is_read(tmp_path: Path) -> None:
    config, chance = Config(output=tmp_path), random.Random(1)
    with Store.open(config.store_path) as store:
        store.begin_run(RUN, now=NOW)
        for number in range(12):
            placed = replace(made(chance, f"a{number}"), site=SITES[number % 3])
            store.save_article(placed, page_id=None)
    learnt(config)
    with Store.open(config.store_path) as store:
        assert (store.unheard(__version__), store.uncompared_sites(__version__)) == ([], [])
        # Another version of the program may hear and cut otherwise.
        assert len(store.unheard("0")) == 12
        assert store.uncompared_sites("0") == sorted(SITES[:3])
        article = store.article("a4")
        assert article is not None
        store.save_article(article, page_id=None)
        store.save_article(replace(article, author="Nell Quarry"), page_id=None)
        assert (store.unheard(__version__), store.uncompared_sites(__version__)) == ([], [])
        store.save_article(replace(article, text=f"{article.text}\nMore."), page_id=None)
        assert store.unheard(__version__) == []
        store.save_article(replace(article, removed=()), page_id=None)
        assert store.unheard(__version__) == ["a4"]
        listen(store)
        assert store.unheard(__version__) == []
    read = Read()
    compare_sites(config, RUN, lambda: NOW, read)
    assert read.sites == 1
    with Store.open(config.store_path) as store:
        store.delete_article("a4")
        assert store.uncompared_sites(__version__) == [SITES[1]]
        assert len(list(store.testimony(__version__))) == 11
