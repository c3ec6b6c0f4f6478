"""Watched stories and the clusters that carry them."""

from collections.abc import Iterable, Mapping

from crawler.clustering import COPIES, matches
from crawler.config import Config, Story
from crawler.errors import InputMissing
from crawler.fingerprint import read_words, shingle
from crawler.items import Article, Cluster, Relation
from crawler.store import Store

REFERENCE = "story:"
"""Prefix of the id under which a story's text is compared; no article's id has a colon."""


def reference_text(story: Story, store: Store) -> str | None:
    """Give the text of a story: from its file, or from the stored article at its address.

    None for a story of key words, and while the address has given no article.

    Raises:
        InputMissing: the file cannot be read.
    """
    if story.text is not None:
        try:
            return story.text.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise InputMissing(
                f"The text of story {story.name!r}, {story.text}, cannot be read: {error.strerror}."
            ) from error
    if story.url is not None:
        article = store.article_at(story.url)
        return article.text if article is not None else None
    return None


def clusters_of_stories(
    config: Config,
    store: Store,
    articles: Mapping[str, Article],
    clusters: Iterable[Cluster],
) -> dict[str, list[Cluster]]:
    """Give, for each story, the clusters that hold a copy of it (or name all its key words)."""
    known = list(clusters)
    found: dict[str, list[Cluster]] = {}
    for story in config.stories:
        carriers = _carriers(story, reference_text(story, store), articles, config)
        found[story.name] = [
            cluster
            for cluster in known
            if any(member.article_id in carriers for member in cluster.members)
        ]
    return found


def _carriers(
    story: Story, text: str | None, articles: Mapping[str, Article], config: Config
) -> set[str]:
    """Give the ids of the articles that carry a story."""
    if text is None:
        return {name for name, article in articles.items() if _names_all(article, story.words)}
    size = config.fingerprint.shingle_words
    reference = shingle(
        Article(id=REFERENCE + story.name, url="", site="", title="", text=text), size
    )
    others = (shingle(article, size) for article in articles.values())
    wanted = COPIES | {Relation.PARTIAL}
    return {
        pair.a
        for pair in matches(reference, others, config.clustering, size)
        if pair.relation in wanted
    }


def _names_all(article: Article, phrases: Iterable[str]) -> bool:
    """Say whether each phrase stands in an article's title or text, whatever the typography."""
    wanted = [read_words(phrase)[0] for phrase in phrases]
    words = f" {' '.join(read_words(f'{article.title} {article.text}')[0])} "
    return bool(wanted) and all(f" {' '.join(phrase)} " in words for phrase in wanted)
