"""Units for systemd and a line for cron: for those who have a scheduler of their own.

A command, a folder and an interval arrive; text leaves. Both call `wiretrace run`, which decides
itself which sources are due.
"""

import shlex
from collections.abc import Sequence
from pathlib import Path

MINUTE_S, HOUR_S = 60, 3_600
# Intervals that a calendar knows: those that divide an hour, and those that divide a day.
MINUTES = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30)
HOURS = (1, 2, 3, 4, 6, 8, 12, 24)
# Machines of one network should not all begin at the full hour; a tenth of the interval, at most
# five minutes, is late enough for that and early enough for the sources.
DELAY_SHARE = 0.1
MAX_DELAY_S = 300
# Codes that need nobody: some sources failed (the report says which); another run is at work; it
# was stopped, and ended in order.
FINE_CODES = (3, 4, 130)

SERVICE = """\
[Unit]
Description=Find copies of news stories
Documentation=man:systemd.service(5)
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
{user}WorkingDirectory={folder}
ExecStart={command}
# Partly done, another run at work, and a stop are no failures of the unit.
SuccessExitStatus={codes}
# A first run may take hours; stopped here it ends in order, and the next one goes on where it was.
TimeoutStartSec=6h
KillSignal=SIGINT
KillMode=mixed
TimeoutStopSec=60
Nice=10
"""
TIMER = """\
[Unit]
Description=Find copies of news stories {words}

[Timer]
OnCalendar={calendar}
RandomizedDelaySec={delay_s}
# Catches up once on what was missed while the machine was off.
Persistent=true

[Install]
WantedBy=timers.target
"""


def systemd_units(
    command: Sequence[str], *, folder: Path, every_s: float, user: str | None
) -> dict[str, str]:
    """Give the text of `wiretrace.service` and `wiretrace.timer`.

    Args:
        command: program and arguments, the program with its whole path.
        folder: working directory, absolute.
        every_s: seconds between two runs; the nearest shorter interval that a calendar can say.
        user: account that runs it; None leaves it to the service manager (user units, root).
    """
    minutes = calendar_minutes(every_s)
    return {
        "wiretrace.service": SERVICE.format(
            user=f"User={user}\n" if user else "",
            folder=_escaped(str(folder)),
            command=" ".join(_quoted(word) for word in command),
            codes=" ".join(str(code) for code in FINE_CODES),
        ),
        "wiretrace.timer": TIMER.format(
            words=words(minutes),
            calendar=_calendar(minutes),
            delay_s=int(min(DELAY_SHARE * minutes * MINUTE_S, MAX_DELAY_S)),
        ),
    }


def cron_line(command: Sequence[str], *, folder: Path, every_s: float) -> str:
    """Give a crontab line that is silent unless a person is needed.

    cron mails what a job prints, and nothing about its exit code: errors are printed by the run.
    """
    minutes = calendar_minutes(every_s)
    hours = minutes // MINUTE_S
    when = f"*/{minutes} * * * *" if hours == 0 else f"0 */{hours} * * *"
    if hours == HOURS[-1]:
        when = "0 0 * * *"
    line = f"cd {shlex.quote(str(folder))} && {shlex.join(command)}"
    # To cron a bare % ends the command.
    return f"{when} {line.replace('%', chr(92) + '%')}\n"


def calendar_minutes(every_s: float) -> int:
    """Give the longest interval of a calendar, in minutes, that is not above `every_s`."""
    known = [*MINUTES, *(MINUTE_S * hours for hours in HOURS)]
    return max((each for each in known if each * MINUTE_S <= every_s), default=known[0])


def words(minutes: int) -> str:
    """Say an interval: `every 15 minutes`, `every hour`."""
    number, unit = (minutes, "minute") if minutes < MINUTE_S else (minutes // MINUTE_S, "hour")
    return f"every {unit}" if number == 1 else f"every {number} {unit}s"


def _calendar(minutes: int) -> str:
    """Write systemd's calendar event (systemd.time(7))."""
    if minutes < MINUTE_S:
        return f"*:0/{minutes}"
    hours = minutes // MINUTE_S
    return "*-*-* 00:00:00" if hours == HOURS[-1] else f"0/{hours}:00"


def _escaped(text: str) -> str:
    """Keep systemd from reading a specifier into a path."""
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """Quote a word of a command line for systemd (systemd.service(5))."""
    escaped = _escaped(word).replace("$", "$$").replace("\\", "\\\\").replace('"', '\\"')
    plain = bool(escaped) and not any(sign in escaped for sign in " \t'\"\\;")
    return escaped if plain else f'"{escaped}"'
