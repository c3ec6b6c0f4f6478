"""Names that credit no text: agencies named in passing, and those that made a picture.

They are on record so that a reader sees what was seen and not counted: "told Reuters" in the story
of another agency is no contradiction.
"""

from collections.abc import Iterable, Iterator

from crawler.extraction.agencies import agencies_in, lines_with_names
from crawler.extraction.weighing import Kind
from crawler.items import Evidence

# So many words around the name tell a reader how it stands there.
CONTEXT_CHARS = 40
# One piece for each agency, and no more agencies than a story plausibly names.
MAX_MENTIONS = 5
MAX_PHOTOS = 5


def find_mentions(texts: Iterable[str], credited: Iterable[str]) -> Iterator[Evidence]:
    """Yield the first mention of each agency in the story's lines, credits left out.

    Args:
        texts: the lines.
        credited: the quotes of the credits that were found.
    """
    quotes = [quote for quote in credited if quote]
    seen: set[str] = set()
    for text in lines_with_names(texts):
        taken = max((len(q) for q in quotes if text.startswith(q)), default=0)
        if any(text.endswith(quote) for quote in quotes):
            continue
        for start, end, name in agencies_in(text):
            if start < taken or name in seen:
                continue
            if len(seen) >= MAX_MENTIONS:
                return
            seen.add(name)
            yield Kind.MENTION.says("mention", name, _around(text, start, end))


def find_photos(captions: Iterable[str]) -> Iterator[Evidence]:
    """Yield the agencies that captions credit with their pictures."""
    seen: set[str] = set()
    for caption in captions:
        for start, end, name in agencies_in(caption):
            if name not in seen and len(seen) < MAX_PHOTOS:
                seen.add(name)
                yield Kind.PHOTO.says("photo", name, _around(caption, start, end))


def _around(text: str, start: int, end: int) -> str:
    """Give the words around a place, none of them cut."""
    left = text.rfind(" ", 0, max(0, start - CONTEXT_CHARS)) + 1 if start > CONTEXT_CHARS else 0
    right = text.find(" ", end + CONTEXT_CHARS)
    return text[left : len(text) if right < 0 else right]
