"""Where results go: one JSON file a benchmark, with the command that gave it."""

import json
import platform
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from crawler import __version__

FOLDER = Path(__file__).parent / "results"
LIBRARIES = ("scrapy", "trafilatura", "datasketch", "lxml")

Bench = Callable[[Path, Sequence[int]], None]
"""A benchmark: the data folder and the seeds of the webs to build."""


def write(name: str, arguments: str, result: Mapping[str, Any], command: str | None = None) -> None:
    """Write a result beside what it was measured with, and print where it is.

    Args:
        name: of the benchmark and its file.
        arguments: beside the data folder.
        result: the figures.
        command: the whole command, for a benchmark that has its own.
    """
    record = {
        "command": command or f"python -m benchmarks {name} --data DATA {arguments}".strip(),
        "wiretrace": __version__,
        "python": platform.python_version(),
        "libraries": {library: version(library) for library in LIBRARIES},
        "result": result,
    }
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"written: benchmarks/results/{path.name}", flush=True)
