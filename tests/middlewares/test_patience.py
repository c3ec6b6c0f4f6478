"""Reading Retry-After, and naming failures."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    IgnoreRequest,
    StopDownload,
)
from scrapy.http import Response

from crawler.middlewares.failures import detail_of, reason_of
from crawler.middlewares.patience import retry_after_s

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def asked(text: str) -> float | None:
    return retry_after_s(Response("http://x.example/", headers={"Retry-After": text}), NOW)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("Mon, 02 Mar 2026 10:01:00 GMT", 60),
        ("Mon, 02 Mar 2026 09:00:00 GMT", 0),
        ("Mon, 02 Mar 2026 12:00:30 +0200", 30),
        ("soon", None),
        ("-4", None),
        ("", None),
        ("9" * 400, 999_999_999),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str, seconds: float | None) -> None:
    assert asked(text) == seconds


@given(st.binary(max_size=40))
def test_any_retry_after_is_read_without_an_error(raw: bytes) -> None:
    clean = raw.replace(b"\r", b"").replace(b"\n", b"")
    seconds = retry_after_s(Response("http://x.example/", headers={"Retry-After": clean}), NOW)
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (CannotResolveHostError("x"), "host-unknown"),
        (DownloadConnectionRefusedError("x"), "connection-refused"),
        (DownloadFailedError("x"), "connection-failed"),
        (DownloadCancelledError("x"), "page-too-large"),
        (StopDownload(), "page-not-html"),
        (IgnoreRequest("its body exceeded DOWNLOAD_MAXSIZE (5 B)"), "page-too-large"),
        (IgnoreRequest("other"), "request-ignored"),
        (None, "fetch-failed"),
    ],
)
def test_each_failure_has_a_name(error: BaseException | None, reason: str) -> None:
    assert reason_of(error) == reason


def test_the_detail_of_a_failure_is_one_short_line() -> None:
    assert detail_of(ValueError("a\n  b" + "c" * 999)).startswith("a bc")
    assert len(detail_of(ValueError("c" * 999))) == 300
    assert detail_of(ValueError()) == "ValueError"
