"""Who ran it first: sources beat agencies beat times, and what is open stays open."""

import random

from crawler.items import Article, Certainty, FirstAnswer, Lead, LeadState, Run, SourceOutcome
from crawler.provenance import Coverage, hear, look_again, survey, trace
from tests.provenance.made_up import SEEN, TEXT, claim, cluster, copy, says

WIRE = {"wire.example": "AP"}


def answer(*articles: Article, coverage: Coverage | None = None) -> FirstAnswer:
    known = survey(hear(articles), agency_sites=WIRE, coverage=coverage)
    _, found = trace(cluster(*articles), {each.id: each for each in articles}, known)
    assert found is not None
    return found.first


def names(found: FirstAnswer) -> list[str]:
    return [each.article_id for each in found.candidates]


EARLY = copy("early", "2026-03-02T08:00:00Z")
LATE = copy("late", "2026-03-02T10:00:30Z")


def test_the_earliest_instant_is_certain_and_leads_by_an_interval() -> None:
    found = answer(LATE, EARLY)
    assert (names(found), found.certainty) == (["early"], Certainty.CERTAIN)
    assert (found.lead_low_s, found.lead_high_s) == (7170, 7231)
    assert found.candidates[0].earliest == "2026-03-02T08:00:00Z"
    assert "claimed by json-ld" in found.candidates[0].reasons[0]


def test_the_same_minute_is_one_of_two() -> None:
    found = answer(EARLY, copy("other", "2026-03-02T09:00:00+01:00"), LATE)
    assert found.certainty is Certainty.ONE_OF
    assert sorted(names(found)) == ["early", "other"]
    assert (found.lead_low_s, found.lead_high_s) == (None, None)
    assert "overlaps with" in " ".join(found.candidates[0].reasons)


def test_a_bare_day_cannot_be_ordered_against_a_time_in_it() -> None:
    found = answer(copy("day", "2026-03-02"), copy("time", "2026-03-02T12:00:00Z"))
    assert found.certainty is Certainty.ONE_OF
    assert sorted(names(found)) == ["day", "time"]
    before = answer(copy("day", "2026-03-05"), copy("time", "2026-03-02T12:00:00Z"))
    assert names(before) == ["time"]


def test_without_any_time_and_statement_it_is_unknown() -> None:
    found = answer(copy("a"), copy("b"))
    assert (found.certainty, found.candidates) == (Certainty.UNKNOWN, ())


def test_more_than_five_names_are_no_answer() -> None:
    found = answer(*(copy(f"o{number}", "2026-03-02") for number in range(8)))
    assert found.certainty is Certainty.UNKNOWN


def test_one_of_many_without_a_time_makes_it_likely_at_most() -> None:
    others = [copy(f"o{number}", f"2026-03-03T0{number}:00:00Z") for number in range(9)]
    found = answer(EARLY, *others, copy("undated"))
    assert (names(found), found.certainty) == (["early"], Certainty.LIKELY)
    assert found.candidates[0].score < 0.95
    assert found.lead_low_s == 0


def test_an_explicit_source_beats_the_clock_and_what_speaks_against_it_is_told() -> None:
    first = "https://late.example/tern-rock"
    teller = copy("teller", "2026-03-02T12:00:00Z", canonical_url=first)
    other = copy("other", "2026-03-02T13:00:00Z", evidence=(says("original", first),))
    found = answer(EARLY, LATE, teller, other)
    assert (names(found), found.certainty) == (["late"], Certainty.LIKELY)
    reasons = " ".join(found.candidates[0].reasons)
    assert "teller.example gives as its canonical address" in reasons
    assert "early.example claims to have run it earlier" in reasons
    assert found.origin == "late.example"


def test_one_statement_against_a_clear_time_leaves_two() -> None:
    weak = copy(
        "teller", "2026-03-02T12:00:00Z", evidence=(says("original", "late.example", weight=0.7),)
    )
    found = answer(EARLY, LATE, weak)
    assert found.certainty is Certainty.ONE_OF
    assert sorted(names(found)) == ["early", "late"]


def test_an_outlet_may_be_named_by_its_publishers_name() -> None:
    late = copy("late", "2026-03-02T10:00:00Z", evidence=(says("publisher", "The Quay Post"),))
    teller = copy("teller", "2026-03-02", evidence=(says("original", "Quay Post"),))
    assert names(answer(late, teller)) == ["late"]


def test_a_station_on_the_way_is_not_the_end_and_a_circle_says_nothing() -> None:
    a = copy("a", "2026-03-02T12:00:00Z", canonical_url="https://b.example/tern-rock")
    b = copy("b", "2026-03-02T11:00:00Z", canonical_url="https://c.example/tern-rock")
    c = copy("c", "2026-03-02T13:00:00Z")
    assert names(answer(a, b, c)) == ["c"]
    back = copy("c", "2026-03-02T13:00:00Z", canonical_url="https://a.example/tern-rock")
    assert names(answer(a, b, back)) == ["b"]


def test_an_agencys_own_site_beats_the_clock_where_others_credit_it() -> None:
    wire = copy("wire", "2026-03-02T09:00:00Z")
    credit = {"agency": "AP", "evidence": (says("agency", "AP", quote="TERN ROCK (AP) —"),)}
    found = answer(wire, copy("early", "2026-03-02T08:00:00Z", **credit))
    assert names(found)[0] == "wire"
    assert found.origin == "AP"
    assert found.origin_reasons == (
        "1 outlet credits AP, for instance early.example: “TERN ROCK (AP) —”.",
    )
    assert names(answer(wire, EARLY)) == ["early"]


def test_an_agency_is_the_origin_while_an_outlet_is_the_first() -> None:
    credited = [copy(f"o{at}", f"2026-03-02T0{at}:00:00Z", agency="AP") for at in range(3)]
    found = answer(*credited)
    assert (names(found), found.origin) == (["o0"], "AP")
    mixed = answer(*credited[:2], copy("x", "2026-03-03", agency="AFP"), copy("y", agency="AFP"))
    assert mixed.origin is None


def test_a_source_outside_of_what_was_seen_is_a_gap() -> None:
    elsewhere = copy(
        "early", "2026-03-02T08:00:00Z", canonical_url="https://elsewhere.example/tern"
    )
    found = answer(elsewhere, LATE)
    assert (names(found), found.certainty) == (["early"], Certainty.LIKELY)
    assert found.gaps[0].reason == "original-not-seen"
    assert found.origin == "https://elsewhere.example/tern"


def test_an_outlet_that_is_named_and_not_seen_is_a_gap_but_oneself_and_the_agency_are_none() -> (
    None
):
    named = copy("early", "2026-03-02T08:00:00Z", evidence=(says("original", "The Far Isle Post"),))
    [gap] = answer(named, LATE).gaps
    assert (gap.reason, gap.url) == ("original-not-seen", None)
    assert "The Far Isle Post" in gap.detail
    own = (says("publisher", "Early Post"), says("original", "Early Post"), says("original", "AP"))
    selfish = copy("early", "2026-03-02T08:00:00Z", evidence=own, agency="AP")
    assert answer(selfish, LATE).gaps == ()


def test_a_page_of_that_headline_that_was_not_read_takes_the_certainty() -> None:
    lead = Lead(
        url="https://closed.example/1",
        source="closed",
        kind="feed",
        found_on="https://closed.example/feed",
        found=SEEN,
        title="Tern Rock lighthouse will shine again",
        published="2026-03-02T07:00:00Z",
        state=LeadState.REFUSED,
        reason="robots-denied",
    )
    found = answer(EARLY, LATE, coverage=Coverage(leads=[lead]))
    assert (names(found), found.certainty) == (["early"], Certainty.LIKELY)
    assert [(gap.reason, gap.site) for gap in found.gaps] == [("robots-denied", "closed.example")]


def test_an_answer_follows_what_becomes_known_of_what_was_not_seen() -> None:
    broken = Run(
        id="r",
        started="2026-03-02T09:00:00Z",
        sources=(SourceOutcome(source="s", documents=0, leads=0, new_leads=0, failures=1),),
    )
    both = [EARLY, LATE]
    _, found = trace(cluster(*both), {each.id: each for each in both}, survey(hear(both)))
    assert found is not None
    later = look_again(found, both, survey(hear(both), coverage=Coverage(runs=[broken])))
    assert later.first.certainty is Certainty.LIKELY
    assert [gap.reason for gap in later.first.gaps] == ["source-unread"]
    assert look_again(later, both, survey(hear(both))) == found
    tied = [copy("a", "2026-03-02"), copy("b", "2026-03-02")]
    _, left = trace(cluster(*tied), {each.id: each for each in tied}, survey(hear(tied)))
    assert left is not None
    assert look_again(left, tied, survey(hear(tied))) == left


def test_forms_of_one_page_are_one_outlet() -> None:
    printed = copy(
        "print", "2026-03-02", site="early.example", url="https://early.example/print/tern-rock"
    )
    found = answer(printed, EARLY, LATE)
    assert (names(found), found.certainty) == (["early"], Certainty.CERTAIN)


def test_a_version_made_from_another_ones_is_less_likely_the_first() -> None:
    changed = TEXT.replace("four winters", "five long winters").replace("an hour", "two hours")
    again = changed.replace("people home", "everyone home")
    day = "2026-03-02"
    articles = [
        copy("made", day, text=again),
        copy("model", day, text=changed),
        copy("plain", "2026-03-05T00:00:00Z"),
        copy("plainer", "2026-03-05T00:00:00Z", text=TEXT.replace("300", "400")),
        copy("plainest", "2026-03-05T00:00:00Z", text=TEXT.replace("300", "500")),
    ]
    found = answer(*articles)
    assert names(found) == ["model", "made"]
    assert found.candidates[0].score > 0.6
    assert "further ones of its own" in found.candidates[1].reasons[0]


def test_a_flagged_time_orders_nothing() -> None:
    flagged = copy("flagged", claim("2026-03-01T00:00:00Z", flaw="before-event"))
    assert sorted(names(answer(flagged, EARLY, LATE))) == ["early", "flagged"]


def test_the_cluster_marks_its_first_copy_or_none() -> None:
    articles = {each.id: each for each in (LATE, EARLY)}
    marked, _ = trace(cluster(LATE, EARLY), articles, survey(hear(articles.values())))
    assert [member.article_id for member in marked.members if member.first] == ["early"]
    tied = [copy("a", "2026-03-02"), copy("b", "2026-03-02")]
    marked, _ = trace(cluster(*tied), {each.id: each for each in tied}, survey(hear(tied)))
    assert not any(member.first for member in marked.members)
    alone, nothing = trace(cluster(EARLY), {"early": EARLY}, survey(hear([EARLY])))
    assert (alone, nothing) == (cluster(EARLY), None)


def test_the_order_of_arrival_does_not_matter() -> None:
    articles = [
        copy(f"o{at}", f"2026-03-0{2 + at % 3}", text=TEXT.replace("300", str(at % 4)))
        for at in range(9)
    ]
    given = cluster(*articles)
    known = {each.id: each for each in articles}
    expected = trace(given, known, survey(hear(articles)))
    random.Random(3).shuffle(articles)
    shuffled = {each.id: each for each in articles}
    assert trace(given, shuffled, survey(hear(articles))) == expected
