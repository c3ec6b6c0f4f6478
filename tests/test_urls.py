"""One spelling per address, and what identifies an article."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.urls import article_id, canonical, host_of, site_of

hosts = st.from_regex(r"[a-z]{1,8}(\.[a-z]{2,8}){1,2}", fullmatch=True)
paths = st.text(alphabet="abcXYZ019-_.~/%é 東&=+;,'()", max_size=30)
queries = st.lists(
    st.tuples(st.sampled_from(["id", "p", "q", "utm_source", "fbclid", "ref"]), paths), max_size=4
)


@given(hosts, paths, queries)
@example("a.example", "/%2F%2f/..//x", [("id", "a b+c%20d")])
@example("a.example", "/a;b=c", [])
def test_canonical_form_is_idempotent(host: str, path: str, query: list[tuple[str, str]]) -> None:
    url = f"https://{host}/{path}?" + "&".join(f"{key}={value}" for key, value in query)
    once = canonical(url)
    assert once is not None
    assert canonical(once) == once


@given(hosts, st.lists(st.text(alphabet="aZ09-_.~", max_size=8), min_size=1, max_size=4))
@example("a.example", [".", "x"])
@example("a.example", ["a..", "", "b"])
def test_an_address_that_needs_no_change_is_told_apart_rightly(
    host: str, segments: list[str]
) -> None:
    plain = f"https://{host}/{'/'.join(segments)}"
    # A fragment has the address taken apart in any case, and is dropped.
    assert canonical(plain) == canonical(f"{plain}#x")
    assert canonical(plain, "https://other.example/y/z") == canonical(
        f"{plain}#x", "https://other.example/y/z"
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://News.Example:80/a#part", "http://news.example/a"),
        ("https://news.example:443", "https://news.example/"),
        ("https://news.example/a?utm_source=x&id=7&fbclid=y", "https://news.example/a?id=7"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2"),
        ("https://user:secret@news.example/a", "https://news.example/a"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("https://news.example./a", "https://news.example/a"),
    ],
)
def test_spellings_of_one_address_come_out_the_same(url: str, expected: str) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "mailto:a@b.example",
        "ftp://a.example/x",
        "",
        "http://",
        "//",
        "data:,",
        "http://[bad/",
        "http://a.example:99999999/",
        "http://a.example/" + "x" * 3000,
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    assert canonical(url) is None


CACHE = "https://news-example.cdn.ampproject.org/c"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{CACHE}/s/news.example/a/b", "https://news.example/a/b"),
        (f"{CACHE}/news.example/a", "http://news.example/a"),
        (f"{CACHE}/s/news.example/a?b=2&amp_js_v=9&a=1#x", "https://news.example/a?a=1&b=2"),
        ("https://WWW.Google.com/amp/s/news.example/a", "https://news.example/a"),
        ("https://www.google.com.br/amp/s/news.example/", "https://news.example/"),
        ("//www.bing.com/amp/s/news.example/a", "https://news.example/a"),
        ("https://a-example.bing-amp.com/c/s/a.example:8443/a", "https://a.example:8443/a"),
        (f"{CACHE}/s/x.cdn.ampproject.org/c/s/news.example/a", "https://news.example/a"),
    ],
)
def test_a_page_in_an_amp_cache_has_its_publishers_address(url: str, expected: str) -> None:
    assert canonical(url, "https://front.example/") == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/amp/index.html",
        "https://www.google.com/amp/cache/overview",
        "https://www.google.com/search/amp/s/news.example/a",
        "https://google.evil.example/amp/s/news.example/a",
        "https://cdn.ampproject.org/v0.js",
        "https://news-example.cdn.ampproject.org/i/s/news.example/boat.jpg",
        "https://cdn.ampproject.org.example/c/s/news.example/a",
        "https://news.example/amp/s/other.example/a",
        f"{CACHE}/s/news.example:99999/a",
    ],
)
def test_what_only_looks_like_an_amp_cache_keeps_its_address(url: str) -> None:
    assert canonical(url) == url


@given(hosts, paths, st.integers(1, 4))
def test_the_form_of_an_address_in_an_amp_cache_is_idempotent(
    host: str, path: str, depth: int
) -> None:
    inside = f"{host}/{path}"
    for _ in range(depth):
        inside = f"x.cdn.ampproject.org/c/s/{inside}"
    once = canonical(f"https://{inside}")
    assert once is not None
    assert canonical(once) == once


def test_relative_links_are_resolved_against_their_page() -> None:
    assert canonical("../b?id=1", "https://a.example/x/y/z") == "https://a.example/x/b?id=1"


@pytest.mark.parametrize("name", ["id", "p", "page", "article", "print"])
def test_parameters_that_address_content_stay(name: str) -> None:
    assert canonical(f"https://a.example/?{name}=1") == f"https://a.example/?{name}=1"


def test_site_is_the_registered_domain() -> None:
    assert site_of("https://www.news.example.co.uk/a") == "example.co.uk"
    assert site_of("https://edition.paper.example/a") == "paper.example"
    assert site_of("http://127.0.0.1:8000/") == "127.0.0.1"


def test_host_of_something_broken_is_empty() -> None:
    assert host_of("http://[bad/") == ""
    assert host_of("https://WWW.A.example/") == "www.a.example"


def test_article_id_depends_on_the_address_not_on_its_spelling() -> None:
    one = article_id("https://A.example/x?utm_medium=mail")
    assert one == article_id("https://a.example/x")
    assert len(one) == 16
    assert one != article_id("https://a.example/y")
    assert one == article_id(f"{CACHE}/s/a.example/x")
