"""Forms: which addresses are one article, and what each of them gave by itself."""

import json
from collections.abc import Iterable

from crawler.items import Sheet
from crawler.store.articles import article_of, article_values
from crawler.store.connection import Database

IDS_OF_KEY = "SELECT id FROM form_keys WHERE key = ? ORDER BY id LIMIT ?"
KEYS_OF_ID = "SELECT key FROM form_keys WHERE id = ?"
DELETE_KEYS = "DELETE FROM form_keys WHERE id = ?"
INSERT_KEY = "INSERT OR IGNORE INTO form_keys (key, id) VALUES (?, ?)"
SELECT_SHEET = "SELECT page_id, record FROM sheets WHERE id = ?"
SELECT_ARTICLE = "SELECT * FROM articles WHERE id = ?"
ARTICLE_OF_SHEET = "SELECT article_id FROM sheets WHERE id = ?"
IDS_OF_ARTICLE = "SELECT id FROM sheets WHERE article_id = ?"
PUT_SHEET = """
    INSERT INTO sheets (id, article_id, page_id, record) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
        article_id = excluded.article_id, page_id = excluded.page_id, record = excluded.record
"""
DELETE_SHEET = "DELETE FROM sheets WHERE id = ?"
CLEAR_FAILURE = "DELETE FROM page_failures WHERE page_id = ?"
# What was known of an address is known of the article that it turns out to be a form of.
PASS_ON = (
    """
    INSERT OR IGNORE INTO told (article_id, event)
    SELECT :into, event FROM told WHERE article_id = :id
    """,
    """
    UPDATE OR IGNORE revisions SET article_id = :into,
        number = number + (SELECT COUNT(*) FROM revisions WHERE article_id = :into)
    WHERE article_id = :id
    """,
    "DELETE FROM articles WHERE id = :id",
)
# A key that more addresses name is nobody's: some sites declare one canonical address everywhere.
# A paginated article with its forms has a few dozen.
MOST_IDS = 100


COUNT_FORMS = "SELECT COUNT(*) AS n FROM sheets WHERE id <> article_id"
COUNT_PARTIAL = """
    SELECT partial, COUNT(*) AS n FROM articles INDEXED BY articles_partial
    WHERE partial IS NOT NULL GROUP BY partial ORDER BY partial
"""


class Forms(Database):
    """The part of the store that keeps several addresses of one article together."""

    def sheets_near(self, article_id: str, keys: Iterable[str]) -> list[Sheet]:
        """Give what was read at addresses that may be one article with these keys, by id.

        Also what shares a key with one of those, and so on, and what the address itself was with
        before; its own sheet is among them.
        """
        row = self._one(ARTICLE_OF_SHEET, (article_id,))
        former = [] if row is None else self._all(IDS_OF_ARTICLE, (row["article_id"],))
        open_keys = set(keys)
        known: set[str] = set()
        ids: set[str] = set()
        fresh = {article_id, *(each["id"] for each in former)}
        while fresh:
            ids |= fresh
            for one in fresh:
                open_keys |= {each["key"] for each in self._all(KEYS_OF_ID, (one,))}
            found: set[str] = set()
            for key in open_keys - known:
                named = [each["id"] for each in self._all(IDS_OF_KEY, (key, MOST_IDS + 1))]
                found.update(named if len(named) <= MOST_IDS else ())
            known |= open_keys
            fresh = found - ids
        return [sheet for one in sorted(ids) if (sheet := self.sheet(one)) is not None]

    def sheet(self, article_id: str) -> Sheet | None:
        """Give what one address gave; the article itself where it is alone."""
        row = self._one(SELECT_SHEET, (article_id,))
        if row is not None:
            return Sheet(article=article_of(json.loads(row["record"])), page_id=row["page_id"])
        row = self._one(SELECT_ARTICLE, (article_id,))
        return None if row is None else Sheet(article=article_of(row), page_id=row["page_id"])

    def form_count(self) -> int:
        """Give the number of addresses that are other forms or further pages of an article."""
        return int(self._all(COUNT_FORMS)[0]["n"])

    def partial_counts(self) -> dict[str, int]:
        """Give the number of articles of which a page is missing, by reason."""
        return {row["partial"]: row["n"] for row in self._all(COUNT_PARTIAL)}

    def put_form_keys(self, article_id: str, keys: Iterable[str]) -> None:
        """Keep by which names an address may be one of another's, in place of the former ones."""
        with self.transaction():
            self._execute(DELETE_KEYS, (article_id,))
            for key in keys:
                self._execute(INSERT_KEY, (key, article_id))

    def put_sheets(self, article_id: str, sheets: Iterable[Sheet]) -> None:
        """Keep what an article was made of, and let go of what its addresses were by themselves.

        Whoever was told of one of them was told of the article; a former text of one is its own.
        """
        with self.transaction():
            for sheet in sheets:
                own = sheet.article
                record = json.dumps(article_values(own), ensure_ascii=False)
                self._execute(PUT_SHEET, (own.id, article_id, sheet.page_id, record))
                self._execute(CLEAR_FAILURE, (sheet.page_id,))
                if own.id != article_id:
                    for statement in PASS_ON:
                        self._execute(statement, {"id": own.id, "into": article_id})

    def forget_sheet(self, article_id: str) -> None:
        """Let go of what an address gave by itself: it is an article of its own, or gives none."""
        with self.transaction():
            self._execute(DELETE_SHEET, (article_id,))
