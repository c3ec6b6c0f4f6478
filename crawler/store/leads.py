"""One lead as a row of the frontier, and back: shared by the frontier and the pages it led to."""

import sqlite3

from crawler.items import Lead, LeadState
from crawler.urls import host_of, spelling_of

INSERT_LEAD = """
    INSERT INTO leads (url, host, source, kind, found_on, found, title, summary, published,
        modified, priority, state, reason, attempts, visits, found_in, form_key, form, part_of)
    VALUES (:url, :host, :source, :kind, :found_on, :found, :title, :summary, :published,
        :modified, :priority, :state, :reason, :attempts, :visits, :found_in, :form_key, :form,
        :part_of)
    ON CONFLICT (url) DO NOTHING
"""
SELECT_LEAD = "SELECT * FROM leads WHERE url = ?"


def lead_values(lead: Lead, run_id: str) -> dict[str, object]:
    """Give the columns of a lead; a page of an article stands for no other spelling of it."""
    key, form = spelling_of(lead.url)
    return {
        "form_key": key if lead.part_of is None and key.strip("/") != host_of(lead.url) else None,
        "form": int(form),
        "part_of": lead.part_of,
        "url": lead.url,
        "host": host_of(lead.url),
        "source": lead.source,
        "kind": lead.kind,
        "found_on": lead.found_on,
        "found": lead.found,
        "title": lead.title,
        "summary": lead.summary,
        "published": lead.published,
        "modified": lead.modified,
        "priority": lead.priority,
        "state": lead.state,
        "reason": lead.reason,
        "attempts": lead.attempts,
        "visits": lead.visits,
        "found_in": run_id,
    }


def lead_of(row: sqlite3.Row) -> Lead:
    """Give the lead of a row."""
    return Lead(
        url=row["url"],
        source=row["source"],
        kind=row["kind"],
        found_on=row["found_on"],
        found=row["found"],
        title=row["title"],
        summary=row["summary"],
        published=row["published"],
        modified=row["modified"],
        priority=row["priority"],
        state=LeadState(row["state"]),
        reason=row["reason"],
        attempts=row["attempts"],
        visits=row["visits"],
        part_of=row["part_of"],
    )
