"""`wiretrace doctor`: is this installation fit for a run?"""

import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from urllib.parse import urlsplit

import click

from crawler import __version__
from crawler.cli.command import Command, json_option
from crawler.cli.fitting import Column
from crawler.cli.output import print_json, print_table
from crawler.cli.session import Session, session_of
from crawler.config import Config, CrawlLimits
from crawler.errors import ConfigError, NotFound, WiretraceError
from crawler.store import Store
from crawler.workers import WorkerPool

OK, WARNING, BROKEN = "ok", "warning", "broken"
COLUMNS = (Column(title="check"), Column(title="state"), Column(title="found", folds=True))
ROOMS = ("runs", "extraction", "discovery", "engines.local", "report", "newsroom")
"""Rooms whose import loads every library we stand on."""
# A day's crawl of 20,000 pages takes about 1 GB, packed; below a tenth of that a run may not end.
SPACE_WARNING = 1_000_000_000
SPACE_BROKEN = 100_000_000
# A process that has not started after this will not: even a loaded machine takes a few seconds.
WORKER_START_S = 30.0
PROXIES = ("http_proxy", "https_proxy", "no_proxy", "all_proxy")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    """What."""
    state: str
    """`ok`, `warning` (a run will work) or `broken` (it will not)."""
    found: str
    """What was found, and what to do if it is not ok."""


@click.command(
    cls=Command,
    examples=(
        "wiretrace doctor",
        "wiretrace --config bridge.toml doctor",
        "wiretrace doctor --json",
    ),
)
@json_option
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> int:
    """Check Python, the libraries, the watchlist, the store, the disk and the proxy.

    Nothing is fetched. Ends with 1 when something is broken. A browser is not needed.
    """
    checks = [*_installation(), *_configuration(session_of(context))]
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        print_table(COLUMNS, [(check.name, check.state, check.found) for check in checks])
    return 1 if any(check.state == BROKEN for check in checks) else 0


def _installation() -> Iterator[Check]:
    yield Check("wiretrace", OK, f"{__version__} in {Path(__file__).parents[1]}")
    yield Check("python", OK, f"{platform.python_version()} ({sys.executable})")
    yield Check("system", OK, f"{platform.platform()}, {os.cpu_count()} cores")
    yield from _libraries()
    for room in ROOMS:
        try:
            import_module(f"crawler.{room}")
        except ImportError as error:
            yield Check(room, BROKEN, f"{error}. Install wiretrace again.")
    try:
        with WorkerPool(1, WORKER_START_S) as pool:
            pool.result_of(pool.submit(len, ()))
        yield Check("worker process", OK, "starts and answers")
    except (WiretraceError, OSError) as error:
        yield Check("worker process", BROKEN, f"{error}. Without it nothing can be extracted.")


def _libraries() -> Iterator[Check]:
    try:
        wanted = requires("wiretrace") or []
    except PackageNotFoundError:
        yield Check(
            "package", WARNING, "runs from a checkout that is not installed (pip install -e .)"
        )
        return
    names = [re.split(r"[^\w.-]", line)[0] for line in wanted if "extra ==" not in line]
    for name in sorted(names):
        try:
            yield Check(name, OK, version(name))
        except PackageNotFoundError:
            yield Check(name, BROKEN, "is not installed. Install wiretrace again.")


def _configuration(session: Session) -> Iterator[Check]:
    try:
        config = session.config()
    except ConfigError as error:
        yield Check("watchlist", BROKEN, f"error[{error.slug}]: {error}")
        return
    yield from _watchlist(config)
    yield _store(config)
    yield _space(config)
    for name in PROXIES:
        value = os.environ.get(name) or os.environ.get(name.upper())
        if value:
            yield Check(name, OK, _without_password(value))


def _watchlist(config: Config) -> Iterator[Check]:
    if config.file is None:
        yield Check("watchlist", WARNING, "none here: write one with `wiretrace init`")
    elif not config.sources:
        yield Check("watchlist", WARNING, f"{config.file} names no source: add a [[source]]")
    else:
        found = f"{config.file}: {len(config.sources)} sources, {len(config.stories)} stories"
        yield Check("watchlist", OK, found)
    if config.crawl.contact == CrawlLimits().contact:
        found = "is the project's own: set [crawl] contact, so that site owners can reach you"
        yield Check("contact", WARNING, found)
    paths = [
        Path(source.location)
        for source in config.sources
        if source.kind in ("urls", "archive") and source.location != "-"
    ]
    paths += [story.text for story in config.stories if story.text is not None]
    for path in paths:
        if not os.access(path, os.R_OK):
            yield Check("file", BROKEN, f"{path} is named in the watchlist and cannot be read")


def _store(config: Config) -> Check:
    try:
        with closing(Store.open(config.store_path, read_only=True)) as store:
            faults = store.check()
            size = store.size_bytes()
    except NotFound:
        return Check("store", OK, f"nothing stored yet ({config.store_path})")
    except WiretraceError as error:
        return Check("store", BROKEN, f"error[{error.slug}]: {error}")
    if faults:
        return Check("store", BROKEN, f"{config.store_path}: {'; '.join(faults[:3])}")
    return Check("store", OK, f"{config.store_path}: sound, {size / 1e6:.1f} MB")


def _space(config: Config) -> Check:
    folder = config.output.resolve()
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        return Check("output", BROKEN, f"{folder} may not be written to")
    free = shutil.disk_usage(folder).free
    state = BROKEN if free < SPACE_BROKEN else WARNING if free < SPACE_WARNING else OK
    return Check("output", state, f"{folder}: {free / 1e9:.1f} GB free")


def _without_password(address: str) -> str:
    """Give a proxy's address as it may be shown to others."""
    try:
        password = urlsplit(address).password
    except ValueError:
        return "set, but no address that can be read"
    return address.replace(f":{password}@", ":***@") if password else address
