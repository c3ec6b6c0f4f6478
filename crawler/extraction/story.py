"""The story of a page: a Document in, its lines and what was cut out of them out.

The quickest way that is good enough is taken. trafilatura's own rules alone are cleaner and take
two thirds of the time; where they miss, the page shows a larger group of paragraphs than they
gave, and the next effort is made.
"""

from dataclasses import dataclass

from crawler.extraction.about import about, lines_about
from crawler.extraction.authors import BY
from crawler.extraction.blocks import Block, read_blocks
from crawler.extraction.body import (
    Effort,
    Line,
    count_words,
    find_lines,
    known_body,
    lines_of_known_body,
)
from crawler.extraction.cleaning import clean
from crawler.extraction.document import Document, text_of, tidy
from crawler.extraction.prune import captions, prune
from crawler.extraction.structure import Place, Placed, largest_group, place_lines
from crawler.items import Removed

# A body that holds less than this share of the largest group of paragraphs is not the story.
ENOUGH_SHARE = 0.35
# Below so many words a body is tried again: the layout may have hidden the rest of it. A tenth of
# all stories are so short, so the second try costs little.
ENOUGH_WORDS = 60


# A group of fewer words that holds the page's subject is its deck or a teaser of it.
BRIEF_WORDS = 25
# Between headline and story stand a deck, a byline, a time and a row of buttons.
ABOVE_BLOCKS = 20
BYLINE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Story:
    """The story as far as it was found."""

    texts: list[str]
    """Its lines in order."""
    words: int
    """How many words they hold."""
    firm: int
    """Characters of the paragraphs whose place speaks for them."""
    removed: tuple[Removed, ...]
    """What stood among them and is not the story."""
    signed: list[str]
    """Bylines that stand between the headline and the first paragraph."""
    page: list[Block]
    """The blocks of the whole page."""


def find_story(document: Document, title: str, authors: list[str]) -> Story:
    """Give the story's lines; few or none where the page holds no story."""
    page, cut = read_blocks(document.tree), captions(document.tree)
    tree = prune(document.tree, page)
    headlines = [title, *(text_of(h1) for h1 in document.headings)]
    known = known_body(document)
    subject = about(document, title)

    def judge(lines: list[Line]) -> Story:
        placed = place_lines(page, lines, known, subject.share)
        kept, removed = clean(placed, headlines, authors)
        words = count_words([item.line for item in kept])
        firm = sum(len(item.line.text) for item in kept if item.place is Place.MAIN)
        texts = [item.line.text for item in kept]
        return Story(texts, words, firm, (*cut, *removed), _bylines(page, kept), page)

    def fits(story: Story) -> bool:
        return subject.fits("\n".join(story.texts))

    story = judge(find_lines(tree, Effort.FAST))
    for effort in (Effort.FULL, Effort.RECALL):
        if _is_enough(story, page) and fits(story):
            return story
        other = judge(find_lines(tree, effort))
        story = max(story, other, key=lambda found: (fits(found), found.firm, found.words))
    if not fits(story):
        other = judge(lines_about(page, subject))
        story = other if other.words >= BRIEF_WORDS and fits(other) else story
    if story.words == 0:
        story = judge(lines_of_known_body(document))
    return story


def _bylines(page: list[Block], kept: list[Placed]) -> list[str]:
    first = next((item.block.order for item in kept if item.block is not None), 0)
    heads = [block.order for block in page if block.element.tag == "h1" and block.order < first]
    start = heads[-1] if heads else max(0, first - ABOVE_BLOCKS)
    texts = (tidy(block.text) for block in page[max(start, first - ABOVE_BLOCKS) : first])
    return [text for text in texts if text.count(" ") < BYLINE_WORDS and BY.match(text)]


def _is_enough(story: Story, page: list[Block]) -> bool:
    if story.words < ENOUGH_WORDS:
        return False
    # No group is larger than all of them: most pages need not be grouped.
    prose = sum(len(block.text) for block in page if block.is_prose)
    return story.firm >= ENOUGH_SHARE * prose or story.firm >= ENOUGH_SHARE * largest_group(page)
