"""The plan, tied to a watchlist and a store: what is due, and what was learnt of each source."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.config import Config, Source
from crawler.errors import NotFound
from crawler.items import SourceSchedule
from crawler.schedule.plan import FILE_KINDS, NEVER, Plan, due_at, learn, plan, written
from crawler.store import Store


def take_in(config: Config, store: Store) -> dict[str, SourceSchedule]:
    """Let the schedules learn from results that are new, keep them, and give them.

    A run that is killed leaves its results behind; the next one takes them in first.
    """
    known = {source.name: source for source in config.sources}
    with store.transaction():
        held = held_sources(config, store)
        schedules = {
            name: _with_due(schedule, known.get(name), config, held.get(name))
            for name, schedule in current(config, store).items()
        }
        store.save_schedules(schedules.values(), planned=True)
    return schedules


def _with_due(
    schedule: SourceSchedule, source: Source | None, config: Config, held: str | None
) -> SourceSchedule:
    at = None if source is None else due_at(source, schedule, config.schedule, held=held)
    return replace(schedule, next_due=None if at in (None, NEVER) else written(at))


def current(config: Config, store: Store) -> dict[str, SourceSchedule]:
    """Give the schedules as they are with the latest results, without keeping them."""
    return learn(store.schedules(), store.unplanned_results(), config.sources, config.schedule)


def plan_of(
    config: Config, store: Store, schedules: Mapping[str, SourceSchedule], now: str
) -> Plan:
    """Give the plan of a watchlist at one moment."""
    held = held_sources(config, store)
    return plan(config.sources, schedules, now, config.schedule, changed_files(config), held)


def held_sources(config: Config, store: Store) -> dict[str, str]:
    """Give the end of the last day (UTC) on which each source had all its requests, if it had."""
    spent = store.last_requests()
    held: dict[str, str] = {}
    for source in config.sources:
        day, requests = spent.get(source.name, ("", 0))
        if day and requests >= source.max_requests_per_day:
            midnight = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1)
            held[source.name] = written(midnight)
    return held


def changed_files(config: Config) -> dict[str, str]:
    """Give the time of the last change of each source that is a file and is there."""
    found: dict[str, str] = {}
    for source in config.sources:
        path = Path(source.location)
        if source.kind in FILE_KINDS and source.location != "-" and path.is_file():
            found[source.name] = written(datetime.fromtimestamp(path.stat().st_mtime, UTC))
    return found


def refresh(config: Config, store: Store, names: Collection[str]) -> None:
    """Have sources read in the next run, whenever they are due.

    Raises:
        NotFound: a name is not in the watchlist.
    """
    check_names(config, names)
    with store.transaction():
        schedules = take_in(config, store)
        store.save_schedules(
            replace(schedules[name], asked_for=True) for name in names if name in schedules
        )


def reset(config: Config, store: Store, names: Collection[str]) -> None:
    """Forget what was learnt of sources: interval, failures, the publisher's wish.

    Raises:
        NotFound: a name is not in the watchlist.
    """
    check_names(config, names)
    with store.transaction():
        take_in(config, store)
        first_s = config.schedule.first_interval_s
        store.save_schedules(SourceSchedule(source=name, interval_s=first_s) for name in names)


def check_names(config: Config, names: Collection[str]) -> None:
    """Refuse a name that is not in the watchlist.

    Raises:
        NotFound: says which.
    """
    known = {source.name for source in config.sources}
    for name in names:
        if name not in known:
            raise NotFound(
                f"There is no source named {name!r} in {config.file or 'the watchlist'}.",
                "`wiretrace status` lists them.",
            )
