"""`python -m benchmarks [NAME ...] --data DIR`: run benchmarks, write `benchmarks/results/`."""

import argparse
from pathlib import Path

from benchmarks import clusters, extraction, ledger, newsweb, report, templates, throughput
from benchmarks.record import Bench

BENCHES: dict[str, Bench] = {
    "newsweb": newsweb.bench,
    "extraction": extraction.bench,
    "templates": templates.bench,
    "ledger": ledger.bench,
    "clusters": clusters.bench,
    "throughput": throughput.bench,
    "report": report.bench,
}


def main() -> None:
    """Run the benchmarks that were named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHES], metavar="NAME")
    parser.add_argument("--data", type=Path, required=True, help="folder with newsweb/ and data/")
    parser.add_argument("--seeds", type=int, nargs="+", default=[11], help="webs to build")
    args = parser.parse_args()
    for name in args.names or BENCHES:
        print(f"== {name}", flush=True)
        BENCHES[name](args.data, args.seeds)


if __name__ == "__main__":
    main()
