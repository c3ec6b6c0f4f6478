"""Write a publisher's feed: RSS, Atom, RDF or JSON Feed, each in its own way of telling time."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC
from html import escape

from crawler.newsroom.clock import rfc822, stamped
from crawler.newsroom.edition import Piece
from crawler.newsroom.library import PublisherPlan
from crawler.newsroom.pages import Site

FEED_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
    "json": "application/feed+json",
}
"""Content-Type of each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A piece as its feed names it."""

    link: str
    piece: Piece

    @property
    def summary(self) -> str:
        """Give the deck, or the first paragraph where there is none."""
        return self.piece.deck or self.piece.blocks[0].text


def feed_text(site: Site) -> str:
    """Write the feed of a site that has one, newest entry first."""
    plan = site.plan
    entries = [
        Entry(link=feed_link(plan, piece), piece=piece)
        for piece in site.pieces
        if not piece.private
    ]
    writer = {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json_feed}[plan.feed or "rss"]
    return writer(plan, entries)


def feed_link(plan: PublisherPlan, piece: Piece) -> str:
    """Give the address a feed prints: plain, with tracking parameters, or one that redirects."""
    home = f"http://{plan.host}"
    return {
        "plain": f"{home}{piece.path}",
        "utm": f"{home}{piece.path}?utm_source=rss&utm_medium=feed",
        "redirect": f"{home}{redirect_path(piece)}",
    }[plan.feed_links]


def redirect_path(piece: Piece) -> str:
    """Give the short address that a counting feed uses in place of the page's own."""
    return f"/r/{int(hashlib.sha256(piece.path.encode()).hexdigest()[:6], 16)}"


def _rss(plan: PublisherPlan, entries: list[Entry]) -> str:
    items = "\n".join(
        f"<item><title>{escape(entry.piece.title)}</title><link>{escape(entry.link)}</link>"
        f'<guid isPermaLink="false">{escape(entry.piece.path)}</guid>'
        f"<category>{escape(entry.piece.section)}</category>"
        f"<pubDate>{rfc822(entry.piece.published)}</pubDate>"
        f"<description>{escape(f'<p>{entry.summary}</p>')}</description></item>"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(plan.name)}</title><link>http://{plan.host}/</link>"
        f"<description>{escape(plan.slogan)}</description>"
        f"<language>{plan.language}</language>\n{items}\n</channel></rss>\n"
    )


def _atom(plan: PublisherPlan, entries: list[Entry]) -> str:
    items = "\n".join(
        f'<entry><title>{escape(entry.piece.title)}</title><link href="{escape(entry.link)}"/>'
        f"<id>http://{plan.host}{escape(entry.piece.path)}</id>"
        f"<published>{stamped(entry.piece.published, 'offset')}</published>"
        f"<updated>{stamped(entry.piece.published, 'offset')}</updated>"
        f"<summary>{escape(entry.summary)}</summary></entry>"
        for entry in entries
    )
    updated = stamped(entries[0].piece.published, "offset")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(plan.name)}</title><id>http://{plan.host}/</id>"
        f"<updated>{updated}</updated><author><name>{escape(plan.name)}</name></author>\n"
        f"{items}\n</feed>\n"
    )


def _rdf(plan: PublisherPlan, entries: list[Entry]) -> str:
    order = "".join(f'<rdf:li rdf:resource="{escape(entry.link)}"/>' for entry in entries)
    items = "\n".join(
        f'<item rdf:about="{escape(entry.link)}"><title>{escape(entry.piece.title)}</title>'
        f"<link>{escape(entry.link)}</link><description>{escape(entry.summary)}</description>"
        f"<dc:date>{stamped(entry.piece.published, 'offset')}</dc:date></item>"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="http://{plan.host}/"><title>{escape(plan.name)}</title>'
        f"<link>http://{plan.host}/</link><description>{escape(plan.slogan)}</description>"
        f"<items><rdf:Seq>{order}</rdf:Seq></items></channel>\n{items}\n</rdf:RDF>\n"
    )


def _json_feed(plan: PublisherPlan, entries: list[Entry]) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plan.name,
        "home_page_url": f"http://{plan.host}/",
        "items": [
            {
                "id": entry.piece.path,
                "url": entry.link,
                "title": entry.piece.title,
                "summary": entry.summary,
                "date_published": stamped(entry.piece.published.astimezone(UTC), "utc"),
            }
            for entry in entries
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)
