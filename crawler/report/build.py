"""Make the report: every page whose contents changed, and no other.

A `ReportSource` arrives; a folder with `index.html` leaves, put in place whole. Facts of clusters
that did not change, and pages whose contents did not, come from the report that stood there. Equal
sources give equal bytes.
"""

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from crawler.items import Cluster
from crawler.report.atomic import explained, replacing_folder
from crawler.report.changes import digest_of, group_digest, pages_of_groups, plan, single_digest
from crawler.report.facts import ClusterFacts
from crawler.report.html import check_ours, look
from crawler.report.making import made_anew, write_page
from crawler.report.news import find_news
from crawler.report.pages import Page, pages_of
from crawler.report.source import ReportSource
from crawler.report.state import State, read_state, write_state
from crawler.report.views import report_view

FOLDERS = ("assets", "clusters", "data", "outlets", "singles", "stories")


def build_report(source: ReportSource, folder: Path) -> Path:
    """Write the report, replace `folder` by it, and give the path of its `index.html`.

    Raises:
        StoreFull: no space is left; the old report is whole.
        ReportError: it cannot be written, or the folder holds something else than a report.
    """
    check_ours(folder)
    former = read_state(folder)
    current_look = look(digest_of(source.networks))
    known = former if former.look == current_look else State()
    with replacing_folder(folder) as new:
        for name in FOLDERS:
            (new / name).mkdir()
        report = _Report(source=source, known=known, old=folder, new=new)
        report.make_clusters()
        news = find_news(former.clusters, former.made, report.facts.values())
        if former.made and not (news.formed or news.grown or news.changed):
            news = former.news
        view = report_view(source, report.facts, news)
        digests = {page.name: report.put(page) for page in pages_of(view, report.texts)}
        write_state(
            State(
                made=source.now,
                look=current_look,
                clusters=report.facts,
                texts=report.texts,
                pages=digests,
                news=news,
            ),
            new,
        )
    return folder / "index.html"


@dataclass(slots=True, kw_only=True)
class _Report:
    """A report in the making."""

    source: ReportSource
    known: State
    """The last report, as far as its pages may be kept."""
    old: Path
    new: Path
    facts: dict[str, ClusterFacts] = field(default_factory=dict)
    """By cluster id."""
    texts: dict[str, str] = field(default_factory=dict)
    """Searchable words by cluster id."""

    def make_clusters(self) -> None:
        """Give facts and words of all clusters, and write the pages of those that changed.

        Single articles come first: the page that lists one depends on its day, and clusters link
        to it.
        """
        todo = plan(self.source)
        singles = self._changed(
            todo.singles, lambda one: single_digest(one, self.source), page=False
        )
        for made, words in made_anew(singles, self.source, todo, {}, None):
            self.facts[made.id], self.texts[made.id] = made, words
        pages = pages_of_groups(todo.groups) | {
            member.article_id: f"{self.facts[one.id].page}#{member.article_id}"
            for one in todo.singles
            if one.id in self.facts
            for member in self.facts[one.id].members
        }
        groups = self._changed(
            todo.groups, lambda one: group_digest(one, self.source, todo, pages), page=True
        )
        for made, words in made_anew(groups, self.source, todo, pages, self.new):
            self.facts[made.id], self.texts[made.id] = made, words

    def put(self, page: Page) -> str:
        """Take a page over or render it, and give its digest."""
        same = page.digest and self.known.pages.get(page.name) == page.digest
        if not (same and self._keep(page.name)):
            write_page(self.new / page.name, page.render())
        return page.digest

    def _changed(
        self, clusters: Iterable[Cluster], digest: Callable[[Cluster], str], *, page: bool
    ) -> list[tuple[Cluster, str]]:
        """Take over what did not change; give the rest, each with its digest of now."""
        changed = []
        for cluster in clusters:
            now, facts = digest(cluster), self.known.clusters.get(cluster.id)
            words = self.known.texts.get(cluster.id)
            if (
                facts is not None
                and words is not None
                and facts.digest == now
                and (not page or self._keep(facts.page))
            ):
                self.facts[cluster.id], self.texts[cluster.id] = facts, words
            else:
                changed.append((cluster, now))
        return changed

    def _keep(self, name: str) -> bool:
        """Take a page over, as a link where the disk can; False where it is not there."""
        source, target = self.old / name, self.new / name
        if not source.is_file():
            return False
        with explained(target):
            try:
                os.link(source, target)
            except OSError:
                shutil.copy2(source, target)
        return True
