"""Take out of articles what their site repeats in many: a comparison across stories.

Articles of one site in, those whose text changes out. What stands word for word at the beginning or
end of several different stories is the site's, whatever it says: a fixed closing paragraph, an
appeal, a note on the author. A paragraph of background that a desk uses again in two follow-up
stories is not: hence the number of stories, and the share.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crawler.extraction.document import key_of
from crawler.items import Article, Removed

REASON = "repeated-on-site"
ABOVE = "repeated-on-site-above"
# Fewest different stories that must hold a line, and the share of the site's stories: with three of
# a site's stories known all must hold it, with a hundred every fifth.
LEAST_STORIES = 3
LEAST_SHARE = 0.2
# Lines at either end among which it must stand, counted from what is already known to be the
# site's: two closing notes may follow each other.
END_LINES = 3
# Two texts with this share of the shorter one's letters in common lines are one story (its print
# form, an update, the same agency text twice).
SAME_STORY = 0.6
# A line in more texts than this tells no story from another, and comparing them all would take time
# with the square of the site.
MOST_FORMS = 50


def drop_repeats(articles: Iterable[Article]) -> Iterator[Article]:
    """Give the articles of one site whose text changes, with it.

    What was taken out before counts as if it still stood there, and comes back when the site's
    later stories do not repeat it: the result depends on the set of articles alone.
    """
    whole = [(article, _lines(article)) for article in sorted(articles, key=lambda a: a.id)]
    keys = [[key_of(line) for line in lines] for _, lines in whole]
    repeated = _repeated(keys)
    for (article, lines), own in zip(whole, keys, strict=True):
        first, last = _ends(own, repeated)
        texts = lines[first:last]
        if "\n".join(texts) != article.text:
            yield _with(article, texts, lines[:first], lines[last:])


def cut_as_known(article: Article, known: Article) -> Article:
    """Take from an article, read again, what was taken from its ends before.

    A page fetched anew would otherwise look changed until its site is compared again.
    """
    repeated = frozenset(key_of(p.text) for p in known.removed if p.reason in (REASON, ABOVE))
    lines = article.text.split("\n")
    first, last = _ends([key_of(line) for line in lines], repeated)
    if not repeated or last - first == len(lines):
        return article
    return _with(article, lines[first:last], lines[:first], lines[last:])


def uncut(article: Article) -> Article:
    """Give an article with what was taken from its ends: as its page alone gave it."""
    lines = _lines(article)
    return _with(article, lines, [], []) if "\n".join(lines) != article.text else article


def _lines(article: Article) -> list[str]:
    """Give an article's lines with those that were taken from its ends."""
    before = [piece.text for piece in article.removed if piece.reason == ABOVE]
    after = [piece.text for piece in article.removed if piece.reason == REASON]
    return [*before, *article.text.split("\n"), *after]


def _with(article: Article, texts: list[str], above: list[str], below: list[str]) -> Article:
    others = [p for p in article.removed if p.reason not in (REASON, ABOVE)]
    pieces = [Removed(text=text, reason=ABOVE) for text in above]
    pieces += [Removed(text=text, reason=REASON) for text in below]
    return replace(article, text="\n".join(texts), removed=(*others, *pieces))


def _repeated(texts: Sequence[list[str]]) -> frozenset[str]:
    """Give the keys of the lines that enough different stories have at one end.

    Args:
        texts: the keys of the lines of each.
    """
    stories = _stories(texts)
    least = max(LEAST_STORIES, LEAST_SHARE * len(set(stories)))
    repeated: frozenset[str] = frozenset()
    # A second round finds what stands before a line that the first one found.
    for _ in range(2):
        holders: dict[str, set[int]] = defaultdict(set)
        for story, keys in zip(stories, texts, strict=True):
            first, last = _ends(keys, repeated)
            inner = keys[first:last]
            for key in {*keys[:first], *inner[:END_LINES], *inner[-END_LINES:], *keys[last:]}:
                holders[key].add(story)
        repeated = frozenset(key for key, held in holders.items() if key and len(held) >= least)
    return repeated


def _ends(keys: list[str], repeated: frozenset[str]) -> tuple[int, int]:
    """Give where the story begins and ends between what the site repeats; never nothing at all."""
    own = [at for at, key in enumerate(keys) if key not in repeated]
    return (own[0], own[-1] + 1) if own else (0, len(keys))


def _stories(texts: Sequence[list[str]]) -> list[int]:
    """Number the texts by story: those that share most of their letters are one."""
    keys = [{key: len(key) for key in text if key} for text in texts]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, lines in enumerate(keys):
        for key in lines:
            holders[key].append(at)
    numbers = list(range(len(texts)))
    for at, lines in enumerate(keys):
        shared: Counter[int] = Counter()
        for key, letters in lines.items():
            if len(holders[key]) <= MOST_FORMS:
                shared.update({other: letters for other in holders[key] if other < at})
        for other, letters in sorted(shared.items()):
            if letters >= SAME_STORY * min(sum(lines.values()), sum(keys[other].values())):
                numbers[at] = numbers[other]
                break
    return numbers
