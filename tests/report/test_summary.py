"""A cluster in plain sentences."""

from dataclasses import replace

import pytest

from crawler.items import Certainty, Network
from crawler.report import build_cluster
from crawler.report.summary import lead_said
from tests.report.made_up import ferry
from tests.store.records import provenance

ISLES = Network(name="Isles", sites=("outlet0.example", "outlet12.example"), reasons=())


def test_the_sentences_say_how_many_who_first_how_close_and_on_whose_authority() -> None:
    made = ferry()
    assert build_cluster(made.clusters[0], made.articles).summary == (
        ("5 copies of one text on 4 sites, from 3 Mar 2026, 05:00 UTC to 3 Mar 2026, 06:35 UTC."),
        (
            "The earliest that can be trusted is on outlet0.example, 3 Mar 2026, 05:00 UTC "
            "(claimed by json-ld), 12 minutes before the next."
        ),
        (
            "Against the reference copy on outlet12.example, "
            "2 have the same words, 1 is edited and 1 is cut."
        ),
        "2 of 5 credit Meridian Wire.",
    )


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    made = ferry()
    articles = {
        name: replace(one, published=None, fetched=None, agency=None)
        for name, one in made.articles.items()
    }
    summary = build_cluster(made.clusters[0], articles).summary
    assert summary[0] == "5 copies of one text on 4 sites; none gives a time."
    assert summary[1].endswith("unknown; by how much it leads is unknown.")
    assert summary[-1] == "No copy credits an agency."


def test_a_single_copy_is_compared_with_nothing() -> None:
    made = ferry()
    summary = build_cluster(made.clusters[2], made.articles).summary
    assert len(summary) == 3
    assert summary[0].startswith("1 copy of one text on 1 site, 3 Mar 2026, 10:01")


OUTLET = "outlet0.example, 3 Mar 2026, 05:00 UTC (claimed by json-ld)"
LEAD = "11 minutes to 13 minutes before the next."
WHO = {
    Certainty.CERTAIN: f"First is {OUTLET}, {LEAD}",
    Certainty.LIKELY: f"Most likely first is {OUTLET}, {LEAD}",
    Certainty.ONE_OF: (
        "One of these ran it first, and nothing tells which: outlet0.example, outlet12.example."
    ),
    Certainty.UNKNOWN: "Which copy came first is unknown: no time or statement tells.",
}


@pytest.mark.parametrize("certainty", Certainty)
def test_the_answer_of_provenance_is_said_as_sure_as_it_is(certainty: Certainty) -> None:
    made = ferry()
    known = provenance("cfeed0000aa", "art0000", "art0012")
    answer = replace(known.first, certainty=certainty, lead_low_s=660.0, lead_high_s=780.0)
    answer = replace(answer, gaps=(*answer.gaps, *answer.gaps))
    view = build_cluster(
        made.clusters[0], made.articles, provenance=replace(known, first=answer), networks=(ISLES,)
    )
    assert view.summary[0].startswith("5 copies of one text on 4 sites of 3 owners, ")
    assert view.summary[1] == WHO[certainty]
    assert view.summary[-1] == "1 source gave nothing. 1 further gap in what was seen."


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (None, None, ""),
        (0.0, None, ""),
        (60.0, None, ", 1 minute or more before the next"),
        (0.0, 120.0, ", at most 2 minutes before the next"),
        (3600.0, 3601.0, ", 1 h before the next"),
    ],
)
def test_a_lead_is_said_by_its_bounds(low: float | None, high: float | None, says: str) -> None:
    first = provenance("c1", "a").first
    assert lead_said(replace(first, lead_low_s=low, lead_high_s=high)) == says
