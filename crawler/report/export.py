"""Write articles, clusters and pairs for other programs: JSON lines, CSV, Parquet.

What arrives are our records; what leaves is a file put in place whole (or a stream), and the
number of rows in it.
"""

import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Literal, cast

from crawler.errors import UsageError
from crawler.items import Article, Cluster, Network, Pair, Provenance
from crawler.report.atomic import replacing_file
from crawler.report.records import (
    Row,
    article_to_json,
    cluster_rows,
    pair_rows,
    provenance_row,
)
from crawler.report.tables import pyarrow, write_csv, write_jsonl, write_parquet

Form = Literal["jsonl", "csv", "parquet"]
Target = Path | BinaryIO
FORMS: tuple[Form, ...] = ("jsonl", "csv", "parquet")

# Column names and their types, in order. Text columns may be null; `json` holds a list or object
# as JSON text, since neither CSV nor a flat table has a place for it.
ARTICLE_COLUMNS = {
    "id": "text",
    "url": "text",
    "site": "text",
    "title": "text",
    "text": "text",
    "published": "text",
    "published_source": "text",
    "modified": "text",
    "times": "json",
    "canonical_url": "text",
    "language": "text",
    "author": "text",
    "agency": "text",
    "evidence": "json",
    "removed": "json",
    "fetched": "text",
    "status": "whole",
    "source": "text",
    "links": "json",
    "part": "whole",
    "forms": "json",
    "partial": "text",
    "extra": "json",
}
CLUSTER_COLUMNS = {
    "id": "text",
    "url": "text",
    "cluster": "text",
    "version": "whole",
    "first": "truth",
    "relation": "text",
    "containment_in_medoid": "share",
    "containment_of_medoid": "share",
    "certainty": "text",
    "first_score": "share",
    "parent_version": "whole",
    "network": "text",
}
PROVENANCE_COLUMNS = {
    "cluster": "text",
    "certainty": "text",
    "origin": "text",
    "origin_reasons": "json",
    "lead_low_s": "share",
    "lead_high_s": "share",
    "candidates": "json",
    "gaps": "json",
    "branches": "json",
}
PAIR_COLUMNS = {
    "a": "text",
    "b": "text",
    "relation": "text",
    "jaccard": "share",
    "containment_a": "share",
    "containment_b": "share",
}


def form_of(path: Path) -> Form:
    """Tell the form from a file's name; `.gz` after it is passed over.

    Raises:
        UsageError: the name ends in none of the known forms.
    """
    suffix = Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
    names: dict[str, Form] = {
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".csv": "csv",
        ".parquet": "parquet",
    }
    if suffix not in names:
        raise UsageError(
            f"The name {path.name} does not tell the form of the export.",
            f"Let it end in .jsonl, .csv or .parquet, or name the form ({', '.join(FORMS)}).",
        )
    return names[suffix]


def export_articles(articles: Iterable[Article], target: Target, *, form: Form = "jsonl") -> int:
    """Write articles and give their number; a `.gz` name is packed (JSON lines and CSV).

    Raises:
        StoreFull, ReportError: nothing was written, the old file is whole.
        UsageError: Parquet was asked for and pyarrow is not installed.
    """
    if form == "jsonl":
        return _write((article_to_json(article) for article in articles), {}, target, form)
    rows = (_flat_article(article) for article in articles)
    return _write(rows, ARTICLE_COLUMNS, target, form)


def export_clusters(
    clusters: Iterable[Cluster],
    urls: Mapping[str, str],
    target: Target,
    *,
    form: Form = "jsonl",
    provenance: Mapping[str, Provenance] = MappingProxyType({}),
    networks: Iterable[Network] = (),
) -> int:
    """Write one row an article, singletons too; `urls` maps article id to address.

    Raises as `export_articles`.
    """
    rows = cluster_rows(clusters, urls, provenance, networks)
    return _write(rows, CLUSTER_COLUMNS, target, form)


def export_provenance(found: Iterable[Provenance], target: Target, *, form: Form = "jsonl") -> int:
    """Write one row a cluster of copies; raises as `export_articles`."""
    return _write((provenance_row(each) for each in found), PROVENANCE_COLUMNS, target, form)


def export_pairs(pairs: Iterable[Pair], target: Target, *, form: Form = "jsonl") -> int:
    """Write one row a compared pair; raises as `export_articles`."""
    return _write(pair_rows(pairs), PAIR_COLUMNS, target, form)


def _flat_article(article: Article) -> Row:
    row = article_to_json(article)
    flat = {name: row[name] for name in ARTICLE_COLUMNS if name != "extra"}
    return flat | {"extra": dict(article.extra)}


def _write(rows: Iterable[Row], columns: Mapping[str, str], target: Target, form: Form) -> int:
    writers: dict[Form, Callable[[Iterable[Row], Mapping[str, str], BinaryIO], int]] = {
        "jsonl": write_jsonl,
        "csv": write_csv,
        "parquet": write_parquet,
    }
    if form == "parquet":
        pyarrow()  # before a file is made
    with _opened(target, packed=form != "parquet") as stream:
        return writers[form](rows, columns, stream)


@contextmanager
def _opened(target: Target, *, packed: bool) -> Iterator[BinaryIO]:
    """Open a path for replacement, packed if its name ends in `.gz`; pass a stream through."""
    if not isinstance(target, Path):
        yield target
        target.flush()
        return
    with replacing_file(target) as stream:
        if packed and target.suffix == ".gz":
            # No name and no time inside: equal input gives equal bytes.
            with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as zipped:
                yield cast("BinaryIO", zipped)
        else:
            yield stream
