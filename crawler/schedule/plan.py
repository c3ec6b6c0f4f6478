"""Decide which sources are due: schedules and results in, schedules and a plan out; pure.

How often a source is read follows what it publishes. When a third to two thirds of its entries are
new at each reading, none has fallen off its end unseen, and few are asked for twice; large
collectors of feeds have long worked so. A source that fails is asked ever more rarely, never not at
all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from crawler.config import ScheduleParams, Source
from crawler.items import SourceResult, SourceSchedule

# Below and above these shares of new entries the interval changes; between them it stays, so that
# a quiet afternoon does not move it.
FEW_NEW = 1 / 3
MANY_NEW = 2 / 3
# The share that a new interval aims at: the middle of what is wanted.
WANTED_NEW = 1 / 2
# One reading changes the interval at most so far: a burst of news, or a silent night, is no rule.
MOST_SHRINKING = 1 / 4
MOST_GROWTH = 2.0
# A timer is never exact, and a source that falls due seconds after a run would wait for the whole
# next one: it is read up to a tenth of its interval early, two minutes at most.
EARLY_SHARE = 0.1
EARLY_MAX_S = 120.0
# Doublings of a failing source's pause; more would only overflow, `max_backoff_s` ends it before.
MAX_DOUBLINGS = 20
NEVER = datetime.max.replace(tzinfo=UTC)
"""When a file falls due that stands as it was."""
FILE_KINDS = ("urls", "archive")
"""Kinds of source that are files of our own: they are due when they have changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run at one moment has to do."""

    due: tuple[str, ...]
    """Names of the sources to read now, in the watchlist's order."""
    waiting: Mapping[str, str]
    """UTC time from which on each other source is due, by its name; files are not among them."""

    @property
    def next_due(self) -> str | None:
        """When the first source that is not due falls due; None where all are, or none is left."""
        return min(self.waiting.values(), default=None)


def plan(
    sources: Iterable[Source],
    schedules: Mapping[str, SourceSchedule],
    now: str,
    params: ScheduleParams,
    changed: Mapping[str, str],
    held: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """Say what is due.

    Args:
        sources: the watchlist's.
        schedules: by name; a source without one was never read, and is due.
        now: UTC.
        params: limits.
        changed: UTC time of the last change of each file that is a source, by the source's name.
        held: UTC time from which on each source may be asked that has had its requests for the day.
    """
    due: list[str] = []
    waiting: dict[str, str] = {}
    present = datetime.fromisoformat(now)
    for source in sources:
        name = source.name
        at = due_at(source, schedules.get(name), params, changed.get(name), held.get(name))
        if at is None or at <= present:
            due.append(source.name)
        elif at != NEVER:
            waiting[source.name] = written(at)
    return Plan(due=tuple(due), waiting=waiting)


def due_at(
    source: Source,
    schedule: SourceSchedule | None,
    params: ScheduleParams,
    changed: str | None = None,
    held: str | None = None,
) -> datetime | None:
    """Give the time from which on a run reads a source; None for at once.

    One that has had its requests for the day (`held`) waits for the next, whoever asks for it.
    """
    at = _wanted_at(source, schedule, params, changed)
    if held is None or source.kind in FILE_KINDS:
        return at
    free = datetime.fromisoformat(held)
    return free if at is None else max(at, free)


def _wanted_at(
    source: Source, schedule: SourceSchedule | None, params: ScheduleParams, changed: str | None
) -> datetime | None:
    if schedule is None or schedule.last_tried is None or schedule.asked_for:
        return None
    if source.location == "-":
        return None  # what a pipe holds is there now or never
    tried = datetime.fromisoformat(schedule.last_tried)
    if source.kind in FILE_KINDS and not schedule.error_streak:
        # Reading it again would find nothing, so a file that stands as it was is never due.
        unread = changed is not None and datetime.fromisoformat(changed) > tried
        return None if unread else NEVER
    wait_s = pause_s(source, schedule, params)
    return tried + timedelta(seconds=wait_s - min(EARLY_SHARE * wait_s, EARLY_MAX_S))


def pause_s(source: Source, schedule: SourceSchedule, params: ScheduleParams) -> float:
    """Give the seconds between the last try and the next one.

    A publisher that calls its document fresh for longer (RSS `ttl`, `sy:updatePeriod`,
    `Cache-Control: max-age`) is believed, within the limits: a max-age of a year is a mistake.
    """
    least, most = limits_of(source, params)
    if schedule.error_streak:
        doubled = max(least, 1.0) * 2.0 ** min(schedule.error_streak - 1, MAX_DOUBLINGS)
        return min(doubled, max(params.max_backoff_s, least))
    return max(least, min(most, max(schedule.interval_s, float(schedule.refresh_s or 0))))


def learn(
    schedules: Mapping[str, SourceSchedule],
    results: Iterable[SourceResult],
    sources: Iterable[Source],
    params: ScheduleParams,
) -> dict[str, SourceSchedule]:
    """Give all schedules as they are after further results, oldest first.

    Results of a source that is in the watchlist no longer are taken in under the general limits:
    it may come back.
    """
    known = {source.name: source for source in sources}
    learnt = dict(schedules)
    for result in results:
        name = result.outcome.source
        source = known.get(name) or Source(name=name, kind="", location="")
        schedule = learnt.get(name) or SourceSchedule(
            source=name, interval_s=params.first_interval_s
        )
        learnt[name] = after(schedule, result, limits_of(source, params))
    return learnt


def after(
    schedule: SourceSchedule, result: SourceResult, limits: tuple[float, float]
) -> SourceSchedule:
    """Give a source's schedule after one more result.

    One in which nothing was read and nothing failed (it was not due, had had its requests for the
    day, or the run was stopped before its turn) teaches nothing.
    """
    outcome = result.outcome
    if outcome.documents == 0 and outcome.failures == 0:
        return schedule
    tried = replace(schedule, last_tried=result.started, asked_for=False)
    if outcome.documents == 0:
        return replace(tried, error_streak=schedule.error_streak + 1, last_error=outcome.error)
    return replace(
        tried,
        interval_s=_interval_s(schedule, result, limits),
        last_success=result.started,
        error_streak=0,
        last_error=outcome.error or schedule.last_error,
        entries=outcome.leads or schedule.entries,
        new_entries=outcome.new_leads,
        # A document that has not changed comes without its words, which may have said it.
        refresh_s=outcome.refresh_s or (None if outcome.leads else schedule.refresh_s),
    )


def _interval_s(
    schedule: SourceSchedule, result: SourceResult, limits: tuple[float, float]
) -> float:
    """Give the interval that would have shown half of the entries as new.

    It is reckoned from the time since the last success, not from the interval: runs are late, fail
    and are forced. A first reading shows everything as new and says nothing. Where all is new after
    a long gap, entries may have been lost, but how many a day there are is not known; so many new
    ones never lengthen an interval, and few never shorten it.
    """
    least, most = limits
    interval = max(least, min(most, schedule.interval_s))
    entries = result.outcome.leads or schedule.entries
    if schedule.last_success is None or not entries:
        return interval
    gap = datetime.fromisoformat(result.started) - datetime.fromisoformat(schedule.last_success)
    # Nothing new is taken for half an entry: it says more after a day than after a minute.
    share = max(result.outcome.new_leads, 0.5) / entries
    fitting = gap.total_seconds() * WANTED_NEW / share
    if share > MANY_NEW:
        interval = min(interval, max(fitting, interval * MOST_SHRINKING))
    elif share < FEW_NEW:
        interval = max(interval, min(fitting, interval * MOST_GROWTH))
    return max(least, min(most, interval))


def limits_of(source: Source, params: ScheduleParams) -> tuple[float, float]:
    """Give the least and most seconds between two readings of a source.

    Its own limit wins: a least above the general most raises that, and the other way round.
    """
    least, most = params.min_interval_s, params.max_interval_s
    if source.min_interval_s is not None:
        least = source.min_interval_s
        most = max(most, least)
    if source.max_interval_s is not None:
        most = source.max_interval_s
        least = min(least, most)
    return least, most


def written(moment: datetime) -> str:
    """Write a time as the records do."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
