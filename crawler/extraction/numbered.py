"""Read an address as that of a numbered page, in the ways that publishing systems write it."""

import re
from urllib.parse import parse_qsl, urlencode

from crawler.urls import spelling_of

# More is an article's number or a year, and no page's.
MOST_NUMBER = 99
# What a page is called in addresses and on pagers.
NAMES = (
    "page|seite|pagina|página|pag|part|teil|partie|parte|sida|side|strana|strona|sayfa|sivu|oldal"
    "|halaman|страница|стр"
)
# Parameters that number pages; `p` and `s` stand for other things as well, but not with the
# article's own address and a pager that leads there.
_KEYS = frozenset(
    (
        *("page", "paged", "pagenum", "pageno", "pagenumber", "page_number", "pg", "seite", "p"),
        *("pagina", "pag", "part", "teil", "sida", "side", "strana", "strona", "showpage"),
    )
)
_PATHS = (
    re.compile(rf"^(?P<stem>.+)/(?:{NAMES}|p|s)[-_/]?(?P<n>\d{{1,2}})(?P<end>)$", re.IGNORECASE),
    # Not behind a year or a month: that is a day.
    re.compile(r"^(?P<stem>.+(?<!/\d{4})(?<!/\d{2})(?<!/\d))/(?P<n>\d{1,2})(?P<end>\.\w{2,5})?$"),
    re.compile(
        rf"^(?P<stem>.+?)[-_,.](?:(?:{NAMES}|p|s)[-_]?)?(?P<n>\d{{1,2}})(?P<end>\.\w{{2,5}})?$",
        re.IGNORECASE,
    ),
)


def numbers_of(url: str) -> list[tuple[str, int]]:
    """Give the ways to read an address as that of a numbered page: (first page's key, number)."""
    key = spelling_of(url)[0]
    place, _, query = key.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    found = []
    for name, value in pairs:
        if name.lower() in _KEYS and value.isdecimal() and int(value) <= MOST_NUMBER:
            rest = urlencode([pair for pair in pairs if pair != (name, value)])
            found.append((f"{place}?{rest}" if rest else place, int(value)))
    host, slash, path = place.partition("/")
    for pattern in _PATHS:
        if match := pattern.match(slash + path):
            stem = f"{host}{match['stem']}{match['end'] or ''}"
            found.append((f"{stem}?{query}" if query else stem, int(match["n"])))
            if match["end"] and match["stem"].count("/") > 0:
                # `/ferry/2.html` may be the second page of `/ferry` as well.
                bare = f"{host}{match['stem']}"
                found.append((f"{bare}?{query}" if query else bare, int(match["n"])))
    return [(stem, number) for stem, number in dict.fromkeys(found) if "/" in stem]
