"""Makes `python -m crawler` the same as `wiretrace`."""

import sys

from crawler import cli


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(cli.main())


if __name__ == "__main__":
    main()
