"""`wiretrace show`: one cluster in the terminal, as its page in the report shows it."""

from contextlib import closing
from dataclasses import asdict
from typing import Any

import click
from rich.text import Text

from crawler.cli.clusters import articles_of, as_record
from crawler.cli.command import Command, json_option
from crawler.cli.output import Column, console, on_terminal, print_json, print_table
from crawler.cli.session import session_of
from crawler.report.build import build_cluster
from crawler.report.comparison import Comparison, Paragraph, compare
from crawler.report.summary import said
from crawler.report.view import ClusterView, MemberView, VersionView
from crawler.report.wording import counted, percent, shown
from crawler.store import Store

MEMBERS = (
    Column(title="#", right=True),
    Column(title="outlet", style="cyan"),
    Column(title="time"),
    Column(title="time read from"),
    Column(title="relation"),
    Column(title="in ref.", right=True),
    Column(title="of ref.", right=True),
    Column(title="version", right=True),
    Column(title="credits"),
    Column(title="headline", folds=True),
)
EVIDENCE = (
    Column(title="#", right=True),
    Column(title="supports"),
    Column(title="value"),
    Column(title="where"),
    Column(title="quoted", folds=True),
)
RELATIVES = (
    Column(title="shares with", right=True),
    Column(title="relation"),
    Column(title="outlet", style="cyan"),
    Column(title="headline", folds=True),
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
        "wiretrace show c01 --diff --version-number 3",
        "wiretrace show c01 --json | jq '.members[] | {site, relation}'",
    ),
)
@click.argument("cluster")
@click.option("--diff", is_flag=True, help="Show what each version changed.")
@click.option("--version-number", type=int, help="With --diff: this version only.")
@json_option
@click.pass_context
def command(
    context: click.Context, cluster: str, version_number: int | None, *, diff: bool, as_json: bool
) -> None:
    """Show a cluster: its copies in order of time, on what each statement rests, what changed.

    CLUSTER is an id as `clusters` lists it, or its first characters. "in ref." is the share of a
    copy that stands in the reference copy (the one most like all others), "of ref." the share of
    the reference copy that stands in it.
    """
    with closing(session_of(context).read_store()) as store:
        view = _view(store, cluster)
    if as_json:
        print_json(_record(view))
        return
    _print(view)
    if diff or version_number is not None:
        for version in view.versions:
            if version_number in (None, version.number) and not version.reference:
                _print_version(version, compare(view.reference_text, version.text))


def _view(store: Store, name: str) -> ClusterView:
    cluster = store.cluster(name)
    ids = [member.article_id for member in cluster.members]
    pairs = list(store.pairs(ids))
    others = {identity for pair in pairs for identity in (pair.a, pair.b)}
    return build_cluster(cluster, articles_of(store, {*ids, *others}), pairs)


def _record(view: ClusterView) -> dict[str, Any]:
    return {
        **as_record(view),
        "summary": list(view.summary),
        "members": [_member_record(member) for member in view.members],
        "relatives": [asdict(relative) for relative in view.relatives],
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
    }


def _print(view: ClusterView) -> None:
    click.echo(f"{view.id}  {shown(view.headline)}")
    for sentence in view.summary:
        click.echo(shown(sentence))
    print_table(MEMBERS, (_member_row(member) for member in view.members), titled=True)
    evidence = [
        (member.number, piece.supports, piece.value, piece.where, piece.quote)
        for member in view.members
        for piece in member.evidence
    ]
    print_table(EVIDENCE, evidence, titled=True)
    relatives = [
        (f"# {one.member}", one.relation.value, one.site, one.headline) for one in view.relatives
    ]
    print_table(RELATIVES, relatives, titled=True)


def _member_row(member: MemberView) -> tuple[object, ...]:
    return (
        f"{member.number}{'*' if member.first else ''}",
        member.site,
        said(member.time),
        member.time.basis,
        "reference" if member.reference else member.relation.value,
        percent(member.in_reference),
        percent(member.of_reference),
        member.version,
        member.agency,
        member.headline,
    )


def _print_version(version: VersionView, comparison: Comparison) -> None:
    sites = ", ".join(member.site for member in version.members)
    head = (
        f"version {version.number} ({sites}): {counted(comparison.inserted, 'word')} more, "
        f"{counted(comparison.deleted, 'word')} left out"
    )
    click.echo()
    console().print(Text(shown(head), style="bold"))
    for stretch in comparison.stretches:
        if stretch.folded:
            unchanged = counted(len(stretch.paragraphs), "unchanged paragraph")
            console().print(Text(f"  … {unchanged}", style="dim"))
            continue
        for paragraph in stretch.paragraphs:
            console().print(_marked(paragraph), soft_wrap=not on_terminal())


def _marked(paragraph: Paragraph) -> Text:
    line = Text("  ")
    for segment in paragraph:
        text = shown(segment.text)
        if on_terminal():
            line.append(text, style=STYLES[segment.op])
        else:
            before, after = MARKS[segment.op]
            line.append(f"{before}{text}{after}")
    return line
