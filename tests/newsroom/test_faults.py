"""The hosts where everything goes wrong, as a client meets them."""

import tomllib
from http.client import HTTPConnection

import pytest

from crawler.newsroom import FAULTS, Newsroom, fault_watchlist, watchlist, with_faults
from tests.newsroom.reader import Answer, Reader, feed_entries


@pytest.fixture(scope="module")
def faulty(newsroom: Newsroom) -> Newsroom:
    return with_faults(newsroom)


def ask(faulty: Newsroom, name: str, times: int = 1) -> list[Answer]:
    fault = FAULTS[name]
    with faulty.serve() as server:
        reader = Reader(server.port)
        return [reader.get(f"http://{fault.host}{fault.path}") for _ in range(times)]


def test_the_feed_lists_every_fault_and_the_truth_stays_as_it_was(
    newsroom: Newsroom, faulty: Newsroom
) -> None:
    with faulty.serve() as server:
        body = Reader(server.port).get("http://broken-times.example/feed.xml").body
    entries = {link.split("//")[1] for link in _links(body)}
    assert entries == {f"{fault.host}{fault.path}" for fault in FAULTS.values()}
    assert faulty.truth() == newsroom.truth()


def _links(body: bytes) -> list[str]:
    text = body.decode()
    return [part.split("</link>")[0] for part in text.split("<link>")[1:]]


def test_chosen_faults_alone_are_added(newsroom: Newsroom) -> None:
    chosen = with_faults(newsroom, ["nul", "healthy"])
    assert ("broken-times.example", "/nul.html") in chosen.documents
    assert ("broken-times.example", "/huge.html") not in chosen.documents
    with pytest.raises(KeyError):
        with_faults(newsroom, ["no-such-fault"])


def test_a_busy_host_says_when_to_come_back_and_keeps_its_word(faulty: Newsroom) -> None:
    first, second = ask(faulty, "busy", times=2)
    assert (first.status, first.headers["retry-after"]) == (429, "1")
    assert second.status == 200


def test_one_503_passes_and_the_other_lasts(faulty: Newsroom) -> None:
    assert [answer.status for answer in ask(faulty, "passing-503", times=2)] == [503, 200]
    assert [answer.status for answer in ask(faulty, "lasting-503", times=3)] == [503] * 3


def test_a_redirect_loop_never_ends(faulty: Newsroom) -> None:
    assert ask(faulty, "redirect-loop")[0].status == 302


def test_the_huge_page_is_huge_and_may_be_left_in_the_middle(faulty: Newsroom) -> None:
    fault = FAULTS["huge"]
    document = faulty.documents[fault.host, fault.path]
    assert len(document.body) * document.repeat >= 100_000_000
    assert len(document.body) < 100_000
    with faulty.serve() as server:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
        connection.request("GET", f"http://{fault.host}{fault.path}")
        assert len(connection.getresponse().read(1_000_000)) == 1_000_000
        connection.close()
        assert Reader(server.port).get("http://broken-times.example/healthy.html").status == 200


def test_the_slow_page_drips(faulty: Newsroom) -> None:
    fault = FAULTS["slow-drip"]
    document = faulty.documents[fault.host, fault.path]
    assert document.repeat * document.pause_s >= 30
    with faulty.serve() as server:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
        connection.request("GET", f"http://{fault.host}{fault.path}")
        assert connection.getresponse().read(5) == b"<p>ti"
        connection.close()


def test_the_other_pages_are_as_bad_as_they_say(faulty: Newsroom) -> None:
    assert ask(faulty, "empty")[0].body == b""
    assert ask(faulty, "nested")[0].body.count(b"<div>") == 20_000
    assert b"\x00" in ask(faulty, "nul")[0].body
    assert b"9999-12-31" in ask(faulty, "year-9999")[0].body
    wrong = ask(faulty, "wrong-charset")[0]
    assert "utf-8" in wrong.headers["content-type"]
    with pytest.raises(UnicodeDecodeError):
        wrong.body.decode("utf-8")


def test_the_broken_feed_cannot_be_read(faulty: Newsroom) -> None:
    with faulty.serve() as server:
        body = Reader(server.port).get("http://broken-times.example/broken-feed.xml").body
    with pytest.raises(SyntaxError):
        feed_entries(body)


def test_its_sources_append_to_the_watchlist(newsroom: Newsroom) -> None:
    table = tomllib.loads(watchlist(newsroom) + fault_watchlist())
    assert [source["name"] for source in table["source"][-2:]] == ["faults", "broken-feed"]
