"""Whole pages in the manner of common themes, against what a reader would write down.

`pages/<name>.html` is the input, `pages/<name>.json` what must come out.
"""

import json
from pathlib import Path

import pytest

from crawler.config.model import ExtractionLimits
from crawler.extraction import extract
from tests.extraction.conftest import MakePage

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_gives_what_its_reader_would_write_down(path: Path, make_page: MakePage) -> None:
    wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))
    article = extract(make_page(path.read_bytes()), ExtractionLimits())
    found = {name: getattr(article, name) for name in wanted if name not in ("lines", "reasons")}
    assert found == {name: wanted[name] for name in found}
    assert article.text.split("\n") == wanted["lines"]
    assert sorted({piece.reason for piece in article.removed}) == wanted["reasons"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_same_page_gives_the_same_article_again(path: Path, make_page: MakePage) -> None:
    page = make_page(path.read_bytes())
    assert extract(page, ExtractionLimits()) == extract(page, ExtractionLimits())
