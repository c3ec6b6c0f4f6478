"""The shape all commands share: help that begins with examples, and options they have in common."""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import click

from crawler.cli.session import session_of

Function = TypeVar("Function", bound=Callable[..., Any])


def shared_options() -> list[click.Parameter]:
    """Give the options that stand on the group and on each command alike."""
    return [
        click.Option(
            ["-c", "--config"],
            type=click.Path(path_type=Path),
            expose_value=False,
            callback=_keep("config_path"),
            help="Watchlist to read.  [default: $WIRETRACE_CONFIG or ./wiretrace.toml]",
        ),
        click.Option(
            ["--output-dir"],
            type=click.Path(path_type=Path, file_okay=False),
            expose_value=False,
            callback=_keep("output_dir"),
            help="Folder of the store and the report.",
        ),
        click.Option(
            ["-v", "--verbose"],
            count=True,
            expose_value=False,
            callback=_keep("verbose"),
            help="Say more; twice for everything.",
        ),
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            expose_value=False,
            callback=_keep("quiet"),
            help="Errors only: no progress, no remarks.",
        ),
    ]


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(context: click.Context, _parameter: click.Parameter, value: Any) -> None:  # noqa: ANN401 - each option its own type
        if value:
            setattr(session_of(context), name, value)

    return callback


def write_examples(examples: Sequence[str], formatter: click.HelpFormatter) -> None:
    """Begin a help page with its examples, set as they are to be typed."""
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"{'':{formatter.current_indent}}{example}\n")
    formatter.write_paragraph()


class Command(click.Command):
    """A command with examples and the shared options.

    Args:
        examples: lines as a person types them, the most usual first.
    """

    def __init__(self, *args: Any, examples: Sequence[str], **kwargs: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **kwargs)
        self.examples = examples
        self.params += shared_options()

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then what click writes."""
        write_examples(self.examples, formatter)
        super().format_help(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - what the command returns
        """Run the command, with logging as its options ask for."""
        session_of(ctx).start_logging()
        return super().invoke(ctx)


class Group(click.Group):
    """A command that only holds others, with examples and the shared options.

    Args:
        examples: lines as a person types them, the most usual first.
    """

    def __init__(self, *args: Any, examples: Sequence[str], **kwargs: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **kwargs)
        self.examples = examples
        self.params += shared_options()

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then what click writes."""
        write_examples(self.examples, formatter)
        super().format_help(ctx, formatter)


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called, not before.

    Args:
        commands_of: name and one-line summary of each command; its module has the same name.
        examples: lines for the head of the help page.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - click's own
        summaries: Mapping[str, str],
        examples: Sequence[str],
        **kwargs: Any,  # noqa: ANN401 - click's own
    ) -> None:
        super().__init__(*args, **kwargs)
        self.summaries = summaries
        self.examples = examples
        self.params += shared_options()

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the names, in the order of a person's first day."""
        return list(self.summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import and give one command."""
        if cmd_name not in self.summaries:
            return None
        command: click.Command = import_module(f"crawler.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a misspelt one is answered with the nearest that exists."""
        if args and not args[0].startswith("-") and args[0] not in self.summaries:
            near = get_close_matches(args[0], self.summaries, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then what click writes."""
        write_examples(self.examples, formatter)
        super().format_help(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands from their summaries: importing each takes too long for a help page."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.summaries.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Complete names without importing the commands."""
        names = [
            click.shell_completion.CompletionItem(name, help=summary)
            for name, summary in self.summaries.items()
            if name.startswith(incomplete)
        ]
        return names + click.Command.shell_complete(self, ctx, incomplete)


def json_option(function: Function) -> Function:
    """Add `--json` to a command that prints a table."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")(
        function
    )
