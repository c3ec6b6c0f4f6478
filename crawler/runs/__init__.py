"""One resumable pass: crawl, cluster, publish; and each leg alone.

Every pass holds the store's lock, so two never meet; each may be killed at any point and done
again: what was stored stays, what was claimed goes back to the frontier.
"""

from crawler.runs.deciding import Decided, label, merge, split, undo
from crawler.runs.hooks import Hooks
from crawler.runs.passes import cluster, crawl, extract_again, publish, run
from crawler.runs.probing import ProbeResult, probe
from crawler.runs.result import Progress, RunResult

__all__ = [
    "Decided",
    "Hooks",
    "ProbeResult",
    "Progress",
    "RunResult",
    "cluster",
    "crawl",
    "extract_again",
    "label",
    "merge",
    "probe",
    "publish",
    "run",
    "split",
    "undo",
]
