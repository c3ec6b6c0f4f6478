"""Compare and join the texts of one article's pages: texts in, one text or a yes or no out."""

from collections.abc import Sequence

from crawler.extraction.document import key_of

# Letters in a row by which two texts are compared: four words, whatever the language's spaces.
GRAM = 24
# Lines at a page's beginning or end that may be the article's frame: headline, deck and byline
# above, a note on the author and a request to share below.
FRAME_LINES = 4
# A page of which this share stands in another says nothing of its own: its address has a number
# that the site passes over, or the other has the whole article.
ALL = 0.9
# A text so much longer than one page of an article may be all of it.
LONGER = 1.2
# Share of words by which the headline of a further page is that of the first: sites add "page 2"
# or the part's own title to it.
TITLE_SHARE = 0.6


def shared(one: str, two: str) -> float:
    """Give the share of the shorter text that stands in the longer, 0 to 1."""
    grams, others = sorted((_grams(one), _grams(two)), key=len)
    return len(grams & others) / len(grams) if grams else 0.0


def held(one: str, two: str) -> float:
    """Give the share of the first text that stands in the second, 0 to 1."""
    grams = _grams(one)
    return len(grams & _grams(two)) / len(grams) if grams else 0.0


def _grams(text: str) -> set[str]:
    key = key_of(text)
    return {key[at : at + GRAM] for at in range(max(1, len(key) - GRAM + 1))} if key else set()


def one_title(one: str, two: str) -> bool:
    """Tell whether the headlines of two pages are one, but for what a page adds to it."""
    first, second = key_of(one), key_of(two)
    if not first or not second or first in second or second in first:
        return True
    words, others = set(one.casefold().split()), set(two.casefold().split())
    return len(words & others) >= TITLE_SHARE * min(len(words), len(others))


def join(texts: Sequence[str]) -> str:
    """Join the texts of an article's pages, in order; what frames each page stands there once.

    A line that another page has as well, near the beginning or end of both, is the frame: the
    first page keeps it above, the last one below. Within the text nothing is taken out.
    """
    pages = [text.split("\n") for text in texts]
    heads = [{key_of(line) for line in lines[:FRAME_LINES]} for lines in pages]
    tails = [{key_of(line) for line in lines[-FRAME_LINES:]} for lines in pages]
    joined: list[str] = []
    for at, lines in enumerate(pages):
        above = set().union(*heads[:at])
        below = set().union(*tails[at + 1 :])
        start, end = 0, len(lines)
        while start < end and start < FRAME_LINES and key_of(lines[start]) in above:
            start += 1
        while start < end and len(lines) - end < FRAME_LINES and key_of(lines[end - 1]) in below:
            end -= 1
        joined += lines[start:end]
    return "\n".join(joined)
