"""`wiretrace show`: one cluster in the terminal, as its page in the report shows it."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from crawler.cli.clusters import as_record, view_of
from crawler.cli.command import Command, json_option
from crawler.cli.fitting import Column
from crawler.cli.growth import growth_of
from crawler.cli.output import console, on_terminal, print_json, print_line, print_table
from crawler.cli.session import session_of, utc_now
from crawler.report import (
    Segment,
    cluster_alone,
    replacing_file,
    show_cluster,
    version_diffs,
)
from crawler.report.terminal import MemberLine, ShownCluster, VersionDiff
from crawler.report.view import ClusterView, MemberView

MEMBERS = (
    Column(title="#", right=True),
    Column(title="outlet", style="cyan", folds=True, least=18),
    Column(title="time", folds=True, least=12),
    Column(title="relation", folds=True, least=9),
    Column(title="in ref.", right=True),
    Column(title="of ref.", right=True),
    Column(title="version", right=True, spare=2),
    Column(title="credits", folds=True, least=7, spare=1),
)
STYLES = {"insert": "green underline", "delete": "red strike", "equal": ""}
"""On a terminal: underlined is what a copy has more, struck what it left out."""
MARKS = {"insert": ("{+", "+}"), "delete": ("[-", "-]"), "equal": ("", "")}
"""Elsewhere: as `git diff --word-diff` writes it."""


@click.command(
    cls=Command,
    examples=(
        "wiretrace show c0123456789",
        "wiretrace show c01 --diff",
        "wiretrace show c01 --diff --version 3",
        "wiretrace show c01 --html ferry.html",
        "wiretrace show c01 --json | jq '.members[] | {site, relation}'",
    ),
)
@click.argument("cluster")
@click.option("--diff", is_flag=True, help="Show what each version changed.")
@click.option("--version", "version_number", type=int, help="With --diff: this version only.")
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write its page as one file that needs nothing beside it, for mail.",
)
@json_option
@click.pass_context
def command(
    context: click.Context,
    cluster: str,
    version_number: int | None,
    html: Path | None,
    *,
    diff: bool,
    as_json: bool,
) -> None:
    """Show a cluster: its copies in order of time, on what each statement rests, what changed.

    CLUSTER is an id as `clusters` lists it, or its first characters. "in ref." is the share of a
    copy that stands in the reference copy (the one most like all others), "of ref." the share of
    the reference copy that stands in it. A * marks the first copy that can be trusted.
    """
    with closing(session_of(context).read_store()) as store:
        view = view_of(store, cluster)
        grown = growth_of(store, store.cluster(cluster))
    if html is not None:
        with replacing_file(html) as file:
            file.write(cluster_alone(view, made=utc_now()).encode("utf-8", "replace"))
        session_of(context).remark(f"{cluster} written to {html}")
        return
    if as_json:
        print_json(_record(view) | grown.record())
        return
    _print(show_cluster(view), grown.lines())
    if diff or version_number is not None:
        for changes in version_diffs(view):
            if version_number in (None, changes.version):
                _print_changes(changes)


def _record(view: ClusterView) -> dict[str, Any]:
    return {
        **as_record(view),
        "summary": list(view.summary),
        "members": [_member_record(member) for member in view.members],
        "relatives": [asdict(relative) for relative in view.relatives],
        "networks": [asdict(network) for network in view.networks],
        "provenance": view.provenance and asdict(view.provenance),
    }


def _member_record(member: MemberView) -> dict[str, Any]:
    return {
        "id": member.article_id,
        "url": member.url,
        "site": member.site,
        "title": member.headline,
        "time": member.time.iso,
        "time_basis": member.time.basis,
        "seen": member.seen.iso,
        "first": member.first,
        "reference": member.reference,
        "version": member.version,
        "relation": member.relation.value,
        "containment_in_reference": member.in_reference,
        "containment_of_reference": member.of_reference,
        "agency": member.agency or None,
        "evidence": [asdict(piece) for piece in member.evidence],
        "removed": [asdict(piece) for piece in member.removed],
        "forms": [asdict(form) for form in member.forms],
        "partial": member.partial or None,
    }


def _print(shown: ShownCluster, grown: Mapping[str, list[str]]) -> None:
    print_line(f"{shown.cluster}  {shown.headline}")
    for sentence in shown.summary:
        print_line(sentence)
    print_table(MEMBERS, map(_member_row, shown.members), titled=True)
    addresses = [
        f"{member.number}: {member.url or 'no address'} ({member.basis or 'time unknown'})"
        for member in shown.members
    ]
    forms = [f"{member.number}: {form}" for member in shown.members for form in member.forms]
    evidence = [
        f"{member.number}: {piece}" for member in shown.members for piece in member.evidence
    ]
    for title, lines in (
        ("who was first", shown.first),
        ("not seen", shown.gaps),
        ("networks", shown.networks),
        ("version tree", shown.tree),
        ("addresses, and what the times rest on", addresses),
        ("other addresses of the same copy", forms),
        ("headlines", shown.headlines),
        ("evidence", evidence),
        ("articles that share a passage", shown.relatives),
        *grown.items(),
    ):
        print_table((Column(title=title, folds=True),), ((line,) for line in lines), titled=True)


def _member_row(member: MemberLine) -> tuple[object, ...]:
    return (
        f"{member.number}{'*' if member.first else ''}",
        member.outlet,
        member.time,
        member.relation,
        member.in_reference,
        member.of_reference,
        member.version,
        member.credit,
    )


def _print_changes(changes: VersionDiff) -> None:
    click.echo()
    console().print(Text(changes.heading, style="bold"), soft_wrap=not on_terminal())
    for paragraph in changes.paragraphs:
        console().print(_marked(paragraph), soft_wrap=not on_terminal())


def _marked(paragraph: tuple[Segment, ...]) -> Text:
    line = Text("  ")
    for segment in paragraph:
        if on_terminal():
            line.append(segment.text, style=STYLES[segment.op])
        else:
            before, after = MARKS[segment.op]
            line.append(f"{before}{segment.text}{after}")
    return line
