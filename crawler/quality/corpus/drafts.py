"""What events leave behind: drafts of articles with their truth, and stories that others use."""

from dataclasses import dataclass, field

from crawler.items import Relation
from crawler.quality.corpus.stories import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article that has no time yet."""

    id: str
    """Its id in the corpus."""
    site: str
    """Host of its site."""
    title: str
    """Its headline."""
    text: str
    """Its text, furniture of the site included."""
    language: str
    """ISO 639-1 code."""
    minutes: int
    """When it appeared, after the event."""
    cluster: str
    """Label of the text that it carries."""
    kind: str
    """What sort of article it is; docs/quality.md lists them."""
    cut: float | None = None
    """Share of the original's words that it keeps; copies only."""
    of: str | None = None
    """Id of the article it was made from."""
    relation: Relation | None = None
    """Its relation to that article."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Printing:
    """A story as it first appeared."""

    story: Story
    """The story."""
    id: str
    """Id of the article."""
    cluster: str
    """Label of the text."""
    agency: str
    """Who sent it."""
    before: str
    """Dateline that stands before its first word."""
    minutes: int
    """When it appeared, after the event."""
    hosts: set[str] = field(default_factory=set)
    """Sites that have printed it; grows with its copies."""
