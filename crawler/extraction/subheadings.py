"""Find the story's subheadings that trafilatura lost: lines with blocks in, with theirs added, out.

Where an editor's system puts every heading into a wrapper of its own, trafilatura takes the wrapper
for furniture at times. A teaser's or a box's heading has its text beside it in the same wrapper; a
subheading of the story stands alone in its own, and the story's next paragraph follows it.
"""

from collections.abc import Collection, Sequence

from lxml.html import HtmlElement

from crawler.extraction.blocks import PROSE_LINKS, Block, Wrapping, wrapping_of
from crawler.extraction.body import Line
from crawler.extraction.document import key_of, tidy
from crawler.extraction.placed import ASIDE, ASIDE_LEVELS, is_named

SUBHEADINGS = ("h2", "h3", "h4", "h5", "h6")
Pairs = list[tuple[Line, Block | None]]


def with_subheadings(
    pairs: Pairs,
    page: Sequence[Block],
    wrappings: Collection[Wrapping],
    trunk: Collection[HtmlElement],
) -> Pairs:
    """Add the headings between the story's paragraphs that are not among its lines.

    Args:
        pairs: the lines with their blocks.
        page: all blocks of the page, in order.
        wrappings: what the story's paragraphs are wrapped in.
        trunk: the elements that hold its paragraphs.
    """
    ours = {
        block.order: at
        for at, (_, block) in enumerate(pairs)
        if block is not None and block.wrapping in wrappings
    }
    if not ours:
        return pairs
    have: set[str] = set()
    found: dict[int, Block] = {}
    for block in page[min(ours) : max(ours)]:
        follower = ours.get(block.order + 1)
        if follower is None or block.element.tag not in SUBHEADINGS or block.links >= PROSE_LINKS:
            continue
        have = have or {key_of(line.text) for line, _ in pairs}
        aside = is_named(block, ASIDE, ASIDE_LEVELS, set(trunk))
        if (
            not aside
            and key_of(block.text) not in have
            and _stands_alone(block, page, wrappings, trunk)
        ):
            found[follower] = block
    added: Pairs = []
    for at, pair in enumerate(pairs):
        if at in found:
            added.append((Line(tidy(found[at].text), "head"), found[at]))
        added.append(pair)
    return added


def is_title_of_box(
    block: Block,
    page: Sequence[Block],
    wrappings: Collection[Wrapping],
    trunk: Collection[HtmlElement],
) -> bool:
    """Tell the title of a box in the story from the story's subheadings.

    A subheading stands alone in its wrapper, or in one like the paragraphs', or before one of them.

    Args:
        block: a heading in a wrapper that the paragraphs do not have.
        page: all blocks of the page, in order.
        wrappings: what the story's paragraphs are wrapped in.
        trunk: the elements that hold its paragraphs.
    """
    follower = page[block.order + 1] if block.order + 1 < len(page) else None
    if follower is not None and follower.wrapping in wrappings:
        return False
    alike = any(block.wrapping[1:] == wrapping[1:] for wrapping in wrappings)
    return not alike and not _stands_alone(block, page, wrappings, trunk)


def _stands_alone(
    block: Block,
    page: Sequence[Block],
    wrappings: Collection[Wrapping],
    trunk: Collection[HtmlElement],
) -> bool:
    """Tell whether nothing else stands in the elements between a heading and the story's.

    Where line breaks part the paragraphs, it stands in what holds them all.
    """
    wrapper = block.element
    for outer in block.element.iterancestors():
        if outer in trunk or wrapping_of(outer) in wrappings:
            break
        wrapper = outer
    else:
        return False
    beside = page[max(0, block.order - 1) : block.order + 2]
    return not any(
        other is not block and wrapper in other.element.iterancestors() for other in beside
    )
