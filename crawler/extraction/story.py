"""The story of a page: a Document in, its lines and what was cut out of them out.

The quickest way that is good enough is taken. trafilatura's own rules alone are cleaner and take
two thirds of the time; where they miss, the page shows a larger group of paragraphs than they
gave, and the next effort is made. Where a section's template is known, trafilatura is not asked.
"""

from dataclasses import dataclass, replace
from typing import Self

from crawler.extraction.about import About, about, lines_about
from crawler.extraction.authors import BY, find_authors
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
from crawler.extraction.deck import find_deck
from crawler.extraction.document import Document, text_of
from crawler.extraction.hidden import opened
from crawler.extraction.joining import ALL, LONGER, held
from crawler.extraction.placed import Place, Placed
from crawler.extraction.prune import captions, prune
from crawler.extraction.state import lines_of_state
from crawler.extraction.structure import Story as Ground
from crawler.extraction.structure import largest_group, place_lines
from crawler.extraction.templates import describe, read_by
from crawler.extraction.titles import find_titles
from crawler.items import Removed, Template

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
    """The blocks of the whole page, or of what stands around the story."""
    kept: list[Placed]
    """The lines with their places."""
    ground: Ground | None
    """What its paragraphs have in common."""
    deck: str | None = None
    """What stands between its headline and its first line; not among the lines."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a page before its story is looked for, and asked of it again and again."""

    document: Document
    """The page."""
    title: str
    """Its headline; empty where it has none."""
    authors: list[str]
    """Who signed it."""
    headlines: list[str]
    """The headline, and how its headings, its data and its tags for shares have it."""
    subject: About
    """What it says it is about."""
    cut: list[Removed]
    """Its captions."""

    @classmethod
    def of(cls, document: Document) -> Self:
        """Read what a page says of its headline, its authors and its subject."""
        lead = document.page.lead
        found, said = find_titles(document)
        title = found or (lead.title if lead is not None else None) or ""
        return cls(
            document=document,
            title=title,
            authors=find_authors(document),
            headlines=[title, *map(text_of, document.headings), *said],
            subject=about(document, title),
            cut=captions(document),
        )

    def inside(self, inner: Document) -> Self:
        """Give the same of what the page holds in its `noscript` elements or frames."""
        headlines = [*self.headlines, *map(text_of, inner.headings)]
        return replace(self, document=inner, headlines=headlines, cut=captions(inner))

    def judge(self, placed: list[Placed], ground: Ground | None, page: list[Block]) -> Story:
        """Clean the lines and say what is left."""
        kept, removed = clean(placed, self.headlines, self.authors)
        return Story(
            texts=[item.line.text for item in kept],
            words=count_words([item.line for item in kept]),
            firm=sum(len(item.line.text) for item in kept if item.place is Place.MAIN),
            removed=(*self.cut, *removed),
            signed=_bylines(page, kept),
            page=page,
            kept=kept,
            ground=ground,
        )

    def fits(self, story: Story) -> bool:
        """Tell whether a story speaks of what the page says it is about."""
        return self.subject.fits("\n".join(story.texts))

    def with_deck(self, story: Story) -> Story:
        """Give the story with its deck."""
        said = self.document.descriptions
        deck = find_deck(story.page, story.kept, said, self.headlines)
        if not deck:
            return story
        lines = [block.line for block in deck]
        kept = [item for item in story.kept if item.turn >= 0 or item.line.text not in lines]
        # What stands above a deck is the kicker of the headline, or the headline.
        above = deck[0].order
        over = [item for item in kept if item.block is not None and item.block.order < above]
        kept = [item for item in kept if item not in over]
        removed = [piece for piece in story.removed if piece.text not in lines]
        removed += [Removed(text=item.line.text, reason="kicker") for item in over]
        texts = [item.line.text for item in kept]
        text = "\n".join(lines)
        return replace(story, deck=text, kept=kept, texts=texts, removed=tuple(removed))


def find_story(reading: Reading) -> Story:
    """Give the story's lines; few or none where the page holds no story."""
    return reading.with_deck(_best_story(reading))


def _best_story(reading: Reading) -> Story:
    document = reading.document
    page = read_blocks(document.tree)
    tree = prune(document, page)
    known = known_body(document)
    fits = reading.fits

    def judge(lines: list[Line]) -> Story:
        return reading.judge(*place_lines(page, lines, known, reading.subject.reaches), page)

    story = judge(find_lines(tree, Effort.FAST))
    for effort in (Effort.FULL, Effort.RECALL):
        if _is_enough(story, page) and fits(story):
            return story
        other = judge(find_lines(tree, effort))
        story = max(story, other, key=lambda found: (fits(found), found.firm, found.words))
    # A body none of whose lines is a block of the page is the whole page's text in one line.
    if not fits(story) or not story.firm:
        other = judge(lines_about(page, reading.subject))
        story = other if other.words >= BRIEF_WORDS and fits(other) else story
    if story.words < BRIEF_WORDS or not fits(story):
        # What a script would draw stands in the page's data.
        said = lines_of_known_body(document), lines_of_state(document, reading.subject.fits)
        others = [other for lines in said if fits(other := judge(lines))]
        story = max(story, *others, key=lambda found: found.words) if others else story
    if story.words < BRIEF_WORDS or not fits(story):
        story = _story_without_scripts(reading) or story
    return story


def _story_without_scripts(reading: Reading) -> Story | None:
    """Give the story that stands in `noscript` or a frame alone, if it is the page's.

    A request to switch scripts on, which may be long, does not speak of the page's headline.
    """
    inner = opened(reading.document) if reading.subject.headline else None
    if inner is None:
        return None
    story = _best_story(reading.inside(inner))
    return story if story.words >= BRIEF_WORDS and reading.fits(story) else None


def story_by(template: Template, reading: Reading) -> Story | None:
    """Give the story by a learned template, or None where the template does not fit the page."""
    found = read_by(template, reading.document)
    if found is None:
        return None
    placed, page = found
    story = reading.judge(placed, None, page)
    fits = story.words >= ENOUGH_WORDS and reading.fits(story)
    return reading.with_deck(story) if fits else None


def whole_in_data(reading: Reading, story: Story) -> Story | None:
    """Give the story of a paginated article as a whole, if the page's data hold all of it.

    They must hold what the page shows, and more; then no further page has to be fetched.
    """
    document = reading.document
    shown = "\n".join(story.texts)
    found = []
    for lines in (lines_of_known_body(document), lines_of_state(document, reading.subject.fits)):
        other = reading.judge(*place_lines([], lines), story.page)
        longer = other.words >= LONGER * story.words
        if longer and held(shown, "\n".join(other.texts)) >= ALL:
            found.append(replace(other, deck=story.deck, signed=story.signed))
    return max(found, key=lambda each: each.words, default=None)


def layout_of(reading: Reading, story: Story) -> Template | None:
    """Say how a page is laid out, if its story can be read by that alone.

    Both ways must give the same text, or a page would have another text once its section has a
    template.
    """
    layout = describe(reading.document, story.kept, story.ground)
    again = story_by(layout, reading) if layout is not None else None
    same = again is not None and (again.deck, again.texts) == (story.deck, story.texts)
    return layout if same else None


def _bylines(page: list[Block], kept: list[Placed]) -> list[str]:
    first = next((item.block.order for item in kept if item.block is not None), 0)
    heads = [block.order for block in page if block.element.tag == "h1" and block.order < first]
    start = heads[-1] if heads else max(0, first - ABOVE_BLOCKS)
    texts = (block.line for block in page[max(start, first - ABOVE_BLOCKS) : first])
    return [text for text in texts if text.count(" ") < BYLINE_WORDS and BY.match(text)]


def _is_enough(story: Story, page: list[Block]) -> bool:
    if story.words < ENOUGH_WORDS:
        return False
    # No group is larger than all of them: most pages need not be grouped.
    prose = sum(len(block.text) for block in page if block.is_prose)
    return story.firm >= ENOUGH_SHARE * prose or story.firm >= ENOUGH_SHARE * largest_group(page)
