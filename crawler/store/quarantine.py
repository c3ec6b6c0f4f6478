"""Quarantine: documents that killed their workers, kept with what is known of their deaths."""

from collections.abc import Iterator

from crawler.items import Drop, Page, Quarantined
from crawler.store.pages import PUT_FAILURE, Pages
from crawler.store.runs import Runs

# The first time stays; the last reason is the one that a later wiretrace may have to mend.
PUT_QUARANTINE = """
    INSERT INTO quarantine (body, reason, detail, deaths, since, last)
    SELECT body, :reason, :detail, :deaths, :now, :now FROM pages WHERE id = :page_id
    ON CONFLICT (body) DO UPDATE SET
        reason = excluded.reason, detail = excluded.detail, deaths = deaths + excluded.deaths,
        last = excluded.last
"""
# An address that was fetched again later and gave something else is no longer ill.
SELECT_QUARANTINED = """
    SELECT page.id, page.url, page.source, page.fetched, ill.reason, ill.detail, ill.deaths,
        ill.since, ill.last, bodies.size AS bytes
    FROM quarantine AS ill
    JOIN bodies ON bodies.sha256 = ill.body
    JOIN pages AS page ON page.body = ill.body
    WHERE NOT EXISTS (
        SELECT 1 FROM pages AS later
        WHERE later.url = page.url AND (later.fetched, later.id) > (page.fetched, page.id))
    ORDER BY ill.since, page.id
"""
SELECT_BODIES = "SELECT body, reason FROM quarantine"
FIELDS = ("url", "source", "reason", "detail", "deaths", "since", "last", "bytes", "fetched")


class Quarantine(Pages, Runs):
    """The part of the store that knows which documents are not to be read."""

    def put_aside(
        self,
        run_id: str,
        page_id: int,
        page: Page,
        *,
        reason: str,
        detail: str,
        deaths: int | None,
        now: str,
    ) -> None:
        """Keep why a page gave no article; one that killed its workers goes into quarantine.

        Args:
            run_id: the run that read it, which counts it as a drop.
            page_id: the stored page.
            page: what is stored there.
            reason: slug.
            detail: one line.
            deaths: as in `quarantine_page`; None where no worker died.
            now: UTC.
        """
        with self.transaction():
            if deaths is None:
                self.fail_page(page_id, reason, detail)
            else:
                self.quarantine_page(page_id, reason, detail, deaths=deaths, now=now)
            dropped = Drop(source=page.source, reason=reason, url=page.url, detail=detail)
            self.drop(run_id, dropped)

    def quarantine_page(
        self, page_id: int, reason: str, detail: str, *, deaths: int, now: str
    ) -> None:
        """Put a page's document into quarantine, or count further deaths under it.

        Args:
            page_id: the page; it counts as failed for the reason as well.
            reason: slug of the last death.
            detail: one line about it.
            deaths: workers that died under it this time; none where the document was known.
            now: UTC.
        """
        values = {"page_id": page_id, "reason": reason, "detail": detail, "deaths": deaths}
        with self.transaction():
            self._execute(PUT_FAILURE, (page_id, reason, detail))
            self._execute(PUT_QUARANTINE, values | {"now": now})

    def quarantined(self) -> list[Quarantined]:
        """Give the addresses whose last fetch is in quarantine, those longest in it first."""
        return [
            Quarantined(**{name: row[name] for name in FIELDS})
            for row in self._all(SELECT_QUARANTINED)
        ]

    def quarantined_pages(self) -> Iterator[tuple[int, Page]]:
        """Give their pages with their numbers, one in memory at a time."""
        for row in self._all(SELECT_QUARANTINED):
            page = self._page(row["id"])
            if page is not None:
                yield row["id"], page

    def quarantined_bodies(self) -> dict[str, str]:
        """Give the sha256 of each document in quarantine, in hex digits, with the reason."""
        return {row["body"]: row["reason"] for row in self._all(SELECT_BODIES)}
