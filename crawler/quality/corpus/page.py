"""A printed story and a site -> the text that a crawler would bring home from that site."""

import re
from collections.abc import Sequence
from random import Random

from crawler.quality.corpus.sites import Site
from crawler.quality.corpus.stories import Story

_GERMAN = str.maketrans({"“": "„", "”": "“"})
_FRENCH = str.maketrans({"“": "«", "”": "»"})
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "’": "'"})
_LONG_WORD = re.compile(r"\b([a-z]{4})([a-z]{5,})\b")


def lay_out(
    story: Story,
    site: Site,
    rng: Random,
    *,
    before: str = "",
    after: str = "",
    related: Sequence[str] = (),
) -> str:
    """Set a story between the site's furniture, in the site's typography.

    Args:
        story: what the desk prints.
        site: where.
        rng: the source of chance.
        before: dateline, put before the first word.
        after: credit line, a paragraph of its own.
        related: headlines of other stories, for sites that print them.
    """
    parts = [story.language.joiner.join(part.sentences) for part in story.body]
    parts[0] = before + parts[0]
    if after:
        parts.append(after)
    return furnish(parts, site, rng, related)


def furnish(parts: Sequence[str], site: Site, rng: Random, related: Sequence[str] = ()) -> str:
    """Set paragraphs between the site's furniture; paragraphs are separated by a newline."""
    lines = list(parts)
    if len(lines) > 3:  # noqa: PLR2004 - a shorter story has no middle
        for line in site.middle:
            lines.insert(rng.randint(2, len(lines) - 1), line)
    set_in = [typeset(line, site.typography) for line in lines]
    return "\n".join((*site.top, *set_in, *related, *site.bottom))


def typeset(text: str, manner: int) -> str:
    """Set a text in one of five manners: as it is, straight, German, French, with soft hyphens."""
    if manner == 1:
        return text.translate(_STRAIGHT).replace(" — ", " - ")
    if manner == 2:  # noqa: PLR2004 - the third manner
        return text.translate(_GERMAN)
    if manner == 3:  # noqa: PLR2004 - the fourth manner
        return text.translate(_FRENCH).replace("ffi", "ﬃ").replace("fi", "ﬁ")
    if manner == 4:  # noqa: PLR2004 - the fifth manner
        return _LONG_WORD.sub("\\1\u00ad\\2", text).replace(" — ", "\u00a0– ")
    return text
