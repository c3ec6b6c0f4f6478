"""Records of runs as `--json` prints them."""

from dataclasses import asdict
from typing import Any

from crawler.items import Run


def run_record(run: Run) -> dict[str, Any]:
    """Give a run as JSON; its counts may be any mapping."""
    return {
        "id": run.id,
        "kind": run.kind,
        "outcome": run.outcome,
        "started": run.started,
        "ended": run.ended,
        "error": run.error,
        "counts": dict(run.counts),
        "sources": [asdict(outcome) for outcome in run.sources],
    }
