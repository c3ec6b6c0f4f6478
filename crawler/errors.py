"""The error tree: each kind has a stable slug, a line for the person, and an exit code.

The command line prints `error[slug]: what happened. what to do` and ends with `exit_code`;
`docs/messages.md` explains each slug. A traceback means a bug.
"""

from typing import ClassVar


class WiretraceError(Exception):
    """Base of everything a person can be told about.

    Args:
        what: one sentence: what happened, naming the file, URL or key.
        todo: one sentence: what to do about it; empty where there is nothing to do.
    """

    slug: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.todo = todo

    def __str__(self) -> str:
        return f"{self.what} {self.todo}".strip()

    def __reduce__(self) -> tuple[type["WiretraceError"], tuple[str | None, ...]]:
        """Cross process borders whole: errors of workers are raised again in the parent."""
        return type(self), (self.what, self.todo)


class UsageError(WiretraceError):
    """The person asked for something that cannot be meant."""

    slug = "usage"
    exit_code = 2


class ConfigError(UsageError):
    """`wiretrace.toml` or an environment variable cannot be read or says something impossible."""

    slug = "config-invalid"


class ConfigMissing(ConfigError):
    """There is no watchlist where one is needed."""

    slug = "config-missing"


class ConfigUnknownKey(ConfigError):
    """A key nobody knows: refused, since a silently ignored limit is worse."""

    slug = "config-unknown-key"


class InputError(UsageError):
    """A file or stream given by the person is missing or not what it should be."""

    slug = "input-invalid"


class InputMissing(InputError):
    """A file that was named does not exist or may not be read."""

    slug = "input-missing"


class FileFailed(WiretraceError):
    """The system refused to read or write a file that the command needs."""

    slug = "file-failed"


class NotFound(UsageError):
    """A cluster, article or source was named that is not in the store."""

    slug = "not-found"


class StoreError(WiretraceError):
    """The store cannot be opened, read or written."""

    slug = "store-failed"


class StoreFull(StoreError):
    """No space is left on the disk; what was stored before is whole."""

    slug = "disk-full"


class StoreCorrupt(StoreError):
    """The file is not a store of ours, or is damaged."""

    slug = "store-corrupt"


class StoreTooNew(StoreError):
    """The store was written by a newer wiretrace."""

    slug = "store-too-new"


class StoreLocked(WiretraceError):
    """Another run holds the store."""

    slug = "store-locked"
    exit_code = 4


class CrawlFailed(WiretraceError):
    """The crawl ended before its work was done; what it fetched is stored."""

    slug = "crawl-failed"


class DocumentError(WiretraceError):
    """A feed, sitemap, front or archive could not be read; the crawl goes on without it."""

    slug = "document-unreadable"


class FeedBroken(DocumentError):
    """A feed that holds no entry a reader could find."""

    slug = "feed-broken"


class SitemapBroken(DocumentError):
    """A sitemap that is not one."""

    slug = "sitemap-broken"


class SitemapTooDeep(DocumentError):
    """Sitemap indexes nested beyond the limit."""

    slug = "sitemap-too-deep"


class SectionEmpty(DocumentError):
    """A front page on which no link looks like an article."""

    slug = "section-empty"


class ArchiveBroken(DocumentError):
    """A WARC file that ends or breaks in the middle; the records before it are kept."""

    slug = "archive-broken"


class PageError(WiretraceError):
    """A page that gives no article; it is kept with this reason and counted."""

    slug = "page-unreadable"


class PageEmpty(PageError):
    """The answer had no body, or nothing but white space."""

    slug = "page-empty"


class PageTooLarge(PageError):
    """The body is larger than `extraction.max_bytes`."""

    slug = "page-too-large"


class PageTooDeep(PageError):
    """Tags nested deeper than `extraction.max_depth`."""

    slug = "page-too-deep"


class PageTooComplex(PageError):
    """More elements, or attributes, or more of them nested, than any story has."""

    slug = "page-too-complex"


class PageNotHtml(PageError):
    """The answer is not a web page."""

    slug = "page-not-html"


class NoStory(PageError):
    """Nothing that reads like a story is on the page.

    Args:
        what: as for each error.
        todo: likewise.
        rest: address of the document that holds the story, where the page names one.
    """

    slug = "no-story"

    def __init__(self, what: str, todo: str = "", rest: str | None = None) -> None:
        super().__init__(what, todo)
        self.rest = rest

    def __reduce__(self) -> tuple[type["NoStory"], tuple[str | None, ...]]:
        """Cross process borders with the address."""
        return type(self), (self.what, self.todo, self.rest)


class WorkError(WiretraceError):
    """A job in a worker process did not come back."""

    slug = "work-failed"


class WorkTimeout(WorkError):
    """The job was killed at its deadline."""

    slug = "work-timeout"


class WorkCrashed(WorkError):
    """The worker died under the job."""

    slug = "work-crashed"


class RenderUnavailable(WiretraceError):
    """A source is to be drawn by a browser, and there is none."""

    slug = "render-unavailable"


class ReportError(WiretraceError):
    """The report or export could not be written; the one before it is still whole."""

    slug = "report-failed"
