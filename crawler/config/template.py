"""The watchlist that `wiretrace init` writes: every setting with its default and its reason."""

import textwrap
from collections.abc import Iterator

from crawler.config.described import Setting, settings, toml_of
from crawler.config.model import Source
from crawler.config.reader import LISTS

HEAD = """\
# The watchlist of wiretrace: where stories come from, which are watched, how servers are treated.
# Every line that begins with "# key =" shows a default; take the "# " away to change it.
# Each setting but those of sources and stories can also be set by an environment variable,
# such as WIRETRACE_CRAWL_DELAY_S. Relative paths start from the folder of this file.
"""
TABLE_NOTES = {
    "source": "Where stories come from: one table for each feed, sitemap, front, list or archive.\n"
    "A source has exactly one of feed, sitemap, section, urls and archive.",
    "story": "Stories that are watched. Without any, everything the sources publish is compared.\n"
    "A story has a name and exactly one of text, url and words.",
    "network": "Sites of one owner or chain, which count once. What sites say of themselves is\n"
    "found without this; a table here decides for the sites that it names.",
    "crawl": "How servers are treated, and how much is taken from them.",
    "extraction": "What taking the story out of one page may cost.",
    "fingerprint": "How texts are compared; a change makes all signatures anew.",
    "clustering": "When texts are copies of each other.",
    "schedule": "When runs happen, and how often each source is read.",
    "notify": "Who is told of new clusters and new copies.",
}
"""What each table is for."""
EXAMPLES = {
    ("source", "name"): '"harbour news"',
    ("source", "feed"): '"https://www.example.com/news/rss.xml"',
    ("source", "sitemap"): '"https://www.example.com/news-sitemap.xml"',
    ("source", "section"): '"https://www.example.com/world/"',
    ("source", "urls"): '"addresses.txt"',
    ("source", "archive"): '"pages.warc.gz"',
    ("source", "delay_s"): "5.0",
    ("source", "min_interval_s"): "3_600.0",
    ("source", "max_interval_s"): "86_400.0",
    ("notify", "webhook"): '"https://hooks.example.org/wires"',
    ("notify", "webhook_secret_env"): '"WIRES_SECRET"',
    ("story", "name"): '"bridge reopened"',
    ("story", "text"): '"bridge.txt"',
    ("story", "url"): '"https://www.example.com/2026/bridge-reopened"',
    ("story", "words"): '["bridge", "ferry", "Northport"]',
    ("network", "name"): '"Gale Media Group"',
    ("network", "sites"): '["harbour-courier.example", "valley-tribune.example"]',
    ("story", "since"): '"2026-03-01"',
    ("story", "until"): '"2026-03-31T23:59:59+01:00"',
}
"""Values shown for keys without a default of their own."""


def template(contact: str | None = None) -> str:
    """Give the text of a fresh watchlist.

    Args:
        contact: URL or mail address to set in `[crawl] contact`; None leaves the default.
    """
    lines = [HEAD]
    table = ""
    for setting in settings():
        if setting.table != table:
            table = setting.table
            lines += ["", *_commented(TABLE_NOTES.get(table, "")), _heading(table), ""]
        lines += _commented(f"{setting.reason}")
        lines += [_line(setting, contact), ""]
    return "\n".join(lines).rstrip() + "\n"


def source_table(source: Source) -> str:
    """Give the table of one source, to be put at the end of a watchlist."""
    return (
        f"\n[[source]]\nname = {toml_of(source.name)}\n{source.kind} = {toml_of(source.location)}\n"
    )


def _heading(table: str) -> str:
    return f"# [[{table}]]" if table in LISTS else f"[{table}]"


def _line(setting: Setting, contact: str | None) -> str:
    if contact and (setting.table, setting.key) == ("crawl", "contact"):
        return f"{setting.key} = {toml_of(contact)}"
    shown = EXAMPLES.get((setting.table, setting.key)) or setting.default
    return f"# {setting.key} = {shown}"


def _commented(text: str) -> Iterator[str]:
    for paragraph in text.splitlines():
        # Two signs before prose, so that taking one "# " away never makes prose of settings.
        yield from textwrap.wrap(paragraph, 96, initial_indent="## ", subsequent_indent="## ")
