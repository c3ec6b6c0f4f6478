"""A server's log tells who was hasty, who went where they should not, and who did not wait."""

from crawler.newsroom import HostPoliteness, Request, politeness


def asked(
    time: float, path: str = "/a", host: str = "quay.example", wait: float | None = None
) -> Request:
    return Request(time=time, host=host, path=path, status=200, user_agent="", retry_after_s=wait)


def judged(*log: Request) -> HostPoliteness:
    (one,) = politeness(
        log,
        delay_s=1.0,
        delays_s={"slow.example": 5.0},
        denied=[("quay.example", "/private/")],
    ).hosts
    return one


def test_a_polite_crawl_leaves_nothing_to_complain_of() -> None:
    log = [asked(0, "/robots.txt"), asked(1.0), asked(2.5, wait=4.0), asked(6.6)]
    one = judged(*reversed(log))
    assert (one.requests, one.hasty, one.forbidden, one.waits, one.waits_broken) == (4, 0, (), 1, 0)
    assert one.least_gap_s == 1.0


def test_each_rudeness_is_named() -> None:
    assert judged(asked(0), asked(0.5), asked(2.0)).hasty == 1
    assert judged(asked(0), asked(2, "/private/x")).forbidden == ("/private/x",)
    assert judged(asked(0, wait=9.0), asked(3.0)).waits_broken == 1
    slow = judged(*(asked(at, path, "slow.example") for at, path in
                    [(0, "/robots.txt"), (1, "/a"), (3, "/b"), (8, "/c")]))  # fmt: skip
    assert (slow.delay_s, slow.hasty) == (5.0, 1)


def test_the_summary_counts_over_all_hosts() -> None:
    log = [asked(0), asked(0.1), asked(0, host="b.example", wait=3.0)]
    found = politeness(log, delay_s=1.0, delays_s={}, denied=[])
    assert not found.perfect
    assert found.summary() == (
        "3 requests to 2 hosts, 1 before their delay was over, 0 of refused paths, "
        "1 of 1 Retry-After kept"
    )
