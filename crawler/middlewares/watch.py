"""The watched stories of a crawl: what is known of them at the start, and what must be fetched."""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import unquote, urlsplit

from crawler.config import Story
from crawler.discovery import StoryMatcher, StoryTerms, story_terms, utc_text
from crawler.errors import InputMissing
from crawler.items import Article, Lead
from crawler.urls import canonical

# A page may hold a live blog of 100,000 words; what its headline is about stands at its start.
MAX_TEXT = 50_000
# Words an address must have to stand in for a headline; with fewer the story stays unknown, and
# nothing is left out for it.
MIN_SLUG_WORDS = 4


class Watch:
    """Terms of the stories by name; those given as a URL are completed once their page is read."""

    def __init__(self, stories: Sequence[Story]) -> None:
        self._stories = {story.name: story for story in stories}
        self._terms = {story.name: _first_terms(story) for story in stories}
        self.open = {story.name for story in stories if story.url}
        """Stories whose page has not been read yet."""
        self.matcher = StoryMatcher(tuple(self._terms.values()))

    def leads(self, now: datetime) -> list[Lead]:
        """Give the pages of the stories that are named by an address."""
        return [
            Lead(
                url=address,
                source=f"story:{name}",
                kind="story",
                found_on="wiretrace.toml",
                found=utc_text(now),
                priority=100,
            )
            for name in sorted(self.open)
            if (address := canonical(self._stories[name].url or ""))
        ]

    def story_at(self, url: str) -> str | None:
        """Give the name of the open story whose page has this address."""
        return next((n for n in self.open if canonical(self._stories[n].url or "") == url), None)

    def learn(self, name: str, article: Article | None) -> None:
        """Complete a story's terms from its article; without one its address has to do."""
        story = self._stories[name]
        self.open.discard(name)
        if article is not None:
            self._terms[name] = story_terms(
                name,
                text=f"{article.title}\n{article.text}"[:MAX_TEXT],
                since=story.since,
                until=story.until,
            )
        self.matcher = StoryMatcher(tuple(self._terms.values()))


def _first_terms(story: Story) -> StoryTerms:
    text, words = "", story.words
    if story.text is not None:
        try:
            text = story.text.read_text("utf-8", errors="replace")[:MAX_TEXT]
        except OSError as error:
            raise InputMissing(
                f"The text of story {story.name!r} cannot be read: {error}.",
                "Check `text` in its [[story]].",
            ) from error
    elif story.url is not None:
        # The words of its address, as a stopgap until its page is read.
        words = ()
        slug = re.findall(r"[^\W\d_]{3,}", unquote(urlsplit(story.url).path))
        text = " ".join(slug).title() if len(slug) >= MIN_SLUG_WORDS else ""
    return story_terms(story.name, text=text, words=words, since=story.since, until=story.until)
