"""From which version each was most likely made: versions in, the branches of a stemma out.

Textual critics draw such trees of manuscripts: an error in common is inherited, and who lacks a
passage cannot have handed it on (Paul Maas, Textkritik, 1927). Here every version gets the parent
that explains it with the fewest acts of an editor, and all together the tree that needs the fewest
(an arborescence of least cost). The root is the common source, which need not be among the copies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.items import Branch, Certainty, Edit
from crawler.provenance.alignment import differences, split
from crawler.provenance.arborescence import cheapest
from crawler.provenance.readings import Readings, Version, bits, blocks, edit_of, read

# One act of an editor: other words, a cut, a passage put in. Each word put in adds a little, so
# that of two parents the one that already has most of the words wins.
ACT = 1.0
WORD = 0.02
# Bringing the source's reading back where the parent has lost it: an editor would need the source
# itself. Three acts, so that one such place outweighs two coincidences.
RESTORED = 3.0
RESTORED_WORD = 0.1
# A parent that certainly ran after its child. Times are wrong now and then, so this is the price of
# a dozen acts and not infinite.
TOO_LATE = 12.0
# Of two that may have run in either order the later one, by the middles of their intervals.
LATER = 0.5
# Descent from the source itself, which nobody here ran: an act more, so that a copy that reads like
# the source is preferred to it, and one with a change of its own is not.
UNSEEN = 1.0
# Trees of more versions are built among those with most copies as parents; the others are leaves.
MOST_PARENTS = 300
# Parents tried for each version beside the source: the cheapest.
TRIED = 12
# Margins by which the next parent must be worse: three acts for a certain branch (a little less,
# for costs are fractions), one for a branch at all.
CLEAR, CLOSE = 2.9, 1.0
SURE_SHARED = 2
QUOTED = 3
ALTERNATIVES = 4
SOURCE = -1
"""Node of the common source."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The tree, by places in the list of versions."""

    parents: Mapping[int, int]
    costs: Mapping[tuple[int, int], float]
    readings: Readings


def draw(versions: Sequence[Version]) -> tuple[Branch, ...]:
    """Give the branch that leads to each version, by number; none where there is one version.

    Costs one alignment a version and some microseconds for each two of them.
    """
    if len(versions) < 2:  # noqa: PLR2004 - a tree has two nodes
        return ()
    ordered = sorted(versions, key=lambda version: version.number)
    readings = read(ordered)
    costs = _costs(ordered, readings)
    tree = _Found(cheapest(_tried(costs, len(ordered)), SOURCE), costs, readings)
    return tuple(_branch(child, ordered, tree) for child in range(len(ordered)))


def _costs(versions: Sequence[Version], readings: Readings) -> dict[tuple[int, int], float]:
    """Give the cost of each edge, the source's included."""
    parents = sorted(
        range(len(versions)), key=lambda at: (-versions[at].copies, versions[at].number)
    )[:MOST_PARENTS]
    costs = {}
    for child in range(len(versions)):
        source = _acts(readings, readings.older, readings.later, child)
        costs[SOURCE, child] = source + UNSEEN
        for parent in parents:
            if parent != child:
                acts = _acts(readings, readings.has[parent], readings.lacks[parent], child)
                costs[parent, child] = acts + _lateness(versions[parent], versions[child])
    return costs


def _acts(readings: Readings, has: int, lacks: int, child: int) -> float:
    """Add up what an editor did to come from some readings to those of a version."""
    child_has, child_lacks = readings.has[child], readings.lacks[child]
    cost = 0.0
    for bit in bits(child_has & ~has):
        words = len(readings.changes[bit].words)
        back = readings.older >> bit & 1
        cost += RESTORED if back else ACT + WORD * words
    for bit in bits(has & ~child_has):
        if child_has & readings.rivals[bit] or _is_missing(readings, bit, child_lacks):
            continue
        cost += ACT if readings.older >> bit & 1 else RESTORED
    for start, end in blocks(lacks & ~child_lacks):
        new = (readings.later >> start & ((1 << (end - start)) - 1)).bit_count()
        old = end - start - new
        cost += ACT + WORD * new if new else 0.0
        cost += RESTORED + RESTORED_WORD * old if old else 0.0
    return cost + ACT * len(blocks(child_lacks & ~lacks))


def _is_missing(readings: Readings, bit: int, lacks: int) -> bool:
    """Say whether a change's whole place is missing in a version."""
    change = readings.changes[bit]
    width = max(change.end - change.start, 1)
    around = lacks >> change.start & ((1 << width) - 1)
    return around.bit_count() == width


def _lateness(parent: Version, child: Version) -> float:
    """Give the price of a parent's time."""
    ours, theirs = parent.interval, child.interval
    if ours.low is None or theirs.high is None:
        return 0.0
    if ours.low >= theirs.high:
        return TOO_LATE
    if ours.high is None or theirs.low is None:
        return 0.0
    return (
        LATER
        if ours.low + (ours.high - ours.low) / 2 > theirs.low + (theirs.high - theirs.low) / 2
        else 0.0
    )


def _tried(costs: Mapping[tuple[int, int], float], count: int) -> dict[tuple[int, int], float]:
    """Leave each version its cheapest parents and the source."""
    by_child: dict[int, list[tuple[float, int]]] = {child: [] for child in range(count)}
    for (parent, child), cost in costs.items():
        by_child[child].append((cost, parent))
    kept = {}
    for child, parents in by_child.items():
        for cost, parent in sorted(parents)[:TRIED]:
            kept[parent, child] = cost
        kept[SOURCE, child] = costs[SOURCE, child]
    return kept


def _branch(child: int, versions: Sequence[Version], tree: _Found) -> Branch:
    parent = tree.parents[child]
    below = _descendants(child, tree.parents)
    cost = tree.costs[parent, child]
    others = sorted(
        (tree.costs[other, child] - cost, other)
        for other in range(SOURCE, len(versions))
        if other not in below and other != parent and (other, child) in tree.costs
    )
    margin = others[0][0] if others else CLEAR
    near = [at for gap, at in others if gap < CLOSE and at != SOURCE][:ALTERNATIVES]
    shared = [] if parent == SOURCE else _shared(tree.readings, parent, child)
    own = _own(versions, tree, parent, child)
    late = parent != SOURCE and _lateness(versions[parent], versions[child]) >= TOO_LATE
    certainty = _certainty(margin, len(shared), near=bool(near), late=late)
    return Branch(
        child=versions[child].number,
        parent=None if parent == SOURCE else versions[parent].number,
        certainty=certainty,
        alternatives=tuple(versions[at].number for at in near),
        shared=tuple(_longest(shared)),
        shared_count=len(shared),
        own=tuple(_longest(own)),
        own_count=len(own),
        reasons=tuple(
            _reasons(versions, parent, len(shared), len(own), margin, near=near, late=late)
        ),
    )


def _certainty(margin: float, shared: int, *, near: bool, late: bool) -> Certainty:
    if late:
        return Certainty.UNKNOWN
    if near:
        return Certainty.ONE_OF
    if margin >= CLEAR and shared >= SURE_SHARED:
        return Certainty.CERTAIN
    return Certainty.LIKELY


def _descendants(node: int, parents: Mapping[int, int]) -> set[int]:
    children: dict[int, list[int]] = {}
    for child, parent in parents.items():
        children.setdefault(parent, []).append(child)
    found, waiting = {node}, [node]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            found.add(child)
            waiting.append(child)
    return found


def _shared(readings: Readings, parent: int, child: int) -> list[Edit]:
    """Give the readings that two versions have and the source had not."""
    found = [
        edit_of(readings, bit)
        for bit in bits(readings.has[parent] & readings.has[child] & ~readings.older)
    ]
    lacked = readings.lacks[parent] & readings.lacks[child]
    found += [
        edit_of(readings, bit)
        for bit in bits(readings.older & ~readings.has[parent] & ~readings.has[child])
        if not _is_missing(readings, bit, lacked)
    ]
    base = readings.base
    for start, end in blocks(lacked & ~readings.later):
        found.append(Edit(before=base.quote(start, end), after=""))
    both = readings.later & ~readings.lacks[parent] & ~readings.lacks[child]
    for start, end in blocks(both):
        found.append(Edit(before="", after=base.quote(start, end)))
    return found


def _own(versions: Sequence[Version], tree: _Found, parent: int, child: int) -> list[Edit]:
    """Give the places at which a version differs from its parent."""
    if parent == SOURCE:
        return _shared(tree.readings, child, child)
    before, after = split(versions[parent].text), split(versions[child].text)
    return [
        Edit(before=before.quote(place.start, place.end), after=after.quote(place.from_, place.to))
        for place in differences(before.folded, after.folded)
    ]


def _longest(edits: Sequence[Edit]) -> list[Edit]:
    """Give the longest few, in the order of the text."""
    ranked = sorted(
        range(len(edits)), key=lambda at: (-len(edits[at].before) - len(edits[at].after), at)
    )
    return [edits[at] for at in sorted(ranked[:QUOTED])]


def _reasons(
    versions: Sequence[Version],
    parent: int,
    shared: int,
    own: int,
    margin: float,
    *,
    near: Sequence[int],
    late: bool,
) -> list[str]:
    changed = f"{own} {'change' if own == 1 else 'changes'}"
    if parent == SOURCE:
        found = ["No other version explains it with fewer changes than the common source does."]
    else:
        found = [f"It differs from version {versions[parent].number} by {changed}."]
        if shared:
            found.append(
                f"Both have {shared} {'reading' if shared == 1 else 'readings'} that the common "
                "source had not."
            )
    if late:
        found.append("That version claims to have run later, so a time or the branch is wrong.")
    if near:
        listed = ", ".join(str(versions[at].number) for at in near)
        found.append(
            f"Version {listed} would do as well."
            if len(near) == 1
            else f"Versions {listed} would do as well."
        )
    elif margin < CLEAR:
        found.append("The next best parent needs little more.")
    return found
