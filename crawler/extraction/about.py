"""What a page says it is about: its headline and description, as evidence for its story.

On a page whose furniture outweighs a brief story, every rule of place and size prefers the
furniture. The words of the headline and of the description (written for search engines and for
shares) stand in the story nearly always, and hardly ever in what is the same on every page.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from crawler.extraction.blocks import PROSE_LINKS, Block, Wrapping
from crawler.extraction.body import Line
from crawler.extraction.document import Document
from crawler.extraction.jsonld import strings

DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
# Words of fewer letters are mostly grammar; longer ones are compared by their first six, which
# folds most inflections. Scripts that write no spaces give pairs of characters.
SPACELESS = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"
# Vowel signs of India's scripts are no letters to a regular expression; they belong to the word.
# At most 99 letters: the matcher keeps a note of each, and one word may be a page of 10 MB.
WORD = re.compile(rf"(?:[^\W\d_{SPACELESS}]|[\u0900-\u0dff]){{4,99}}|\d{{2,}}")
WIDE = re.compile(rf"(?=([{SPACELESS}]{{2}}))")
STEM = 6
# Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic: outlets differ in them.
MARKS = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]"
)
# A headline of fewer telling words says too little to convict a text: "What we know so far".
LEAST_WORDS = 4
# Share of those words in a text that may be the story: half of the least that the true stories of
# 116 pages from 40 countries hold of the headline's or of the description's.
LEAST_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class About:
    """The words that the story should hold."""

    headline: frozenset[str]
    """Stems of the headline."""
    description: frozenset[str]
    """Stems of the description and of what the lead said."""
    known: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    """Which of them each line holds that was asked for: the same lines are judged several times."""

    def share(self, text: str) -> float:
        """Give the share of the words that stand in a text; 1 where there are too few to judge.

        The better of the two counts: a headline may play with words, and a description may be in
        another language or speak of the site.
        """
        return max(self._shares(text), default=0.0)

    def fits(self, text: str) -> bool:
        """Tell whether a text may be the story, as far as these words know."""
        return self.reaches(text, LEAST_SHARE)

    def reaches(self, text: str, least: float) -> bool:
        """Tell whether at least this share of the words stands in a text.

        A story names its subject early, so most of it need not be looked at.
        """
        return any(share >= least for share in self._shares(text))

    def _shares(self, text: str) -> Iterator[float]:
        """Yield the share that was found after each line, which only grows."""
        judges = [w for w in (self.headline, self.description) if len(w) >= LEAST_WORDS]
        if not judges:
            yield 1.0
            return
        found: set[str] = set()
        for line in text.split("\n"):
            if line not in self.known:
                self.known[line] = stems(line) & (self.headline | self.description)
            found |= self.known[line]
            yield max(len(words & found) / len(words) for words in judges)


def stems(text: str) -> frozenset[str]:
    """Give the stems of a text's telling words; accents are left out."""
    if not text.isascii():
        text = MARKS.sub("", unicodedata.normalize("NFKD", text))
    words = {word.casefold()[:STEM] for word in WORD.findall(text)}
    return frozenset(words | set(WIDE.findall(text)))


def about(document: Document, title: str) -> About:
    """Read what the page says of its story."""
    lead = document.page.lead
    said = list(document.meta(*DESCRIPTIONS))
    said += [text for node in document.articles[:1] for text in strings(node.get("description"))]
    said += [hint for hint in (lead.title, lead.summary) if hint] if lead is not None else []
    return About(headline=stems(title), description=stems("\n".join(said)))


def lines_about(page: list[Block], subject: About) -> list[Line]:
    """Give the group of paragraphs that holds most of what the page is about; empty if none does.

    A group are the blocks that are wrapped alike, as a story's paragraphs are.
    """
    groups: dict[Wrapping, list[Block]] = {}
    for block in page:
        if block.is_prose and not block.is_heading and block.links < PROSE_LINKS:
            groups.setdefault(block.wrapping, []).append(block)
    texts = {
        wrapping: "\n".join(block.text for block in blocks) for wrapping, blocks in groups.items()
    }
    best = max(
        texts,
        key=lambda wrapping: (subject.share(texts[wrapping]), len(texts[wrapping])),
        default=None,
    )
    if best is None or not subject.fits(texts[best]):
        return []
    return [Line(block.line, "p") for block in groups[best]]
