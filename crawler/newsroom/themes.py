"""Page templates: one file a theme, cut into named parts that are filled by hand.

A theme is one HTML file in `themes/` with lines `<!-- part: NAME -->`; each part is a
`string.Template`. A value is escaped unless it already is `Html`, so that a headline with an
ampersand or a tag in it stays words.
"""

import html
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

_PART = re.compile(r"^<!-- part: (\w+) -->\n", re.MULTILINE)


class Html(str):
    """Markup that must not be escaped again."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """The parts of one theme by name."""

    parts: dict[str, Template]

    def has(self, part: str) -> bool:
        """Tell whether the theme has this part at all."""
        return part in self.parts

    def fill(self, part: str, values: dict[str, str] | None = None, /, **more: str) -> Html:
        """Fill a part; one that the theme does not have is empty.

        Raises:
            KeyError: the part names a value that was not given.
        """
        if part not in self.parts:
            return Html()
        given = {**(values or {}), **more}
        safe = {
            name: value if isinstance(value, Html) else html.escape(value)
            for name, value in given.items()
        }
        return Html(self.parts[part].substitute(safe))


@cache
def theme(name: str) -> Theme:
    """Load a theme by the name of its file."""
    source = files("crawler.newsroom").joinpath("themes", f"{name}.html")
    pieces = _PART.split(source.read_text(encoding="utf-8"))
    return Theme(
        {
            label: Template(text.strip("\n"))
            for label, text in zip(pieces[1::2], pieces[2::2], strict=True)
        }
    )
