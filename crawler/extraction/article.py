"""From a page to its article: the steps of this room in their order."""

from dataclasses import dataclass, replace

from crawler.config.model import ExtractionLimits
from crawler.errors import NoStory
from crawler.extraction.document import parse
from crawler.extraction.excerpt import excerpt
from crawler.extraction.guard import refuse_complex, refuse_unreadable
from crawler.extraction.language import find_language
from crawler.extraction.ledger import read_ledger
from crawler.extraction.links import find_forms
from crawler.extraction.pagination import WHOLE_BY_ITSELF, Paging, find_pages
from crawler.extraction.rest import as_page, rest_address
from crawler.extraction.story import Reading, Story, find_story, layout_of, story_by, whole_in_data
from crawler.extraction.times import best, find_times
from crawler.items import Article, Page, Template
from crawler.urls import article_id, canonical, host_of, site_of

# What a part of a page must say as the whole page does, or its pages are read whole. Its evidence
# may be less: captions of other stories, notices at the foot.
TOLD = (
    *("title", "text", "author", "published", "modified", "agency", "language", "canonical_url"),
    *("links", "part"),
)


def extract(page: Page, limits: ExtractionLimits) -> Article:
    """Take the story, its headline, times, names and evidence out of a fetched page.

    Pure, and safe to run in a worker process that may be killed at a deadline.

    Raises:
        PageEmpty, PageTooLarge, PageTooDeep, PageNotHtml: it was not parsed.
        PageTooComplex: it was, or was not, and is no tree to be walked.
        NoStory: it was, and what is left after cleaning has fewer than `limits.min_words` words;
            names the document that holds the story, where the page does.
    """
    return read_article(page, limits)[0]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page was read."""

    by_template: bool
    """Whether by the template of its section."""
    template: Template | None
    """How the page is laid out, if it was asked for and can be told."""


def read_article(
    page: Page, limits: ExtractionLimits, template: Template | None = None, *, learn: bool = False
) -> tuple[Article, Layout]:
    """Extract as `extract` does, by the template of the page's section where it fits.

    Args:
        page: the page.
        limits: what it may cost.
        template: of its section, if one was learned.
        learn: also tell how the page is laid out, where no template read it.

    Raises:
        PageError: as `extract`.
    """
    page = as_page(at_its_publisher(page), limits)
    refuse_unreadable(page, limits)
    reading, story = (None, None) if template is None else read_story(page, limits, template)
    by_template = story is not None
    if reading is None:
        reading = _read(page, limits)
    if story is None:
        story = find_story(reading)
    article = _article(reading, story, limits, template.language if template else None)
    if by_template or not learn:
        return article, Layout(by_template, None)
    told = layout_of(reading, story)
    if told is None:
        return article, Layout(by_template, None)
    whole = _is_told_by_part(page, limits, told, article)
    told = replace(told, language=article.language, scope=told.scope if whole else "")
    return article, Layout(by_template, told)


def _read(page: Page, limits: ExtractionLimits) -> Reading:
    document = parse(page, limits)
    refuse_complex(page, document.tree, document.tags, limits)
    return Reading.of(document)


def read_story(
    page: Page, limits: ExtractionLimits, template: Template
) -> tuple[Reading | None, Story | None]:
    """Read a page's story by its template; where that does not fit, there is none.

    Beside it stands what is known of the page: of the part that was read, or of the whole one where
    that was read; None where a part was read in vain.
    """
    part = excerpt(page, template)
    reading = _read(part or page, limits)
    story = story_by(template, reading)
    return (reading if story is not None or part is None else None), story


def _is_told_by_part(
    page: Page, limits: ExtractionLimits, layout: Template, article: Article
) -> bool:
    """Tell whether the part of a page that its layout would read gives the same article."""
    part = excerpt(page, layout)
    if part is None:
        return False
    reading = _read(part, limits)
    story = story_by(layout, reading)
    again = _article(reading, story, limits, None) if story is not None else None
    return again is not None and all(getattr(again, f) == getattr(article, f) for f in TOLD)


def at_its_publisher(page: Page) -> Page:
    """Give a page that an AMP cache answered the address that it has at its publisher."""
    address = canonical(page.url)
    if address is None or host_of(address) == host_of(page.url):
        return page
    return replace(page, url=address)


def _paged(reading: Reading, story: Story) -> tuple[Story, Paging]:
    """Say which page of its article a page is; its data may hold the article as a whole."""
    paging = find_pages(reading.document)
    if paging.part is None:
        return story, paging
    told = whole_in_data(reading, story)
    return told or story, WHOLE_BY_ITSELF if told and paging.part == 1 else paging


def _article(
    reading: Reading, story: Story, limits: ExtractionLimits, usual: str | None
) -> Article:
    document, authors = reading.document, reading.authors
    page = document.page
    story, paging = _paged(reading, story)
    # The last page of an article may hold a sentence.
    further = (paging.part or 1) > 1 or (page.lead is not None and page.lead.part_of is not None)
    if story.words < (1 if further else limits.min_words):
        what = f"{page.url} holds {story.words} words of story."
        raise NoStory(what, rest=rest_address(document))
    times = find_times(document, story.page, story.texts)
    published, modified = best(times, "published"), best(times, "modified")
    text = "\n".join([story.deck, *story.texts] if story.deck else story.texts)
    tongue = find_language(document, text, usual)
    language = tongue.value if tongue is not None else None
    agency, evidence = read_ledger(story, authors, document, language)
    return Article(
        id=article_id(page.url),
        url=page.url,
        site=site_of(page.url),
        title=reading.title,
        text=text,
        published=published.value if published else None,
        published_source=published.source if published else None,
        modified=modified.value if modified else None,
        times=times,
        canonical_url=document.canonical_url,
        language=language,
        author="; ".join(authors) or None,
        agency=agency,
        evidence=(*evidence, tongue) if tongue is not None else evidence,
        removed=story.removed,
        fetched=page.fetched,
        status=page.status,
        source=page.source,
        links=(*find_forms(document), *paging.links),
        part=paging.part,
    )
