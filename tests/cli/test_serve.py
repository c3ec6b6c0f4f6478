"""`wiretrace serve`: the report's pages over the living store, and nobody else's forms."""

import http.client
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from crawler.cli import main
from crawler.cli.live import LivePages
from crawler.cli.viewer import Viewer, server_of
from crawler.config import Config
from crawler.store import Store

TOKEN = "long-and-secret"


@contextmanager
def serving(config: Config, token: str | None = None) -> Iterator[int]:
    """Serve a store on a free port of loopback."""
    server = server_of(Viewer(pages=LivePages(config), token=token), "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ask(
    port: int, path: str, *, form: dict[str, str] | None = None, **headers: str
) -> tuple[int, dict[str, str], str]:
    """Send one request and give status, headers and text."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if form is None:
        connection.request("GET", path, headers=named)
    else:
        named["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST", path, urlencode(form), named)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, dict(answer.getheaders()), text


@pytest.fixture
def config(folder: Path) -> Config:
    return Config(output=folder / "output")


def cluster_of(config: Config) -> str:
    with Store.open(config.store_path, read_only=True) as store:
        return next(iter(store.clusters())).id


def test_the_pages_are_those_of_the_report(config: Config) -> None:
    with serving(config) as port:
        status, headers, index = ask(port, "/")
        assert status == 200
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["X-Frame-Options"] == "DENY"
        assert "Bridge opens again" in index
        for path in re.findall(
            r'(?:href|data-rows)="((?:assets|data|outlets\.html|cov)[^"]*)"', index
        ):
            assert ask(port, f"/{path}")[0] == 200, path
        assert "Paragraph by paragraph" in ask(port, f"/clusters/{cluster_of(config)}.html")[2]


def test_what_was_stored_since_is_seen_at_once(config: Config) -> None:
    with serving(config) as port:
        assert "Bridge opens again" in ask(port, "/")[2]
        with Store.open(config.store_path) as store:
            for article in list(store.articles()):
                store.save_article(replace(article, title="Bridge shut again"), page_id=None)
        assert "Bridge shut again" in ask(port, "/")[2]
        assert "Bridge shut again" in ask(port, f"/clusters/{cluster_of(config)}.html")[2]


@pytest.mark.parametrize(
    "path",
    [
        "/../wiretrace.sqlite",
        "/%2e%2e/wiretrace.sqlite",
        "//wiretrace.sqlite",
        "/.state/report.json",
        "/.state/clusters.jsonl",
        "/clusters/../../wiretrace.sqlite",
        "/clusters/nothing.html",
        "/assets/",
    ],
)
def test_nothing_beside_the_pages_is_given(config: Config, path: str) -> None:
    with serving(config) as port:
        status, _, text = ask(port, path)
        assert status == 404
        assert "SQLite" not in text


def test_a_page_of_another_site_that_resolves_here_gets_nothing(config: Config) -> None:
    with serving(config) as port:
        assert ask(port, "/", Host="evil.example")[0] == 403
        assert ask(port, "/", Host=f"localhost:{port}")[0] == 200


def test_elsewhere_a_token_is_needed_and_becomes_a_cookie(config: Config) -> None:
    with serving(config, TOKEN) as port:
        assert ask(port, "/")[0] == 403
        assert ask(port, "/?token=guess")[0] == 403
        assert ask(port, "/", Cookie="wiretrace=guess")[0] == 403
        status, headers, _ = ask(port, f"//evil.example/?token={TOKEN}")
        assert (status, headers["Location"][:2] != "//") == (303, True)
        status, headers, _ = ask(port, f"/?token={TOKEN}")
        assert (status, headers["Location"]) == (303, "/")
        cookie = headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert ask(port, "/", Cookie=cookie.split(";")[0])[0] == 200


def test_without_a_store_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["serve", "--port", "0"]) == 2
    assert "wiretrace run" in capsys.readouterr().err


def token_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_cluster_is_split_and_the_split_taken_back(config: Config) -> None:
    cluster = cluster_of(config)
    with serving(config) as port:
        page = ask(port, f"/clusters/{cluster}.html")[2]
        form = {"csrf": token_of(page), "cluster": cluster}
        apart = re.findall(r'name="article" value="([^"]+)"', page)[-1]
        status, headers, _ = ask(port, "/decide", form=form | {"kind": "split", "article": apart})
        assert status == 303
        page = ask(port, headers["Location"])[2]
        assert "Split 1 done." in page
        assert "Undo split 1" in page
        with Store.open(config.store_path, read_only=True) as store:
            assert len(store.cluster(cluster).members) == 3
        ask(port, "/decide", form=form | {"kind": "undo", "decision": "1"})
        with Store.open(config.store_path, read_only=True) as store:
            assert len(store.cluster(cluster).members) == 4


def test_clusters_are_labelled_and_merged(config: Config) -> None:
    cluster = cluster_of(config)
    with Store.open(config.store_path, read_only=True) as store:
        single = next(one.id for one in store.clusters() if len(one.members) == 1)
    with serving(config) as port:
        form = {"csrf": token_of(ask(port, f"/clusters/{cluster}.html")[2]), "cluster": cluster}
        ask(port, "/decide", form=form | {"kind": "label", "label": "  The <b>bridge</b> "})
        page = ask(port, f"/clusters/{cluster}.html")[2]
        assert "<h1>The &lt;b&gt;bridge&lt;/b&gt;" in page
        status, headers, _ = ask(port, "/decide", form=form | {"kind": "merge", "other": single})
        assert status == 303
        assert "Merge 2 done." in ask(port, headers["Location"])[2]
        with Store.open(config.store_path, read_only=True) as store:
            assert len(next(iter(store.clusters())).members) == 5
        for wrong in ({"kind": "label", "label": " "}, {"kind": "split"}, {"kind": "guess"}):
            assert ask(port, "/decide", form=form | wrong)[0] == 400
        assert ask(port, "/decide", form=form | {"kind": "undo", "decision": "9"})[0] == 404


def test_a_form_of_another_site_decides_nothing(config: Config) -> None:
    cluster = cluster_of(config)
    form = {"cluster": cluster, "kind": "label", "label": "mine"}
    with serving(config) as port:
        good = form | {"csrf": token_of(ask(port, f"/clusters/{cluster}.html")[2])}
        assert ask(port, "/decide", form=form)[0] == 403
        assert ask(port, "/decide", form=form | {"csrf": "guess"})[0] == 403
        assert ask(port, "/decide", form=good, Origin="https://evil.example")[0] == 403
        assert ask(port, "/decide", form=good, Host="evil.example")[0] == 403
        assert ask(port, "/elsewhere", form=good)[0] == 403
        assert ask(port, "/decide", form=good | {"label": "x" * 300_000})[0] == 413
        with Store.open(config.store_path, read_only=True) as store:
            assert store.decisions() == []
        assert ask(port, "/decide", form=good, Origin=f"http://127.0.0.1:{port}")[0] == 303
