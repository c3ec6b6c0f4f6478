"""From a page to its article: the steps of this room in their order."""

from crawler.config.model import ExtractionLimits
from crawler.errors import NoStory
from crawler.extraction.authors import find_authors
from crawler.extraction.document import parse
from crawler.extraction.guard import refuse_unreadable
from crawler.extraction.language import find_language
from crawler.extraction.ledger import read_ledger
from crawler.extraction.story import find_story
from crawler.extraction.times import best, find_times
from crawler.extraction.titles import find_title
from crawler.items import Article, Page
from crawler.urls import article_id, site_of


def extract(page: Page, limits: ExtractionLimits) -> Article:
    """Take the story, its headline, times, names and evidence out of a fetched page.

    Pure, and safe to run in a worker process that may be killed at a deadline.

    Raises:
        PageEmpty, PageTooLarge, PageTooDeep, PageNotHtml: it was not parsed.
        NoStory: it was, and what is left after cleaning has fewer than `limits.min_words` words.
    """
    refuse_unreadable(page, limits)
    document = parse(page)
    title = find_title(document) or (page.lead.title if page.lead else None) or ""
    authors = find_authors(document)
    story = find_story(document, title, authors)
    if story.words < limits.min_words:
        raise NoStory(f"{page.url} holds {story.words} words of story.")
    times = find_times(document, story.page, story.texts)
    published, modified = best(times, "published"), best(times, "modified")
    text = "\n".join(story.texts)
    language = find_language(document, text)
    agency, evidence = read_ledger(story, authors, document, language)
    return Article(
        id=article_id(page.url),
        url=page.url,
        site=site_of(page.url),
        title=title,
        text=text,
        published=published.value if published else None,
        published_source=published.source if published else None,
        modified=modified.value if modified else None,
        times=times,
        canonical_url=document.canonical_url,
        language=language,
        author="; ".join(authors) or None,
        agency=agency,
        evidence=evidence,
        removed=story.removed,
        fetched=page.fetched,
        status=page.status,
        source=page.source,
    )
