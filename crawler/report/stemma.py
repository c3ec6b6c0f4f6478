"""Provenance as lines for a terminal: the candidates with their reasons, the tree of versions.

A `ClusterView` arrives; lines leave that are not yet made safe to print.
"""

from collections.abc import Iterator, Mapping

from crawler.items import Branch, Certainty, Edit
from crawler.report.ancestry import CERTAINTY_WORDS, TreeNode, ancestry
from crawler.report.sentences import in_words
from crawler.report.view import ClusterView
from crawler.report.wording import percent

# Readings quoted in one line of the tree, and letters of each: it shall stay a line.
QUOTED = 2
QUOTE_CHARS = 40
DEEPEST = 20


def first_lines(view: ClusterView) -> Iterator[str]:
    """Give whose text it is, and each candidate with its probability and reasons."""
    found = ancestry(view)
    if found is None:
        return
    if found.origin or found.origin_reasons:
        whose = f"the text is of {found.origin}: " if found.origin else ""
        yield f"{whose}{in_words(' '.join(found.origin_reasons))}"
    for each in found.candidates:
        reasons = in_words(" ".join(each.claimant.reasons))
        yield f"{percent(each.claimant.score)} {each.member.site}: {reasons}"
    if not found.candidates:
        yield "unknown: no time or statement tells."


def tree_lines(view: ClusterView) -> Iterator[str]:
    """Give a line for each version, set in under its parent."""
    found = ancestry(view)
    if found is None or not found.roots:
        return
    yield "common source, not among the copies" if len(found.roots) > 1 else "common source"
    for root in found.roots:
        yield from _lines(root, 1)


def _lines(node: TreeNode, depth: int) -> Iterator[str]:
    # Marks and not blanks, which a line made safe to print does not keep. Deeper than this nothing
    # can be told from its neighbours.
    yield f"{'│ ' * (min(depth, DEEPEST) - 1)}└─ {_said(node)}"
    for child in node.children:
        yield from _lines(child, depth + 1)


def _said(node: TreeNode) -> str:
    branch = node.branch
    sites = ", ".join(node.version.sites)
    parts = [f"version {node.version.number} ({sites})", _sureness(branch)]
    if branch.shared_count:
        parts.append(f"shares {branch.shared_count}: {_quoted(branch.shared)}")
    if branch.own_count:
        parts.append(f"changes {branch.own_count}: {_quoted(branch.own)}")
    return "; ".join(part for part in parts if part)


def _sureness(branch: Branch) -> str:
    if branch.certainty is Certainty.ONE_OF:
        others = ", ".join(map(str, branch.alternatives))
        return f"or from version {others}" if others else ""
    return CERTAINTY_WORDS[branch.certainty]


def _quoted(edits: tuple[Edit, ...]) -> str:
    return ", ".join(_edit(edit) for edit in edits[:QUOTED])


def _edit(edit: Edit) -> str:
    marks: Mapping[str, str] = {"-": edit.before, "+": edit.after}
    return " ".join(f"{mark}“{_short(text)}”" for mark, text in marks.items() if text)


def _short(text: str) -> str:
    return text if len(text) <= QUOTE_CHARS else f"{text[: QUOTE_CHARS - 1]}…"
