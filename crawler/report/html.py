"""Render views as HTML: safe, and under a policy that lets in nothing but our own files.

Titles and texts of the web are hostile: everything is escaped, stripped of control characters,
and only http(s) addresses become links. Pages open from disk; the policy is the same there and on
a web server. Scripts are let in by the hash of one inline loader, which may load further ones
(`'strict-dynamic'`, CSP level 3): `'self'` means little under file:, and markup that slipped into
a page could not run a script through it. Styles change no more than looks: for them `'self'` does.
"""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from crawler import __version__
from crawler.errors import ReportError
from crawler.report.ancestry import ancestry
from crawler.report.atomic import explained
from crawler.report.comparison import compare
from crawler.report.fragments import cells_of, cutters_of, text_of
from crawler.report.moments import duration, moment
from crawler.report.numbers import disagreements
from crawler.report.outlets import outlet_count, outlet_page
from crawler.report.paragraphs import matrix, split
from crawler.report.sentences import pieces, said
from crawler.report.timeline import timeline
from crawler.report.view import ClusterView
from crawler.report.wording import (
    FATE_WORDS,
    RELATION_MEANING,
    RELATION_WORDS,
    counted,
    form_words,
    link_of,
    percent,
    shown,
)

# In the first bytes of every page: how a folder is known to be ours before it is replaced.
GENERATOR = '<meta name="generator" content="wiretrace">'
GENERATOR_WITHIN_BYTES = 2000

# Appends the scripts that it names to the page, in their order.
LOADER = (
    '"use strict";document.currentScript.dataset.load.split(" ").forEach('
    'function(n){var s=document.createElement("script");s.async=false;s.src=n;'
    "document.head.append(s)})"
)
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'sha256-{digest}' 'strict-dynamic'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'"
)
# A page of the live viewer, whose forms come back to it.
LIVE_POLICY = POLICY.replace("form-action 'none'", "form-action 'self'")
# A page for mail: its style inside, no script at all.
ALONE_POLICY = (
    "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
)

ASSETS = ("report.css", "page.js", "index.js", "cluster.js", "diff.js")
"""Files beside the pages, under `assets/`."""

_PACKAGE = "crawler.report"
_TEMPLATES = (
    "base.html",
    "parts.html",
    "index.html",
    "cluster.html",
    "actions.html",
    "outlets.html",
    "outlet.html",
    "story.html",
    "singles.html",
    "coverage.html",
)


def render(name: str, **values: object) -> str:
    """Render a template."""
    return environment().get_template(name).render(**values)


def cluster_page(view: ClusterView, *, actions: Mapping[str, object] | None = None) -> str:
    """Render a cluster's own page.

    It does not tell when it was made: the same cluster has the same page, whenever that is.

    Args:
        view: the cluster.
        actions: for a live viewer, whose page has forms: the token they carry (`csrf`), what came
            of the last one (`said`), and the decisions that can be taken back (`standing`).
    """
    live = {}
    if actions:
        # Without a referrer a browser sends a form's origin as "null", which may be anybody's.
        live = {"policy": LIVE_POLICY.format(digest=_digest(LOADER)), "referrer": "same-origin"}
    return render(
        "cluster.html",
        cluster=view,
        made=None,
        root="../",
        actions=actions,
        **_details(view),
        **live,
    )


def cluster_alone(view: ClusterView, *, made: str) -> str:
    """Render a cluster as one file that needs nothing beside it, for mail.

    It has no script and no link to other pages of the report; what each version changed is worked
    out beforehand.
    """
    comparisons = [
        (version, None if version.reference else compare(view.reference_text, version.text))
        for version in view.versions
    ]
    return render(
        "cluster.html",
        cluster=view,
        made=moment(made, "", claimed=False),
        root="",
        alone=True,
        comparisons=comparisons,
        **_details(view),
    )


@cache
def look() -> str:
    """Digest what pages look like: the program and its templates."""
    whole = sha256(__version__.encode())
    for name in (*(f"templates/{one}" for one in _TEMPLATES), *(f"static/{one}" for one in ASSETS)):
        whole.update(read(name).encode())
    return whole.hexdigest()[:24]


def check_ours(folder: Path) -> None:
    """Refuse to replace a folder that is not a report: the person may have named the wrong one.

    Raises:
        ReportError: it holds something else, or cannot be read.
    """
    with explained(folder):
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return
        index = folder / "index.html"
        if index.is_file():
            with index.open("rb") as stream:
                if GENERATOR.encode() in stream.read(GENERATOR_WITHIN_BYTES):
                    return
    raise ReportError(
        f"{folder} holds something else than a report, so it is not replaced.",
        "Name a new or empty folder, or move what is there.",
    )


def _details(cluster: ClusterView) -> dict[str, Any]:
    """Give what only the cluster's own page needs; it is costly and not kept."""
    texts = [version.text for version in cluster.versions]
    rows = matrix(cluster.reference_text, texts)
    gaps = cluster.provenance.first.gaps if cluster.provenance else ()
    return {
        "timeline": timeline(cluster.members, gaps),
        "matrix": rows,
        "disagreements": disagreements(rows, texts),
        "ancestry": ancestry(cluster),
        "relations": list(
            dict.fromkeys(
                [member.relation for member in cluster.members if not member.reference]
                + [relative.relation for relative in cluster.relatives]
            )
        ),
    }


@cache
def environment() -> Environment:
    """Give the environment of all templates, once a process."""
    style = read("static/report.css")
    made = Environment(
        loader=FunctionLoader(lambda name: read(f"templates/{name}")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    made.globals |= {
        "style": Markup(style),  # noqa: S704 - our own file, not input
        "loader": Markup(LOADER),  # noqa: S704 - a constant
        "generator": Markup(GENERATOR),  # noqa: S704 - a constant
        "policy": POLICY.format(digest=_digest(LOADER)),
        "alone_policy": ALONE_POLICY.format(digest=_digest(style)),
        "relation_words": RELATION_WORDS,
        "relation_words_by_name": {kind.value: word for kind, word in RELATION_WORDS.items()},
        "relation_meaning": RELATION_MEANING,
        "fate_words": FATE_WORDS,
        "text_of": text_of,
        "cells_of": cells_of,
        "cutters_of": cutters_of,
        "outlet_page": outlet_page,
        "outlet_count": outlet_count,
        "program": f"wiretrace {__version__}",
    }
    made.filters |= {
        "percent": percent,
        "width": lambda share: f"{min(share, 1) * 100:.1f}",
        "duration": duration,
        "counted": counted,
        "form_words": form_words,
        "link_of": link_of,
        "said": said,
        "pieces": pieces,
        "paragraphs": split,
        "instant": lambda iso: moment(iso, "", claimed=False),
        "moment": lambda facts: moment(facts.iso, facts.basis, claimed=facts.claimed),
    }
    return made


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _finalize(value: object) -> object:
    # Most text is plain ASCII words, which `shown` would give back as it is.
    if type(value) is str and not (value.isascii() and value.isprintable()):
        return shown(value)
    return value


@cache
def read(name: str) -> str:
    """Read a file of this room."""
    return files(_PACKAGE).joinpath(name).read_text(encoding="utf-8")
