"""Front pages to links: which of them are articles, and which lead to further fronts.

HTML arrives, a `Front` leaves. Menus, footers and lists of tags are told from teasers by where
they stand, by their text and address, and by the repeated build of teasers.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.discovery.entries import Front, FrontLink
from crawler.discovery.links import HEADLINE_WORDS, THRESHOLD, LinkSigns, judge, text_points
from crawler.discovery.paging import find_more
from crawler.urls import canonical, site_of

# How far up the place of a link is looked at: menus nest about six levels above their links, and a
# bound keeps a page of 20,000 nested tags from costing 20,000 steps a link.
MAX_CLIMB = 14
# Blocks of the same build from which on a build is a list of teasers.
MIN_REPEATS = 3
# Levels of tags and classes that make up a build.
BUILD_LEVELS = 3
# Links looked at on one page; the fullest real fronts have about 1,500.
MAX_LINKS = 5000

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_FURNITURE_TAGS = frozenset({"nav", "footer", "menu", "form", "dialog"})
_FURNITURE_ROLES = frozenset(
    {"navigation", "menu", "menubar", "contentinfo", "banner", "search", "dialog"}
)
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|breadcrumbs?|footer|cookie|consent|social"
    r"|share|tags|tagcloud|topbar|offcanvas|hamburger|login|toolbar|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CARD_NAMES = re.compile(
    r"(?:^|[\s_-])(?:card|teaser|story|post|article|item|entry|headline|listing|news)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BODY = frozenset({"body", "html", "main"})


@dataclass(slots=True)
class _Candidate:
    """All links to one address, gathered."""

    order: int
    texts: list[str] = field(default_factory=list)
    score: int = -99


def read_front(html: str | bytes, *, url: str, limit: int) -> Front:
    """Give the articles a front page links to, in its order, and further fronts.

    Args:
        html: the page; bytes are decoded as the page declares, else as UTF-8.
        url: address that answered.
        limit: most articles given; of more, those with the most points.
    """
    tree = LexborHTMLParser(html)
    base = _base_of(tree, url)
    anchors = tree.css("a[href]")[:MAX_LINKS]
    builds = [_build_of(anchor) for anchor in anchors]
    repeats = _repeated(anchors, builds)
    resolve = _resolver(base)
    more = find_more(tree, url, resolve)
    site, here = site_of(url), {canonical(url), *more}
    found: dict[str, _Candidate] = {}
    for order, (anchor, build) in enumerate(zip(anchors, builds, strict=True)):
        address = resolve(anchor.attributes.get("href") or "")
        if address is None or address in here or site_of(address) != site:
            continue
        signs = _signs(anchor, repeated=repeats[build] >= MIN_REPEATS)
        candidate = found.setdefault(address, _Candidate(order))
        candidate.score = max(candidate.score, judge(address, signs))
        if signs.text:
            candidate.texts.append(signs.text)
    return Front(links=_chosen(found, limit), more=more)


def _chosen(found: dict[str, _Candidate], limit: int) -> tuple[FrontLink, ...]:
    good = [
        (candidate.order, FrontLink(url=address, title=_title(candidate), score=candidate.score))
        for address, candidate in found.items()
        if candidate.score >= THRESHOLD
    ]
    best = sorted(good, key=lambda pair: (-pair[1].score, pair[0]))[:limit]
    return tuple(link for _, link in sorted(best, key=lambda pair: pair[0]))


def _title(candidate: _Candidate) -> str | None:
    """The longest text that is still a headline: a teaser may wrap its summary in a link too."""
    headlines = [text for text in candidate.texts if len(text) <= 200]  # noqa: PLR2004 - two lines of print; longer is a summary
    return max(headlines, key=len, default=None) or min(candidate.texts, key=len, default=None)


def _base_of(tree: LexborHTMLParser, url: str) -> str:
    base = tree.css_first("base[href]")
    declared = base.attributes.get("href") if base else None
    return canonical(declared, url) or url if declared else url


def _resolver(base: str) -> Callable[[str], str | None]:
    """Give a function that makes links canonical, each once: it is the costliest step of all."""
    known: dict[str, str | None] = {}

    def resolve(href: str) -> str | None:
        if href not in known:
            # Most links of a page that lead nowhere are these; they need no parsing.
            idle = href.startswith(("#", "javascript:", "mailto:", "tel:", "data:"))
            known[href] = None if idle else canonical(href, base)
        return known[href]

    return resolve


def _build_of(anchor: LexborNode) -> str:
    """Name the build around a link: tags and first classes of its nearest ancestors."""
    parts: list[str] = []
    node: LexborNode | None = anchor
    for _ in range(BUILD_LEVELS + 1):
        if node is None or node.tag in _BODY:
            break
        classes = (node.attributes.get("class") or "").split()
        parts.append(f"{node.tag}.{classes[0] if classes else ''}")
        node = node.parent
    return ">".join(parts)


def _repeated(anchors: list[LexborNode], builds: list[str]) -> Counter[str]:
    """Count, for each build, its links that read like headlines."""
    counts: Counter[str] = Counter()
    for anchor, build in zip(anchors, builds, strict=True):
        if len(_text_of(anchor).split()) >= HEADLINE_WORDS:
            counts[build] += 1
    return counts


def _text_of(anchor: LexborNode) -> str:
    text = " ".join((anchor.text(separator=" ") or "").split())
    return text or " ".join((anchor.attributes.get("title") or "").split())


def _heading_inside(anchor: LexborNode) -> str | None:
    heading = anchor.css_first("h1, h2, h3, h4, h5")
    text = " ".join((heading.text(separator=" ") or "").split()) if heading else ""
    return text or None


def _signs(anchor: LexborNode, *, repeated: bool) -> LinkSigns:
    heading = _heading_inside(anchor)
    text = heading or _text_of(anchor)
    in_heading, in_card, in_furniture, in_aside = heading is not None, repeated, False, False
    in_block = False
    node = anchor.parent
    for _ in range(MAX_CLIMB):
        if node is None or node.tag in _BODY:
            break
        tag = node.tag or ""
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        in_heading = in_heading or tag in _HEADINGS
        card = tag == "article" or bool(_CARD_NAMES.search(names))
        in_card = in_card or card
        in_block = in_block or card
        in_aside = in_aside or tag == "aside"
        in_furniture = in_furniture or _is_furniture(node, tag, names, in_block=in_block)
        node = node.parent
    if in_heading and in_furniture and text_points(text, in_heading=True) == 5:  # noqa: PLR2004 - a full headline in a heading is no menu entry
        in_furniture, in_aside = False, True
    return LinkSigns(
        text=text,
        in_heading=in_heading,
        in_card=in_card,
        in_furniture=in_furniture,
        in_aside=in_aside,
    )


def _is_furniture(node: LexborNode, tag: str, names: str, *, in_block: bool) -> bool:
    if tag in _FURNITURE_TAGS:
        return True
    if (node.attributes.get("role") or "").lower() in _FURNITURE_ROLES:
        return True
    # A teaser's own <header> holds its headline; a class name such as "news-menu" around teasers
    # must not hide them.
    return not in_block and (tag == "header" or bool(_FURNITURE_NAMES.search(names)))
