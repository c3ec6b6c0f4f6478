"""The deck between headline and story: the story's lines and the page's blocks in, the deck out.

What a desk sets between headline and first paragraph is part of the article, but it is wrapped as
nothing else is, so no rule that looks for the story's paragraphs finds it. Place alone does not
tell it from a caption or a teaser: it must also be what the page tells search engines and shares of
its story, or be named as a deck by the page's markup, or be a sentence right under the headline.
"""

import re
from collections.abc import Iterable, Sequence

from crawler.extraction.blocks import PROSE_LINKS, Block
from crawler.extraction.body import WIDE, Line, count_words
from crawler.extraction.cleaning import FULL_STOPS
from crawler.extraction.document import key_of
from crawler.extraction.ends import SENTENCE_END
from crawler.extraction.placed import ASIDE, ASIDE_LEVELS, Place, Placed, is_named
from crawler.extraction.repeating import repeats
from crawler.extraction.wording import condemn

# Between headline and story stand a deck, a byline, a time, a row of buttons and a picture.
ABOVE_BLOCKS = 20
# Descriptions are cut behind some 150 characters; what they share with fewer letters is a phrase.
LEAST_LETTERS = 30
# Shorter ones are kickers and labels, longer ones are paragraphs.
LEAST_WORDS = 5
MOST_WORDS = 120
# So many lines of the story may repeat it.
OPENING_LINES = 4
# Names that developers give to a deck, in the languages in which they name things.
NAMES = re.compile(
    r"(?<![a-z])(?:stand-?first|sub-?title|sub-?head(?:line|ing)?|deck|dek|chape?au|chapo|sapo"
    r"|entradilla|bajada|copete|sottotitolo|sommario|catenaccio|ingress|manchet|perex|vorspann"
    r"|strapline)(?![a-z])",
    re.IGNORECASE,
)
NAME_LEVELS = 2
# Names of a first paragraph, which other things have as well: only what is prose is a deck.
LEADS = re.compile(
    r"(?<![a-z])(?:lead|lede|excerpt|preamble|intro|epigraph)(?![a-z])", re.IGNORECASE
)
LEAD_LEVELS = 1


def find_deck(
    page: Iterable[Block],
    kept: Sequence[Placed],
    descriptions: Iterable[str],
    headlines: Iterable[str],
) -> list[Block]:
    """Give the deck's blocks; none where there is none, or the story's paragraphs repeat it.

    It may be among the lines that stand before the story's first paragraph, and have several
    paragraphs side by side.

    Args:
        page: the blocks of the page, or of what stands around the story.
        kept: the story's lines with their blocks.
        descriptions: what the page tells search engines and shares of its story.
        headlines: the title and the h1 texts of the page.
    """
    story = [item for item in kept if item.block is not None and item.turn >= 0]
    if not story or story[0].block is None:
        return []
    starts = next(item.block.order for item in kept if item.block is not None)
    around = range(starts - ABOVE_BLOCKS, story[0].block.order)
    titles = {key_of(headline) for headline in headlines}
    said = [key for text in descriptions if _is_telling(key := key_of(text))]
    opening = " ".join(item.line.text for item in story[:OPENING_LINES])
    under, head = _under_headline(page, around, titles)
    named = ((text, block) for text, block in under if _is_called_deck(block))
    told = ((text, block) for text, block in under if _is_said(key_of(text), said))
    next_to = ((t, block) for t, block in under if block.order == head + 1 and _is_sentence(block))
    for text, block in (*named, *told, *next_to):
        if not _is_other(text, block):
            known = key_of(text) in key_of(opening) or repeats(text, opening)
            return [] if known else [block, *_beside(block, under)]
    return []


def _beside(first: Block, under: list[tuple[str, Block]]) -> list[Block]:
    """Give the sentences behind the first that are wrapped alike in the same element."""
    found: list[Block] = []
    for text, block in under:
        follows = block.order == first.order + len(found) + 1 and text.endswith(SENTENCE_END)
        alike = block.wrapping == first.wrapping and not _is_other(text, block)
        if follows and alike and block.element.getparent() is first.element.getparent():
            found.append(block)
    return found


def _under_headline(
    page: Iterable[Block], around: range, titles: set[str]
) -> tuple[list[tuple[str, Block]], int]:
    """Give the texts between the story's first line and the headline above it, and its order."""
    found: list[tuple[str, Block]] = []
    head = around.stop
    for block in page:
        if block.order >= around.stop:
            break
        if block.order not in around:
            continue
        text = block.line
        if block.element.tag == "h1" or key_of(text) in titles:
            found.clear()
            head = block.order
        elif block.links < PROSE_LINKS and LEAST_WORDS <= _words(text) <= MOST_WORDS:
            found.append((text, block))
    return found, head


def _is_called_deck(block: Block) -> bool:
    named = is_named(block, NAMES, NAME_LEVELS)
    return named or (block.is_prose and is_named(block, LEADS, LEAD_LEVELS))


def _is_sentence(block: Block) -> bool:
    told = block.is_prose and block.line.endswith(FULL_STOPS) and block.element.tag != "li"
    return told and not is_named(block, ASIDE, ASIDE_LEVELS)


def _is_other(text: str, block: Block) -> bool:
    """Tell a caption, a byline or a prompt; they are described in the same words at times."""
    item = Placed(Line(text, "p"), Place.OUTSIDE, -1, block)
    return item.is_caption() or condemn(item, 0, ABOVE_BLOCKS, set()) is not None


def _is_said(key: str, said: list[str]) -> bool:
    return _is_telling(key) and any(key in other or other in key for other in said)


def _is_telling(key: str) -> bool:
    # Scripts that write no spaces say twice as much in a letter.
    return len(key) + len(WIDE.findall(key)) >= LEAST_LETTERS


def _words(text: str) -> int:
    return count_words([Line(text, "p")])
