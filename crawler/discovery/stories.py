"""Decide whether a lead may be about a watched story, before anything is fetched.

A lead arrives, a `Verdict` leaves. The judgement is generous: a page too many costs one request, a
copy missed is lost.
"""

import re
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from crawler.discovery.entries import StoryTerms, Verdict
from crawler.discovery.terms import stems_of
from crawler.discovery.times import moment_of
from crawler.items import Lead

# Sum of weights at which a headline may be about a story, as two names or a name and a word of its
# headline have; one name alone ("Paris") stands in too many others. With the share below it
# fetched every one of 742 copies with their own or new headlines (60 stories each of two generated
# webs), and 1 % of the pages about something else.
MIN_SCORE = 1.6
MIN_TERMS = 2
# Share of a headline's words that stand in the story from which on it may be drawn from it, and the
# least number of words for which a share says anything.
MIN_SHARE = 0.6
MIN_SHARED = 3
# Fewer distinct words than this in title, summary and address say nothing either way.
MIN_WORDS = 2
# Key words that must be named when the person gave several.
MIN_PHRASES = 2
# A time without a zone, or a day, may be this far from UTC.
ZONE_SLACK = timedelta(hours=26)

_SLUG_BREAK = re.compile(r"[-_/+.,]+")
_ZONED = re.compile(r"(?:Z|[+-]\d{2}:\d{2})$")
_NOT_WORDS = re.compile(r"\.(?:s?html?|php|aspx?)$")


class StoryMatcher:
    """Judges leads against all watched stories; without stories every lead is fetched."""

    def __init__(self, stories: Sequence[StoryTerms]) -> None:
        self.stories = tuple(stories)

    def judge(self, lead: Lead) -> Verdict:
        """Say whether to fetch the lead, for which story, and why (not)."""
        if not self.stories or lead.kind == "story":
            return Verdict(fetch=True, reason="no-story" if not self.stories else "may-match")
        verdicts = [_judge_story(story, lead) for story in self.stories]
        return max(verdicts, key=lambda verdict: (verdict.fetch, verdict.score))


def _judge_story(story: StoryTerms, lead: Lead) -> Verdict:
    outside = _outside(story, lead)
    if outside:
        return Verdict(fetch=False, reason=outside, story=story.name)
    words = stems_of(f"{lead.title or ''} {lead.summary or ''} {_slug(lead.url)}")
    if len(words) < MIN_WORDS or not (story.weights or story.phrases):
        return Verdict(fetch=True, reason="no-words", story=story.name)
    if story.phrases:
        named = sum(phrase <= words for phrase in story.phrases)
        fits, score = named >= min(MIN_PHRASES, len(story.phrases)), float(named)
    else:
        terms = words & story.weights.keys()
        score = sum(story.weights[stem] for stem in terms)
        fits = (score >= MIN_SCORE and len(terms) >= MIN_TERMS) or _drawn(story, words)
    return Verdict(
        fetch=fits,
        reason="may-match" if fits else "off-story",
        story=story.name,
        score=round(score, 2),
    )


def _drawn(story: StoryTerms, words: set[str]) -> bool:
    """Whether a headline may be made of the story's own words: outlets retitle by its sentences."""
    shared = len(words & story.vocabulary)
    return shared >= MIN_SHARED and shared >= MIN_SHARE * len(words)


def _slug(url: str) -> str:
    path = _NOT_WORDS.sub("", unquote(urlsplit(url).path))
    return " ".join(word for word in _SLUG_BREAK.split(path) if not word.isdigit())


def _outside(story: StoryTerms, lead: Lead) -> str | None:
    """Say on which side of the window every claimed time of the lead falls, if it does.

    An update after `since` may carry the story although the page was first published before.
    """
    earliest, latest = lead.published or lead.modified, lead.modified or lead.published
    since, until = moment_of(story.since), moment_of(story.until)
    ends, begins = moment_of(latest), moment_of(earliest)
    if ends and since and ends + _slack(latest) < since:
        return "before-window"
    if begins and until and begins - _slack(earliest) > until:
        return "after-window"
    return None


def _slack(claim: str | None) -> timedelta:
    return timedelta() if claim and _ZONED.search(claim) else ZONE_SLACK
