"""Excerpts: what a template reads of a page is cut out of its bytes, or the page stays whole."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config.model import ExtractionLimits
from crawler.extraction import Templates, extract, read_article
from crawler.extraction.excerpt import excerpt, name_of
from crawler.items import Article, Page, Template
from tests.extraction.conftest import MakePage, fetched_page
from tests.extraction.story_page import PARAGRAPHS, story_page

LIMITS = ExtractionLimits()
URL = "https://town.example/news/bridge-vote"
SCOPE = "article post"
BYLINE = "<p class='by'>By Ann Lee</p><time datetime='2026-03-02T09:00:00Z'>2 March 2026</time>"
DATA = (
    '<script type="application/ld+json">{"@type": "NewsArticle",'
    ' "headline": "Council votes for a second bridge", "datePublished": "2026-03-02T09:00:00Z",'
    ' "author": {"@type": "Person", "name": "Ann Lee"}}</script>'
)
MENU = "<ul class='menu'><li><a href='/sport/'>Sport</a></li></ul>" * 40
LAYOUT = Template(
    host="town.example",
    section="news",
    container=("div story-body", "article post"),
    best=("p", "div story-body"),
    main=frozenset({("p", "div story-body")}),
    kept=frozenset({("p", "div story-body")}),
    scope=SCOPE,
)


def markup(outside: str = "", within: str = "", head: str = "") -> str:
    page = story_page(head=head, outside=f"{MENU}{outside}{DATA}", after=within)
    return page.replace("<article>", "<article class='post'>").replace("</h1>", f"</h1>{BYLINE}")


@pytest.fixture
def page_with(make_page: MakePage) -> partial[Page]:
    def make(**parts: str) -> Page:
        return make_page(markup(**parts), url=URL)

    return partial(make)


def body_of(page: Page, layout: Template = LAYOUT) -> str:
    part = excerpt(page, layout)
    assert part is not None
    return part.body.decode()


def told(article: Article) -> tuple[object, ...]:
    return (article.title, article.text, article.author, article.published, article.times)


def test_the_story_and_what_the_page_says_of_it_stay_and_the_rest_goes(
    page_with: partial[Page],
) -> None:
    page = page_with(head="<meta name=author content='Ann Lee'><script>track('a<b')</script>")
    body = body_of(page)
    assert all(part in body for part in (*PARAGRAPHS, BYLINE, DATA, "name=author"))
    assert "menu" not in body
    assert "track" not in body
    article, layout = read_article(page, LIMITS, LAYOUT)
    assert layout.by_template
    assert told(article) == told(extract(page, LIMITS))
    assert article.published == "2026-03-02T09:00:00+00:00"


@pytest.mark.parametrize(
    "trap",
    [
        "<script>document.write('<article></article></article>')</script>",
        "<!-- </article> -->",
        "<svg><text></article></text></svg>",
        "<article class='quoted'><p>Inside</p></article>",
        "<articles></articles>",
    ],
)
def test_what_looks_like_its_end_does_not_end_it(trap: str, page_with: partial[Page]) -> None:
    page = page_with(within=f"{trap}<p>{PARAGRAPHS[0].replace('bridge', 'tunnel')}</p>")
    assert "second tunnel" in body_of(page)
    assert "menu" not in body_of(page)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" class='post'", " id=a\n class = 'w-612 post'"),
        (" class='post'", " CLASS=post"),
        ("<article class='post'>", '<ARTICLE data-x="1" class="post">'),
        ("</article>", "</ARTICLE >"),
    ],
)
def test_the_element_is_found_as_authors_write_it(
    old: str, new: str, page_with: partial[Page]
) -> None:
    page = page_with()
    page = replace(page, body=page.body.replace(old.encode(), new.encode()))
    assert PARAGRAPHS[-1] in body_of(page)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</head>", ""),
        ("class='post'", "class='gallery'"),
        ("</article>", ""),
        ("<h1>", "<h1><!-- "),
        ("<footer>", "<footer>\x1b$B"),
        ("<footer>", "<a href='bridge-vote?page=2'>2</a><footer>"),
        ("<footer>", "<a href='/news/bridge-vote/2'>Next page</a><footer>"),
        ("<footer>", "bridge-vote " * 400),
        ("<footer>", "".join(f"<a href='bridge-vote-{n}00'>x</a>" for n in range(40))),
    ],
    ids=[
        "no head",
        "no such element",
        "not closed",
        "in a comment",
        "another encoding",
        "pager by query",
        "pager by path",
        "named too often",
        "too many addresses",
    ],
)
def test_a_page_that_cannot_be_cut_stays_whole(
    old: str, new: str, page_with: partial[Page]
) -> None:
    page = page_with()
    page = replace(page, body=page.body.replace(old.encode(), new.encode()))
    assert excerpt(page, LAYOUT) is None


def test_without_a_scope_pages_stay_whole(page_with: partial[Page]) -> None:
    assert excerpt(page_with(), replace(LAYOUT, scope="")) is None


def test_links_to_other_forms_of_the_page_are_kept_from_anywhere(page_with: partial[Page]) -> None:
    page = page_with(outside="<a href='/news/bridge-vote?print=1'>Print</a>")
    assert 'href="/news/bridge-vote?print=1"' in body_of(page)
    article, layout = read_article(page, LIMITS, LAYOUT)
    assert layout.by_template
    assert [link.kind for link in article.links] == ["print"]


def test_an_excerpt_that_does_not_fit_is_followed_by_the_whole_page(
    page_with: partial[Page],
) -> None:
    page = page_with()
    body = page.body.replace(b"story-body", b"longread")
    article, layout = read_article(replace(page, body=body), LIMITS, LAYOUT)
    assert not layout.by_template
    assert article.text.split("\n") == list(PARAGRAPHS)


def test_a_layout_names_the_smallest_element_of_its_own_around_headline_and_story(
    make_page: MakePage,
) -> None:
    body = markup()
    assert _scope(make_page(body, url=URL)) == SCOPE
    twice = body.replace("<main>", "<main><article class='post'><p>Read on</p></article>")
    assert _scope(make_page(twice, url=URL)) == "main"


def test_where_a_page_says_more_outside_its_pages_are_read_whole(make_page: MakePage) -> None:
    bare = markup().replace(DATA, "").replace("By Ann Lee", "Updated")
    assert _scope(make_page(bare, url=URL)) == SCOPE
    signed = bare.replace("<footer>", "<a rel=author class=author href=/ann>Ann Lee</a><footer>")
    assert extract(make_page(signed, url=URL), LIMITS).author == "Ann Lee"
    assert _scope(make_page(signed, url=URL)) == ""
    plain = bare.replace("<article", "<div").replace("</article>", "</div>").replace(MENU, "")
    assert _scope(make_page(plain, url=URL)) == "div post"
    credited = plain.replace("</main>", "<p class=end>Source: Reuters</p></main>")
    assert extract(make_page(credited, url=URL), LIMITS).agency == "Reuters"
    assert _scope(make_page(credited, url=URL)) == ""


def test_a_template_has_what_all_its_layouts_have() -> None:
    english = [replace(LAYOUT, language="en")] * 4
    learned = Templates(english).of(URL)
    assert learned is not None
    assert (learned.scope, learned.language) == (SCOPE, "en")
    mixed = Templates([*english, replace(LAYOUT, language="de", scope="main")]).of(URL)
    assert mixed is not None
    assert (mixed.scope, mixed.language) == ("", None)


def test_serial_classes_name_nothing_unless_there_are_no_others() -> None:
    assert name_of("div", " story post-4711 wide\n") == "div story wide"
    assert name_of("div", "c12") == "div c12"
    assert name_of("main", "") == "main"


@given(st.lists(st.sampled_from(
    [b"<article class='post'>", b"</article", b">", b"<script", b"</script>", b"<!--", b"-->",
     b"</head>", b"href=", b"href='bridge-vote", b"'", b'"', b"ld+json", b"post", b"\xff", b" "]
), max_size=40))  # fmt: skip
def test_no_bytes_break_it(pieces: list[bytes]) -> None:
    page = fetched_page(b"".join(pieces), url=URL, content_type="text/html")
    part = excerpt(page, LAYOUT)
    assert part is None or part.body.endswith(b"</body></html>")


def _scope(page: Page) -> str:
    template = read_article(page, LIMITS, learn=True)[1].template
    assert template is not None
    return template.scope
