"""What stands at either end of a story goes by its shape, and sentences of that shape stay."""

import pytest

from crawler.config.model import ExtractionLimits
from crawler.extraction import extract
from crawler.items import Article
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import HEADLINE, PARAGRAPHS, story_page

LINK = "<a href='https://town.example/other'>{}</a>"
POST = (
    "<blockquote class='xy-tweet'><p>So the bridge is coming at last, and I was there when they"
    " voted.</p>&mdash; Ada (@ada) <a href=/1>2 March</a></blockquote>"
)
SHAPES = [
    ("before", "<p>Ada Fields</p>", "Ada Fields", "name-line"),
    ("before", "<p>Ada Fields/Ben Ole Walker</p>", "Ben Ole Walker", "name-line"),
    ("before", "<p>/ THE POST / Mar 2, 2026, 17:07 CET</p>", "17:07", "time-stamp"),
    ("middle", f"<p>Elsewhere | {LINK.format('Ferry and its old captain')}</p>", "old", "related"),
    ("after", f"<p>19.03.2026 {LINK.format('Ferry stops')}</p>", "Ferry stops", "related"),
    ("after", "<p>© Town Press, tp:260302-99/5</p>", "260302", "copyright"),
    ("after", "<p>Copyright: Town Syndicate, 2026</p>", "Syndicate", "copyright"),
    ("after", f"<p>The river on your phone, Android or iOS: {LINK.format('here')}</p>", "iOS",
     "newsletter-prompt"),
    ("after", f"<p>The river is on Facebook and on Instagram, too. {LINK.format('Go')}</p>",
     "Instagram", "share-prompt"),
    ("middle", POST, "I was there", "embed"),
    ("middle", f"<p>&gt;&gt; All ferries at a glance {LINK.format('here')}</p>", "All ferries",
     "related"),
    ("middle", "<p>Advertisement 2Story continues below</p>", "below", "advertisement"),
    ("after", "<p>Ada Fields, ada@post.example</p>", "ada@", "author-box"),
    ("after", "<p>On air: River Radio, 02.03.2026, 15:10 h</p>", "River Radio", "time-stamp"),
    ("after", "<p>What else the council decided is in our diary of the evening:</p>", "diary",
     "heading-of-nothing"),
    ("after", "<p>To continue reading, become a reader of the Post.</p>", "reading",
     "paywall-prompt"),
    ("after", "<p>Il vous reste 57 % de cet article à lire.</p>", "57", "paywall-prompt"),
    ("after", "<p>Jetzt weiterlesen mit dem Probemonat</p>", "Probemonat", "paywall-prompt"),
    ("after", "<p>Para seguir leyendo, suscríbete</p>", "seguir", "paywall-prompt"),
    ("after", "<p>残り：1234文字</p>", "1234", "paywall-prompt"),
]  # fmt: skip


def read(make_page: MakePage, **holes: str) -> Article:
    return extract(make_page(story_page(**holes)), ExtractionLimits())


@pytest.mark.parametrize(("hole", "markup", "words", "reason"), SHAPES)
def test_a_shape_goes_with_its_reason(
    hole: str, markup: str, words: str, reason: str, make_page: MakePage
) -> None:
    article = read(make_page, **{hole: markup})
    assert article.text.split("\n") == list(PARAGRAPHS)
    assert any(words in piece.text and piece.reason == reason for piece in article.removed)


SENTENCES = [
    ("middle", "Letters go to bridge@town.example until the end of the month, the clerk said."),
    ("after", "Resta soltanto da attendere la prima pietra, ha detto ancora la sindaca ridendo."),
    ("middle", "These are the reasons that she gave:"),
    ("before", "At 17:07 on Monday, 2 March 2026, the last speaker sat down and the vote began."),
    ("before", "Nobody came."),
    ("before", "<h2>Ada Fields</h2>"),
    (
        "middle",
        f"<b>The mayor:</b> {LINK.format('a plan of the bridge, drawn by hand')} was shown.",
    ),
    (
        "middle",
        f"She quoted, and not for the first time, {LINK.format('the report of the province')}",
    ),
    ("after", "He writes a newsletter about the river and its towns, and will go on with it."),
    ("after", f"He is on Facebook every day, {LINK.format('his daughter')} said with a sigh."),
    ("after", "The copyright in the drawings stays with the engineer until the bridge is open."),
]


@pytest.mark.parametrize(("hole", "sentence"), SENTENCES)
def test_sentences_of_that_shape_stay(hole: str, sentence: str, make_page: MakePage) -> None:
    markup = sentence if sentence.startswith("<h2") else f"<p>{sentence}</p>"
    assert len(read(make_page, **{hole: markup}).text.split("\n")) == len(PARAGRAPHS) + 1


def test_a_quoted_author_is_no_author_box(make_page: MakePage) -> None:
    head = "<meta name=author content='Ada Fieldstone'>"
    quote = "<p>Ada Fieldstone, who wrote the plan, said: “Nobody will miss the ferry.”</p>"
    assert "Nobody will miss" in read(make_page, head=head, after=quote).text


def test_a_heading_of_headline_and_kicker_is_the_headline_again(make_page: MakePage) -> None:
    again = f"<h2><span>River town</span> <span>{HEADLINE}</span></h2>"
    assert read(make_page, before=again).text.split("\n") == list(PARAGRAPHS)


def test_a_subheading_stays_whatever_is_inside_it(make_page: MakePage) -> None:
    heading = "<div class=part><h3 class=x><div>What it will cost</div></h3></div>"
    assert "What it will cost" in read(make_page, middle=heading).text


def test_a_story_broken_in_two_is_one(make_page: MakePage) -> None:
    """No element is named an article; an offer parts the story, whose halves look alike."""
    body = "<div class=body>{}</div>"
    paragraphs = [f"<p>{text}</p>" for text in PARAGRAPHS]
    page = story_page(outside="").replace("article>", "div>").replace("main>", "div>")
    whole = "".join(paragraphs)
    start, end = page.index("<div class='story-body'>"), page.index("</div></div>")
    two = body.format("".join(paragraphs[:3])) + "<div class=offer><p>Buy it.</p></div>"
    page = (
        page[:start] + two + f"<div class=row>{body.format(paragraphs[3])}</div>" + page[end + 6 :]
    )
    assert whole not in page
    assert extract(make_page(page), ExtractionLimits()).text.split("\n") == list(PARAGRAPHS)


def test_short_lines_behind_prose_are_no_kickers(make_page: MakePage) -> None:
    """The story begins in a wrapping of its own, and its larger part is wrapped otherwise."""
    lead = (
        "The vote was close, and nobody in the hall had expected that it would be taken at all.",
        "Outside, the ferryman waited for the last passengers of the day, as he does every night.",
        "So what now?",
    )
    markup = "".join(f"<p>{text}</p>" for text in lead)
    page = story_page().replace("</header>", f"</header><div class=lead>{markup}</div>")
    article = extract(make_page(page), ExtractionLimits())
    assert article.text.split("\n") == [*lead, *PARAGRAPHS]
