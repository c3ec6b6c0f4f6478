"""`wiretrace extract` turns HTML files into articles; one bad file does not stop the others."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.urls import article_id
from tests.cli.conftest import STORY

PAGE = f"""<!doctype html><html lang="en"><head><title>Bridge opens again | Harbour</title>
<link rel="canonical" href="https://harbour.example/bridge"></head>
<body><article><h1>Bridge opens again</h1>{"".join(f"<p>{line}</p>" for line in STORY)}</article>
</body></html>""".encode()


def test_files_and_stdin_become_lines_in_order(
    tmp_path: Path, give_stdin: Callable[[bytes], None], capsys: pytest.CaptureFixture[str]
) -> None:
    plain, packed = tmp_path / "a.html", tmp_path / "b.html.gz"
    plain.write_bytes(PAGE)
    packed.write_bytes(gzip.compress(PAGE))
    give_stdin(PAGE)
    assert main(["extract", str(plain), "-", str(packed)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in rows] == [str(plain), "stdin", str(packed)]
    assert {row["title"] for row in rows} == {"Bridge opens again"}
    assert {row["site"] for row in rows} == {"harbour.example"}
    assert {row["url"] for row in rows} == {""}
    assert rows[0]["agency"] == "AP"
    assert rows[0]["text"] == "\n".join(STORY)


def test_an_address_gives_id_and_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(PAGE)
    url = "https://valley.example/x"
    assert main(["extract", "--url", url, str(file)]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["id"], row["url"], row["site"]) == (article_id(url), url, "valley.example")
    assert row["fetched"] is None


def test_bad_files_are_told_by_slug_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, empty = tmp_path / "good.html", tmp_path / "empty.html"
    cut, picture = tmp_path / "cut.html.gz", tmp_path / "picture.html"
    good.write_bytes(PAGE)
    empty.write_bytes(b"")
    cut.write_bytes(gzip.compress(PAGE)[:200])
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    missing = tmp_path / "missing.html"
    assert main(["extract", *map(str, (empty, cut, picture, missing, good))]) == 3
    told = capsys.readouterr()
    assert [json.loads(line)["id"] for line in told.out.splitlines()] == [str(good)]
    lines = told.err.splitlines()
    assert [line.split("]")[0] for line in lines] == [
        "error[page-empty",
        "error[input-invalid",
        "error[page-not-html",
        "error[input-missing",
    ]
    assert all(name in line for name, line in zip(("empty", "cut"), lines, strict=False))


def test_a_packed_page_larger_than_the_limit_is_refused_without_being_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bomb = tmp_path / "bomb.html.gz"
    bomb.write_bytes(gzip.compress(b" " * 50_000_000))
    monkeypatch.setenv("WIRETRACE_EXTRACTION_MAX_BYTES", "100000")
    assert main(["extract", str(bomb)]) == 3
    assert "error[page-too-large]" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract",),
        ("extract", "--again", "a.html"),
        ("extract", "--url", "https://a.example/", "a.html", "b.html"),
        ("extract", "--url", "a.example", "a.html"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(list(arguments)) == 2
    assert capsys.readouterr().err.startswith("error[usage]")
