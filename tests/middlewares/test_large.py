"""A few large answers at a time."""

import asyncio

from scrapy.http import Request

from crawler.middlewares.large import LargeAnswers


def request(name: str) -> Request:
    return Request(f"http://courier.example/{name}")


def test_there_are_so_many_places_and_a_request_needs_one_only() -> None:
    large = LargeAnswers(places=2)
    one, two, three = request("1"), request("2"), request("3")
    assert [large.take_now(each) for each in (one, one, two, three)] == [True, True, True, False]
    large.free(one)
    large.free(one)
    assert large.take_now(three)
    assert not large.take_now(one)


def test_a_place_comes_back_when_its_request_is_forgotten() -> None:
    large = LargeAnswers(places=1)
    forgotten = request("1")
    assert large.take_now(forgotten)
    del forgotten
    assert large.take_now(request("2"))


def test_who_waits_is_served_in_turn() -> None:
    async def run() -> list[str]:
        large = LargeAnswers(places=1)
        first, order = request("0"), []

        async def wait(name: str) -> None:
            mine = request(name)
            await large.take(mine)
            order.append(name)
            large.free(mine)

        large.take_now(first)
        waiting = [asyncio.ensure_future(wait(name)) for name in "abc"]
        await asyncio.sleep(0)
        assert order == []
        large.free(first)
        await asyncio.wait_for(asyncio.gather(*waiting), 5)
        return order

    assert asyncio.run(run()) == ["a", "b", "c"]
