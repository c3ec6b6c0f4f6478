"""Build the whole newsroom in memory: every document of every publisher, and the truth.

Nothing is read from the network or the clock; equal arguments give equal bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from crawler.newsroom.edition import Piece, edition
from crawler.newsroom.feeds import FEED_TYPES, feed_text, redirect_path
from crawler.newsroom.library import PublisherPlan, publisher_plans, wire_stories
from crawler.newsroom.pages import Site, set_pages, variant_paths
from crawler.newsroom.parts import sheets_of
from crawler.newsroom.records import Document, Publisher, Seed, TruePage, TrueStory, Truth
from crawler.newsroom.server import NewsroomServer
from crawler.newsroom.sitemaps import (
    ROBOTS_DENY,
    robots_document,
    sitemap_documents,
    sitemap_path,
)

_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><rect width="16" height="9"'
    ' fill="#b8c4cc"/><path d="M0 9l5-5 3 3 3-4 5 6z" fill="#7d8f9a"/>'
    '<circle cx="12.5" cy="2" r="1" fill="#f4e6b0"/></svg>\n'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """Local publishers with known truth; make one with `build`."""

    publishers: tuple[Publisher, ...]
    """The outlets."""
    documents: Mapping[tuple[str, str], Document]
    """Every answer by host and path with query."""
    pages: tuple[TruePage, ...]
    """What is true about each article page."""

    @classmethod
    def build(cls, now: datetime, seed: int = 7) -> "Newsroom":
        """Write every document; the stories are spread over the two days before `now`.

        Args:
            now: the instant of the visit, with a zone.
            seed: moves the times of publication by minutes.

        Raises:
            ValueError: `now` has no zone.
        """
        if now.tzinfo is None:
            raise ValueError("now needs a time zone: the stories are published in several")
        documents: dict[tuple[str, str], Document] = {}
        pages: list[TruePage] = []
        plans = publisher_plans()
        for plan in plans:
            site = Site(plan=plan, pieces=edition(plan, now, seed), now=now)
            documents |= {(plan.host, path): item for path, item in _documents(site).items()}
            pages += [_true_page(plan, piece) for piece in reversed(site.pieces)]
        return cls(
            publishers=tuple(_publisher(plan) for plan in plans),
            documents=MappingProxyType(documents),
            pages=tuple(pages),
        )

    def truth(self) -> Truth:
        """Give what a crawl of it can be measured against."""
        denied = [
            (publisher.host, {"private": ROBOTS_DENY, "broken": "/"}[publisher.robots])
            for publisher in self.publishers
            if publisher.robots in ("private", "broken")
        ]
        return Truth(
            pages=self.pages,
            stories=_true_stories(self.pages),
            denied=tuple(denied),
            crawl_delay_s={
                publisher.host: publisher.crawl_delay_s
                for publisher in self.publishers
                if publisher.crawl_delay_s is not None
            },
        )

    def serve(self, host: str = "127.0.0.1", port: int = 0) -> NewsroomServer:
        """Give a server of these documents, to be used as a context manager."""
        return NewsroomServer(self.documents, host=host, port=port)


def _documents(site: Site) -> dict[str, Document]:
    """Give everything a host answers, by path with query."""
    plan = site.plan
    documents = {path: _html(plan, text) for path, text in set_pages(site).items()}
    documents |= sitemap_documents(site)
    documents["/robots.txt"] = robots_document(plan)
    documents["/picture.svg"] = Document(
        headers={"Content-Type": "image/svg+xml"}, body=_PICTURE.encode()
    )
    if plan.feed is not None:
        kind = {"Content-Type": FEED_TYPES[plan.feed]}
        documents[plan.feed_path] = Document(headers=kind, body=feed_text(site).encode())
    if plan.feed_links == "redirect":
        for piece in site.pieces:
            target = {"Location": f"http://{plan.host}{piece.path}"}
            documents[redirect_path(piece)] = Document(status=302, headers=target)
    return documents


def _html(plan: PublisherPlan, text: str) -> Document:
    """Give a page in its publisher's charset; what that cannot hold becomes a reference."""
    return Document(
        headers={"Content-Type": f"text/html; charset={plan.charset}"},
        body=text.encode(plan.charset, errors="xmlcharrefreplace"),
    )


def _publisher(plan: PublisherPlan) -> Publisher:
    home = f"http://{plan.host}"
    where = {
        "feed": f"{home}{plan.feed_path}",
        "sitemap": f"{home}{sitemap_path(plan)}",
        "section": f"{home}/",
    }
    return Publisher(
        name=plan.name,
        host=plan.host,
        language=plan.language,
        theme=plan.theme,
        robots=plan.robots,
        crawl_delay_s=plan.crawl_delay_s,
        seeds=tuple(Seed(kind=kind, url=where[kind]) for kind in plan.seeds),
    )


def _true_page(plan: PublisherPlan, piece: Piece) -> TruePage:
    blocked = "robots-denied" if piece.private else None
    return TruePage(
        url=f"http://{plan.host}{piece.path}",
        host=plan.host,
        publisher=plan.name,
        kind=piece.kind,
        story=piece.story,
        relation=piece.relation,
        how=piece.how,
        title=piece.title,
        text=piece.text,
        published=piece.published.isoformat(timespec="seconds"),
        agency=piece.agency,
        blocked="robots-unreachable" if plan.robots == "broken" else blocked,
        variants=tuple(f"http://{plan.host}{path}" for path in variant_paths(plan, piece)),
        parts=tuple(f"http://{plan.host}{sheet.path}" for sheet in sheets_of(plan, piece)[1:]),
    )


def _true_stories(pages: tuple[TruePage, ...]) -> tuple[TrueStory, ...]:
    stories = []
    for slug, story in wire_stories().items():
        copies = sorted(
            (page for page in pages if page.story == slug and page.reachable),
            key=lambda page: (datetime.fromisoformat(page.published), page.url),
        )
        stories.append(
            TrueStory(
                slug=slug,
                title=story.title,
                agency=story.agency,
                urls=tuple(page.url for page in copies),
                first_publisher=copies[0].publisher,
            )
        )
    times = {page.url: datetime.fromisoformat(page.published) for page in pages}
    return tuple(sorted(stories, key=lambda story: times[story.urls[0]]))
