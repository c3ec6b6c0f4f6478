"""Each reason removes what it names, and a sentence that looks like it stays."""

import pytest

from crawler.config.model import ExtractionLimits
from crawler.extraction import extract
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import HEADLINE, PARAGRAPHS, story_page

LINK = "<a href='https://town.example/other'>{}</a>"
# Where it stands, the markup, the words that must go, and the reason on record.
FURNITURE = [
    ("before", f"<p>{HEADLINE}</p>", HEADLINE, "headline-repeated"),
    ("after", "<p>#bridge #council #river</p>", "#bridge", "hashtags"),
    (
        "middle",
        f"<p>{LINK.format('Read more: how the ferry became the pride of the town')}</p>",
        "pride of the town",
        "related",
    ),
    ("middle", "<p>Lesen Sie auch: Die Fähre und ihr Kapitän</p>", "Kapitän", "related"),
    ("middle", "<p>À lire aussi : le bac et son capitaine</p>", "capitaine", "related"),
    (
        "after",
        f"<p>Sign up for our {LINK.format('daily letter')} and never miss a story.</p>",
        "daily letter",
        "newsletter-prompt",
    ),
    ("after", "<p>Leave a comment</p>", "Leave a comment", "comment-prompt"),
    ("after", f"<p>Share on {LINK.format('Chirper')}</p>", "Chirper", "share-prompt"),
    ("middle", "<p>Advertisement</p>", "Advertisement", "advertisement"),
    ("middle", "<p>Anzeige</p>", "Anzeige", "advertisement"),
    ("after", "<p>© 2026 Town Post. All rights reserved.</p>", "rights reserved", "copyright"),
    ("before", "<p>By Ada Fields</p>", "Ada Fields", "byline"),
    ("before", "<p>Updated 2 March 2026, 18:20</p>", "18:20", "time-stamp"),
    (
        "middle",
        "<p>The old ferry at its landing on a foggy morning. Photo: Ben Walker</p>",
        "Ben Walker",
        "caption",
    ),
    (
        "middle",
        "<figure><img src=b.jpg><figcaption>The river below the mill.</figcaption></figure>",
        "below the mill",
        "caption",
    ),
    (
        "after",
        "<p>We may earn a commission from purchases made through links on this page.</p>",
        "commission",
        "disclosure",
    ),
]


@pytest.mark.parametrize(("hole", "markup", "words", "reason"), FURNITURE)
def test_furniture_goes_with_its_reason(
    hole: str, markup: str, words: str, reason: str, make_page: MakePage
) -> None:
    article = extract(make_page(story_page(**{hole: markup})), ExtractionLimits())
    assert article.text.split("\n") == list(PARAGRAPHS)
    assert any(words in piece.text and piece.reason == reason for piece in article.removed)


# Sentences of a story that begin with, hold or end in the same words.
SENTENCES = [
    "Read more books, the librarian told the pupils who had come to see the plans for the bridge.",
    "Share prices of the builder rose by a tenth after the vote and fell again before noon.",
    "Advertisement of the contract will follow in May, said the treasurer of the town.",
    "Comments from the public had filled three folders before the vote was finally called.",
    "By Friday the council wants to hear from the province about the money for the road.",
    "Updated plans will be on view at the library from 4 March 2026 on, the clerk announced.",
    "The photo of the old bridge hung behind the speaker while she read out her reasons.",
    "Related industries such as gravel and steel hope for orders from the building site.",
    "Sign up for the guided walk along the river, the mayor urged, and see it for yourselves.",
    "Supporters had put #bridge on their banners, and one even on the roof of his van.",
    "Copyright in the drawings stays with the engineer, as the contract of 2024 provides.",
    'He told Reuters that "nobody will miss the queue" and went home to his supper.',
    "The commission of the province has yet to approve the design of the new crossing.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_that_look_like_furniture_stay(sentence: str, make_page: MakePage) -> None:
    article = extract(make_page(story_page(middle=f"<p>{sentence}</p>")), ExtractionLimits())
    assert article.text.split("\n") == [*PARAGRAPHS[:2], sentence, *PARAGRAPHS[2:]]


def test_teasers_boxes_and_forms_go_by_their_place_alone(make_page: MakePage) -> None:
    """No word of these is on any list: only their wrapping tells."""
    teasers = "".join(
        f"<div class=card><h3><a href=/{n}>Quite another headline number {n}</a></h3>"
        f"<p>Something else happened in street {n} of the town, and people talk about it.</p></div>"
        for n in range(5)
    )
    box = (
        "<div class=infobox><p>The river rises in the hills, runs for ninety kilometres and falls"
        " into the sea at the port.</p></div>"
    )
    form = "<div class=x1><p>Here you may type whatever comes to your mind about this.</p></div>"
    page = story_page(middle=box, after=form, outside=f"<section class=more>{teasers}</section>")
    article = extract(make_page(page), ExtractionLimits())
    assert article.text.split("\n") == list(PARAGRAPHS)


def test_subheadings_quotes_lists_and_credit_lines_are_the_story(make_page: MakePage) -> None:
    middle = (
        "<h2>What it will cost</h2><blockquote><p>We have waited for this for thirty years, and"
        " nobody believed in it any more.</p></blockquote>"
        "<ul><li>Eleven million for the bridge</li><li>Two million for the road</li></ul>"
    )
    page = story_page(middle=middle, after="<p>With information from dpa.</p>")
    lines = extract(make_page(page), ExtractionLimits()).text.split("\n")
    assert "What it will cost" in lines
    assert "Two million for the road" in lines
    assert any(line.startswith("We have waited") for line in lines)
    assert lines[-1] == "With information from dpa."


def test_a_deck_that_repeats_the_first_paragraph_goes_and_a_new_one_stays(
    make_page: MakePage,
) -> None:
    def lines_with(deck: str) -> list[str]:
        markup = story_page().replace("</h1>", f"</h1><p class=deck>{deck}</p>")
        return extract(make_page(markup), ExtractionLimits()).text.split("\n")

    new = "Shopkeepers worry, engineers cheer, and the ferryman has not been asked by anybody yet."
    assert lines_with(PARAGRAPHS[0][:100]) == list(PARAGRAPHS)
    assert set(lines_with(new)) - {new} == set(PARAGRAPHS)


def test_subheadings_stay_though_a_list_of_the_parts_names_them_before(
    make_page: MakePage,
) -> None:
    parts = ("What it will cost", "Who has to pay for it")
    links = "".join(f"<li><a href=#part{n}>{part}</a></li>" for n, part in enumerate(parts))
    heads = "".join(f"<h2 id=part{n}>{part}</h2>" for n, part in enumerate(parts))
    page = story_page(before=f"<div class=toc><ul>{links}</ul></div>", middle=heads)
    lines = extract(make_page(page), ExtractionLimits()).text.split("\n")
    assert lines == [*PARAGRAPHS[:2], *parts, *PARAGRAPHS[2:]]


def test_readings_above_characters_do_not_break_a_paragraph(make_page: MakePage) -> None:
    parts = (
        "市議会は月曜日の夜、川に二本目の橋を架けることを決め、",
        "市長は",
        "今朝、岸で礎石を据えた。",
    )
    reading = "<ruby>渡辺<rp>（</rp><rt>わたなべ</rt><rp>）</rp></ruby>"
    page = story_page(middle=f"<p>{parts[0]}{parts[1]}{reading}{parts[2]}</p>")
    lines = extract(make_page(page), ExtractionLimits()).text.split("\n")
    assert len(lines) == len(PARAGRAPHS) + 1
    assert lines[2] == f"{parts[0]}{parts[1]}渡辺（わたなべ）{parts[2]}"


PULLED = "drivers will pass them by once the new road is open"


@pytest.mark.parametrize(
    "quote",
    [
        f"<blockquote><p>“{PULLED}.”</p></blockquote>",
        f"<blockquote><p>{PULLED.title()}</p><p>Ada Fields, shopkeeper</p></blockquote>",
        f"<div class=pull><blockquote>{PULLED}</blockquote></div>",
    ],
    ids=["alone", "with the name", "in a box"],
)
def test_a_quotation_that_repeats_a_paragraph_goes(quote: str, make_page: MakePage) -> None:
    article = extract(make_page(story_page(middle=quote)), ExtractionLimits())
    assert article.text.split("\n") == list(PARAGRAPHS)
    reasons = {piece.reason for piece in article.removed if "pass" in piece.text.lower()}
    assert reasons == {"pull-quote"}


def test_a_quotation_without_spaces_goes_where_it_stands_whole(make_page: MakePage) -> None:
    told = (
        "市長は今朝、岸で礎石を据え、冬が来る前に橋の工事が始まると述べ、渡し船は残ると約束した。"
    )
    quote = "<blockquote>冬が来る前に橋の工事が始まると述べ、渡し船は残る</blockquote>"
    page = story_page(middle=f"<p>{told}</p>{quote}")
    lines = extract(make_page(page), ExtractionLimits()).text.split("\n")
    assert lines == [*PARAGRAPHS[:2], told, *PARAGRAPHS[2:]]


def test_a_quotation_that_only_the_deck_repeats_stays(make_page: MakePage) -> None:
    said = "We have waited for this for thirty years, and nobody believed in it any more."
    markup = story_page(middle=f"<blockquote><p>{said}</p></blockquote>")
    page = markup.replace("</h1>", f"</h1><p class=standfirst>{said}</p>")
    assert extract(make_page(page), ExtractionLimits()).text.split("\n").count(said) >= 1


def test_a_paragraph_that_is_called_a_caption_is_one(make_page: MakePage) -> None:
    page = story_page(middle="<p class=imageCaption>The river below the mill, in a dry May.</p>")
    article = extract(make_page(page), ExtractionLimits())
    assert article.text.split("\n") == list(PARAGRAPHS)
    assert [piece.reason for piece in article.removed if "mill" in piece.text] == ["caption"]


def test_a_story_told_in_captions_stays(make_page: MakePage) -> None:
    page = story_page().replace("<p>", "<p class=caption>")
    assert extract(make_page(page), ExtractionLimits()).text.split("\n") == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "address",
    ["https://news.google.com/publications/CAAx", "https://google.com/preferences/source?q=town"],
)
def test_a_line_that_leads_to_where_a_paper_is_followed_is_a_prompt(
    address: str, make_page: MakePage
) -> None:
    line = f"<p>Never miss what we find out: put us <a href='{address}'>on your list</a>.</p>"
    article = extract(make_page(story_page(middle=line)), ExtractionLimits())
    assert article.text.split("\n") == list(PARAGRAPHS)
    assert [p.reason for p in article.removed if "Never miss" in p.text] == ["share-prompt"]


def test_the_papers_own_page_on_privacy_ends_a_prompt_and_anothers_is_news(
    make_page: MakePage,
) -> None:
    own, other = "/privacy-notice", "https://builder.example/privacy"
    line = "<p>The builder changed what it says of its cameras in its <a href={}>notice</a>.</p>"
    for address, stays in ((own, False), (other, True)):
        page = story_page(middle=line.format(address))
        article = extract(make_page(page), ExtractionLimits())
        assert ("cameras" in article.text) is stays


def test_the_title_of_a_box_goes_with_it(make_page: MakePage) -> None:
    box = "<div class=offer><h3>Letters from town</h3><div class=row>Every Friday</div></div>"
    article = extract(make_page(story_page(middle=box)), ExtractionLimits())
    assert article.text.split("\n") == list(PARAGRAPHS)
    assert ("Letters from town", "box") in {(p.text, p.reason) for p in article.removed}


def test_a_headline_in_other_words_above_the_story_goes(make_page: MakePage) -> None:
    """Neither the title nor another tag has it, and its kicker is a block of its own."""
    other = "<h2><div>River town</div><div>Second bridge, at last and after all</div></h2>"
    page = story_page().replace("<div class='story-body'>", f"{other}<div class='story-body'>")
    article = extract(make_page(page), ExtractionLimits())
    assert article.text.split("\n") == list(PARAGRAPHS)


def test_a_short_sentence_under_a_longer_one_above_the_story_is_no_kicker(
    make_page: MakePage,
) -> None:
    """Points above the story are wrapped alike; one of them may have few words."""
    points = (
        "The council wants a second bridge, and the province will pay for a third of it.",
        "The ferry stays.",
    )
    between = "".join(f"<p>{point}</p>" for point in points) + "<p>Two minutes</p>"
    page = story_page().replace(
        "<div class='story-body'>", f"<div class=points>{between}</div><div class='story-body'>"
    )
    article = extract(make_page(page), ExtractionLimits())
    assert article.text.split("\n") == [*points, *PARAGRAPHS]
    assert ("Two minutes", "kicker") in {(p.text, p.reason) for p in article.removed}


def test_what_a_machine_wrote_of_the_story_is_beside_it(make_page: MakePage) -> None:
    point = "The town gets a second bridge after all, and nobody knows yet who is to pay for it."
    for name, stays in (("aiArticleSummary", False), ("points", True)):
        box = f"<div class={name}><ul><li>{point}</li><li>{point[:-1]} now.</li></ul></div>"
        article = extract(make_page(story_page(before=box)), ExtractionLimits())
        assert (point in article.text) is stays
