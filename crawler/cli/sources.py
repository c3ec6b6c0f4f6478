"""`wiretrace sources`: try them, find those of a site, exchange lists of feeds."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from crawler import runs
from crawler.cli.command import Command, json_option
from crawler.cli.fitting import Column
from crawler.cli.output import print_json, print_table
from crawler.cli.session import Session, session_of
from crawler.config import Config, Source
from crawler.config.template import source_table
from crawler.discovery import Place, read_opml, write_opml
from crawler.errors import FileFailed, InputMissing, NotFound
from crawler.urls import canonical, host_of

COLUMNS = (
    Column(title="source", folds=True, least=16),
    Column(title="kind"),
    Column(title="leads", right=True),
    Column(title="newest", folds=True, least=11),
    Column(title="address", folds=True, least=20, spare=1),
    Column(title="error", folds=True, least=20),
)
FAILED = 1


@click.command(
    cls=Command,
    examples=(
        "wiretrace sources test harbour-news",
        "wiretrace sources test https://www.example.com/news/rss.xml",
        "wiretrace sources add https://www.example.com/",
        "wiretrace sources import feeds.opml",
        "wiretrace sources export > feeds.opml",
    ),
)
@click.argument("action", type=click.Choice(["test", "add", "import", "export"]))
@click.argument("what", required=False)
@click.option("--dry-run", is_flag=True, help="Print the new [[source]] tables; write nothing.")
@json_option
@click.pass_context
def command(
    context: click.Context, *, action: str, what: str | None, dry_run: bool, as_json: bool
) -> int:
    """Try sources, add a site's, import and export OPML.

    `test` reads one source (its name, or the address of a feed), or all, and fetches no page. `add`
    finds the feeds and sitemaps of a site, tries each and adds those that can be read. `import`
    adds the feeds of an OPML list. Both write to the end of the watchlist and leave out what is
    there.
    """
    session = session_of(context)
    config = session.config(required=action != "test" or what is None)
    if action == "export":
        feeds = [one for one in config.sources if one.kind == "feed"]
        click.echo(
            write_opml(Place(kind="feed", url=one.location, title=one.name) for one in feeds),
            nl=False,
        )
        return 0
    if action == "test":
        return _tell(runs.try_sources(config, _chosen(config, what)), as_json=as_json)
    if what is None:
        raise click.UsageError(f"Say what to {action}.")
    addition = Addition(config=config, session=session, dry_run=dry_run)
    if action == "import":
        addition.write(read_opml(_read(what)))
        return 0
    return _add(addition, what, as_json=as_json)


def _add(addition: "Addition", url: str, *, as_json: bool) -> int:
    config = addition.config
    if canonical(url) is None:
        raise click.UsageError(f"{url} is no web address; it begins with http:// or https://.")
    places = addition.new(runs.find_sources(config, url))
    if not places:
        raise NotFound(
            f"{url} declares no feed and no sitemap that is not in the watchlist.",
            "Look for one in a browser, or add the page itself as a section.",
        )
    trials = runs.try_sources(config, tuple(addition.sources(places)))
    code = _tell(trials, as_json=as_json)
    readable = {trial.source.location for trial in trials if trial.leads}
    addition.write([place for place in places if place.url in readable])
    return code if not readable else 0


@dataclass(slots=True)
class Addition:
    """Sources on their way into the watchlist."""

    config: Config
    session: Session
    dry_run: bool

    def new(self, places: list[Place]) -> list[Place]:
        """Give the places that are not in the watchlist."""
        known = {canonical(source.location) for source in self.config.sources}
        return [place for place in places if canonical(place.url) not in known]

    def sources(self, places: list[Place]) -> list[Source]:
        """Name them: by their host and kind, numbered where that is taken."""
        taken = {source.name for source in self.config.sources}
        found: list[Source] = []
        for place in places:
            stem = f"{host_of(place.url)}-{place.kind}"
            name, number = stem, 2
            while name in taken:
                name, number = f"{stem}-{number}", number + 1
            taken.add(name)
            found.append(Source(name=name, kind=place.kind, location=place.url))
        return found

    def write(self, places: list[Place]) -> None:
        """Append them to the watchlist and say what was done."""
        sources = self.sources(self.new(places))
        text = "".join(source_table(source) for source in sources)
        if self.dry_run:
            click.echo(text, nl=False)
            return
        file = self.config.file
        assert file is not None  # the configuration was required
        try:
            with file.open("a", encoding="utf-8") as stream:
                stream.write(text)
        except OSError as error:
            raise FileFailed(f"{file} cannot be written: {error.strerror}.") from error
        left = len(places) - len(sources)
        told = f", {left} were there" if left else ""
        self.session.remark(f"{file}: {len(sources)} sources added{told}")


def _chosen(config: Config, what: str | None) -> tuple[Source, ...]:
    if what is None:
        return config.sources
    named = tuple(source for source in config.sources if what in (source.name, source.location))
    if not named and canonical(what) is not None:
        return (Source(name=what, kind="feed", location=what),)
    if not named:
        raise NotFound(f"There is no source named {what!r}.", "`wiretrace status` lists them.")
    return named


def _tell(trials: list[runs.Trial], *, as_json: bool) -> int:
    """Print what sources gave; 1 where none could be read, 3 where some could not."""
    records = [_record(trial) for trial in trials]
    if as_json:
        print_json(records)
    else:
        keys = ("source", "kind", "leads", "newest", "address", "error")
        print_table(COLUMNS, [[record[key] for key in keys] for record in records])
    failed = sum(trial.error is not None for trial in trials)
    if not failed:
        return 0
    return FAILED if failed == len(trials) else 3


def _record(trial: runs.Trial) -> dict[str, Any]:
    times = [lead.published for lead in trial.leads if lead.published]
    return {
        "source": trial.source.name,
        "kind": trial.source.kind,
        "address": trial.source.location,
        "leads": len(trial.leads),
        "newest": max(times, default=None),
        "titles": [lead.title for lead in trial.leads[:10]],
        "error": trial.error,
    }


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputMissing(f"{name} cannot be read: {error.strerror}.") from error
