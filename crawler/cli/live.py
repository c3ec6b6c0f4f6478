"""The viewer's pages: between the store and the report's templates."""

from contextlib import closing
from pathlib import Path

from crawler.cli.clusters import view_of
from crawler.cli.session import utc_now
from crawler.config import Config
from crawler.errors import NotFound
from crawler.report import build_report, cluster_page
from crawler.runs.publishing import report_source
from crawler.store import Store

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

    def page(self, name: str) -> bytes:
        """Give a page by its name from the report's folder.

        Raises:
            NotFound: there is no such page.
        """
        if name.startswith("clusters/") and name.endswith(".html"):
            return self._cluster(name.removeprefix("clusters/").removesuffix(".html"))
        self._refresh()
        place = (self.folder / name).resolve()
        hidden = any(part.startswith(".") for part in Path(name).parts)
        if hidden or not place.is_relative_to(self.folder.resolve()) or not place.is_file():
            raise NotFound(f"There is no page {name}.", "The index names all.")
        return place.read_bytes()

    def _cluster(self, cluster_id: str) -> bytes:
        with closing(Store.open(self.config.store_path, read_only=True)) as store:
            view = view_of(store, cluster_id)
        return cluster_page(view, made=utc_now()).encode("utf-8", "replace")

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
            build_report(report_source(self.config, store, "", utc_now()), self.folder)
        self._stamp = stamp
