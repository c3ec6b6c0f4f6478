"""The health of sources as a person asks for it: what the store keeps, and when each is due."""

from dataclasses import replace

from crawler.config import Config
from crawler.items import SourceHealth, SourceSchedule
from crawler.schedule.due import current
from crawler.store import Store


def health_of(config: Config, store: Store) -> tuple[dict[str, SourceSchedule], list[SourceHealth]]:
    """Give the schedules, and the health of each source of watchlist and store, by name.

    A source that was never read stands there, too; one that is in the watchlist no longer keeps
    its numbers. Failures are counted from the last reset on.
    """
    schedules = current(config, store)
    known = {one.source: one for one in store.source_health()}
    names = sorted(known.keys() | {source.name for source in config.sources})
    return schedules, [_health(name, known.get(name), schedules.get(name)) for name in names]


def _health(name: str, known: SourceHealth | None, schedule: SourceSchedule | None) -> SourceHealth:
    health = known or SourceHealth(
        source=name,
        last_success=None,
        error_streak=0,
        last_error=None,
        leads=0,
        pages=0,
        articles=0,
    )
    if schedule is None:
        return health
    return replace(
        health,
        error_streak=schedule.error_streak,
        interval_s=schedule.interval_s,
        next_due=schedule.next_due,
    )
