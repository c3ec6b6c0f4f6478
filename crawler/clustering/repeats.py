"""What a site repeats across its articles: furniture, not story.

A newsletter prompt under every article of a site would glue them together. A shingle that stands in
at least max(`repeat_floor`, `repeat_share` of the site's articles) is left out; a fixed count alone
would delete story text on big sites. The same story in several forms on one site (its AMP page,
its print page, an update) is one article here, or three forms would delete the story itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from crawler.clustering.texts import contains
from crawler.config import ClusteringParams
from crawler.items import Shingled

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Sites that must have learned a passage each before it is left out everywhere: one site's habit is
# not a chain's.
CHAIN_SITES = 2
# Two articles of one site that share this part of the smaller one's shingles are forms of one
# story. Furniture alone reaches it only where a page holds more furniture than story.
SAME_STORY = 0.5


def learn_furniture(
    articles: Iterable[Shingled], params: ClusteringParams
) -> "dict[str, NDArray[np.uint64]]":
    """Give, for each site, the sorted shingles that it repeats; sites without any are absent."""
    by_site: dict[str, list[Shingled]] = defaultdict(list)
    for article in articles:
        if article.site:
            by_site[article.site].append(article)
    found: dict[str, NDArray[np.uint64]] = {}
    for site, members in by_site.items():
        if len(members) >= params.repeat_floor:
            repeated = _repeated(sorted(members, key=lambda a: a.article_id), params)
            if len(repeated):
                found[site] = repeated
    return found


def shared_furniture(
    by_site: "Mapping[str, NDArray[np.uint64]]",
) -> "NDArray[np.uint64]":
    """Give the shingles that are furniture of more than one site, sorted.

    Sites of one chain share their prompts and notices. What two of them were each seen to repeat
    under story after story is furniture on a sister site that has shown only one or two articles,
    too. A story that many sites carry is not: no site repeats it under its other stories.
    """
    if not by_site:
        return np.zeros(0, dtype=np.uint64)
    values, counts = np.unique(np.concatenate(list(by_site.values())), return_counts=True)
    shared: NDArray[np.uint64] = values[counts >= CHAIN_SITES]
    return shared


def _repeated(members: list[Shingled], params: ClusteringParams) -> "NDArray[np.uint64]":
    """Give the shingles that stand in enough stories of one site."""
    sets = [np.unique(member.shingles) for member in members]
    values, counts = np.unique(np.concatenate(sets), return_counts=True)
    often = values[counts >= params.repeat_floor]
    if not len(often):
        return often
    marks = [contains(often, one) for one in sets]
    stories = _fold_forms(sets, often, marks)
    needed = max(params.repeat_floor, params.repeat_share * len(stories))
    tally = np.zeros(len(often), dtype=np.int64)
    for story in stories:
        held = np.unique(np.concatenate([sets[at][marks[at]] for at in story]))
        tally[np.searchsorted(often, held)] += 1
    repeated: NDArray[np.uint64] = often[tally >= needed]
    return repeated


def _fold_forms(
    sets: "list[NDArray[np.uint64]]",
    often: "NDArray[np.uint64]",
    marks: "list[NDArray[np.bool_]]",
) -> list[list[int]]:
    """Group the forms of one story: each joins the first group whose founder it mostly repeats.

    Only articles that hold many often-seen shingles can be forms of a story that threatens to be
    taken for furniture, so only those are compared.
    """
    groups: list[list[int]] = []
    heavy: list[int] = []
    for at, own in enumerate(sets):
        if not len(own) or marks[at].sum() < SAME_STORY * len(own) or not len(often):
            groups.append([at])
            continue
        home = next((number for number in heavy if _same_story(sets[groups[number][0]], own)), None)
        if home is None:
            heavy.append(len(groups))
            groups.append([at])
        else:
            groups[home].append(at)
    return groups


def _same_story(a: "NDArray[np.uint64]", b: "NDArray[np.uint64]") -> bool:
    shared = contains(a, b).sum()
    return bool(shared >= SAME_STORY * min(len(a), len(b)))
