"""JSON lines from files, streams and stdin."""

import gzip
import io
import json
from pathlib import Path

import pytest

from crawler.errors import InputError, InputMissing
from crawler.report import read_articles
from crawler.report.reading import MAX_LINE_BYTES

LINES = b'{"id": "a", "text": "one"}\n\n{"id": "b", "text": "two"}'


def ids(data: bytes) -> list[str]:
    return [article.id for article in read_articles(io.BytesIO(data))]


def test_lines_are_read_with_or_without_a_last_newline_or_empty_lines() -> None:
    assert ids(LINES) == ids(LINES + b"\n") == ids(b"\xef\xbb\xbf" + LINES) == ["a", "b"]
    assert ids(b"") == []


def test_gzip_is_known_by_its_first_bytes_whatever_the_name(tmp_path: Path) -> None:
    file = tmp_path / "articles.txt"
    file.write_bytes(gzip.compress(LINES))
    assert [article.id for article in read_articles(file)] == ["a", "b"]
    assert ids(gzip.compress(LINES)) == ["a", "b"]


def test_a_dash_is_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LINES)))
    assert [article.id for article in read_articles("-")] == ["a", "b"]


def test_a_stream_that_was_given_stays_open() -> None:
    stream = io.BytesIO(LINES)
    assert len(list(read_articles(stream))) == 2
    assert not stream.closed


def test_half_of_a_surrogate_pair_becomes_the_replacement_character() -> None:
    line = b'{"id": "a", "text": "\\ud83d\\ude00 \\ud83d", "note": {"\\udc00": ["\\udc00"]}}'
    (article,) = read_articles(io.BytesIO(line))
    assert article.text == "😀 �"
    assert article.extra == {"note": {"�": ["�"]}}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (LINES + b"\n{", "line 4: not JSON"),
        (b'{"id": "a", "text": "x"}\n[1]', "line 2: a list where an object is needed"),
        (b'{"id": "a", "text": NaN}', "NaN is not a JSON value"),
        (b'{"id": "a", "text": "\xff"}', "line 1 is not UTF-8"),
        (LINES + b'\n{"id": "a", "text": "again"}', "the same as in line 1: 'a'"),
        (b'{"id": "a"}', 'line 1: field "text" is missing'),
        (gzip.compress(LINES, mtime=0)[:-12], "gzip stream is broken"),
        (b"\x1f\x8bno gzip at all", "gzip stream is broken"),
        (b"[" * 200_000, "not JSON that can be read"),
        (b'{"id": "a", "text": "x", "n": ' + b"9" * 5000 + b"}", "not JSON that can be read"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as caught:
        ids(data)
    assert says in str(caught.value)


def test_articles_before_a_bad_line_are_given() -> None:
    reading = read_articles(io.BytesIO(LINES + b"\nnonsense"))
    assert [next(reading).id, next(reading).id] == ["a", "b"]
    with pytest.raises(InputError):
        next(reading)


def test_a_file_that_is_not_there_and_a_folder_are_missing(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(InputMissing, match="cannot be read"):
            list(read_articles(path))


def test_a_line_without_end_is_refused_before_it_fills_the_memory() -> None:
    with pytest.raises(InputError, match="longer than 64 MB"):
        ids(b" " * (MAX_LINE_BYTES + 1))


def test_what_others_wrote_keeps_its_own_fields() -> None:
    line = json.dumps({"id": "a", "text": "x", "label": "copy"}).encode()
    (article,) = read_articles(io.BytesIO(line))
    assert article.extra == {"label": "copy"}
