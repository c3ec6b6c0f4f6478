"""`wiretrace timers`: units for systemd, or a line for cron."""

import getpass
import os
import sys
from pathlib import Path

import click

from crawler.cli.command import Command
from crawler.cli.session import Session, session_of
from crawler.errors import FileFailed
from crawler.schedule import cron_line, systemd_units


@click.command(
    cls=Command,
    examples=(
        "wiretrace timers --systemd",
        "sudo wiretrace timers --systemd --to /etc/systemd/system --account wires",
        "wiretrace timers --systemd --user --to ~/.config/systemd/user",
        "(crontab -l; wiretrace timers --cron) | crontab -",
    ),
)
@click.option("--systemd", "form", flag_value="systemd", help="Print a service and its timer.")
@click.option("--cron", "form", flag_value="cron", help="Print a line of a crontab.")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the units into this folder instead of printing them.",
)
@click.option("--user", "for_user", is_flag=True, help="Units for `systemctl --user`.")
@click.option("--account", help="Account that runs a system unit.  [default: the present one]")
@click.pass_context
def command(
    context: click.Context,
    *,
    form: str | None,
    folder: Path | None,
    for_user: bool,
    account: str | None,
) -> None:
    """Print what makes systemd or cron call `wiretrace run` every `schedule.every_s` seconds.

    Paths are written in full: the watchlist's, and that of this installation. Nothing is installed.
    """
    if form is None:
        raise click.UsageError("Say which: --systemd or --cron.")
    session = session_of(context)
    config = session.config(required=True)
    home = Path.cwd() if config.file is None else config.file.resolve().parent
    every_s = config.schedule.every_s
    if form == "cron":
        click.echo(cron_line(_command(session), folder=home, every_s=every_s), nl=False)
        return
    user = None if for_user else account or _account()
    units = systemd_units(_command(session), folder=home, every_s=every_s, user=user)
    for name, text in units.items():
        if folder is None:
            click.echo(f"# {name}\n{text}")
        else:
            _write(folder / name, text)
            click.echo(folder / name)
    if folder is not None:
        reach = "systemctl --user" if for_user else "systemctl"
        session.remark(f"Then: {reach} daemon-reload && {reach} enable --now wiretrace.timer")


def _command(session: Session) -> list[str]:
    """Give the command line of a run, as it works from anywhere."""
    script = Path(sys.executable).with_name("wiretrace")
    program = [str(script)] if script.exists() else [sys.executable, "-m", "crawler"]
    config = session.config(required=True)
    assert config.file is not None  # required
    words = [*program, "--config", str(config.file.resolve())]
    if session.output_dir is not None:
        words += ["--output-dir", str(session.output_dir.resolve())]
    return [*words, "run", "--quiet"]


def _account() -> str | None:
    return None if os.geteuid() == 0 else getpass.getuser()


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FileFailed(f"{path} cannot be written: {error.strerror}.") from error
