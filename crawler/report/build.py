"""Make the report: every page whose contents changed, and no other.

A `ReportSource` arrives; a folder with `index.html` leaves, put in place whole. What did not change
comes from the report that stood there, page by page: the result is, byte for byte, what would be
made without it.
"""

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from crawler.errors import ReportError
from crawler.items import Cluster
from crawler.report.atomic import explained, replacing_folder
from crawler.report.changes import (
    group_digest,
    network_digests,
    pages_of_groups,
    plan,
    single_digest,
)
from crawler.report.html import check_ours, look
from crawler.report.ledger import Ledger
from crawler.report.making import Made, made_anew, write_page
from crawler.report.news import News, find_news
from crawler.report.outlets import Outlets
from crawler.report.pages import WORDS, Page, pages_of, pieces_of, row_of
from crawler.report.source import ReportSource
from crawler.report.state import State, former_report, whole, write_state
from crawler.report.views import report_view

FOLDERS = ("assets", "clusters", "data", "outlets", "singles", "stories")


def build_report(source: ReportSource, folder: Path, former: State | None = None) -> Path:
    """Write the report, replace `folder` by it, and give the path of its `index.html`.

    Args:
        source: what it is made of.
        folder: where it stands.
        former: the report that stands there, where `source` was read to follow upon it.

    Raises:
        StoreFull: no space is left; the old report is whole.
        ReportError: it cannot be written, or the folder holds something else than a report.
    """
    check_ours(folder)
    former = former_report(folder) if former is None else former
    with replacing_folder(folder) as new:
        for name in FOLDERS:
            (new / name).mkdir()
        report = _Report(source=source, former=former, old=folder, new=new)
        report.make_clusters()
        outlets = report.outlets()
        news = report.news()
        view = report_view(source, report.ledger, outlets, news)
        pieces = list(pieces_of(view, report.ledger, report.words))
        names = [page.name for page in pieces]
        for page in chain(pieces, pages_of(view, outlets, names)):
            report.put(page)
        state = State(
            made=source.now,
            look=look(),
            mark=source.mark,
            networks=network_digests(source.networks),
            clusters=report.ledger,
            outlets=outlets,
            pages=report.pages,
            news=news,
        )
        order = [head.id for head in view.clusters.heads]
        write_state(state, order, [name for name in names if name.startswith(WORDS)], new)
    return folder / "index.html"


@dataclass(slots=True, kw_only=True)
class _Report:
    """A report in the making."""

    source: ReportSource
    former: State
    old: Path
    new: Path
    ledger: Ledger = field(default_factory=Ledger)
    words: dict[str, str] = field(default_factory=dict)
    """Searchable words by cluster id, as JSON."""
    pages: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Digest and bytes of each page that was put in place, by name."""
    changed: list[str] = field(default_factory=list)
    """Ids of the clusters that were made anew."""

    def make_clusters(self) -> None:
        """Enter all clusters, and write the pages of those that changed.

        Single articles come first: the page that lists one depends on its day, and clusters link
        to it.
        """
        for cluster_id in self.source.unread:
            self._take(cluster_id)
        todo = plan(self.source)
        singles = self._differing(todo.singles, lambda one: single_digest(one, self.source))
        for made in made_anew(singles, self.source, todo, {}, None):
            self._enter(made, "")
        pages = self._pages_by_article(todo.singles) | pages_of_groups(todo.groups)
        groups = self._differing(
            todo.groups, lambda one: group_digest(one, self.source, todo, pages)
        )
        networks = {site: network.name for site, network in todo.networks.items()}
        for made in made_anew(groups, self.source, todo, pages, self.new):
            self._enter(made, row_of(made.facts, networks))

    def outlets(self) -> Outlets:
        """Bring what the outlets ran up to date with the clusters."""
        outlets = self.former.outlets.copy() if self.former.kept else Outlets()
        before = self._before().values() if self.former.kept else ()
        outlets.change(before, (self.ledger[one] for one in self.changed))
        return outlets

    def news(self) -> News:
        """Find what is new; where nothing is, the former report's news stand."""
        made = self.former.made
        news = find_news(self._before(), made, (self.ledger[one] for one in self.changed))
        quiet = not (news.formed or news.grown or news.changed)
        return self.former.news if made and quiet else news

    def put(self, page: Page) -> None:
        """Take a page over or render it."""
        digest, size = self.former.pages.get(page.name, ("", 0)) if self.former.kept else ("", 0)
        if not (page.digest and page.digest == digest and self._keep(page.name, size)):
            size = write_page(self.new / page.name, page.render())
        self.pages[page.name] = (page.digest, size)

    def _before(self) -> Ledger:
        """Give what clusters were that changed or are gone."""
        known, before = self.former.clusters, Ledger()
        gone = (one for one in known if one not in self.ledger)
        for cluster_id in chain(self.changed, gone):
            if cluster_id in known:
                before.take(known, cluster_id)
        return before

    def _pages_by_article(self, singles: Iterable[Cluster]) -> dict[str, str]:
        """Give the page of each single article, and of what stands in an unread cluster."""
        homes = dict(self.source.homes)
        homes |= {member.article_id: one.id for one in singles for member in one.members}
        heads = self.ledger.heads
        return {
            article_id: heads[home].page if heads[home].size else f"{heads[home].page}#{article_id}"
            for article_id, home in homes.items()
            if home in heads
        }

    def _enter(self, made: Made, row: str) -> None:
        self.ledger.put(made.facts, row, made.size)
        self.changed.append(made.facts.id)
        if made.words:
            self.words[made.facts.id] = made.words

    def _take(self, cluster_id: str) -> None:
        """Take over a cluster that nobody need look at."""
        head = self.former.clusters.heads[cluster_id]
        if head.size and not self._keep(head.page, head.size):
            raise ReportError(
                f"{self.old / head.page} went away while the report was made.",
                "Run `wiretrace report` again.",
            )
        self._copy(cluster_id)

    def _copy(self, cluster_id: str) -> None:
        self.ledger.take(self.former.clusters, cluster_id)
        if cluster_id in self.former.words:
            self.words[cluster_id] = self.former.words[cluster_id]

    def _differing(
        self, clusters: Iterable[Cluster], digest: Callable[[Cluster], str]
    ) -> list[tuple[Cluster, str]]:
        """Take over what did not change; give the rest, each with its digest of now."""
        differing = []
        for cluster in clusters:
            now = digest(cluster)
            head = self.former.clusters.heads.get(cluster.id) if self.former.kept else None
            same = head is not None and head.digest == now
            if head and same and (not head.size or self._keep(head.page, head.size)):
                self._copy(cluster.id)
            else:
                differing.append((cluster, now))
        return differing

    def _keep(self, name: str, size: int) -> bool:
        """Take a page over, as a link where the disk can; False where it is not there and whole."""
        source, target = self.old / name, self.new / name
        if not whole(source, size):
            return False
        with explained(target):
            try:
                os.link(source, target)
            except OSError:
                shutil.copy2(source, target)
        return True
