"""The metrics are in Prometheus' format, say what the store says, and are replaced whole."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.config import Config, Source
from crawler.items import MissedRuns, SourceOutcome
from crawler.report import Family, Sample, exposition
from crawler.schedule.metrics import FILE_NAME, write_metrics
from crawler.store import Store

NOW = "2026-03-03T12:00:00Z"
LATER = "2026-03-03T12:02:30Z"
SAMPLE = re.compile(
    r'^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*",?)+)\})? (\S+)$'
)


def parsed(text: str) -> dict[tuple[str, str], float]:
    """Read the text as a strict reader would: HELP and TYPE first, families in one piece."""
    assert text.endswith("\n")
    samples: dict[tuple[str, str], float] = {}
    kinds: dict[str, str] = {}
    helped: set[str] = set()
    name = ""
    for line in text.splitlines():
        if line.startswith("# HELP "):
            name = line.split()[2]
            assert name not in helped
            helped.add(name)
        elif line.startswith("# TYPE "):
            _, _, given, kind = line.split()
            assert given == name
            kinds[name] = kind
        else:
            found = SAMPLE.match(line)
            assert found, line
            assert found[1] == name
            assert (name, found[2] or "") not in samples
            samples[name, found[2] or ""] = float(found[3])
    for name, kind in kinds.items():
        assert kind in ("gauge", "counter")
        assert name.startswith("wiretrace_")
        assert name.endswith("_total") == (kind == "counter")
    return samples


@pytest.fixture
def config(tmp_path: Path) -> Config:
    sources = tuple(
        Source(name=name, kind="feed", location=f"https://{number}.example/rss")
        for number, name in enumerate(["courier", 'odd "name"\\'])
    )
    return Config(output=tmp_path / "output", sources=sources)


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    with Store.open(config.store_path) as opened:
        opened.begin_run("run-1", now=NOW)
        for source, failures in (("courier", 0), ('odd "name"\\', 1)):
            outcome = SourceOutcome(
                source=source,
                documents=1 - failures,
                leads=9,
                new_leads=9,
                failures=failures,
                error="timeout: slow" if failures else None,
            )
            opened.source_outcome("run-1", outcome)
        opened.count("run-1", "pages", 7)
        opened.count("run-1", "bytes", 4_000_000_000)
        opened.count("run-1", "drop:no-story", 2)
        opened.end_run("run-1", outcome="partly", now=LATER)
        opened.miss_runs(MissedRuns(expected=NOW, noticed=NOW, runs=3, reason="asleep"))
        yield opened


def test_what_the_store_says_stands_there(config: Config, store: Store) -> None:
    write_metrics(config, store, LATER)
    found = parsed((config.output / FILE_NAME).read_text())
    began = 1_772_539_200.0
    odd = r'source="odd \"name\"\\"'
    expected = {
        ("wiretrace_runs_total", 'outcome="partly"'): 1,
        ("wiretrace_missed_runs_total", ""): 3,
        ("wiretrace_last_run_start_timestamp_seconds", ""): began,
        ("wiretrace_last_run_duration_seconds", ""): 150,
        ("wiretrace_last_run_success", ""): 1,
        ("wiretrace_last_run_pages", ""): 7,
        ("wiretrace_last_run_bytes", ""): 4_000_000_000,
        ("wiretrace_last_run_dropped", 'reason="no-story"'): 2,
        ("wiretrace_source_last_success_timestamp_seconds", 'source="courier"'): began,
        ("wiretrace_source_error_streak", 'source="courier"'): 0,
        ("wiretrace_source_error_streak", odd): 1,
        ("wiretrace_source_interval_seconds", 'source="courier"'): 3600,
        # A tenth of the interval early, two minutes at most.
        ("wiretrace_source_next_due_timestamp_seconds", 'source="courier"'): began + 3600 - 120,
    }
    assert expected.items() <= found.items()
    assert ("wiretrace_source_last_success_timestamp_seconds", odd) not in found


def test_a_store_without_a_run_has_metrics_too(tmp_path: Path) -> None:
    config = Config(output=tmp_path)
    with Store.open(config.store_path) as store:
        write_metrics(config, store, NOW)
    found = parsed((tmp_path / FILE_NAME).read_text())
    assert found["wiretrace_articles", ""] == 0
    assert ("wiretrace_last_run_success", "") not in found


def test_old_metrics_stand_until_the_new_ones_are_whole(
    config: Config, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_metrics(config, store, LATER)
    before = (config.output / FILE_NAME).read_bytes()

    def full(_text: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("crawler.schedule.metrics.exposition", full)
    with pytest.raises(KeyboardInterrupt):
        write_metrics(config, store, LATER)
    assert (config.output / FILE_NAME).read_bytes() == before
    assert [path.name for path in config.output.glob(".*")] == []


def test_line_breaks_in_labels_are_escaped() -> None:
    sample = Sample(value=0.5, labels=(("source", "a\nb"),))
    family = Family(name="wiretrace_x", kind="gauge", told="a\nb", samples=(sample,))
    assert exposition([family]) == (
        '# HELP wiretrace_x a\\nb\n# TYPE wiretrace_x gauge\nwiretrace_x{source="a\\nb"} 0.5\n'
    )
