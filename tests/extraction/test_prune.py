"""What of a page is copied for trafilatura, and that the page itself stays as it is."""

from lxml import etree
from lxml.html import HtmlElement

from crawler.config.model import ExtractionLimits
from crawler.extraction.blocks import read_blocks
from crawler.extraction.document import Document, parse
from crawler.extraction.prune import prune
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import HEADLINE, PARAGRAPHS

STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
# A page that names nothing: the headline in one element, the story in another.
PAGE = (
    "<html><head><title>x</title><script>1</script></head><body class=town>{before}"
    f"<div class=top><h1>{HEADLINE}</h1><p>On Monday</p></div>"
    f"<div class=wide><div class=text>{STORY}{{inside}}</div>{{beside}}</div>{{after}}"
    "</body></html>"
)


def pruned(
    make_page: MakePage, before: str = "", inside: str = "", beside: str = "", after: str = ""
) -> HtmlElement:
    markup = PAGE.format(before=before, inside=inside, beside=beside, after=after)
    document = parse(make_page(markup), ExtractionLimits())
    untouched = etree.tostring(document.tree)
    copy = copied(document)
    assert etree.tostring(document.tree) == untouched
    return copy


def copied(document: Document) -> HtmlElement:
    return prune(document, read_blocks(document.tree))


def texts(tree: HtmlElement) -> list[str]:
    return [text for text in map(str.strip, map(str, tree.itertext())) if text]


def test_what_stands_around_the_story_and_holds_no_prose_is_left_out(make_page: MakePage) -> None:
    copy = pruned(
        make_page,
        before="<div class=bar><a href=/>Home</a> <a href=/sport>Sport</a></div>",
        beside="<div class=share><span class=x>Share</span></div>",
        after="<div class=foot>Town Post</div>",
    )
    assert texts(copy) == [HEADLINE, "On Monday", *PARAGRAPHS]


def test_short_lines_among_the_paragraphs_are_read(make_page: MakePage) -> None:
    copy = pruned(make_page, inside="<h2>The cost</h2><div>(Town Wire)</div>")
    assert texts(copy)[-2:] == ["The cost", "(Town Wire)"]


def test_prose_elsewhere_may_belong_to_the_story(make_page: MakePage) -> None:
    late = "The council will vote again in the spring, when the engineers have drawn their plans."
    copy = pruned(make_page, after=f"<div class=more><p>{late}</p><h3>More</h3></div>")
    assert texts(copy)[-2:] == [late, "More"]


def test_the_names_around_the_story_stay(make_page: MakePage) -> None:
    [text] = pruned(make_page).findall(".//div[@class='text']")
    assert [outer.get("class") for outer in text.iterancestors()] == ["wide", "town", None]


def test_a_single_paragraph_keeps_what_stands_beside_it(make_page: MakePage) -> None:
    """It holds all the prose by itself, and is not the story's container."""
    body = f"<html><body><article><p>{PARAGRAPHS[0]}</p><p>So it is.</p></article></body></html>"
    assert texts(copied(parse(make_page(body), ExtractionLimits()))) == [PARAGRAPHS[0], "So it is."]


def test_names_that_only_a_browser_takes_do_no_harm(make_page: MakePage) -> None:
    body = f"<html><body><x\"y @z='1'><div>{STORY}</div></x\"y></body></html>"
    assert texts(copied(parse(make_page(body), ExtractionLimits()))) == list(PARAGRAPHS)


def test_lists_of_links_in_the_story_are_cut(make_page: MakePage) -> None:
    links = "".join(f"<li><a href=/{n}>Story number {n}</a></li>" for n in range(9))
    assert texts(pruned(make_page, inside=f"<ul>{links}</ul>"))[-1] == PARAGRAPHS[-1]
