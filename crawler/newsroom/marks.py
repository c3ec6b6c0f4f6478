"""What a page says to machines: meta tags, JSON-LD and links in its head.

Each publisher uses some of the manners found in the wild; the times in them are written in the
publisher's own style, one of them without any zone, so that a reader must weigh its claims.
"""

import json
from typing import Any

from crawler.newsroom.clock import stamped
from crawler.newsroom.copies import AGENCY_NAMES
from crawler.newsroom.edition import Piece
from crawler.newsroom.library import PublisherPlan
from crawler.newsroom.themes import Html


def head(plan: PublisherPlan, piece: Piece) -> Html:
    """Write the head of an article page, title aside."""
    lines = [_link("canonical", _url(plan, piece.path)), *_shared(plan)]
    if "amp" in plan.variants:
        lines.append(_link("amphtml", _url(plan, f"/amp{piece.path}")))
    for mark in plan.marks:
        lines += _MARKS[mark](plan, piece)
    return Html("\n".join(lines))


def front_head(plan: PublisherPlan) -> Html:
    """Write the head of a front."""
    return Html("\n".join(_shared(plan)))


def _url(plan: PublisherPlan, path: str) -> str:
    return f"http://{plan.host}{path}"


def _shared(plan: PublisherPlan) -> list[str]:
    if plan.feed is None:
        return []
    kind = {"rss": "rss+xml", "atom": "atom+xml", "rdf": "rss+xml", "json": "feed+json"}[plan.feed]
    return [f'<link rel="alternate" type="application/{kind}" href="{plan.feed_path}">']


def _link(relation: str, url: str) -> str:
    return f'<link rel="{relation}" href="{url}">'


def _meta(key: str, name: str, value: str) -> str:
    return f'<meta {key}="{name}" content="{_quoted(value)}">'


def _quoted(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _open_graph(plan: PublisherPlan, piece: Piece) -> list[str]:
    return [
        _meta("property", "og:type", "article"),
        _meta("property", "og:site_name", plan.name),
        _meta("property", "og:title", piece.title),
        _meta("property", "og:url", _url(plan, piece.path)),
    ]


def _article_times(plan: PublisherPlan, piece: Piece) -> list[str]:
    return [
        _meta("property", "article:published_time", stamped(piece.published, plan.stamp)),
        _meta("property", "article:section", piece.section),
    ]


def _dublin_core(plan: PublisherPlan, piece: Piece) -> list[str]:
    return [
        _meta("name", "DC.date.issued", stamped(piece.published, plan.stamp)),
        _meta("name", "DC.publisher", plan.name),
    ]


def _parsely(plan: PublisherPlan, piece: Piece) -> list[str]:
    return [
        _meta("name", "parsely-title", piece.title),
        _meta("name", "parsely-pub-date", stamped(piece.published, plan.stamp)),
        _meta("name", "parsely-section", piece.section),
    ]


def _noindex(_plan: PublisherPlan, piece: Piece) -> list[str]:
    """Ask search engines to leave copies out, as they now advise partners to do."""
    return [_meta("name", "robots", "noindex, follow")] if piece.kind == "copy" else []


def _news_article(plan: PublisherPlan, piece: Piece) -> dict[str, Any]:
    """Describe the page in schema.org's words."""
    data: dict[str, Any] = {
        "@type": "LiveBlogPosting" if piece.kind == "live" else "NewsArticle",
        "headline": piece.title,
        "url": _url(plan, piece.path),
        "mainEntityOfPage": _url(plan, piece.path),
        "datePublished": stamped(piece.published, plan.stamp),
        "articleSection": piece.section,
        "inLanguage": plan.language,
        "publisher": {"@type": "NewsMediaOrganization", "name": plan.name},
    }
    if piece.byline:
        kind = "Organization" if piece.byline in AGENCY_NAMES.values() else "Person"
        data["author"] = [{"@type": kind, "name": piece.byline.split(",")[0]}]
    if piece.agency:
        data["sourceOrganization"] = {
            "@type": "NewsMediaOrganization",
            "name": AGENCY_NAMES[piece.agency],
        }
    return data


def _script(data: object) -> list[str]:
    # "</" would end the script element wherever it stands.
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return [f'<script type="application/ld+json">{text}</script>']


def _json_ld(plan: PublisherPlan, piece: Piece) -> list[str]:
    return _script({"@context": "https://schema.org", **_news_article(plan, piece)})


def _json_ld_graph(plan: PublisherPlan, piece: Piece) -> list[str]:
    """Write the graph that search plugins write: site, page, crumbs and article side by side."""
    home = _url(plan, "/")
    graph = [
        {"@type": "WebSite", "@id": f"{home}#website", "url": home, "name": plan.name},
        {"@type": "WebPage", "@id": _url(plan, piece.path), "name": f"{piece.title} - {plan.name}"},
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": 1, "name": "Home", "item": home},
                {"@type": "ListItem", "position": 2, "name": piece.section},
            ],
        },
        {"@id": f"{_url(plan, piece.path)}#article", **_news_article(plan, piece)},
    ]
    return _script({"@context": "https://schema.org", "@graph": graph})


def _json_ld_list(plan: PublisherPlan, piece: Piece) -> list[str]:
    """Write an array whose first entry is not about the article."""
    organization = {"@type": "Organization", "name": plan.name, "url": _url(plan, "/")}
    return _script(
        [
            {"@context": "https://schema.org", **item}
            for item in (organization, _news_article(plan, piece))
        ]
    )


_MARKS = {
    "og": _open_graph,
    "article": _article_times,
    "dc": _dublin_core,
    "parsely": _parsely,
    "noindex": _noindex,
    "json-ld": _json_ld,
    "json-ld-graph": _json_ld_graph,
    "json-ld-list": _json_ld_list,
}
