"""Take away what stands in the body and is not the story: lines in, kept and removed out."""

from crawler.extraction.body import Line
from crawler.items import Removed


def clean(lines: list[Line], title: str) -> tuple[list[Line], list[Removed]]:
    """Give the story's lines and, with its reason, each line that was cut out."""
    kept: list[Line] = []
    removed: list[Removed] = []
    wanted = _key(title)
    for line in lines:
        if len(kept) < 2 and wanted and _key(line.text) == wanted:  # noqa: PLR2004 - a headline stands first, or after a kicker
            removed.append(Removed(text=line.text, reason="headline-repeated"))
        else:
            kept.append(line)
    return kept, removed


def _key(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
