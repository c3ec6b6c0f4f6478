"""The command line: one module a command; arguments arrive, an exit code leaves."""

from crawler.cli.main import main

__all__ = ["main"]
