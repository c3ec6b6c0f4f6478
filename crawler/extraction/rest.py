"""WordPress's REST interface: where a page's story lies, and that document as a page.

Sites whose theme is a script serve a page without its story and link to the post as JSON. Nothing
is fetched here: the crawl asks for the address, and the answer comes back as a page of its own.
https://developer.wordpress.org/rest-api/reference/posts/
"""

import json
import re
from dataclasses import replace
from html import escape
from urllib.parse import urlsplit

from crawler.config.model import ExtractionLimits
from crawler.extraction.document import Document
from crawler.items import Page
from crawler.urls import canonical, host_of

# A post of any kind ("posts", "pages", a site's own such as "articles") by its number, behind the
# readable address of the interface or the one that works on every server.
POST = re.compile(r"(?:/wp-json|[?&]rest_route=)/wp/v2/[\w-]+/\d+/?$")
ROOT = "https://api.w.org/"
SHORT = re.compile(r"[?&]p=(\d+)$")
POST_CLASS = re.compile(r"(?:^|\s)postid-(\d+)(?=\s|$)")
JSON_TYPE = re.compile(r"\s*application/(?:[\w.+-]+\+)?json\b", re.IGNORECASE)
# WordPress writes instants without the zone that the name of the field tells.
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$")


def rest_address(document: Document) -> str | None:
    """Give the address of a page's post in the REST interface of its own host, if it names one.

    It is declared (`rel=alternate`), or follows from the root of the interface (`rel` is
    "https://api.w.org/") and the post's number, which the short link or the body's class tells.
    """
    here = document.page.url
    addresses = (_declared(document), _composed(document))
    found = (canonical(each, here) for each in addresses if each is not None)
    return next((url for url in found if url and host_of(url) == host_of(here)), None)


def _declared(document: Document) -> str | None:
    for link in document.named["link"]:
        href, rel = link.get("href") or "", (link.get("rel") or "").lower().split()
        is_json = JSON_TYPE.match(link.get("type") or "") is not None
        if is_json and "alternate" in rel and POST.search(href):
            return href
    return None


def _composed(document: Document) -> str | None:
    links = {
        (link.get("rel") or "").lower(): link.get("href") or "" for link in document.named["link"]
    }
    root, body = links.get(ROOT), document.tree.find("body")
    classes = "" if body is None else body.get("class") or ""
    number = SHORT.search(links.get("shortlink", "")) or POST_CLASS.search(classes)
    if not root or number is None or urlsplit(root).query:
        return None
    return f"{root.rstrip('/')}/wp/v2/posts/{number.group(1)}"


def as_page(page: Page, limits: ExtractionLimits) -> Page:
    """Give a post in JSON as the HTML page that a script would make of it; others as they are."""
    if not JSON_TYPE.match(page.content_type) or len(page.body) > limits.max_bytes:
        return page
    try:
        post = json.loads(page.body)
    except (ValueError, RecursionError):
        return page
    body = _rendered(post, "content")
    if not body:
        return page
    title = _rendered(post, "title")
    times = "".join(
        f'<meta property="article:{kind}_time" content="{value}Z">'
        for kind, field in (("published", "date_gmt"), ("modified", "modified_gmt"))
        if INSTANT.match(value := str(post.get(field)))
    )
    link = post.get("link")
    own = f'<link rel="canonical" href="{escape(link)}">' if isinstance(link, str) else ""
    markup = (
        f"<!doctype html><html><head><title>{title}</title>{own}{times}</head><body><article>"
        f'<h1>{title}</h1><div class="entry-content">{body}</div></article></body></html>'
    )
    return replace(
        page,
        body=markup.encode("utf-8", "replace"),
        content_type="text/html; charset=utf-8",
    )


def _rendered(post: object, field: str) -> str:
    value = post.get(field) if isinstance(post, dict) else None
    text = value.get("rendered") if isinstance(value, dict) else None
    return text if isinstance(text, str) else ""
