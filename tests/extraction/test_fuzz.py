"""Whatever a page holds, it gives an article or a reason, never another error."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.config.model import ExtractionLimits
from crawler.errors import PageError
from crawler.extraction import read_article
from crawler.items import Page
from tests.extraction.story_page import PARAGRAPHS, story_page

LIMITS = ExtractionLimits()
TAGS = (
    *("p", "div", "span", "a", "b", "li", "ul", "table", "tr", "td", "h1", "h2", "br", "section"),
    *("article", "aside", "nav", "figure", "figcaption", "blockquote", "script", "style", "svg"),
    *("noscript", "template", "textarea", "title", "body", "html", "head", "form", "button", "p/"),
)
ATTRIBUTES = (
    *("", " class=x", " class='story body1'", " href=/a", " href='", " id=comments", " itemprop="),
    *(" rel=author", " datetime=2026", ' content="', " class='caption'", " =", ' "'),
)
# What input fields are tested with: controls, marks that combine, direction, surrogates, entities.
NAUGHTY = (
    *(
        "\x00",
        "\x0b\x0c",
        "\ufeff",
        "\ufffe",
        "\u202e\u2066",
        "Z\u0351\u032b\u0343",
        "\U0001f3f3\ufe0f\u200d",
    ),
    *(
        "&#0;",
        "&#xD800;",
        "&#x110000;",
        "&amp;lt;script&gt;",
        "<![CDATA[ ]]>",
        "<!-->",
        "<!--",
        "-->",
    ),
    *(
        "</",
        "<",
        ">",
        "'\"",
        "\\u0000",
        "{{7*7}}",
        "%s%n",
        "ﷺ",
        "ß" * 3,
        "İ",
        "＜p＞",
        "۰۱۲",
        "日本語の文。",
    ),
    *('<script type="application/ld+json">{"@type":', "}</script>", '"datePublished":"0000-99-99"'),
)
pieces = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.sampled_from(NAUGHTY),
    st.sampled_from(PARAGRAPHS),
    st.text(max_size=20),
)
soups = st.lists(pieces, max_size=60).map("".join)


def read(body: bytes) -> None:
    page = Page(
        url="https://town.example/news/bridge",
        requested_url="https://town.example/news/bridge",
        source="town",
        status=200,
        content_type="text/html",
        body=body,
        fetched="2026-03-03T10:00:00Z",
    )
    try:
        article, layout = read_article(page, LIMITS, learn=True)
    except PageError:
        return
    assert article.text.strip()
    assert "\n\n" not in article.text
    if layout.template is not None:
        again, by = read_article(page, LIMITS, layout.template)
        assert by.by_template
        assert again.text == article.text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(soups)
def test_tag_soup_gives_an_article_or_a_reason(soup: str) -> None:
    read(soup.encode("utf-8", "surrogatepass"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(soups, soups, soups)
def test_soup_in_a_story_gives_an_article_or_a_reason(head: str, middle: str, after: str) -> None:
    read(story_page(head=head, middle=middle, after=after).encode("utf-8", "surrogatepass"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_give_an_article_or_a_reason(body: bytes) -> None:
    read(b"<p>" + body + story_page().encode())


def test_control_characters_behind_elements_that_are_taken_out_do_no_harm() -> None:
    """What lxml reads, it may refuse to write again."""
    script = '<script type="application/ld+json">{"@type":}</script>\x0b\x0c'
    read(story_page(after=f"{script}<p><b> </b>\x0c</p>").encode())
