"""Layouts: where pages hold their stories, a few of each section; templates come from them."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from crawler.items import Template
from crawler.store.connection import Database

PUT_LAYOUT = """
    INSERT INTO layouts (article_id, host, section, fetched, layout)
    VALUES (:article_id, :host, :section, :fetched, :layout)
    ON CONFLICT (article_id) DO UPDATE SET
        host = excluded.host, section = excluded.section, fetched = excluded.fetched,
        layout = excluded.layout
"""
# A template is learned from the newest; what is older than these would only take room.
KEPT = 20
DROP_OLD = """
    DELETE FROM layouts WHERE host = :host AND section = :section AND article_id NOT IN (
        SELECT article_id FROM layouts WHERE host = :host AND section = :section
        ORDER BY fetched DESC, article_id LIMIT :kept)
"""
SELECT_LAYOUTS = "SELECT * FROM layouts ORDER BY host, fetched DESC, article_id"
DELETE_LAYOUTS = "DELETE FROM layouts"


class Layouts(Database):
    """The part of the store that keeps layouts."""

    def save_layout(self, article_id: str, layout: Template, *, fetched: str) -> None:
        """Keep how an article's page was laid out, in place of what was known of it."""
        values = {"article_id": article_id, "host": layout.host, "section": layout.section}
        with self.transaction():
            self._execute(PUT_LAYOUT, values | {"fetched": fetched, "layout": _text(layout)})
            self._execute(DROP_OLD, {"host": layout.host, "section": layout.section, "kept": KEPT})

    def layouts(self) -> Iterator[Template]:
        """Give all layouts, host by host, the newest first."""
        yield from (_layout(row) for row in self._all(SELECT_LAYOUTS))

    def forget_layouts(self) -> None:
        """Forget all layouts: templates are learned anew."""
        with self.transaction():
            self._execute(DELETE_LAYOUTS)


def _text(layout: Template) -> str:
    value = {
        "container": layout.container,
        "best": layout.best,
        "main": sorted(layout.main),
        "kept": sorted(layout.kept),
        "scope": layout.scope,
        "language": layout.language,
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _layout(row: sqlite3.Row) -> Template:
    value: dict[str, Any] = json.loads(row["layout"])
    return Template(
        host=row["host"],
        section=row["section"],
        container=tuple(value["container"]),
        best=tuple(value["best"]),
        main=frozenset(map(tuple, value["main"])),
        kept=frozenset(map(tuple, value["kept"])),
        # Layouts from before these were kept have none.
        scope=value.get("scope", ""),
        language=value.get("language"),
    )
