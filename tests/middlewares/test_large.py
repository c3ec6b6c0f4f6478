"""A few large answers at a time."""

import asyncio

from scrapy.http import Request

from crawler.middlewares.large import LARGE, MOST, PLACE, LargeAnswers


def request(name: str) -> Request:
    return Request(f"http://courier.example/{name}")


def test_there_are_so_many_places_and_a_request_needs_one_only() -> None:
    large = LargeAnswers(places=2)
    one, two, three = request("1"), request("2"), request("3")
    assert [large.take_now(each, LARGE) for each in (one, one, two, three)] == [
        *(True, True, True, False)
    ]
    large.free(one)
    large.free(one)
    assert large.take_now(three, LARGE)
    assert not large.take_now(one, LARGE)


def test_an_answer_that_turns_out_larger_needs_more_of_them() -> None:
    large = LargeAnswers(places=MOST)
    one, two, three = request("1"), request("2"), request("3")
    assert large.take_now(one, LARGE)
    assert large.take_now(two, LARGE)
    assert not large.take_now(one, PLACE + 1)
    large.free(two)
    assert large.take_now(one, PLACE + 1)
    assert large.take_now(one, 5 * PLACE)
    assert not large.take_now(two, LARGE)
    large.free(one)
    assert large.take_now(three, PLACE + 1)


def test_a_place_comes_back_when_its_request_is_forgotten() -> None:
    large = LargeAnswers(places=1)
    forgotten = request("1")
    assert large.take_now(forgotten, LARGE)
    del forgotten
    assert large.take_now(request("2"), LARGE)


def test_a_place_comes_back_from_a_ring() -> None:
    large = LargeAnswers(places=1)
    forgotten = request("1")
    forgotten.meta["itself"] = forgotten
    assert large.take_now(forgotten, LARGE)
    del forgotten
    assert large.take_now(request("2"), LARGE)


def test_who_waits_is_served_in_turn() -> None:
    async def run() -> list[str]:
        large = LargeAnswers(places=1)
        first, order = request("0"), []

        async def wait(name: str) -> None:
            mine = request(name)
            await large.take(mine, LARGE)
            order.append(name)
            large.free(mine)

        large.take_now(first, LARGE)
        waiting = [asyncio.ensure_future(wait(name)) for name in "abc"]
        await asyncio.sleep(0)
        assert order == []
        large.free(first)
        await asyncio.wait_for(asyncio.gather(*waiting), 5)
        return order

    assert asyncio.run(run()) == ["a", "b", "c"]


def test_none_waits_for_one_that_waits_for_it() -> None:
    async def run() -> None:
        large = LargeAnswers(places=MOST)
        grown = [request(str(number)) for number in range(MOST)]
        assert all(large.take_now(each, LARGE) for each in grown)

        async def grow(each: Request) -> None:
            await large.take(each, PLACE + 1)
            await asyncio.sleep(0)
            large.free(each)

        await asyncio.wait_for(asyncio.gather(*map(grow, grown)), 5)

    asyncio.run(run())
