"""What a report keeps of the former one: never a byte that a whole one would not have."""

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from crawler.config import Config, NetworkTable, Story
from crawler.errors import WiretraceError
from crawler.items import Article, Evidence
from crawler.report import build_report, former_report
from crawler.runs import deciding
from crawler.runs.clustering import cluster_store
from crawler.runs.publishing import publish_report, report_source
from crawler.runs.quiet import Quiet
from crawler.store import Store

SITES = tuple(f"paper{number}.example" for number in range(7))
RUN = "20260302T003000Z-made"
STEPS = 10
PARAGRAPHS = 5


@dataclass(slots=True, kw_only=True)
class House:
    """A store with a report that is brought up to date after each change."""

    config: Config
    draw: random.Random
    hour: int = 0
    stories: list[list[str]] = field(default_factory=list)
    """Paragraphs of the texts that papers copy."""
    count: int = 0
    """Articles so far."""

    def now(self) -> str:
        return f"2026-03-{2 + self.hour // 24:02}T{self.hour % 24:02}:30:00Z"

    def text(self) -> str:
        """Give a copy of a known story, cut and edited, or a new one."""
        if not self.stories or self.draw.random() < 0.3:
            made = [
                " ".join(f"w{self.draw.randrange(3000)}" for _ in range(40)).capitalize() + "."
                for _ in range(PARAGRAPHS)
            ]
            self.stories.append(made)
        paragraphs = list(self.draw.choice(self.stories))
        if self.draw.random() < 0.3:
            paragraphs = paragraphs[: self.draw.randint(3, PARAGRAPHS)]
        if self.draw.random() < 0.3:  # a passage of another story makes relatives
            paragraphs.append(self.draw.choice(self.draw.choice(self.stories)))
        place = self.draw.randrange(len(paragraphs))
        paragraphs[place] = paragraphs[place].replace("1", "9", self.draw.randrange(4))
        return "\n".join(paragraphs)

    def article(self) -> Article:
        self.count += 1
        site = self.draw.choice(SITES)
        agency = self.draw.choice(("AP", None))
        quoted = Evidence(supports="agency", value="AP", quote="(AP)", where="dateline", weight=0.9)
        paywall = Evidence(supports="paywall", value="yes", quote="", where="json-ld", weight=0.9)
        return Article(
            id=f"a{self.count:03}",
            url=f"https://{site}/{self.count}",
            site=site,
            title=f"Headline {self.draw.randrange(20)}",
            text=self.text(),
            published=self.now().replace(":30:", f":{self.count % 60:02}:"),
            published_source="json-ld",
            language="en",
            agency=agency,
            evidence=((quoted,) if agency else ()) + ((paywall,) if self.count % 5 == 0 else ()),
            fetched=self.now(),
        )


def add(house: House) -> None:
    with Store.open(house.config.store_path) as store:
        for _ in range(house.draw.randint(1, 4)):
            store.save_article(house.article(), page_id=None)


def rewrite(house: House) -> None:
    with Store.open(house.config.store_path) as store:
        chosen = house.draw.choice(list(store.articles()))
        changed = replace(chosen, title=f"{chosen.title} now")
        if house.draw.random() < 0.5:
            changed = replace(changed, text=house.text())
        store.save_article(changed, page_id=None)


def delete(house: House) -> None:
    with Store.open(house.config.store_path) as store:
        store.delete_article(house.draw.choice(list(store.articles())).id)


def split(house: House) -> None:
    with Store.open(house.config.store_path, read_only=True) as store:
        large = [one for one in store.clusters() if len(one.members) > 1]
    if large:
        chosen = house.draw.choice(large)
        names = [house.draw.choice(chosen.members).article_id]
        deciding.split(house.config, chosen.id, names, why=None, now=house.now)


def merge(house: House) -> None:
    with Store.open(house.config.store_path, read_only=True) as store:
        ids = [one.id for one in store.clusters()]
    if len(ids) > 1:
        deciding.merge(house.config, house.draw.sample(ids, 2), why=None, now=house.now)


def label(house: House) -> None:
    with Store.open(house.config.store_path, read_only=True) as store:
        ids = [one.id for one in store.clusters()]
    name = f"Name {house.hour}"
    deciding.label(house.config, house.draw.choice(ids), name, now=house.now)


def undo(house: House) -> None:
    kind = house.draw.choice(("split", "merge", "label"))
    deciding.undo(house.config, kind, None, now=house.now)


def own(house: House) -> None:
    """Say otherwise which papers belong to one owner."""
    sites = tuple(house.draw.sample(SITES, 2))
    house.config = replace(house.config, networks=(NetworkTable(name="Owner", sites=sites),))


def watch(house: House) -> None:
    """Watch other stories, or none."""
    words = [f"Headline {house.draw.randrange(20)}" for _ in range(house.draw.randrange(3))]
    tables = [Story(name=word, words=(word,)) for word in dict.fromkeys(words)]
    if house.draw.random() < 0.5:
        tables.append(Story(name="By its words", words=(house.stories[0][0].split()[0],)))
    house.config = replace(house.config, stories=tuple(tables))


def damage(house: House) -> None:
    """Take a file of the report away, or cut it off."""
    files = sorted(path for path in house.config.report_dir.rglob("*") if path.is_file())
    chosen = house.draw.choice([path for path in files if path.name != "index.html"])
    whole = chosen.read_bytes()
    chosen.unlink()  # never written through: what was taken over is a link to the former one
    if house.draw.random() < 0.5:
        chosen.write_bytes(whole[: len(whole) // 2])


def nothing(_: House) -> None:
    """Let time pass."""


CHANGES: tuple[Callable[[House], None], ...] = (
    add, add, add, rewrite, delete, split, merge, label, undo, own, watch, damage, nothing,
)  # fmt: skip


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def as_if_made_whole(house: House, former: Path, folder: Path) -> dict[str, bytes]:
    """Give the report that is made when no page of the former one may be kept, but its news."""
    with Store.open(house.config.store_path, read_only=True) as store:
        source = report_source(house.config, store, RUN, house.now())
        build_report(source, folder, replace(former_report(former), look="another"))
    return files(folder)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_report_brought_up_to_date_equals_one_made_whole(tmp_path: Path, seed: int) -> None:
    """Deletions, decisions, other stories and owners, damage: whatever comes in between."""
    house = House(config=Config(output=tmp_path / "output"), draw=random.Random(seed))
    with Store.open(house.config.store_path) as store:
        store.begin_run(RUN, now=house.now())
    add(house)
    for step in range(STEPS):
        change = house.draw.choice(CHANGES) if step else add
        with suppress(WiretraceError):  # nothing to take back, or two that cannot be merged
            change(house)
        if house.draw.random() < 0.9:  # else the report is made before clustering has seen it
            cluster_store(house.config, RUN, house.now, Quiet())
        if house.config.report_dir.is_dir():
            shutil.copytree(house.config.report_dir, tmp_path / "former")
        publish_report(house.config, RUN, house.now, Quiet())
        expected = as_if_made_whole(house, tmp_path / "former", tmp_path / f"whole{step}")
        assert files(house.config.report_dir) == expected, (step, change.__name__)
        shutil.rmtree(tmp_path / "former", ignore_errors=True)
        house.hour += house.draw.choice((1, 1, 20))


def test_time_alone_reads_no_cluster_and_makes_no_page_of_one(tmp_path: Path) -> None:
    story = Story(name="Headline", words=("Headline",))
    config = Config(output=tmp_path / "output", stories=(story,))
    house = House(config=config, draw=random.Random(7))
    with Store.open(config.store_path) as store:
        store.begin_run(RUN, now=house.now())
    for _ in range(4):
        add(house)
    cluster_store(config, RUN, house.now, Quiet())
    publish_report(config, RUN, house.now, Quiet())
    places = {
        path: path.stat().st_ino
        for folder in ("clusters", "outlets", "singles", "data")
        for path in (config.report_dir / folder).iterdir()
    }
    house.hour += 30
    with Store.open(config.store_path, read_only=True) as store:
        source = report_source(config, store, RUN, house.now(), former_report(config.report_dir))
    assert (list(source.clusters), dict(source.digests)) == ([], {})
    assert len(source.unread) >= len(list((config.report_dir / "clusters").iterdir())) > 0
    publish_report(config, RUN, house.now, Quiet())
    assert {path: path.stat().st_ino for path in places} == places
