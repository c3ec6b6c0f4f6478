"""A language and chance -> the people, places and words that one event's stories share."""

from random import Random
from typing import Any

from crawler.quality.corpus.grammar import Rules, compile_rules
from crawler.quality.corpus.languages import DAYS, Language

AGENCIES = ("CPA", "Meridian", "Nordpress", "UNP", "Telegraph Union", "Atlas News", "Pressbund")
"""Invented news agencies."""


def invent_world(language: Language, rng: Random) -> Rules:
    """Give the lists of one event: whoever and whatever its stories are about.

    A topic's words are shared by all stories of the topic, names hardly ever by two events.
    """
    make = _english_names if language.code == "en" else _other_names
    names = make(language.lists["names"], rng)
    topics = language.lists.get("topics")
    if topics:
        names |= topics[rng.choice(sorted(topics))]
    return compile_rules(names)


def place_name(language: Language, rng: Random) -> str:
    """Invent a town."""
    names = language.lists["names"]
    if language.code == "en":
        return rng.choice(names["town_head"]) + rng.choice(names["town_tail"])
    return "".join(rng.choice(names[part]) for part in ("place_head", "place_tail"))


def full_name(language: Language, rng: Random) -> str:
    """Invent a person."""
    given, family = _person(language.lists["names"], rng)
    return given + (" " if language.spaced else "") + family


def _person(names: dict[str, Any], rng: Random) -> tuple[str, str]:
    family = rng.choice(names["family_head"]) + rng.choice(names["family_tail"])
    return rng.choice(names["given"]), family


def _english_names(names: dict[str, Any], rng: Random) -> dict[str, Any]:
    people = [_person(names, rng) for _ in range(4)]
    return {
        "person": [f"{given} {family}" for given, family in people],
        "surname": [family for _, family in people],
        "town": [_town(names, rng) for _ in range(2)],
        "suburb": [_town(names, rng) for _ in range(3)],
        "street": [f"{_town(names, rng)} {rng.choice(names['street_tail'])}" for _ in range(3)],
        "org": [f"the {_org(names, rng)}" for _ in range(3)],
        "outlet": rng.sample(names["outlet"], 2),
        "day": rng.sample(DAYS, 2),
    }


def _town(names: dict[str, Any], rng: Random) -> str:
    return rng.choice(names["town_head"]) + rng.choice(names["town_tail"])


def _org(names: dict[str, Any], rng: Random) -> str:
    return f"{_town(names, rng)} {rng.choice(names['org_field'])} {rng.choice(names['org_head'])}"


def _other_names(names: dict[str, Any], rng: Random) -> dict[str, Any]:
    people = [_person(names, rng) for _ in range(4)]
    towns = [rng.choice(names["place_head"]) + rng.choice(names["place_tail"]) for _ in range(4)]
    orgs = [rng.choice(names["org_head"]) + rng.choice(names["org_tail"]) for _ in range(3)]
    gap = names.get("gap", "")
    return {
        "person": [family + gap + given for given, family in people],
        "surname": [family for _, family in people],
        "town": towns[:2],
        "suburb": towns[2:],
        "org": orgs,
    }
