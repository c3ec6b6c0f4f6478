"""Each failure has a name of its own, whatever words stand in its text."""

import pytest
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest

from crawler.middlewares.failures import Refused, reason_of


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Refused("host-rests", "redirect.example is left alone in this run"), "host-rests"),
        (
            Refused("robots-denied", "robots.txt forbids /redirect/DOWNLOAD_MAXSIZE"),
            "robots-denied",
        ),
        (IgnoreRequest("max redirections reached"), "redirect-loop"),
        (IgnoreRequest("larger than DOWNLOAD_MAXSIZE"), "page-too-large"),
        (IgnoreRequest("some other middleware"), "request-ignored"),
        (DownloadTimeoutError("late"), "timeout"),
        (None, "fetch-failed"),
    ],
)
def test_a_refusal_is_named_by_its_reason_and_not_by_its_words(
    error: Exception | None, reason: str
) -> None:
    assert reason_of(error) == reason
