"""Whether a lead may be about a watched story."""

import pytest

from crawler.discovery import StoryMatcher, StoryTerms, Verdict, story_terms
from crawler.discovery.plaintext import plain
from crawler.discovery.terms import fold, stems_of
from crawler.items import Lead

STORY = """Premier Ostrava reaches Velden summit by night train
VELDEN — Premier Lena Ostrava stepped off a night train in Velden on Tuesday, 19 hours after
leaving the capital, to join a summit on the Marrow river treaty. "We came by rail because the
valley should see us coming," Ostrava told reporters on the platform.
The treaty shares the water of the Marrow among four countries. Delegates from Sorrel and Kasten
said they expected talks to last until Friday. Ostrava brought 40 advisers in six carriages."""


def lead(title: str | None = None, url: str = "http://x.example/r/1", **hints: str) -> Lead:
    return Lead(
        url=url,
        source="s",
        kind=hints.pop("kind", "feed"),
        found_on="f",
        found="f",
        title=title,
        **hints,  # type: ignore[arg-type]  # hints are strings
    )


def judge(terms: StoryTerms, one: Lead) -> Verdict:
    return StoryMatcher([terms]).judge(one)


WATCHED = story_terms("train", text=STORY)


@pytest.mark.parametrize(
    "title",
    [
        "Night train brings Ostrava to Velden",
        "Ostravas Zugreise zum Gipfel in Velden",
        "Ostrava llega en tren a la cumbre de Velden",
        "Marrow river treaty: premier Ostrava arrives",
    ],
)
def test_a_retitled_or_translated_headline_is_fetched(title: str) -> None:
    verdict = judge(WATCHED, lead(title))
    assert (verdict.fetch, verdict.reason, verdict.story) == (True, "may-match", "train")


@pytest.mark.parametrize(
    "title",
    [
        "Harbour ferry runs aground at dawn",
        "Town council votes on parking fees for the market",
        "Velden bakery wins national prize for its rye bread",
    ],
)
def test_another_story_is_left_out_with_its_reason(title: str) -> None:
    assert judge(WATCHED, lead(title)).reason == "off-story"


def test_the_words_of_the_address_count_too() -> None:
    url = "http://x.example/2026/03/02/ostrava-in-velden-by-train.html"
    assert judge(WATCHED, lead(None, url)).reason == "may-match"


def test_a_lead_without_words_is_fetched() -> None:
    verdict = judge(WATCHED, lead(None))
    assert (verdict.fetch, verdict.reason) == (True, "no-words")


def test_a_story_not_known_yet_leaves_nothing_out() -> None:
    assert judge(story_terms("unknown"), lead("Harbour ferry runs aground")).fetch


def test_key_words_alone_decide_when_given() -> None:
    terms = story_terms("keys", words=("Ostrava", "night train", "Marrow"))
    assert judge(terms, lead("Ostrava boards a night train")).fetch
    assert not judge(terms, lead("Ostrava opens a bridge")).fetch
    assert judge(story_terms("one", words=("Ostrava",)), lead("Ostrava opens a bridge")).fetch


def test_leads_outside_the_window_are_left_out() -> None:
    terms = story_terms("w", text=STORY, since="2026-03-02T00:00:00Z", until="2026-03-05T00:00:00Z")
    title = "Night train brings Ostrava to Velden"
    assert judge(terms, lead(title, published="2026-02-20T10:00:00Z")).reason == "before-window"
    assert judge(terms, lead(title, published="2026-03-09T10:00:00Z")).reason == "after-window"
    assert judge(terms, lead(title, published="2026-03-03T10:00:00Z")).fetch
    assert judge(terms, lead(title)).fetch


def test_a_claim_without_a_zone_gets_the_benefit_of_the_doubt() -> None:
    terms = story_terms("w", text=STORY, since="2026-03-02T00:00:00Z")
    title = "Night train brings Ostrava to Velden"
    assert judge(terms, lead(title, published="2026-03-01T23:00:00")).fetch
    assert not judge(terms, lead(title, published="2026-03-01T23:00:00+00:00")).fetch
    assert judge(terms, lead(title, published="2026-03-01")).fetch


def test_an_update_inside_the_window_counts() -> None:
    terms = story_terms("w", text=STORY, since="2026-03-02T00:00:00Z")
    one = lead(
        "Night train brings Ostrava",
        published="2026-02-01T00:00:00Z",
        modified="2026-03-03T00:00:00Z",
    )
    assert judge(terms, one).fetch


def test_one_fitting_story_of_many_is_enough() -> None:
    matcher = StoryMatcher([story_terms("other", words=("ferry",)), WATCHED])
    assert matcher.judge(lead("Night train brings Ostrava to Velden")).story == "train"


def test_without_stories_everything_is_fetched() -> None:
    assert StoryMatcher([]).judge(lead("Harbour ferry")).reason == "no-story"


def test_the_page_of_the_story_itself_is_always_fetched() -> None:
    assert StoryMatcher([WATCHED]).judge(lead("Harbour ferry", kind="story")).fetch


def test_names_weigh_more_than_common_long_words() -> None:
    assert WATCHED.weights[fold("Ostrava")] > WATCHED.weights[fold("carriages")]
    assert fold("Tuesday") not in WATCHED.weights


def test_stems_fold_case_accents_and_endings() -> None:
    assert fold("Koreanische") == fold("KOREANS")
    assert stems_of("Élections à Orléans, 2026") == {"electi", "orlean", "2026"}


def test_plain_text_is_cut_at_a_word() -> None:
    assert plain("<p>one two three</p>", 9) == "one two…"
    assert plain("a\x00b &amp; c", 50) == "a b & c"
    assert plain("", 5) is None
    assert plain("<script>x", 50) is None
