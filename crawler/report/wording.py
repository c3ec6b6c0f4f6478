"""The words of the report: relations, shares and counts as a reader says them."""

import re
from urllib.parse import urlsplit

from crawler.items import Form, FormKind, Relation

RELATION_WORDS = {
    Relation.IDENTICAL: "same words",
    Relation.EDITED: "edited",
    Relation.ABRIDGED: "cut",
    Relation.EXPANDED: "longer",
    Relation.PARTIAL: "shares a passage",
    Relation.QUOTE_ONLY: "shares quotes only",
    Relation.NONE: "unrelated",
}
RELATION_MEANING = {
    Relation.IDENTICAL: "has the same words as the reference copy",
    Relation.EDITED: "most of each stands in the other",
    Relation.ABRIDGED: "most of it stands in the reference copy, which is longer",
    Relation.EXPANDED: "most of the reference copy stands in it, and it is longer",
    Relation.PARTIAL: "a passage of one stands in the other; they are different articles",
    Relation.QUOTE_ONLY: "they share only what people said in quotation marks",
    Relation.NONE: "nothing that counts is shared",
}
# How far a copy is from the reference, nearest first; cut and longer count the same.
DISTANCE = {
    Relation.IDENTICAL: 0,
    Relation.EDITED: 1,
    Relation.ABRIDGED: 2,
    Relation.EXPANDED: 2,
    Relation.PARTIAL: 3,
    Relation.QUOTE_ONLY: 4,
    Relation.NONE: 5,
}

FATE_WORDS = {
    "kept": "kept",
    "edited": "edited",
    "moved": "moved",
    "cut": "cut",
    "added": "added",
    "absent": "not there",
}

FORM_WORDS = {
    FormKind.SPELLING: "other address",
    FormKind.MOBILE: "mobile page",
    FormKind.AMP: "AMP page",
    FormKind.PRINT: "print page",
    FormKind.WHOLE: "all on one page",
    FormKind.PART: "page",
}

# The reader of a relation the other way round, from the second article to the first.
REVERSED = {Relation.ABRIDGED: Relation.EXPANDED, Relation.EXPANDED: Relation.ABRIDGED}

# Control characters, half surrogates, and the characters that turn the direction of whatever
# follows them: none of them is text, and each can make a line say what it does not.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]"
)
# Words of the text that stand for a missing headline.
_OPENING_WORDS = 12


def shown(text: str) -> str:
    """Take out what a browser or a terminal would act on instead of showing it.

    Tabs and newlines stay.
    """
    return _UNSHOWN.sub("", text)


def percent(share: float) -> str:
    """Say a share in whole percent; `100 %` and `0 %` only where they are exact."""
    if share >= 1:
        return "100 %"
    if 0 < share < 0.01:  # noqa: PLR2004 - one percent
        return "< 1 %"
    return f"{int(share * 100)} %"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Say a number with its noun: `1 copy`, `2 copies`, `1,200 pages`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(words: list[str]) -> str:
    """Join words as a sentence does: `a`, `a and b`, `a, b and c`."""
    if len(words) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def form_words(form: Form) -> str:
    """Name another address of an article: `AMP page`, `page 2`."""
    word = FORM_WORDS[FormKind(form.kind)] if form.kind in FORM_WORDS else form.kind
    return f"{word} {form.number}" if form.number is not None else word


def headline_of(title: str, text: str) -> str:
    """Give a line to call an article by: its title, else its opening words."""
    title = " ".join(title.split())
    if title:
        return title
    words = text.split(maxsplit=_OPENING_WORDS)
    opening = " ".join(words[:_OPENING_WORDS])
    return f"{opening} …" if len(words) > _OPENING_WORDS else opening or "(no words)"


def link_of(url: str | None) -> str:
    """Give the address if a browser may be sent there, else nothing.

    Only http and https: addresses come from strangers' pages, and `javascript:` is one too.
    """
    if not url or url != shown(url) or any(character.isspace() for character in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""
