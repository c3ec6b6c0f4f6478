"""Tell the times inside sentences that other rooms wrote, as the report tells all times.

Reasons and gaps keep instants as ISO 8601, which programs read; a person reads the hour of one
zone, and the zone of the source beside it.
"""

import re
from collections.abc import Iterator

from crawler.report.moments import UNKNOWN, Moment, moment

# An instant only: a bare day or an hour without a zone reads as it is.
_INSTANT = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)(?!\w)")


def pieces(sentence: str) -> Iterator[str | Moment]:
    """Give a sentence piece by piece: its words, and the instants among them."""
    at = 0
    for found in _INSTANT.finditer(sentence):
        time = moment(found[0], "", claimed=False)
        if time is not UNKNOWN:
            yield sentence[at : found.start()]
            yield time
            at = found.end()
    yield sentence[at:]


def in_words(sentence: str) -> str:
    """Say a sentence with its instants as a person reads them."""
    return "".join(one if isinstance(one, str) else said(one) for one in pieces(sentence))


def said(time: Moment) -> str:
    """Say a time with its zone, as a sentence does."""
    if not time.zone or time.zone == "day only":
        return time.text
    return (
        f"{time.text} ({time.zone})" if time.zone.startswith("no") else f"{time.text} {time.zone}"
    )
