"""Add a host where everything goes wrong, so that a crawl can be seen to survive it.

Each fault is a page that the host's feed lists; next to them stands one healthy page, which must
be found all the same. What a crawl should say about each is written beside it.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType

from crawler.newsroom.newsroom import Newsroom
from crawler.newsroom.records import Document

HOST = "broken-times.example"
"""Host of the faulty pages."""
DOWN_HOST = "out-of-order.example"
"""Host that answers 503 to everything but robots.txt."""
_HTML = {"Content-Type": "text/html; charset=utf-8"}
_PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
_ROOMS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong."""

    name: str
    """Short name."""
    path: str
    """Where it is on its host."""
    host: str = HOST
    """The host."""
    gives_article: bool = False
    """Whether a good crawl still gets the story out of it."""
    slugs: tuple[str, ...] = ()
    """Error slugs that describe it fairly; empty where it gives an article or only a status."""


def _story(thing: str) -> str:
    return "".join(
        f"<p>In room {number} of the museum of {thing} the {room} keeper dusts {thing} that nobody"
        f" has asked for, and notes in book {number} how many visitors wanted to know why.</p>"
        f"<p>Of the {room} room's {thing} the catalogue says only that they came by sea.</p>"
        for number, room in enumerate(_ROOMS, start=1)
    )


def _post(title: str, thing: str) -> bytes:
    """Give a story as WordPress's REST interface gives a post."""
    post = {
        "id": 77,
        "date_gmt": "2026-03-02T08:30:00",
        "title": {"rendered": title},
        "content": {"rendered": _story(thing), "protected": False},
    }
    return json.dumps(post).encode()


def _page(title: str, thing: str) -> bytes:
    """Set a short story of its own about a museum of some thing."""
    story = _story(thing)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><main><article><h1>{title}</h1>{story}</article></main></body></html>"
    ).encode()


_BUSY = Document(status=429, headers={**_PLAIN, "Retry-After": "1"}, body=b"Slow down.\n")
_AWAY = Document(status=503, headers=_PLAIN, body=b"Back soon.\n")
# A theme that draws its pages by script: the story stands in WordPress's REST interface only.
_REST_PATH = "/wp-json/wp/v2/posts/77"
_SCRIPTED = (
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kites</title>'
    b'<link rel="https://api.w.org/" href="/wp-json/"><link rel="shortlink" href="/?p=77">'
    b'</head><body><div id="app"></div></body></html>'
)
# A page that only a browser can read: its script fetches the story and draws it.
_DRAWN_PATH = "/drawn.json"
_DRAWN = (
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bells</title></head>'
    b'<body><div id="app"></div><script src="/drawn.js"></script></body></html>'
)
_DRAWING = b"""
fetch("/drawn.json").then(answer => answer.json()).then(story => {
  document.title = story.title;
  const article = document.createElement("article");
  const headline = article.appendChild(document.createElement("h1"));
  headline.textContent = story.title;
  article.insertAdjacentHTML("beforeend", story.html);
  document.getElementById("app").append(article);
});
"""
_NESTED = 20_000
_BLOCK = b"<p>" + b"The same line of type, set again by a machine that nobody stopped. " * 970
_HUGE_BLOCKS = 100_000_000 // len(_BLOCK) + 1

_FAULTY: tuple[tuple[Fault, Document], ...] = (
    (
        Fault(name="healthy", path="/healthy.html", gives_article=True),
        Document(headers=_HTML, body=_page("The museum where no clock agrees", "clocks")),
    ),
    (
        Fault(name="busy", path="/busy.html", gives_article=True),
        Document(
            headers=_HTML,
            body=_page("A queue at the museum of umbrellas", "umbrellas"),
            refusals=(_BUSY,),
        ),
    ),
    (
        Fault(name="passing-503", path="/passing.html", gives_article=True),
        Document(
            headers=_HTML,
            body=_page("Museum of whistles falls silent for a minute", "whistles"),
            refusals=(_AWAY,),
        ),
    ),
    (Fault(name="lasting-503", path="/", host=DOWN_HOST), _AWAY),
    (
        Fault(name="slow-drip", path="/drip.html"),
        # A piece every half second for a minute: longer than a test's time-out, not for ever.
        Document(headers=_HTML, body=b"<p>tick</p>\n", repeat=120, pause_s=0.5),
    ),
    (
        Fault(name="huge", path="/huge.html", slugs=("page-too-large",)),
        Document(headers=_HTML, body=_BLOCK, repeat=_HUGE_BLOCKS),
    ),
    (
        Fault(name="nested", path="/nested.html", slugs=("page-too-deep",)),
        Document(
            headers=_HTML,
            body=b"<html><body>" + b"<div>" * _NESTED + b"deep" + b"</div>" * _NESTED,
        ),
    ),
    (
        Fault(name="empty", path="/empty.html", slugs=("page-empty",)),
        Document(headers=_HTML),
    ),
    (
        Fault(name="wrong-charset", path="/charset.html", gives_article=True),
        # Says UTF-8 in header and markup, and is Windows-1252.
        Document(
            headers=_HTML,
            body=_page("Café Müller’s “last” señor", "thé à l’orée – crème brûlée spoons")
            .decode()
            .encode("cp1252"),
        ),
    ),
    (
        Fault(name="nul", path="/nul.html", gives_article=True),
        Document(
            headers=_HTML,
            body=_page("A hole in the type", "lead letters").replace(
                b" keeper ", b" kee\x00per ", 1
            ),
        ),
    ),
    (
        Fault(name="binary", path="/binary.html", slugs=("page-not-html", "no-story")),
        # A picture behind the Content-Type of a page, as misconfigured caches send it.
        Document(headers=_HTML, body=b"\x89PNG\r\n\x1a\n" + Random(1).randbytes(4096)),  # noqa: S311 - noise, no secret
    ),
    (
        Fault(name="year-9999", path="/future.html", gives_article=True),
        Document(
            headers=_HTML,
            body=_page("Calendar museum opens early", "calendars").replace(
                b"</head>",
                b'<meta property="article:published_time" content="9999-12-31T23:59:59Z"></head>',
            ),
        ),
    ),
    (
        Fault(name="drawn", path="/drawn.html", slugs=("no-story",)),
        Document(headers=_HTML, body=_DRAWN),
    ),
    (
        Fault(name="scripted", path="/scripted.html", gives_article=True),
        Document(headers=_HTML, body=_SCRIPTED),
    ),
    (
        Fault(name="redirect-loop", path="/loop-a.html"),
        Document(status=302, headers={"Location": f"http://{HOST}/loop-b.html"}),
    ),
)
FAULTS = MappingProxyType({fault.name: fault for fault, _ in _FAULTY})
"""Every fault by name."""


def with_faults(newsroom: Newsroom, names: Collection[str] | None = None) -> Newsroom:
    """Give the newsroom with the faulty hosts added, all faults or only those named.

    The truth is unchanged: the faulty pages are described by `FAULTS`.

    Raises:
        KeyError: a name that is no fault.
    """
    chosen = set(FAULTS) if names is None else {FAULTS[name].name for name in names}
    documents = dict(newsroom.documents)
    robots = Document(headers=_PLAIN, body=b"User-agent: *\nDisallow:\n")
    documents[HOST, "/robots.txt"] = documents[DOWN_HOST, "/robots.txt"] = robots
    for fault, document in _FAULTY:
        if fault.name in chosen:
            documents[fault.host, fault.path] = document
    documents[HOST, _REST_PATH] = Document(
        headers={"Content-Type": "application/json; charset=UTF-8"},
        body=_post("The museum that kites built", "kites"),
    )
    documents[HOST, "/drawn.js"] = Document(
        headers={"Content-Type": "text/javascript; charset=utf-8"}, body=_DRAWING
    )
    drawn = {"title": "The museum of bells is quiet", "html": _story("bells")}
    documents[HOST, _DRAWN_PATH] = Document(
        headers={"Content-Type": "application/json"}, body=json.dumps(drawn).encode()
    )
    back = {"Location": f"http://{HOST}/loop-a.html"}
    documents[HOST, "/loop-b.html"] = Document(status=302, headers=back)
    rss = {"Content-Type": "application/rss+xml"}
    documents[HOST, "/feed.xml"] = Document(headers=rss, body=_feed(chosen))
    documents[HOST, "/broken-feed.xml"] = Document(headers=rss, body=b"<rss><chan\x00nel><item")
    return replace(newsroom, documents=MappingProxyType(documents))


def _feed(chosen: Collection[str]) -> bytes:
    items = "".join(
        f"<item><title>Clock {fault.name}</title><link>http://{fault.host}{fault.path}</link></item>"
        for fault, _ in _FAULTY
        if fault.name in chosen
    )
    return (
        f'<rss version="2.0"><channel><title>Broken Times</title>{items}</channel></rss>'.encode()
    )


def fault_watchlist() -> str:
    """Give the sources to be appended to a watchlist: the list of faults and a broken feed."""
    return (
        f'\n[[source]]\nname = "faults"\nfeed = "http://{HOST}/feed.xml"\n'
        f'\n[[source]]\nname = "broken-feed"\nfeed = "http://{HOST}/broken-feed.xml"\n'
    )
