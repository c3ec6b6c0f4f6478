"""Jobs in processes: results, errors, deadlines and deaths."""

import asyncio
import os
import time

import pytest

from crawler.errors import NoStory, WorkCrashed, WorkTimeout
from crawler.workers import WorkerPool, worker_count


def double(number: int) -> int:
    return 2 * number


def hang() -> None:
    time.sleep(60)


def die() -> None:
    os._exit(9)


def refuse() -> None:
    raise NoStory("Nothing here.", "Look elsewhere.")


@pytest.fixture(scope="module")
def pool() -> "WorkerPool":
    return WorkerPool(1, 1.0)


def test_a_result_comes_back(pool: WorkerPool) -> None:
    assert asyncio.run(pool.call(double, 21)) == 42
    assert pool.result_of(pool.submit(double, 4)) == 8


def test_an_error_crosses_the_process_border_whole(pool: WorkerPool) -> None:
    with pytest.raises(NoStory) as caught:
        asyncio.run(pool.call(refuse))
    assert caught.value.slug == "no-story"
    assert str(caught.value) == "Nothing here. Look elsewhere."


def test_a_hung_job_is_killed_at_its_deadline_and_the_pool_goes_on(pool: WorkerPool) -> None:
    with pytest.raises(WorkTimeout, match="1 s"):
        asyncio.run(pool.call(hang))
    assert asyncio.run(pool.call(double, 1)) == 2


def test_a_dying_worker_is_reported_and_replaced(pool: WorkerPool) -> None:
    with pytest.raises(WorkCrashed):
        pool.result_of(pool.submit(die))
    assert asyncio.run(pool.call(double, 1)) == 2
    pool.close()


def test_an_error_inside_the_block_kills_the_workers_at_once() -> None:
    def fail_with_a_job_running() -> None:
        with WorkerPool(1, 30.0) as own:
            own.submit(hang)
            raise ValueError("stop")

    began = time.monotonic()
    with pytest.raises(ValueError, match="stop"):
        fail_with_a_job_running()
    assert time.monotonic() - began < 20


def test_zero_processes_means_one_a_core() -> None:
    assert worker_count(3) == 3
    assert 1 <= worker_count(0) <= 8


def hoard() -> int:
    return len(bytearray(600_000_000))


def test_a_job_that_wants_too_much_memory_fails_and_the_pool_goes_on() -> None:
    with WorkerPool(1, 30.0, max_memory_mb=300) as own:
        with pytest.raises(WorkCrashed, match="max_memory_mb"):
            asyncio.run(own.call(hoard))
        assert own.result_of(own.submit(double, 2)) == 4
    with WorkerPool(1, 30.0) as own:
        assert own.result_of(own.submit(hoard)) == 600_000_000
