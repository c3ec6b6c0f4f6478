"""The page `docs/settings.md`, made from the settings themselves.

`python -m crawler.config.handbook > docs/settings.md` writes it; a test compares.
"""

import sys
from collections.abc import Iterator
from itertools import groupby

from crawler.config.described import Setting, settings
from crawler.config.template import EXAMPLES, TABLE_NOTES

HEAD = """\
# Settings

wiretrace reads its settings once, at the start of a command. Later places win:

1. the defaults below,
2. the watchlist: the file named by `--config`, else by the variable `WIRETRACE_CONFIG`, else
   `wiretrace.toml` in the working directory,
3. environment variables: `WIRETRACE_OUTPUT`, and `WIRETRACE_<TABLE>_<KEY>` for the tables in single
   brackets, such as `WIRETRACE_CRAWL_DELAY_S`,
4. flags, such as `--output-dir`.

`wiretrace init` writes a watchlist that shows every setting with its default. The file is
[TOML](https://toml.io/). Relative paths in it start from its own folder; those in variables and
flags start from the working directory. A table, key or variable that nobody knows is refused, with
the nearest name that exists: a limit that is silently ignored is worse than a stop. Numbers carry
their unit in the name (`delay_s` is seconds, `max_bytes` bytes) and are never negative.

A value that is off is refused before anything is fetched; [messages](messages.md#config-invalid)
explains how that reads.
"""
SOURCE_EXAMPLE = """\
```toml
[[source]]
name = "harbour news"
feed = "https://www.example.com/news/rss.xml"
max_leads = 100

[[source]]
section = "https://www.example.org/world/"
delay_s = 5.0
```
"""
STORY_EXAMPLE = """\
```toml
[[story]]
name = "bridge reopened"
words = ["bridge", "ferry", "Northport"]
since = 2026-03-01
```
"""
NETWORK_EXAMPLE = """\
```toml
[[network]]
name = "Gale Media Group"
sites = ["harbour-courier.example", "valley-tribune.example"]
```
"""
TABLE_EXAMPLES = {"source": SOURCE_EXAMPLE, "story": STORY_EXAMPLE, "network": NETWORK_EXAMPLE}


def page() -> str:
    """Give the page's Markdown."""
    parts = [HEAD]
    for table, group in groupby(settings(), key=lambda setting: setting.table):
        parts.append("\n".join(_section(table, list(group))))
    return "\n".join(parts)


def _section(table: str, group: list[Setting]) -> Iterator[str]:
    listed = table in TABLE_EXAMPLES
    yield f"## `[[{table}]]`" if listed else f"## `[{table}]`" if table else "## At the top"
    yield ""
    if table in TABLE_NOTES:
        yield f"{TABLE_NOTES[table]}\n"
    if listed:
        yield TABLE_EXAMPLES[table]
    yield f"| key | {'example or default' if listed else 'default'} | what it does |"
    yield "|---|---|---|"
    for setting in group:
        shown = EXAMPLES.get((table, setting.key)) or setting.default
        yield f"| `{setting.key}` | `{shown}` | {_cell(setting.reason)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    sys.stdout.write(page())
