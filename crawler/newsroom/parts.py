"""Part a long piece into pages, as some publishers do: a piece in, its pages by address out."""

from dataclasses import dataclass

from crawler.newsroom.edition import Block, Piece
from crawler.newsroom.library import PublisherPlan
from crawler.newsroom.themes import Html, theme

WHOLE_WORDS = {"de": "Auf einer Seite lesen", "en": "View as a single page"}
"""What leads to the page that has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of a piece."""

    path: str
    """Path with query."""
    blocks: tuple[Block, ...]
    """What stands on it."""


def sheets_of(plan: PublisherPlan, piece: Piece) -> tuple[Sheet, ...]:
    """Give the pages of a piece: `split` paragraphs on each, where it has more than that."""
    size = plan.split
    paragraphs = sum(block.kind == "p" for block in piece.blocks)
    if size is None or paragraphs <= size:
        return (Sheet(path=piece.path, blocks=piece.blocks),)
    pages: list[list[Block]] = [[]]
    for block in piece.blocks:
        if sum(each.kind == "p" for each in pages[-1]) == size:
            pages.append([])
        pages[-1].append(block)
    return tuple(
        Sheet(path=_path(plan, piece.path, number), blocks=tuple(blocks))
        for number, blocks in enumerate(pages, start=1)
    )


def whole_path(plan: PublisherPlan, piece: Piece) -> str | None:
    """Give the path of the page that has all of a parted piece, where the publisher has one."""
    parted = len(sheets_of(plan, piece)) > 1
    return plan.whole.format(path=piece.path) if plan.whole is not None and parted else None


def pager(plan: PublisherPlan, piece: Piece, here: int) -> Html:
    """Set the links to a piece's other pages, below the text of page `here` (from 1)."""
    sheets = sheets_of(plan, piece)
    if len(sheets) == 1:
        return Html()
    bare = theme("variants")
    links = [
        bare.fill("pagehere" if number == here else "pagelink", url=sheet.path, number=str(number))
        for number, sheet in enumerate(sheets, start=1)
    ]
    whole = whole_path(plan, piece)
    if whole is not None:
        links.append(bare.fill("wholelink", url=whole, words=WHOLE_WORDS[plan.language]))
    return bare.fill("pages", links=Html("\n".join(links)))


def _path(plan: PublisherPlan, path: str, number: int) -> str:
    stem, dot, ending = path.rpartition(".")
    return (
        path
        if number == 1
        else plan.part_path.format(
            path=path, stem=stem or path, ending=f"{dot}{ending}" if dot else "", n=number
        )
    )
