"""Turn an agency's story into what one desk prints: cut, edited, expanded, re-led, credited.

What arrives is a story and a plan, what leaves is the printed text. Each way of copying is one
that wire desks use; none of them is random, so that the truth can be read in the plans.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from string import Template

from crawler.items import Relation
from crawler.newsroom.clock import month, weekday
from crawler.newsroom.library import CopyPlan, WireStory

AGENCY_NAMES = {
    "AP": "Associated Press",
    "Reuters": "Reuters",
    "AFP": "Agence France-Presse",
    "EFE": "Agencia EFE",
    "dpa": "Deutsche Presse-Agentur",
    "TASS": "TASS",
}
"""How each agency is written out in bylines and credit lines."""

_CREDIT_LINES = {
    "en": "With information from {agency}.",
    "es": "Con información de {agency}.",
    "de": "Mit Material von {agency}.",
    "fr": "Avec {agency}.",
}
_RELATIONS = {
    "verbatim": Relation.IDENTICAL,
    "cut": Relation.ABRIDGED,
    "edited": Relation.EDITED,
    "re-led": Relation.EDITED,
    "expanded": Relation.EXPANDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCopy:
    """The words of one copy as they stand on the page."""

    title: str
    deck: str
    paragraphs: tuple[str, ...]
    byline: str
    agency: str | None
    relation: Relation


def wire_time(story: WireStory, now: datetime) -> datetime:
    """Give the minute at which the agency sent the story."""
    return now.replace(second=0, microsecond=0) - timedelta(hours=story.hours_ago)


def settle_days(text: str, instant: datetime, language: str) -> str:
    """Fill in the days of the week that a text leaves open."""
    return Template(text).safe_substitute(
        weekday=weekday(instant, language),
        yesterday=weekday(instant - timedelta(days=1), language),
    )


def wire_text(story: WireStory, now: datetime) -> tuple[str, ...]:
    """Give the agency's own paragraphs, without dateline or credit."""
    sent = wire_time(story, now)
    return tuple(settle_days(text, sent, story.language) for text in story.body)


def dateline(story: WireStory, sent: datetime) -> str:
    """Write the words that stand before an agency's first sentence, in that agency's manner."""
    name, day, city = month(sent, story.language), sent.day, story.city
    return {
        "AP": f"{city} (AP) — ",
        "Reuters": f"{city}, {name} {day} (Reuters) - ",
        "AFP": f"{city} (AFP) – ",
        "EFE": f"{city}, {day} {name[:3]} (EFE).- ",
        "dpa": f"{city} (dpa) - ",
        "TASS": f"{city}, {name} {day}. /TASS/. ",
    }[story.agency]


def print_copy(story: WireStory, plan: CopyPlan, credit: str, now: datetime) -> PrintedCopy:
    """Print a story the way a desk's plan says.

    Args:
        story: the agency's text.
        plan: what the desk does with it.
        credit: the publisher's usual way of crediting; the plan's own goes before it.
        now: the instant from which the story's age counts.

    The relation is that of the story's words: dateline and credit line aside.
    """
    text = list(wire_text(story, now))
    if plan.how == "edited":
        text = _edit(text, story.edits)
    text = [part for number, part in enumerate(text, start=1) if number not in plan.drop]
    text = text[: plan.keep]
    if plan.lead is not None:
        text[0] = settle_days(" ".join(plan.lead.split()), wire_time(story, now), story.language)
    text += plan.added
    credit = plan.credit or credit
    return PrintedCopy(
        title=plan.title or story.title,
        deck=story.deck,
        paragraphs=_with_credit(text, story, credit, wire_time(story, now)),
        byline=_byline(story, credit),
        agency=None if credit == "none" else story.agency,
        relation=_RELATIONS[plan.how],
    )


def _edit(text: list[str], edits: tuple[tuple[str, str], ...]) -> list[str]:
    """Replace phrases, each wherever it stands."""
    for old, new in edits:
        text = [part.replace(old, new) for part in text]
    return text


def _with_credit(text: list[str], story: WireStory, credit: str, sent: datetime) -> tuple[str, ...]:
    """Put the credit into the text where the desk's manner wants it there."""
    if credit == "dateline":
        return (dateline(story, sent) + text[0], *text[1:])
    if credit == "credit-line":
        line = _CREDIT_LINES[story.language].format(agency=AGENCY_NAMES[story.agency])
        return (*text, line)
    if credit == "bracket":
        return (*text[:-1], f"{text[-1]} ({story.agency})")
    return tuple(text)


def _byline(story: WireStory, credit: str) -> str:
    """Name the writer as the page prints it; empty where the desk prints nobody."""
    if credit != "byline":
        return ""
    agency = AGENCY_NAMES[story.agency]
    return f"{story.author}, {agency}" if story.author else agency
