"""Which addresses are spellings of one article."""

import pytest

from crawler.urls import Spelling, spelling_of


@pytest.mark.parametrize(
    ("url", "spelling"),
    [
        ("https://news.example/world/ferry", Spelling.PLAIN),
        ("http://news.example/world/ferry/", Spelling.PLAIN),
        ("https://www.news.example/world/ferry?utm_source=x", Spelling.PLAIN),
        ("https://m.news.example/world/ferry", Spelling.MOBILE),
        ("https://amp.news.example/world/ferry", Spelling.AMP),
        ("https://news.example/amp/world/ferry", Spelling.AMP),
        ("https://news.example/world/ferry/amp/", Spelling.AMP),
        ("https://news.example/world/ferry?amp", Spelling.AMP),
        ("https://news.example/world/ferry?outputType=amp", Spelling.AMP),
        ("https://news.example/print/world/ferry", Spelling.PRINT),
        ("https://news.example/world/ferry/drucken", Spelling.PRINT),
        ("https://news.example/world/ferry?print=1", Spelling.PRINT),
        ("https://news.example/world/ferry?page=all", Spelling.WHOLE),
        ("https://news.example/world/ferry/komplettansicht", Spelling.WHOLE),
    ],
)
def test_all_spellings_of_an_address_share_a_key(url: str, spelling: Spelling) -> None:
    assert spelling_of(url) == ("news.example/world/ferry", spelling)


@pytest.mark.parametrize(
    ("inside", "spelling"),
    [
        ("news.example/world/ferry", Spelling.PLAIN),
        ("www.news.example/world/ferry/amp/", Spelling.AMP),
        ("amp.news.example/world/ferry?usqp=mq331AQKKAFQArABIIACAw%3D%3D", Spelling.AMP),
    ],
)
@pytest.mark.parametrize(
    "cache",
    [
        "https://news-example.cdn.ampproject.org/c/s/",
        "https://www--news-example.cdn.ampproject.org/v/s/",
        "https://cdn.ampproject.org/c/",
        "https://www.google.com/amp/s/",
        "https://www.google.co.uk/amp/",
        "https://www.bing.com/amp/s/",
        "https://www-news-example.bing-amp.com/c/s/",
    ],
)
def test_an_address_in_an_amp_cache_shares_the_key_of_the_one_inside(
    cache: str, inside: str, spelling: Spelling
) -> None:
    assert spelling_of(cache + inside) == ("news.example/world/ferry", spelling)


def test_a_mark_before_the_ending_of_a_file_is_taken_out() -> None:
    for url in ("https://a.example/ferry.amp.html", "https://a.example/ferry_amp.html"):
        assert spelling_of(url) == ("a.example/ferry.html", Spelling.AMP)


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/amp/",
        "https://news.example/print",
        "https://news.example/printing-press-sold",
        "https://news.example/camp",
        "https://m.example/ferry",
        "https://news.example/ferry?amp=0",
        "https://news.example/ferry?print=no",
        "https://news.example/ferry?page=2",
        "https://news.example/ferry?format=long",
    ],
)
def test_what_only_looks_like_a_mark_is_a_page_of_its_own(url: str) -> None:
    assert spelling_of(url)[1] is Spelling.PLAIN
    assert spelling_of(url)[0] == url.removeprefix("https://").rstrip("/")
