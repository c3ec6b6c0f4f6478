"""A cluster in plain sentences."""

from dataclasses import replace

from crawler.report import build_cluster
from tests.report.made_up import ferry


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
