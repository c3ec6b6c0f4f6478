"""Name why a request gave no page.

Scrapy's and Twisted's exceptions arrive, slugs leave.
"""

from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    StopDownload,
    UnsupportedURLSchemeError,
)
from scrapy.http import Request
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.items import Lead

# Keys of `Request.meta` that our components share.
LEAD = "wiretrace_lead"
SOURCE = "wiretrace_source"
ROBOTS = "wiretrace_robots"
ASKED_FOR = "wiretrace_asked_for"

# Set on the request of a document that may be missing (a guessed further front).
OPTIONAL = "wiretrace_optional"
# Set likewise where a document may lead to further ones: what asks for those that it led to before.
FURTHER = "wiretrace_further"

# Answers and failures that pass: asked again, in this run and then in later ones.
PASSING_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
MEMORY_FULL = "memory-full"
# No failure either: nothing was sent, the source has had its requests for the day.
BUDGET = "daily-budget"
# No failure: what was fetched before still holds.
NOT_MODIFIED = "not-modified"
PASSING = frozenset(
    {
        MEMORY_FULL,
        "timeout",
        "connection-refused",
        "connection-failed",
        "host-unknown",
        "host-rests",
    }
    | {f"http-{status}" for status in PASSING_STATUSES}
)
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (DownloadTimeoutError, "timeout"),
    (CannotResolveHostError, "host-unknown"),
    (DownloadConnectionRefusedError, "connection-refused"),
    (ResponseDataLossError, "connection-failed"),
    (DownloadCancelledError, "page-too-large"),
    (StopDownload, "page-not-html"),
    (UnsupportedURLSchemeError, "address-unusable"),
    (DownloadFailedError, "connection-failed"),
    (TunnelError, "connection-failed"),
)


class Refused(IgnoreRequest):
    """A request that one of our middlewares does not let through.

    Args:
        reason: slug.
        detail: one line for the person.
        wait_s: seconds after which asking again makes sense, where that is known.
    """

    def __init__(self, reason: str, detail: str = "", wait_s: float | None = None) -> None:
        super().__init__(detail or reason)
        self.reason = reason
        self.detail = detail
        self.wait_s = wait_s


class Halted(StopDownload):
    """An answer that we stop reading.

    Args:
        reason: slug.
        detail: one line for the person.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(fail=True)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        """Give the line."""
        return self.detail


class HeadersTooLarge(Exception):
    """An answer whose head does not end."""


def source_of(request: Request) -> str | None:
    """Give the source on whose behalf a request is made; robots.txt is asked for another's."""
    lead = request.meta.get(LEAD)
    if isinstance(lead, Lead):
        return lead.source
    name: str | None = request.meta.get(SOURCE) or request.meta.get(ASKED_FOR)
    return name


def reason_of(error: BaseException | None) -> str:
    """Give the slug of a failure; `fetch-failed` for one that nobody has met yet."""
    if isinstance(error, Refused | Halted):
        return error.reason
    if isinstance(error, DownloadFailedError) and _is_flood(error):
        return "headers-too-large"
    if isinstance(error, HttpError):
        return f"http-{error.response.status}"
    if isinstance(error, IgnoreRequest):
        text = str(error)
        if "redirect" in text:
            return "redirect-loop"
        return "page-too-large" if "DOWNLOAD_MAXSIZE" in text else "request-ignored"
    return next((slug for kind, slug in _REASONS if isinstance(error, kind)), "fetch-failed")


def _is_flood(error: DownloadFailedError) -> bool:
    """Say whether what failed was the head of the answer: Twisted keeps the reasons in a list."""
    reasons = getattr(error.__cause__, "reasons", ())
    return any(reason.check(HeadersTooLarge) for reason in reasons)


def detail_of(error: BaseException | None) -> str:
    """Give one line about a failure."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text[:300]  # a line in a report; some libraries put a whole page into their messages
