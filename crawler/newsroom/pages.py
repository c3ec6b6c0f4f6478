"""Set a publisher's pieces into its theme: article pages, AMP and print versions, fronts.

What arrives is an edition, what leaves are pages by path, as text; `crawler.newsroom.site` gives
them their bytes and headers. Section and tag listings are there so that a person who opens the
site finds no dead link.
"""

from dataclasses import dataclass
from datetime import datetime

from crawler.newsroom.clock import local, printed, printed_day, stamped
from crawler.newsroom.edition import Block, Piece, slugify
from crawler.newsroom.library import PublisherPlan
from crawler.newsroom.marks import front_head, head
from crawler.newsroom.parts import pager, sheets_of, whole_path
from crawler.newsroom.themes import Html, theme

RELATED = 4
"""Entries of a related box."""
INSET_AFTER = 2
"""Paragraphs after which a theme sets its box into the text, as most do."""
_NEUTRAL = "variants"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A publisher with its edition, as the pages need it."""

    plan: PublisherPlan
    pieces: tuple[Piece, ...]
    now: datetime

    def sections(self) -> list[str]:
        """Name the sections in use, in alphabetical order."""
        return sorted({piece.section for piece in self.pieces})


def set_pages(site: Site) -> dict[str, str]:
    """Set every page of a site: path and query to HTML text."""
    pages: dict[str, str] = {}
    for piece in site.pieces:
        pages |= article_pages(site, piece)
        pages |= variant_pages(site, piece)
    pages |= front_pages(site)
    for section in site.sections():
        chosen = [piece for piece in site.pieces if piece.section == section]
        pages[f"/{slugify(section)}/"] = _front(site, section, chosen, Html())
    for tag in sorted({tag for piece in site.pieces for tag in piece.tags}):
        chosen = [piece for piece in site.pieces if tag in piece.tags]
        pages[f"/tag/{slugify(tag)}/"] = _front(site, tag, chosen, Html())
    return pages


def variant_paths(plan: PublisherPlan, piece: Piece) -> tuple[str, ...]:
    """Give the paths of a piece's other versions."""
    whole = whole_path(plan, piece)
    variants = [f"/{variant}{piece.path}" for variant in plan.variants]
    return (*variants, *([whole] if whole is not None else []))


def article_pages(site: Site, piece: Piece) -> dict[str, str]:
    """Set one article: one page, or several and the one that has all."""
    plan = site.plan
    bodies = {
        sheet.path: _article(site, piece, sheet.blocks, pager(plan, piece, number))
        for number, sheet in enumerate(sheets_of(plan, piece), start=1)
    }
    whole = whole_path(plan, piece)
    if whole is not None:
        bodies[whole] = _article(site, piece, piece.blocks, Html())
    return {
        path: _shell(site, head(plan, piece), piece.title, body) for path, body in bodies.items()
    }


def variant_pages(site: Site, piece: Piece) -> dict[str, str]:
    """Set the AMP and print versions, which every theme has in the same bare manner."""
    bare = theme(_NEUTRAL)
    values = {
        "lang": site.plan.language,
        "site": site.plan.name,
        "title": piece.title,
        "canonical": f"http://{site.plan.host}{piece.path}",
        "stamp": printed(piece.published, site.plan.language),
        "machine_stamp": stamped(piece.published, site.plan.stamp),
    }
    body = _body(piece.blocks, site.plan, Html())
    return {
        f"/{variant}{piece.path}": bare.fill(variant, values, body=body)
        for variant in site.plan.variants
    }


def front_pages(site: Site) -> dict[str, str]:
    """Set the home page and what its pagination leads to."""
    size = site.plan.per_page
    pieces = site.pieces
    chunks = [pieces[start : start + size] for start in range(0, len(pieces), size)]
    paths = [_front_path(site.plan, number) for number in range(1, len(chunks) + 1)]
    pages = {}
    for number, (path, chunk) in enumerate(zip(paths, chunks, strict=True)):
        last = number + 1 == len(paths)
        pager = Html() if last else theme(site.plan.theme).fill("pager", url=paths[number + 1])
        pages[path] = _front(site, site.plan.slogan, chunk, pager)
    return pages


def _front_path(plan: PublisherPlan, number: int) -> str:
    if number == 1:
        return "/"
    return {
        "path": f"/page/{number}/",
        "query": f"/?page={number}",
        "older": f"/archive/{number}.html",
        None: "/",
    }[plan.pagination]


def _shell(site: Site, extra_head: Html, title: str, main: Html) -> str:
    plan = site.plan
    paper = theme(plan.theme)
    nav = " ".join(
        paper.fill("navlink", url=f"/{slugify(section)}/", title=section)
        for section in site.sections()
    )
    return paper.fill(
        "shell",
        lang=plan.language,
        charset=plan.charset,
        head=extra_head,
        title=title,
        site=plan.name,
        slogan=plan.slogan,
        nav=Html(nav),
        main=main,
        today=printed_day(local(site.now, plan.offset_minutes), plan.language),
        year=f"{site.now:%Y}",
        place=plan.place,
    )


def _front(site: Site, title: str, pieces: "list[Piece] | tuple[Piece, ...]", pager: Html) -> str:
    paper = theme(site.plan.theme)
    cards = "\n".join(paper.fill("card", _values(site, piece)) for piece in pieces)
    main = paper.fill("front", title=title, cards=Html(cards), pager=pager)
    return _shell(site, front_head(site.plan), title, main)


def _values(site: Site, piece: Piece) -> dict[str, str]:
    """Give what both a card and an article print of a piece."""
    plan = site.plan
    return {
        "url": piece.path,
        "title": piece.title,
        "deck": piece.deck,
        "section": piece.section,
        "section_url": f"/{slugify(piece.section)}/",
        "stamp": printed(piece.published, plan.language),
        "machine_stamp": stamped(piece.published, plan.stamp),
        "byline": piece.byline or plan.name,
        "teaser": next(block.text for block in piece.blocks if block.kind == "p"),
    }


def _article(site: Site, piece: Piece, blocks: tuple[Block, ...], pages: Html) -> Html:
    plan, paper = site.plan, theme(site.plan.theme)
    values = _values(site, piece)
    others = [other for other in site.pieces if other is not piece]
    # A box of what is printed next to it, wrapping around: each article has another one.
    place = site.pieces.index(piece)
    near = [others[(place + step) % len(others)] for step in range(min(RELATED, len(others)))]
    related = "".join(paper.fill("related", _values(site, other)) for other in near)
    tags = "".join(paper.fill("tag", url=f"/tag/{slugify(tag)}/", tag=tag) for tag in piece.tags)
    figure = paper.fill("figure", caption=piece.photo, site=plan.name) if piece.photo else Html()
    inset = paper.fill("inset", _values(site, near[-1]))
    prints = paper.fill("printlink", url=f"/print{piece.path}") if "print" in plan.variants else ""
    return paper.fill(
        "article",
        values,
        site=plan.name,
        figure=figure,
        body=Html(f"{_body(blocks, plan, inset)}{pages}"),
        tags=Html(tags),
        related=Html(related),
        author_box=paper.fill("author", name=plan.author, bio=plan.bio) if plan.bio else Html(),
        printlink=Html(prints),
    )


def _body(blocks: tuple[Block, ...], plan: PublisherPlan, inset: Html) -> Html:
    """Set a body, with the theme's own box after its second paragraph."""
    lines: list[str] = []
    paragraphs = 0
    for block in blocks:
        lines.append(_set_block(block, plan))
        paragraphs += block.kind == "p"
        if inset and paragraphs == INSET_AFTER:
            lines.append(inset)
            inset = Html()
    return Html("\n".join(lines))


def _set_block(block: Block, plan: PublisherPlan) -> str:
    parts = theme(_NEUTRAL)
    if block.kind == "stamp" and block.time is not None:
        return parts.fill("stamp", text=block.text, time=stamped(block.time, plan.stamp))
    return parts.fill(block.kind, text=block.text)
