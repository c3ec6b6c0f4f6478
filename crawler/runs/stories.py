"""Watched stories and the clusters that carry them."""

from collections.abc import Iterable
from hashlib import blake2b

from crawler import __version__
from crawler.clustering import COPIES, matches
from crawler.config import Config, Story
from crawler.errors import InputMissing
from crawler.fingerprint import read_words, shingle
from crawler.items import Article, Relation
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


def remember_stories(config: Config, store: Store) -> None:
    """Tell of each new article which watched stories it carries, and keep that in the store."""
    with store.transaction():
        keys = []
        for story in config.stories:
            key, told = _told_anew(config, store, story)
            store.remember_carriers(key, told)
            keys.append(key)
        store.forget_carriers(keys)


def clusters_with_stories(config: Config, store: Store) -> dict[str, list[str]]:
    """Give, for each story, the ids of the clusters that hold a copy of it, or name its key words.

    What `remember_stories` kept is not told again; only articles that came since are read.
    """
    found: dict[str, list[str]] = {}
    for story in config.stories:
        key, told = _told_anew(config, store, story)
        new = {article_id for article_id, carries in told.items() if carries}
        found[story.name] = store.clusters_with(store.carriers(key) | new)
    return found


def _told_anew(config: Config, store: Store, story: Story) -> tuple[str, dict[str, bool]]:
    """Give the key a story is kept under, and whether those articles carry it that are not kept."""
    text = reference_text(story, store)
    key = _key(story, text, config)
    unknown = store.untold(key)
    if not unknown:
        return key, {}
    carriers = _carriers(story, text, store.articles(unknown), config)
    return key, {article_id: article_id in carriers for article_id in unknown}


def _key(story: Story, text: str | None, config: Config) -> str:
    """Digest what the answer depends on: the story and the thresholds it is compared by."""
    rest = (__version__, config.fingerprint.shingle_words, config.clustering)
    asked = (story.words if text is None else text, rest)
    return blake2b(repr(asked).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _carriers(
    story: Story, text: str | None, articles: Iterable[Article], config: Config
) -> set[str]:
    """Give the ids of the articles that carry a story."""
    if text is None:
        return {article.id for article in articles if _names_all(article, story.words)}
    size = config.fingerprint.shingle_words
    reference = shingle(
        Article(id=REFERENCE + story.name, url="", site="", title="", text=text), size
    )
    others = (shingle(article, size) for article in articles)
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
