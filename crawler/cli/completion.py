"""`wiretrace completion`: print the script with which a shell completes our commands."""

import click
from click.shell_completion import get_completion_class

from crawler.cli.command import Command


@click.command(
    cls=Command,
    examples=(
        "wiretrace completion bash > ~/.local/share/bash-completion/completions/wiretrace",
        'wiretrace completion zsh > "${fpath[1]}/_wiretrace"',
        "wiretrace completion fish > ~/.config/fish/completions/wiretrace.fish",
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the completion script of SHELL; the examples show where it goes."""
    kind = get_completion_class(shell)
    assert kind is not None  # the three are click's own
    root = context.find_root().command
    click.echo(kind(root, {}, "wiretrace", "_WIRETRACE_COMPLETE").source())
