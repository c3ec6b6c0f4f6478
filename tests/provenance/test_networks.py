"""Sites of one owner are joined by what they say of themselves, and by nothing else."""

import random

from crawler.items import Article, Evidence, Network, Removed
from crawler.provenance import hear, survey
from tests.provenance.made_up import copy, says

PROMPT = "The Gale papers are printed by people of these islands for people of these islands."
SECOND = "Write to the readers' desk at the old customs house on the quay in Kalvik."


def page(site: str, number: int, *evidence: Evidence, under: tuple[str, ...] = ()) -> Article:
    return copy(
        f"{site}{number}",
        site=f"{site}.example",
        evidence=evidence,
        removed=tuple(Removed(text=text, reason="after-story") for text in under),
    )


def networks(*articles: Article, declared: dict[str, list[str]] | None = None) -> list[Network]:
    return list(survey(hear(articles, ["AP", "Associated Press"]), networks=declared).networks)


def groups(found: list[Network]) -> list[tuple[str, ...]]:
    return [network.sites for network in found]


def test_a_companys_name_joins_and_is_quoted() -> None:
    owner = says("holder", "Gale Media Group")
    [network] = networks(page("a", 1, owner), page("b", 1, owner), page("c", 1))
    assert network.name == "Gale Media Group"
    assert network.sites == ("a.example", "b.example")
    assert network.reasons == ("Both name “Gale Media Group” as holder of the copyright.",)


def test_publisher_and_holder_may_be_one() -> None:
    found = networks(
        page("a", 1, says("holder", "Gale & Sons Ltd.")),
        page("b", 1, says("publisher", "Gale & Sons Ltd")),
    )
    assert groups(found) == [("a.example", "b.example")]


def test_a_mastheads_name_alone_joins_nothing() -> None:
    """There is a Daily News in many a town."""
    masthead = says("publisher", "Daily News")
    assert networks(page("a", 1, masthead), page("b", 1, masthead)) == []


def test_a_masthead_and_the_same_words_under_the_pages_do() -> None:
    masthead = says("publisher", "Island Echo")
    under = (PROMPT, SECOND)
    pages = [page(site, at, masthead, under=under) for site in "ab" for at in range(2)]
    [network] = networks(*pages)
    assert len(network.reasons) == 2
    assert networks(*pages[:3]) == []


def test_the_same_words_alone_join_nothing() -> None:
    pages = [page(site, at, under=(PROMPT, SECOND)) for site in "ab" for at in range(2)]
    assert networks(*pages) == []


def test_an_agency_or_the_maker_of_the_pages_is_no_owner() -> None:
    for name in ("Associated Press", "WordPress", "BLOX Digital", "Publisher"):
        owner = says("publisher", name)
        assert networks(page("a", 1, owner), page("b", 1, owner)) == []


def test_an_agencys_boilerplate_is_no_furniture() -> None:
    under = tuple(f"{text} Associated Press." for text in (PROMPT, SECOND))
    masthead = says("publisher", "Island Echo")
    pages = [page(site, at, masthead, under=under) for site in "ab" for at in range(2)]
    assert networks(*pages) == []


def test_what_single_pages_say_is_outvoted() -> None:
    """A page taken over whole, with its maker's name in it, does not sell the site."""
    own, foreign = says("publisher", "Hill Verlag GmbH"), says("publisher", "Gale Media Group")
    found = networks(
        page("a", 1, own), page("a", 2, own), page("a", 3, foreign), page("b", 1, foreign)
    )
    assert found == []


def test_the_users_table_decides_for_its_sites() -> None:
    owner = says("holder", "Gale Media Group")
    pages = [page(site, 1, owner) for site in "abc"]
    found = networks(*pages, declared={"Hill": ["a.example", "z.example"]})
    assert [(network.name, network.sites) for network in found] == [
        ("Gale Media Group", ("b.example", "c.example")),
        ("Hill", ("a.example", "z.example")),
    ]


def test_the_order_of_arrival_does_not_matter() -> None:
    pages = [
        page(site, at, says("holder", f"Owner {number % 2} Media"), says("publisher", site))
        for number, site in enumerate("abcdef")
        for at in range(2)
    ]
    expected = networks(*pages)
    assert len(expected) == 2
    random.Random(2).shuffle(pages)
    assert networks(*pages) == expected
