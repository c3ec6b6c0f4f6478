"""Signatures: an article's MinHash, kept so that tomorrow's run signs only what is new."""

from collections.abc import Iterable, Iterator

from crawler.items import Signature
from crawler.store.connection import Database

PUT_SIGNATURE = """
    INSERT INTO signatures (article_id, scheme, seed, shingling, shingles, hashvalues)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (article_id) DO UPDATE SET
        scheme = excluded.scheme, seed = excluded.seed, shingling = excluded.shingling,
        shingles = excluded.shingles, hashvalues = excluded.hashvalues
"""
SELECT_SIGNATURES = "SELECT * FROM signatures WHERE id > ? ORDER BY id LIMIT ?"


class Signatures(Database):
    """The part of the store that keeps signatures."""

    def save_signatures(self, signatures: Iterable[Signature]) -> None:
        """Keep signatures, each in place of its article's former one."""
        rows = [
            (
                each.article_id,
                each.scheme,
                each.seed,
                each.shingling,
                each.shingles,
                each.hashvalues,
            )
            for each in signatures
        ]
        with self.transaction():
            for row in rows:
                self._execute(PUT_SIGNATURE, row)

    def signatures(self) -> Iterator[Signature]:
        """Give all signatures; their scheme, seed and shingling say whether they still compare."""
        for row in self._stream(SELECT_SIGNATURES):
            yield Signature(
                article_id=row["article_id"],
                scheme=row["scheme"],
                seed=row["seed"],
                shingling=row["shingling"],
                shingles=row["shingles"],
                hashvalues=row["hashvalues"],
            )
