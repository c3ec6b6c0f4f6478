"""Write the report as static pages that open from disk, with no network and no script.

A `ReportView` arrives; a folder with `index.html` leaves, put in place whole. Equal views give
equal bytes. Titles and texts of the web are hostile: everything is escaped, stripped of control
characters, and only http(s) addresses become links.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from crawler.errors import ReportError
from crawler.report.atomic import explained, replacing_folder
from crawler.report.build import SINGLES_PER_PAGE, singles_page
from crawler.report.comparison import compare
from crawler.report.moments import duration
from crawler.report.summary import said
from crawler.report.timeline import timeline
from crawler.report.view import ClusterView, ReportView
from crawler.report.wording import RELATION_MEANING, RELATION_WORDS, counted, percent, shown

T = TypeVar("T")

# Clusters on one page of the index: some 500 KB, which the browser's own search still covers.
CLUSTERS_PER_PAGE = 500
# In the first bytes of every page: how a folder is known to be ours before it is replaced.
GENERATOR = '<meta name="generator" content="wiretrace">'
GENERATOR_WITHIN_BYTES = 2000

POLICY = "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"

_PACKAGE = "crawler.report"


def build_report(view: ReportView, folder: Path) -> Path:
    """Write all pages, replace `folder` by them, and give the path of its `index.html`.

    Raises:
        StoreFull: no space is left; the old report is whole.
        ReportError: it cannot be written, or the folder holds something else than a report.
    """
    _check_ours(folder)
    environment = _environment()
    with replacing_folder(folder) as new:
        (new / "clusters").mkdir()
        for name, page in _pages(view, environment):
            # A half surrogate pair cannot be written as UTF-8; `shown` has taken out what it saw.
            (new / name).write_bytes(page.encode("utf-8", "replace"))
    return folder / "index.html"


def _check_ours(folder: Path) -> None:
    """Refuse to replace a folder that is not a report: the person may have named the wrong one."""
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


def _pages(view: ReportView, environment: Environment) -> Iterator[tuple[str, str]]:
    """Give every page with its name, from the report's folder."""
    index = environment.get_template("index.html")
    for number, rows in enumerate(_cut(view.clusters, CLUSTERS_PER_PAGE)):
        names = [_index_page(n) for n in range(_count(view.clusters, CLUSTERS_PER_PAGE))]
        yield _index_page(number), index.render(view=view, rows=rows, pages=names, at=number)
    single = environment.get_template("singles.html")
    for number, rows_of_singles in enumerate(_cut(view.singles, SINGLES_PER_PAGE)):
        names = [singles_page(n) for n in range(_count(view.singles, SINGLES_PER_PAGE))]
        yield (
            singles_page(number),
            single.render(view=view, rows=rows_of_singles, pages=names, at=number),
        )
    yield "coverage.html", environment.get_template("coverage.html").render(view=view)
    template = environment.get_template("cluster.html")
    for cluster in view.clusters:
        yield cluster.page, template.render(view=view, cluster=cluster, **_details(cluster))


def _details(cluster: ClusterView) -> dict[str, Any]:
    """Give what only the cluster's own page needs; it is costly and not kept."""
    return {
        "timeline": timeline(cluster.members),
        "comparisons": [
            (version, None if version.reference else compare(cluster.reference_text, version.text))
            for version in cluster.versions
        ],
        "relations": list(
            dict.fromkeys(
                [member.relation for member in cluster.members if not member.reference]
                + [relative.relation for relative in cluster.relatives]
            )
        ),
    }


def _index_page(number: int) -> str:
    return "index.html" if number == 0 else f"index-{number + 1}.html"


def _count(rows: Sequence[object], size: int) -> int:
    return max(1, -(-len(rows) // size))


def _cut(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Give the rows in pages; no rows give one empty page."""
    for number in range(_count(rows, size)):
        yield rows[number * size : (number + 1) * size]


def _environment() -> Environment:
    # The style stands in each page, known by its hash: a page that is mailed or moved keeps its
    # looks, and the policy can forbid every other source. ('self' means nothing under file:.)
    style = _read("static/report.css")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    environment = Environment(
        loader=FunctionLoader(lambda name: _read(f"templates/{name}")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.globals |= {
        "style": Markup(style),  # noqa: S704 - our own file, not input
        "generator": Markup(GENERATOR),  # noqa: S704 - a constant
        "policy": POLICY.format(digest=digest),
        "relation_words": RELATION_WORDS,
        "relation_meaning": RELATION_MEANING,
    }
    environment.filters |= {
        "percent": percent,
        "duration": duration,
        "counted": counted,
        "said": said,
    }
    return environment


def _finalize(value: object) -> object:
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _read(name: str) -> str:
    return files(_PACKAGE).joinpath(name).read_text(encoding="utf-8")
