"""The frontier: what is known stays known, and no host is asked too often."""

from collections import Counter

import pytest

from crawler.errors import StoreError
from crawler.items import Lead, LeadState
from crawler.store import Store
from tests.store.records import LATER, NOW, lead


def claimed_urls(store: Store, *, limit: int = 10, per_host: int = 10, now: str = NOW) -> list[str]:
    found = store.claim_leads("run-1", limit=limit, per_host=per_host, now=now)
    assert all(each.state is LeadState.CLAIMED for each in found)
    return [each.url for each in found]


def waiting(host: str, number: int) -> list[Lead]:
    return [lead(f"https://{host}.example/{place}") for place in range(number)]


def test_a_known_lead_is_not_new_and_keeps_its_state_and_its_own_hints(store: Store) -> None:
    url = "https://courier.example/1"
    assert store.add_leads([lead(url, title="Ferry leaves")], run_id="run-1") == 1
    store.finish_lead(url, state=LeadState.DONE)
    again = lead(url, title="Other words", published=NOW, state=LeadState.LEFT_OUT, reason="limit")
    assert store.add_leads([again], run_id="run-1") == 0
    kept = store.lead(url)
    assert kept is not None
    assert (kept.state, kept.reason) == (LeadState.DONE, None)
    assert (kept.title, kept.published) == ("Ferry leaves", NOW)


def test_a_new_lead_may_arrive_left_out_with_its_reason(store: Store) -> None:
    url = "https://courier.example/1"
    store.add_leads([lead(url, state=LeadState.LEFT_OUT, reason="off-story")], run_id="run-1")
    assert claimed_urls(store) == []
    assert [(each.url, each.reason) for each in store.leads(LeadState.LEFT_OUT)] == [
        (url, "off-story")
    ]


def test_a_lead_left_out_goes_back_when_it_is_found_worth_fetching(store: Store) -> None:
    url = "https://courier.example/1"
    left_out = lead(url, state=LeadState.LEFT_OUT, reason="off-story")
    store.add_leads([left_out], run_id="run-1")
    store.add_leads([left_out], run_id="run-2")
    assert claimed_urls(store) == []
    assert store.add_leads([lead(url)], run_id="run-3") == 0
    assert claimed_urls(store) == [url]


def test_claims_take_one_lead_of_each_host_before_a_second_of_any(store: Store) -> None:
    store.add_leads(waiting("a", 5) + waiting("b", 2) + waiting("c", 1), run_id="run-1")
    hosts = [url.split("/")[2][0] for url in claimed_urls(store, limit=6)]
    assert sorted(hosts[:3]) == ["a", "b", "c"]
    assert sorted(hosts[3:5]) == ["a", "b"]
    assert hosts[5:] == ["a"]


def test_no_host_has_more_claims_than_allowed_over_several_calls(store: Store) -> None:
    store.add_leads(waiting("a", 5) + waiting("b", 5), run_id="run-1")
    first = claimed_urls(store, limit=3, per_host=2)
    second = claimed_urls(store, limit=3, per_host=2)
    assert Counter(url.split("/")[2] for url in first + second) == {"a.example": 2, "b.example": 2}
    assert claimed_urls(store, per_host=2) == []
    store.finish_lead(first[0], state=LeadState.DONE)
    assert len(claimed_urls(store, per_host=2)) == 1


def test_a_claim_of_as_many_as_there_are_ends_with_the_last_lead(store: Store) -> None:
    """However many a host may have: the rounds end where no host has anything left."""
    store.add_leads(waiting("a", 3) + waiting("b", 1), run_id="run-1")
    assert len(claimed_urls(store, limit=10**9, per_host=10**9)) == 4
    assert claimed_urls(store, limit=10**9, per_host=10**9) == []


def test_a_busy_host_comes_after_those_with_fewer_claims(store: Store) -> None:
    store.add_leads(waiting("busy", 5), run_id="run-1")
    assert len(claimed_urls(store, limit=3)) == 3
    store.add_leads(waiting("idle", 3), run_id="run-1")
    hosts = [url.split("/")[2] for url in claimed_urls(store, limit=4)]
    assert hosts == ["idle.example"] * 3 + ["busy.example"]


def test_priority_comes_before_age_and_undated_leads_come_last_as_listed(store: Store) -> None:
    store.add_leads(
        [
            lead("https://a.example/undated-1"),
            lead("https://a.example/undated-2"),
            lead("https://a.example/old", published="2026-03-01"),
            lead("https://a.example/new", published="2026-03-02"),
            lead("https://a.example/wanted", priority=1),
        ],
        run_id="run-1",
    )
    names = [url.rsplit("/", 1)[1] for url in claimed_urls(store)]
    assert names == ["wanted", "new", "old", "undated-1", "undated-2"]


def test_a_lead_put_back_waits_for_its_time(store: Store) -> None:
    url = "https://a.example/0"
    store.add_leads(waiting("a", 1), run_id="run-1")
    assert claimed_urls(store) == [url]
    store.requeue_lead(url, not_before=LATER, reason="retry-later")
    assert claimed_urls(store) == []
    assert store.next_due(NOW) == LATER
    assert claimed_urls(store, now=LATER) == [url]
    assert store.next_due(NOW) is None
    kept = store.lead(url)
    assert kept is not None
    assert (kept.attempts, kept.reason) == (1, "retry-later")


def test_a_fetch_counts_as_a_try_and_a_refusal_does_not(store: Store) -> None:
    store.add_leads(waiting("a", 2), run_id="run-1")
    store.finish_lead("https://a.example/0", state=LeadState.FAILED, reason="http-404")
    store.finish_lead("https://a.example/1", state=LeadState.REFUSED, reason="robots-denied")
    assert [each.attempts for each in store.leads()] == [1, 0]


def test_claims_of_a_dead_run_are_free_again_when_the_next_begins(store: Store) -> None:
    store.add_leads(waiting("a", 2), run_id="run-1")
    assert len(claimed_urls(store)) == 2
    store.begin_run("run-2", now=LATER)
    assert store.lead_counts()[LeadState.NEW] == 2
    assert [run.outcome for run in store.runs()] == ["running", "interrupted"]


def test_released_claims_are_counted_and_keep_their_tries(store: Store) -> None:
    store.add_leads(waiting("a", 3), run_id="run-1")
    assert len(claimed_urls(store, limit=2)) == 2
    assert store.release_claims() == 2
    assert store.lead_counts() == dict.fromkeys(LeadState, 0) | {LeadState.NEW: 3}
    assert {each.attempts for each in store.leads()} == {0}


def test_leads_that_fail_on_the_way_are_not_filed_by_half(store: Store) -> None:
    def broken() -> list[Lead]:
        return [lead("https://a.example/0"), lead("https://a.example/1", found=None)]

    with pytest.raises(StoreError, match="NOT NULL"):
        store.add_leads(broken(), run_id="run-1")
    assert list(store.leads()) == []


def test_a_claim_reads_the_waiting_leads_by_index(store: Store) -> None:
    """A scan would take minutes with 100,000 leads; what is measured is the number of steps."""
    store.add_leads(
        (lead(f"https://h{number % 40}.example/{number}") for number in range(4000)),
        run_id="run-1",
    )
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    store._connection.set_progress_handler(step, 100)
    assert len(claimed_urls(store, limit=20, per_host=1)) == 20
    store._connection.set_progress_handler(None, 0)
    # Some 60 instructions of SQLite's machine a host, and 200 to claim one lead: the ten thousands
    # of a scan are far above this.
    assert steps * 100 < 15_000


def test_a_page_is_due_again_at_the_ages_given_and_then_no_more(store: Store) -> None:
    url = "https://courier.example/1"
    store.add_leads([lead(url)], run_id="run-1")
    fetched = ["00:00", "01:10", "06:00", "23:00", "24:00"]
    due = []
    for clock in fetched:
        day, hour = (2, clock) if clock != "24:00" else (3, "00:00")
        store.finish_lead(url, state=LeadState.DONE)
        store.plan_revisit(url, now=f"2026-03-0{day}T{hour}:00Z", hours=(24.0, 1.0, 6.0))
        row = store._one("SELECT visits, revisit_at FROM leads WHERE url = ?", (url,))
        assert row is not None
        due.append((row["visits"], row["revisit_at"]))
    assert due == [
        (1, "2026-03-02T01:00:00Z"),
        (2, "2026-03-02T06:00:00Z"),
        (3, "2026-03-03T00:00:00Z"),
        (4, None),
        (5, None),
    ]


def test_revisits_come_after_all_that_is_new_and_the_newest_first(store: Store) -> None:
    old, young, new = (f"https://courier.example/{name}" for name in ("old", "young", "new"))
    store.add_leads(
        [
            lead(old, published="2026-03-01T09:00:00Z", priority=9),
            lead(young, published="2026-03-02T09:00:00Z", priority=9),
            lead(new, priority=-5),
        ],
        run_id="run-1",
    )
    for url in (old, young):
        store.finish_lead(url, state=LeadState.DONE)
        store.plan_revisit(url, now="2026-03-02T10:00:00Z", hours=(1.0,))
    assert store.claim_revisits("2026-03-02T10:59:59Z") == 0
    assert store.claim_revisits("2026-03-02T11:00:00Z") == 2
    assert store.claim_revisits("2026-03-02T11:00:00Z") == 0
    order = store.claim_leads("run-1", limit=9, per_host=9, now="2026-03-02T12:00:00Z")
    assert [one.url for one in order] == [new, young, old]
    assert [one.visits for one in order] == [0, 1, 1]


def test_what_failures_keep_back_for_too_long_is_given_up(store: Store) -> None:
    names = ("failing", "patient", "over-budget", "young", "kept")
    urls = {name: f"https://courier.example/{name}" for name in names}
    old, new = "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"
    store.add_leads(
        [lead(url, found=new if name == "young" else old) for name, url in urls.items()],
        run_id="run-1",
    )
    for name, reason in (("failing", "timeout"), ("over-budget", "daily-budget"),
                         ("young", "timeout"), ("kept", "timeout")):  # fmt: skip
        store.requeue_lead(urls[name], not_before=old, reason=reason)
    store.plan_revisit(urls["kept"], now=old, hours=())
    assert store.expire_leads("2026-02-15T00:00:00Z") == 1
    assert [one.url for one in store.leads(LeadState.FAILED)] == [urls["failing"]]
    assert store.lead_counts()[LeadState.NEW] == 4


PLAIN = "https://courier.example/ferry"
AMP = "https://courier.example/amp/ferry"
PRINT = "https://courier.example/ferry?print=1"


def filed(store: Store, *urls: str, **changes: object) -> int:
    store.add_leads([lead(url, **changes) for url in urls], run_id="run-1")
    return store.leave_out_variants(urls)


def states(store: Store) -> dict[str, tuple[LeadState, str | None]]:
    return {each.url: (each.state, each.reason) for each in store.leads()}


@pytest.mark.parametrize("order", [(PLAIN, AMP, PRINT), (PRINT, AMP, PLAIN), (AMP, PLAIN, PRINT)])
def test_of_several_spellings_the_plainest_is_asked_for(
    store: Store, order: tuple[str, ...]
) -> None:
    left_out = sum(filed(store, url) for url in order)
    assert left_out == 2
    assert claimed_urls(store) == [PLAIN]
    assert states(store)[AMP] == states(store)[PRINT] == (LeadState.LEFT_OUT, "variant")


def test_a_spelling_alone_is_asked_for_and_a_plainer_one_after_it_as_well(store: Store) -> None:
    assert filed(store, AMP) == 0
    assert claimed_urls(store) == [AMP]
    store.finish_lead(AMP, state=LeadState.DONE)
    assert filed(store, PLAIN) == 0
    assert claimed_urls(store) == [PLAIN]
    assert filed(store, PRINT) == 1


def test_a_variant_that_is_found_again_stays_left_out(store: Store) -> None:
    filed(store, PLAIN, AMP)
    filed(store, AMP)
    assert states(store)[AMP] == (LeadState.LEFT_OUT, "variant")


@pytest.mark.parametrize("state", [LeadState.FAILED, LeadState.REFUSED])
def test_where_the_plain_page_cannot_be_had_the_next_best_one_is(
    store: Store, state: LeadState
) -> None:
    filed(store, PRINT, AMP, PLAIN)
    store.finish_lead(PLAIN, state=state, reason="http-404")
    assert claimed_urls(store) == [AMP]
    store.finish_lead(AMP, state=LeadState.FAILED, reason="http-404")
    assert claimed_urls(store) == [PRINT]


def test_what_a_person_named_is_always_asked_for(store: Store) -> None:
    assert filed(store, PLAIN, AMP, kind="urls") == 0
    assert sorted(claimed_urls(store)) == [AMP, PLAIN]


def test_pages_of_one_article_are_no_variants(store: Store) -> None:
    whole = f"{PLAIN}?page=all"
    filed(store, PLAIN, whole)
    assert states(store)[whole] == (LeadState.LEFT_OUT, "variant")
    # Its first page names it as the one that has all.
    store.add_leads([lead(whole, kind="part", part_of=PLAIN)], run_id="run-1")
    store.leave_out_variants([whole])
    assert sorted(claimed_urls(store)) == [PLAIN, whole]
