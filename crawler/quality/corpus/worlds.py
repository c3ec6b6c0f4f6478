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
    names = compile_rules(make(language.lists["names"], rng))
    return names | rng.choice(language.topics) if language.topics else names


def place_name(language: Language, rng: Random) -> str:
    """Invent a town."""
    return _join(language.lists["names"], "town", rng)


def full_name(language: Language, rng: Random) -> str:
    """Invent a person."""
    given, family = _person(language.lists["names"], rng)
    return given + (" " if language.spaced else "") + family


def _person(names: dict[str, Any], rng: Random) -> tuple[str, str]:
    return str(rng.choice(names["given"])), _join(names, "family", rng)


def _english_names(names: dict[str, Any], rng: Random) -> dict[str, Any]:
    people = [_person(names, rng) for _ in range(4)]
    return {
        "person": [f"{given} {family}" for given, family in people],
        "surname": [family for _, family in people],
        "town": [_join(names, "town", rng) for _ in range(2)],
        "suburb": [_join(names, "town", rng) for _ in range(3)],
        "street": [
            f"{_join(names, 'town', rng)} {rng.choice(names['street_tail'])}" for _ in range(3)
        ],
        "org": [f"the {_org(names, rng)}" for _ in range(3)],
        "outlet": rng.sample(names["outlet"], 2),
        "day": rng.sample(DAYS, 2),
    }


def _join(names: dict[str, Any], what: str, rng: Random) -> str:
    """Put a name together of a beginning and an end."""
    return str(rng.choice(names[f"{what}_head"]) + rng.choice(names[f"{what}_tail"]))


def _org(names: dict[str, Any], rng: Random) -> str:
    town, field, head = _join(names, "town", rng), rng.choice(names["org_field"]), names["org_head"]
    return f"{town} {field} {rng.choice(head)}"


def _other_names(names: dict[str, Any], rng: Random) -> dict[str, Any]:
    people = [_person(names, rng) for _ in range(4)]
    towns = [_join(names, "town", rng) for _ in range(4)]
    orgs = [_join(names, "org", rng) for _ in range(3)]
    gap = names.get("gap", "")
    return {
        "person": [family + gap + given for given, family in people],
        "surname": [family for _, family in people],
        "town": towns[:2],
        "suburb": towns[2:],
        "org": orgs,
    }
