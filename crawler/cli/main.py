"""The console command: errors become one line and an exit code; a traceback means a bug.

Exit codes: 0 done, 1 failed, 2 wrong use, 3 partly done, 4 another run holds the lock; 130 after
Ctrl-C and 141 when the reader of a pipe went away, as shells write it for any Unix tool.
"""

import errno
import io
import os
import sys
from collections.abc import Callable, Sequence

import click
from click.shell_completion import shell_complete

from crawler import __version__
from crawler.cli.command import LazyGroup
from crawler.errors import FileFailed, StoreFull, UsageError, WiretraceError

SUMMARIES = {
    "init": "Write a commented watchlist, wiretrace.toml.",
    "demo": "Do the whole job on bundled local publishers, without a network.",
    "run": "Crawl what is due, cluster, publish the report.",
    "crawl": "Crawl what is due and extract it; no clustering.",
    "cluster": "Group stored articles, or anybody's texts, into clusters of copies.",
    "report": "Write the HTML report from what is stored.",
    "serve": "Show the report live, with buttons to split, merge and label.",
    "clusters": "List the clusters.",
    "show": "Show one cluster: members, times, evidence, differences.",
    "split": "Take articles out of a cluster, for good.",
    "merge": "Make one cluster of several, for good.",
    "label": "Give a cluster a name.",
    "schedule": "Run again and again, in the foreground.",
    "timers": "Print systemd units or a cron line that run it.",
    "status": "Show the health of the sources and the last runs.",
    "sources": "Try sources, add a site's, exchange lists of feeds as OPML.",
    "probe": "Explain one page: robots, what is kept and removed, which story it matches.",
    "extract": "Take the story out of HTML files: one article a JSON line.",
    "quarantine": "List pages that killed their workers, or try them again.",
    "export": "Write articles, clusters or pairs as JSON lines, CSV or Parquet.",
    "bench": "Measure clustering on labelled articles, or make a corpus of them.",
    "doctor": "Check the installation, the watchlist and the store.",
    "completion": "Print the completion script of a shell.",
}
"""Each command and what it does, in the order of a person's first day."""
EXAMPLES = (
    "wiretrace demo                     see it work, on bundled publishers",
    "wiretrace init                     write a watchlist to fill in",
    "wiretrace run                      crawl, cluster, write the report",
    "wiretrace clusters                 list who copied what",
    "wiretrace show c0123456789 --diff  one cluster, with what each copy changed",
)
EXIT_INTERRUPTED = 130
EXIT_PIPE = 141
COMPLETE = "_WIRETRACE_COMPLETE"
"""Variable through which a shell's completion script asks; `completion` names it as well."""
_FULL = (errno.ENOSPC, errno.EDQUOT)


@click.command(
    cls=LazyGroup,
    summaries=SUMMARIES,
    examples=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Data go to stdout, logs and progress to stderr. Messages are explained in "
    "docs/messages.md, settings in docs/settings.md.",
)
@click.version_option(__version__, message="wiretrace %(version)s")
def wiretrace() -> None:
    """Find every copy of a news story, who ran it first, and what each copy changed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and give its exit code.

    Args:
        arguments: without the program's name; those of the process by default.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a letter shows its number, instead of ending the command.
            stream.reconfigure(errors="backslashreplace")
    return _explained(lambda: _call(arguments))


def _call(arguments: Sequence[str] | None) -> int:
    """Run the group as click's own `main` would, but leave every error to us."""
    instruction = os.environ.get(COMPLETE)
    if instruction:
        return shell_complete(wiretrace, {}, "wiretrace", COMPLETE, instruction)
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        with wiretrace.make_context("wiretrace", given) as context:
            code = wiretrace.invoke(context)
    except click.exceptions.Exit as error:
        code = error.exit_code
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _explained(call: Callable[[], int]) -> int:
    """Give the call's exit code, or print its error in one line and give that error's code."""
    try:
        return call()
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was stored is kept; the same command goes on there.", err=True)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Python would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_PIPE
    except (WiretraceError, click.ClickException, OSError) as error:
        told = in_our_terms(error)
        if told is None:
            raise
        line = " ".join(f"error[{told.slug}]: {told}".split())
        click.echo(f"{line} (docs/messages.md#{told.slug})", err=True)
        return told.exit_code


def in_our_terms(error: WiretraceError | click.ClickException | OSError) -> WiretraceError | None:
    """Give the error of our tree that says the same; None for a bug of ours."""
    if isinstance(error, WiretraceError):
        return error
    if isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "wiretrace"
        return UsageError(error.format_message(), f"See `{path} --help`.")
    if error.errno in _FULL:
        where = f" for {error.filename}" if error.filename else ""
        todo = "Free some space and run the command again; what was stored is whole."
        return StoreFull(f"No space is left{where}.", todo)
    return FileFailed(f"{error.filename}: {error.strerror}.") if error.filename else None
