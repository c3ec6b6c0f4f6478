"""One resumable pass: crawl, cluster, publish; and each leg alone.

Every pass holds the store's lock, so two never meet; each may be killed at any point and done
again: what was stored stays, what was claimed goes back to the frontier.
"""

from crawler.runs.deciding import Decided, label, merge, split, undo
from crawler.runs.hooks import Hooks
from crawler.runs.passes import (
    cluster,
    crawl,
    extract_again,
    publish,
    retry_quarantined,
    run,
)
from crawler.runs.probing import ProbeResult, probe
from crawler.runs.result import Progress, RunResult
from crawler.runs.trying import Trial, find_sources, try_sources

__all__ = [
    "Decided",
    "Hooks",
    "ProbeResult",
    "Progress",
    "RunResult",
    "Trial",
    "cluster",
    "crawl",
    "extract_again",
    "find_sources",
    "label",
    "merge",
    "probe",
    "publish",
    "retry_quarantined",
    "run",
    "split",
    "try_sources",
    "undo",
]
