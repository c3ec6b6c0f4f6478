"""What each rule of extraction saves and costs: articles and true texts in, words by reason out.

A removed piece saves the words of its 4-grams that the truth has not, and costs those that the
truth has and the article lacks; what it repeats of the article costs nothing.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from crawler.items import Article

Grams = Callable[[str], Counter[tuple[str, ...]]]


def rule_costs(
    articles: Sequence[Article | None], bodies: Sequence[str], grams: Grams
) -> dict[str, dict[str, int]]:
    """Give for each reason its pieces and their words, the most saving first.

    Args:
        articles: what was extracted; None where nothing was.
        bodies: the true texts.
        grams: gives the bag of a text's word 4-grams.
    """
    pieces: Counter[str] = Counter()
    saved: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for article, body in zip(articles, bodies, strict=True):
        if article is None:
            continue
        want = grams(body)
        missing = want - grams(article.text)
        for piece in article.removed:
            mine = grams(piece.text)
            pieces[piece.reason] += 1
            saved[piece.reason] += (mine - want).total()
            lost[piece.reason] += (mine & missing).total()
    return {
        reason: {"pieces": pieces[reason], "saves": saved[reason], "costs": lost[reason]}
        for reason in sorted(pieces, key=lambda reason: (-saved[reason], reason))
    }
