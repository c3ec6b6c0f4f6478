"""A cluster's texts -> its versions in order, and what each adds to the earlier ones."""

import struct
from collections.abc import Mapping, Sequence

import numpy as np

from crawler.clustering.links import Link, Links
from crawler.clustering.relations import COPIES
from crawler.items import Passage, Relation, Signature, Version

# Words that an update adds at least, a sentence: less is a correction or an editor's touch.
SENTENCE = 12
# Sites that must carry an addition before it counts as the agency's: one site's insert is its own.
CARRIERS = 2
# Additions shorter than this are words changed inside a sentence; they are counted, not listed.
LISTED = 5


def find_versions(
    order: Sequence[str], texts: Mapping[str, Signature], links: Links
) -> tuple[Version, ...]:
    """Give the versions of a cluster.

    Identical texts are one version. Each is held against all earlier ones; the one it has most in
    common with is what it is based on. An update of the whole story (the agencies' write-through)
    keeps most of that, adds a sentence or more, and stands on more than one site.

    Args:
        order: the members, in order of time.
        texts: their signatures.
        links: their links; two texts without one have nothing in common.
    """
    by_digest: dict[bytes, list[str]] = {}
    for name in order:
        by_digest.setdefault(texts[name].digest, []).append(name)
    found: list[Version] = []
    for members in by_digest.values():
        found.append(_version(found, members, texts, links))
    return tuple(found)


def _version(
    earlier: Sequence[Version],
    members: Sequence[str],
    texts: Mapping[str, Signature],
    links: Links,
) -> Version:
    name = members[0]
    edges = links.get(name, {})
    known = [(version, edges.get(version.members[0])) for version in earlier]
    near = [(version, edge) for version, edge in known if edge is not None]
    base, tie = max(
        near,
        key=lambda row: (min(row[1].own, row[1].other), -row[0].number),
        default=(None, None),
    )
    additions = _additions(texts[name], [edge for _, edge in near]) if earlier else []
    added = sum(each.words for each in additions)
    return Version(
        number=len(earlier) + 1,
        members=tuple(members),
        words=texts[name].length,
        based_on=base.number if base else None,
        relation=tie.relation if tie else (Relation.NONE if earlier else Relation.IDENTICAL),
        added=added,
        dropped=round((1 - tie.other) * texts[base.members[0]].length) if tie and base else 0,
        write_through=tie is not None and _updates(tie, added, members, texts),
        additions=tuple(each for each in additions if each.words >= LISTED),
    )


def _additions(text: Signature, edges: Sequence[Link]) -> list[Passage]:
    """Give the runs of story words that stand in none of the earlier versions."""
    known = np.zeros(text.words, dtype=np.bool_)
    for start, length in struct.iter_unpack("<2I", text.left_out):
        known[start : start + length] = True
    for edge in edges:
        edge.mark(known)
    steps = np.flatnonzero(np.diff(~known, prepend=False, append=False))
    return [
        Passage(start, 0, end - start)
        for start, end in zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True)
    ]


def _updates(tie: Link, added: int, members: Sequence[str], texts: Mapping[str, Signature]) -> bool:
    sites = {texts[name].site for name in members}
    keeps = tie.relation in COPIES and tie.relation is not Relation.ABRIDGED
    return keeps and added >= SENTENCE and len(sites) >= CARRIERS
