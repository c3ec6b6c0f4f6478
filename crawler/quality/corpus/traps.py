"""Pages that hold several stories, and reports made from one form: what must not be joined."""

from collections.abc import Sequence
from random import Random

from crawler.quality.corpus.grammar import Grammar, Rules, compile_rules
from crawler.quality.corpus.languages import Language, lexicon
from crawler.quality.corpus.sites import Site, furniture_of
from crawler.quality.corpus.stories import Paragraph, Story
from crawler.quality.corpus.worlds import invent_world, place_name

Page = tuple[list[str], list[list[str]]]
"""The paragraphs of a page, and which sentences of its first story stand in it, run by run."""


def excerpt(story: Story, units: int) -> list[str]:
    """Give the beginning of a story in whole sentences, at least `units` words of it."""
    lines: list[str] = []
    written = 0
    for part in story.body:
        for line in part.sentences:
            if written >= units:
                return lines
            lines.append(line)
            written += story.language.count(line)
    return lines


def roundup(stories: Sequence[Story], site: Site, rng: Random) -> Page:
    """Write a morning letter: the first 40 to 110 words of each story under its headline."""
    tongue = stories[0].language
    lists = compile_rules(furniture_of(tongue)) | site.local | stories[0].world
    parts = [tongue.say("roundup", rng, lists)]
    scale = 1 if tongue.spaced else 3
    told = [excerpt(story, rng.randint(40, 110) * scale) for story in stories]
    for story, lines in zip(stories, told, strict=True):
        parts += [story.headline, tongue.joiner.join(lines)]
    return [*parts, tongue.say("roundup_end", rng, lists)], told[:1]


def index_page(stories: Sequence[Story], rng: Random) -> Page:
    """Write a section front that was taken for an article: headlines and first sentences."""
    parts = []
    told: list[list[str]] = []
    for at, story in enumerate(stories):
        parts.append(story.headline)
        if rng.random() < 0.8:  # noqa: PLR2004 - some teasers are the headline alone
            first = story.body[0].sentences[0]
            parts.append(first)
            told += [] if at else [[first]]
    return parts, told


def bridge(one: Story, other: Story) -> list[str]:
    """Put two stories on one page, the second under its headline."""
    joiner = one.language.joiner
    first, second = ([joiner.join(part.sentences) for part in story.body] for story in (one, other))
    return [*first, other.headline, *second]


def live_blog(stories: Sequence[Story], site: Site, rng: Random) -> Page:
    """Write a live page: an event's paragraphs among the reporters' own entries, under clock times.

    No story gives more than a third of its paragraphs.
    """
    tongue = stories[0].language
    lists = compile_rules(furniture_of(tongue)) | site.local | stories[0].world
    entries: list[str] = []
    given: list[Paragraph] = []
    for story in stories:
        few = max(1, len(story.body) // 3)
        told = rng.sample(story.body, few)
        given = given or told
        entries += [tongue.joiner.join(part.sentences) for part in told]
    for _ in range(max(4, len(entries))):
        own = [tongue.say("sentence", rng, lists) for _ in range(rng.randint(1, 3))]
        entries.append(tongue.joiner.join(own))
    rng.shuffle(entries)
    clock = 22 * 60
    parts = [tongue.say("updates", rng, lists)]
    for entry in entries:
        parts.append(f"{clock // 60}:{clock % 60:02}")
        parts.append(entry)
        if rng.random() < 0.3:  # noqa: PLR2004 - some entries speak of the page itself
            parts.append(tongue.say("updates", rng, lists))
        clock = max(0, clock - rng.randint(3, 40))
    return parts, [list(part.sentences) for part in given]


def form_reports(tongue: Language, rng: Random, count: int) -> list[Story]:
    """Write reports from one form: the phrases stay, names and figures change."""
    lists = lexicon("templates")
    form = rng.choice(lists["form"])
    rules = compile_rules(lists["words"])
    grammar = Grammar(tongue.grammar.rules | rules, tongue.grammar.figures)
    reports = []
    for _ in range(count):
        own = invent_world(tongue, rng) | _entrants(tongue, rng)
        own |= {"town": own["town"][:1]} | compile_rules({"title": form["title"]})
        body = []
        for pattern in form["text"]:
            line = tongue.finish(
                grammar.expand("line", rng, own | compile_rules({"line": [pattern]}))
            )
            body.append(Paragraph(sentences=(line,), kind="form"))
        title = tongue.finish(grammar.expand("title", rng, own))
        reports.append(Story(language=tongue, world=own, headline=title, body=tuple(body)))
    return reports


def _entrants(tongue: Language, rng: Random) -> Rules:
    """Invent the companies and clubs of one report."""
    ends = ("Holdings", "Group", "Industries", "Partners", "Works", "Systems")
    return compile_rules(
        {
            "company": [f"{place_name(tongue, rng)} {rng.choice(ends)}"],
            "rival": [f"{place_name(tongue, rng)} {rng.choice(ends)}" for _ in range(3)],
            "club": [place_name(tongue, rng) for _ in range(2)],
        }
    )
