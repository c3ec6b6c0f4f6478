"""`wiretrace report`: write the HTML report again from what is stored."""

import click

from crawler import runs
from crawler.cli.command import Command, json_option
from crawler.cli.summary import do


@click.command(
    cls=Command,
    examples=("wiretrace report", "wiretrace report --open", "wiretrace report --json"),
)
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
@json_option
@click.pass_context
def command(context: click.Context, *, opens: bool, as_json: bool) -> int:
    """Write the HTML report from the stored clusters; nothing is fetched or clustered."""
    result = do(context, runs.publish, required=False, as_json=as_json)
    if opens and result.report is not None:
        click.launch(result.report.resolve().as_uri())
    return result.exit_code
