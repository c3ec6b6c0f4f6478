"""When runs happen: what is due, a loop of our own, units for other people's timers.

Runs come from `crawler.runs`; what a source gave comes back through the store.
"""

from crawler.schedule.due import plan_of, refresh, reset
from crawler.schedule.health import health_of
from crawler.schedule.loop import Stop, keep_schedule, utc_clock
from crawler.schedule.passes import Wanted, crawl_due, run_due
from crawler.schedule.plan import Plan
from crawler.schedule.timers import cron_line, systemd_units

__all__ = [
    "Plan",
    "Stop",
    "Wanted",
    "crawl_due",
    "cron_line",
    "health_of",
    "keep_schedule",
    "plan_of",
    "refresh",
    "reset",
    "run_due",
    "systemd_units",
    "utc_clock",
]
