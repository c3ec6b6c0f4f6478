"""When runs happen: what is due, a loop of our own, units for other people's timers.

Runs come from `crawler.runs`; what a source gave comes back through the store.
"""

from crawler.schedule.due import Wanted, crawl_due, plan_of, refresh, reset, run_due
from crawler.schedule.health import health_of
from crawler.schedule.plan import Plan

__all__ = [
    "Plan",
    "Wanted",
    "crawl_due",
    "health_of",
    "plan_of",
    "refresh",
    "reset",
    "run_due",
]
