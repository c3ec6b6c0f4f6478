"""What becomes of a lead whose request gave no page."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.discovery import utc_text
from crawler.middlewares.failures import Refused
from crawler.middlewares.settling import FIRST_PAUSE, settle
from crawler.store import Store
from tests.middlewares.records import URL, lead, opened


def http(status: int) -> HttpError:
    return HttpError(Response(URL, status=status))


def settled(
    folder: Path, error: BaseException, attempts: int = 0
) -> tuple[str, str | None, int, dict[str, int]]:
    """Settle a lead; give its state, reason and attempts, and what was counted."""

    async def run() -> tuple[str, str | None, int, dict[str, int]]:
        async with opened(folder) as session:
            one = lead(attempts=attempts)
            await session.call(Store.add_leads, [one], run_id=session.run_id)
            await session.call(
                Store.claim_leads, session.run_id, limit=1, per_host=1, now=session.now()
            )
            await settle(session, one, error)
            after = await session.call(Store.lead, URL)
            assert after is not None
            (this_run,) = await session.call(Store.runs)
            counts = {**this_run.counts, **session.counts}
            return after.state.value, after.reason, after.attempts, counts

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("error", "state", "reason"),
    [
        (http(404), "failed", "http-404"),
        (http(403), "failed", "http-403"),
        (Refused("robots-denied"), "refused", "robots-denied"),
        (Refused("duplicate-address"), "done", "duplicate-address"),
        (Refused("redirected-home"), "failed", "redirected-home"),
        (IgnoreRequest("max redirections reached"), "failed", "redirect-loop"),
        (ValueError("odd"), "failed", "fetch-failed"),
    ],
)
def test_what_does_not_pass_is_final_and_counted(
    tmp_path: Path, error: BaseException, state: str, reason: str
) -> None:
    found = settled(tmp_path, error)
    assert found[:2] == (state, reason)
    assert found[3] == {f"drop:{reason}": 1}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (http(503), "http-503"),
        (http(429), "http-429"),
        (DownloadTimeoutError("30 s"), "timeout"),
        (Refused("robots-unreachable"), "robots-unreachable"),
    ],
)
def test_what_passes_is_put_off_to_another_run(
    tmp_path: Path, error: BaseException, reason: str
) -> None:
    assert settled(tmp_path, error) == ("new", reason, 1, {f"put-off:{reason}": 1})


@pytest.mark.parametrize("reason", ["host-rests", "daily-budget"])
def test_what_was_not_even_asked_is_no_try(tmp_path: Path, reason: str) -> None:
    found = settled(tmp_path, Refused(reason, wait_s=3600), attempts=2)
    assert found == ("new", reason, 2, {f"put-off:{reason}": 1})


def test_the_third_run_gives_it_up(tmp_path: Path) -> None:
    assert settled(tmp_path, http(503), attempts=2)[:2] == ("failed", "http-503")


def test_a_host_that_never_tells_its_rules_ends_as_refused(tmp_path: Path) -> None:
    assert settled(tmp_path, Refused("robots-unreachable"), attempts=2)[0] == "refused"


@pytest.mark.parametrize(("attempts", "wait_s"), [(0, None), (1, None), (0, 7200.0)])
def test_a_lead_put_off_waits_longer_each_time_and_as_long_as_asked(
    tmp_path: Path, attempts: int, wait_s: float | None
) -> None:
    begun = datetime.now(UTC)

    async def run() -> tuple[int, int]:
        async with opened(tmp_path) as session:
            one = lead(attempts=attempts)
            await session.call(Store.add_leads, [one], run_id=session.run_id)
            await settle(session, one, Refused("robots-unreachable", wait_s=wait_s))
            least = max(FIRST_PAUSE * 2**attempts, timedelta(seconds=wait_s or 0))
            found = []
            for moment in (
                begun + least - timedelta(seconds=5),
                begun + least * 1.01 + timedelta(seconds=5),
            ):
                claimed = await session.call(
                    Store.claim_leads, "r", limit=1, per_host=1, now=utc_text(moment)
                )
                found.append(len(claimed))
            return found[0], found[1]

    assert asyncio.run(run()) == (0, 1)
