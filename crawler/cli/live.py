"""The viewer's pages and what its buttons do: between the store and the report's templates."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from crawler.cli.clusters import view_of
from crawler.cli.session import utc_now
from crawler.config import Config
from crawler.errors import NotFound, UsageError
from crawler.report import build_report, cluster_page, former_report
from crawler.report.clusters import page_of
from crawler.runs import deciding
from crawler.runs.publishing import report_source
from crawler.store import Store

Form = Mapping[str, list[str]]
"""Fields of a form, each with the values that were sent."""
MOST_LETTERS = 200
"""Of a label: a headline and a half."""
FOLDER = "viewer"
"""Of the viewer's own report, in the output folder."""


class LivePages:
    """Pages of a store that may change between two requests.

    Args:
        config: whose store is read.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self.folder = config.output / FOLDER
        self._stamp: tuple[tuple[int, int], ...] | None = None

    def page(self, name: str, *, csrf: str, said: str) -> bytes:
        """Give a page by its name from the report's folder.

        Raises:
            NotFound: there is no such page.
        """
        if name.startswith("clusters/") and name.endswith(".html"):
            return self._cluster(name.removeprefix("clusters/").removesuffix(".html"), csrf, said)
        self._refresh()
        place = (self.folder / name).resolve()
        hidden = any(part.startswith(".") for part in Path(name).parts)
        if hidden or not place.is_relative_to(self.folder.resolve()) or not place.is_file():
            raise NotFound(f"There is no page {name}.", "The index names all.")
        return place.read_bytes()

    def _cluster(self, cluster_id: str, csrf: str, said: str) -> bytes:
        with closing(Store.open(self.config.store_path, read_only=True)) as store:
            view = view_of(store, cluster_id)
            ids = {member.article_id for member in view.members}
            standing = [
                decision
                for decision in store.decisions()
                if decision.undone is None and ids.intersection(decision.articles + decision.others)
            ]
        actions = {"csrf": csrf, "said": said, "standing": standing}
        return cluster_page(view, actions=actions).encode("utf-8", "replace")

    def decide(self, form: Form) -> str:
        """Take a decision as a person sent it, follow it, and give the place to go to.

        Raises:
            NotFound: there is no such cluster or decision.
            UsageError: the form says something that cannot be done.
            StoreLocked: a run is at work.
        """
        kind, cluster = (form.get(name, [""])[0] for name in ("kind", "cluster"))
        text = " ".join(form.get("label", [""])[0].split())[:MOST_LETTERS]
        if kind == "label":
            if not text:
                raise UsageError("A label needs a letter.", "Write one and send it again.")
            done = deciding.label(self.config, cluster, text, now=utc_now)
        elif kind == "split":
            articles = form.get("article", [])
            done = deciding.split(self.config, cluster, articles, why=None, now=utc_now)
        elif kind == "merge":
            both = [cluster, form.get("other", [""])[0]]
            done = deciding.merge(self.config, both, why=None, now=utc_now)
        elif kind == "undo":
            done = self._taken_back(form.get("decision", [""])[0])
        else:
            raise UsageError(f"There is no decision {kind!r}.", "Use the buttons of the page.")
        verb = "taken back" if kind == "undo" else "done"
        # Where the reader was, if it is still there; else the largest of what became of it.
        sizes = {each.id: len(each.members) for each in done.clusters}
        target = (
            cluster if cluster in sizes or not sizes else max(sizes, key=lambda one: sizes[one])
        )
        said = quote(f"{done.decision.kind.capitalize()} {done.decision.id} {verb}.")
        return f"{page_of(target)}?said={said}"

    def _taken_back(self, number: str) -> deciding.Decided:
        with closing(Store.open(self.config.store_path, read_only=True)) as store:
            kinds = {str(decision.id): decision.kind for decision in store.decisions()}
        if number not in kinds:
            raise NotFound(f"There is no decision {number!r}.", "Use the buttons of the page.")
        return deciding.undo(self.config, kinds[number], int(number), now=utc_now)

    def _refresh(self) -> None:
        """Bring the viewer's report up to date when the store's files have changed."""
        path = self.config.store_path
        files = (path, path.with_name(f"{path.name}-wal"))
        stamp = tuple(
            (found.st_mtime_ns, found.st_size)
            for found in (each.stat() for each in files if each.exists())
        )
        if stamp == self._stamp and (self.folder / "index.html").is_file():
            return
        with closing(Store.open(path, read_only=True)) as store:
            former = former_report(self.folder)
            source = report_source(self.config, store, "", utc_now(), former)
            build_report(source, self.folder, former)
        self._stamp = stamp
