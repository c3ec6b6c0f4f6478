"""The table of agencies is whole, and its names are read as names only."""

import re
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from crawler.extraction.agencies import agencies_in, agency_of_site, read_names
from crawler.extraction.spellings import SHORT, Sureness, key_of_form
from crawler.urls import site_of

TABLE: list[dict[str, Any]] = tomllib.loads(
    files("crawler.extraction").joinpath("agencies.toml").read_text("utf-8")
)["agency"]
KNOWN = {"name", "full", "country", "forms", "short", "signed", "languages", "domains"}


def spellings(entry: dict[str, Any]) -> list[str]:
    return [
        entry["name"],
        entry["full"],
        *(form for key in ("forms", "short", "signed") for form in entry.get(key, [])),
    ]


def test_there_are_many_in_many_scripts() -> None:
    assert len(TABLE) >= 60
    text = " ".join(form for entry in TABLE for form in spellings(entry))
    for script in (
        "[а-я]",
        "[\u4e00-\u9fff]",
        "[\u3040-\u30ff]",
        "[가-힣]",
        "[ا-ي]",
        "[ऀ-ॿ]",
        "[α-ω]",
    ):
        assert re.search(script, text, re.IGNORECASE), script


@pytest.mark.parametrize("entry", TABLE, ids=lambda entry: entry["name"])
def test_each_entry_is_whole(entry: dict[str, Any]) -> None:
    assert set(entry) <= KNOWN
    assert {"name", "full", "country", "domains"} <= set(entry)
    assert re.fullmatch("[A-Z]{2}", entry["country"])
    assert all(re.fullmatch("[a-z]{2}", code) for code in entry.get("languages", []))
    for domain in entry["domains"]:
        assert site_of(f"https://www.{domain}/") == domain
        assert agency_of_site(f"https://news.{domain}/story") == entry["name"]


@pytest.mark.parametrize("entry", TABLE, ids=lambda entry: entry["name"])
def test_each_spelling_names_its_agency_where_it_counts(entry: dict[str, Any]) -> None:
    for form in spellings(entry):
        place = Sureness.SIGNED if form in entry.get("signed", []) else Sureness.SURE
        assert read_names(form, place).agencies == (entry["name"],), form


def test_no_spelling_means_two_agencies() -> None:
    owners: dict[str, str] = {}
    for entry in TABLE:
        for form in spellings(entry):
            assert owners.setdefault(key_of_form(form), entry["name"]) == entry["name"], form


@pytest.mark.parametrize(
    ("text", "place", "language", "agencies", "others"),
    [
        ("The Associated Press", Sureness.OPEN, None, ("AP",), ()),
        ("AP staff", Sureness.OPEN, None, ("AP",), ()),
        ("by AFP", Sureness.OPEN, None, ("AFP",), ()),
        ("AFP/dpa", Sureness.OPEN, None, ("AFP", "dpa"), ()),
        ("TT-AFP", Sureness.SURE, None, ("TT", "AFP"), ()),
        ("dpa/lby", Sureness.OPEN, None, ("dpa",), ()),
        ("Nell Quarry, Associated Press", Sureness.SIGNED, None, ("AP",), ("Nell Quarry",)),
        ("AP White House correspondent", Sureness.SIGNED, None, ("AP",), ()),
        ("TT", Sureness.OPEN, "sv", ("TT",), ()),
        ("TT", Sureness.OPEN, "en", (), ()),
        ("TT", Sureness.SURE, "en", ("TT",), ()),
        ("PA", Sureness.SURE, "en", (), ()),
        ("PA", Sureness.SIGNED, "en", ("PA Media",), ()),
        ("tass", Sureness.NAMED, None, (), ()),
        ("Ana", Sureness.NAMED, "el", (), ("Ana",)),
        ("Anna Reuter", Sureness.NAMED, None, (), ("Anna Reuter",)),
        ("AP Poland's minister", Sureness.NAMED, None, (), ("AP Poland's minister",)),
        ("", Sureness.NAMED, None, (), ()),
    ],
)
def test_names_are_matched_whole(
    text: str,
    place: Sureness,
    language: str | None,
    agencies: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    names = read_names(text, place, language)
    assert (names.agencies, names.others) == (agencies, others)


def test_agencies_are_found_inside_sentences_where_the_spelling_is_plain() -> None:
    text = (
        "Reuters and the Associated Press, but not a map of Mali, a beta test or an IANS-like name."
    )
    assert [name for _, _, name in agencies_in(text)] == ["Reuters", "AP"]
    start, end, _ = next(iter(agencies_in(text)))
    assert text[start:end] == "Reuters"


def test_short_spellings_are_matched_as_written() -> None:
    assert key_of_form("Efe") == "Efe"
    assert len("Efe") <= SHORT
    assert key_of_form("Agencia EFE") == "agencia efe"
