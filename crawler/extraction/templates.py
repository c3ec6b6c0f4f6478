"""Learned templates: how pages were laid out in, what they share and a way to read by it out.

A template says where the story stands, not what it says: the element that holds it, how its
paragraphs are wrapped, and which other wrappings stayed. A page is read by its template only where
the template fits it; whatever speaks against that sends the page to trafilatura.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extraction.blocks import PROSE_LINKS, Block, read_blocks, wrapping_of
from crawler.extraction.body import Line
from crawler.extraction.document import Document, tidy
from crawler.extraction.excerpt import name_of
from crawler.extraction.placed import Placed
from crawler.extraction.structure import Pairs, Story, known_story, place_pairs
from crawler.items import Template
from crawler.urls import host_of

# So many pages of a section must agree: two may be one story's page and its print form.
LEAST_PAGES = 4
# Newest pages of a section that count: what a redesign changed is forgotten after as many pages.
NEWEST = 20
# Share of them that must be laid out alike: a section holds galleries and live blogs, too.
LEAST_SHARE = 0.5
# Share of a container's prose that may be wrapped in a way the template has not seen.
DRIFT = 0.25
# Elements of which a page may have one, so that their tag names them.
PARTS = ("article", "main")
# The first part of a path is a section when it is a word; years and numbers are no sections.
SECTION = re.compile(r"/([a-z][a-z-]{1,30})/.", re.IGNORECASE)


def section_of(url: str) -> str:
    """Give the first part of an address's path where more follows, else an empty text."""
    found = SECTION.match(urlsplit(url).path)
    return found.group(1).lower() if found else ""


def describe(document: Document, kept: Sequence[Placed], story: Story | None) -> Template | None:
    """Say how a page was laid out; None where its story has no element to be known by."""
    if story is None or story.container is None:
        return None
    container = wrapping_of(story.container, named=True)
    # An element without class or id is not found again, and `body` is no place.
    if story.container.tag in ("body", "html") or " " not in container[0] + container[-1]:
        return None
    blocks = [item.block for item in kept]
    if not all(block is not None and story.container in _chain(block) for block in blocks):
        return None
    return Template(
        host=host_of(document.page.url),
        section=section_of(document.page.url),
        container=container,
        scope=_scope_name(document, story.container),
        best=story.best,
        main=story.wrappings,
        kept=frozenset(block.wrapping for block in blocks if block is not None),
    )


class Templates:
    """The templates of all sections and hosts.

    Args:
        layouts: how pages were laid out, of each host the newest first.
    """

    def __init__(self, layouts: Iterable[Template]) -> None:
        groups: dict[tuple[str, str], list[Template]] = defaultdict(list)
        for layout in layouts:
            # Where a section has too few pages of its own, those of the whole host may do.
            for section in {layout.section, ""}:
                groups[layout.host, section].append(replace(layout, section=section))
        learned = ((key, learn(group)) for key, group in groups.items())
        self._by_place = {key: template for key, template in learned if template is not None}

    def of(self, url: str) -> Template | None:
        """Give the template for an address: its section's, else its host's."""
        host = host_of(url)
        return self._by_place.get((host, section_of(url))) or self._by_place.get((host, ""))

    def all(self) -> list[Template]:
        """Give the templates by host and section."""
        return [self._by_place[key] for key in sorted(self._by_place)]


def learn(layouts: Iterable[Template]) -> Template | None:
    """Give what most of a section's pages have in common, if they do.

    Args:
        layouts: how each page was laid out, the newest first; older ones than `NEWEST` do not
            count. The result does not depend on anything else.
    """
    newest = list(layouts)[:NEWEST]
    alike: dict[tuple[object, object], list[Template]] = defaultdict(list)
    for layout in newest:
        alike[layout.container, layout.best].append(layout)
    group = max(alike.values(), key=lambda group: (len(group), group[0].container), default=[])
    if len(group) < LEAST_PAGES or len(group) < LEAST_SHARE * len(newest):
        return None
    return replace(
        group[0],
        main=frozenset().union(*(layout.main for layout in group)),
        kept=frozenset().union(*(layout.kept for layout in group)),
        scope=group[0].scope if len({layout.scope for layout in group}) == 1 else "",
        language=group[0].language if len({layout.language for layout in group}) == 1 else None,
        pages=len(group),
    )


def read_by(template: Template, document: Document) -> tuple[list[Placed], list[Block]] | None:
    """Give a page's placed lines and the blocks around them, or None where the template drifts."""
    container = _find(template.container, document)
    if container is None:
        return None
    page = read_blocks(_scope(document, container))
    within = set(container.iter())
    inside = [block for block in page if block.element in within]
    pairs: Pairs = [
        (Line(text, _kind(block)), block)
        for block in inside
        if block.wrapping in template.kept
        for part in block.text.split("\n")
        if (text := tidy(part))
    ]
    if _drifts(template, inside):
        return None
    story = known_story(pairs, template.best, template.main, container)
    return place_pairs(pairs, story, page), page


def _scope_name(document: Document, container: HtmlElement) -> str:
    """Name the smallest element around headline and story that has a name of its own."""
    scope = _scope(document, container)
    for element in (scope, *scope.iterancestors()):
        if element.tag in ("body", "html"):
            break
        name = name_of(element.tag, element.get("class") or "")
        alike = (
            name_of(one.tag, one.get("class") or "") for one in document.tree.iter(element.tag)
        )
        if (" " in name or name in PARTS) and sum(one == name for one in alike) == 1:
            return name
    return ""


def _find(names: tuple[str, ...], document: Document) -> HtmlElement | None:
    """Give the one element that has these names; None where there is none, or a second."""
    tag, *classes = names[0].split(" ")
    found = [
        element
        for element in document.tree.iter(tag)
        # Naming an element costs more than walking a hundred: most are told by one class.
        if (not classes or classes[0] in (element.get("class") or ""))
        and wrapping_of(element, named=True) == names
    ]
    return found[0] if len(found) == 1 else None


def _drifts(template: Template, inside: Sequence[Block]) -> bool:
    """Tell whether too much prose is wrapped in ways that the template has not seen."""
    prose: Counter[bool] = Counter()
    for block in inside:
        if block.is_prose and block.links < PROSE_LINKS:
            prose[block.wrapping in template.kept] += len(block.text)
    return not prose[True] or prose[False] > DRIFT * prose.total()


def _scope(document: Document, container: HtmlElement) -> HtmlElement:
    """Give the smallest element around headline and story: byline and time stand there."""
    around = set(container.iterancestors())
    for heading in document.headings[:1]:
        if container in heading.iterancestors():
            return container
        return next((outer for outer in heading.iterancestors() if outer in around), container)
    return container


def _chain(block: Block) -> list[HtmlElement]:
    return [block.element, *block.element.iterancestors()]


def _kind(block: Block) -> str:
    if block.is_heading:
        return "head"
    if block.element.tag == "li":
        return "item"
    quoted = next(block.element.iterancestors("blockquote"), None) is not None
    return "quote" if quoted or block.element.tag == "blockquote" else "p"
