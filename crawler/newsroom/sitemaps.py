"""Write what a site tells crawlers: its news sitemap and its robots.txt."""

import gzip
from html import escape

from crawler.newsroom.clock import stamped
from crawler.newsroom.edition import Piece
from crawler.newsroom.library import PublisherPlan
from crawler.newsroom.pages import Site, variant_paths
from crawler.newsroom.records import Document

XML = {"Content-Type": "application/xml; charset=utf-8"}
ROBOTS_DENY = "/private/"
"""What the cautious robots.txt forbids."""

_URLSET = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
)
_INDEX = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
)


def sitemap_path(plan: PublisherPlan) -> str:
    """Give the path a watchlist names for a publisher's sitemap."""
    return {
        "news": "/news-sitemap.xml",
        "gzip": "/sitemaps/news.xml.gz",
        "index": "/sitemap_index.xml",
    }[plan.sitemap or "news"]


def sitemap_documents(site: Site) -> dict[str, Document]:
    """Write a site's sitemap as its plan says: plain, gzipped, or two halves behind an index."""
    plan = site.plan
    pieces = [piece for piece in site.pieces if not piece.private]
    if plan.sitemap is None:
        return {}
    path = sitemap_path(plan)
    if plan.sitemap == "news":
        return {path: Document(headers=XML, body=_urlset(plan, pieces))}
    if plan.sitemap == "gzip":
        # mtime=0: the same bytes for the same arguments. The file itself is gzipped, as sitemap
        # files are; there is no Content-Encoding.
        packed = gzip.compress(_urlset(plan, pieces), mtime=0)
        return {path: Document(headers={"Content-Type": "application/gzip"}, body=packed)}
    half = (len(pieces) + 1) // 2
    parts = {"/sitemaps/news-1.xml": pieces[:half], "/sitemaps/news-2.xml": pieces[half:]}
    documents = {
        name: Document(headers=XML, body=_urlset(plan, part)) for name, part in parts.items()
    }
    names = "".join(
        f"<sitemap><loc>http://{plan.host}{name}</loc>"
        f"<lastmod>{stamped(part[0].published, 'offset')}</lastmod></sitemap>\n"
        for name, part in parts.items()
        if part
    )
    documents[path] = Document(headers=XML, body=f"{_INDEX}{names}</sitemapindex>\n".encode())
    return documents


def _urlset(plan: PublisherPlan, pieces: list[Piece]) -> bytes:
    entries = "".join(
        f"<url><loc>{escape(f'http://{plan.host}{path}')}</loc><news:news><news:publication>"
        f"<news:name>{escape(plan.name)}</news:name>"
        f"<news:language>{plan.language}</news:language></news:publication>"
        f"<news:publication_date>{stamped(piece.published, 'offset')}</news:publication_date>"
        f"<news:title>{escape(piece.title)}</news:title></news:news></url>\n"
        for piece in pieces
        for path in (
            piece.path,
            *(variant_paths(plan, piece) if plan.lists_variants else ()),
        )
    )
    return f"{_URLSET}{entries}</urlset>\n".encode()


def robots_document(plan: PublisherPlan) -> Document:
    """Write robots.txt.

    `allow` lets everybody in, `private` forbids one folder, `delay` asks for a Crawl-delay,
    `missing` answers 404 (which allows everything) and `broken` 503 (RFC 9309: nothing may be
    fetched while robots.txt cannot be had).
    """
    plain = {"Content-Type": "text/plain; charset=utf-8"}
    if plan.robots == "missing":
        return Document(status=404, headers=plain, body=b"Not found\n")
    if plan.robots == "broken":
        return Document(status=503, headers=plain, body=b"Service unavailable\n")
    lines = ["User-agent: *"]
    lines.append(f"Disallow: {ROBOTS_DENY}" if plan.robots == "private" else "Disallow:")
    if plan.crawl_delay_s is not None:
        lines.append(f"Crawl-delay: {plan.crawl_delay_s:g}")
    if plan.sitemap is not None:
        lines += ["", f"Sitemap: http://{plan.host}{sitemap_path(plan)}"]
    return Document(headers=plain, body=("\n".join(lines) + "\n").encode())
