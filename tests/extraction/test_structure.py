"""Where lines stand, seen from the story's paragraphs, and which paragraphs are put back in."""

from collections import Counter

from lxml.html import document_fromstring

from crawler.extraction.blocks import Block, read_blocks
from crawler.extraction.body import Line
from crawler.extraction.document import tidy
from crawler.extraction.placed import Place, Placed
from crawler.extraction.structure import largest_group, place_lines

STORY = (
    "The night ferry ran onto a sandbank shortly before dawn, and its captain asked for help.",
    "Two tugs left the harbour within the hour, and forty passengers were given breakfast.",
    "Divers looked at the hull in the afternoon and found no damage that anybody could see.",
    "The company said the ferry would sail again the next morning, with another captain.",
)
OTHER = "A bakery on the quay won the prize for rye bread, and its owner thanked the old cellar."


def page_of(body: str) -> list[Block]:
    return read_blocks(document_fromstring(f"<html><body>{body}</body></html>"))


def kind_of(block: Block) -> str:
    return {"li": "item", "h2": "head", "blockquote": "quote"}.get(str(block.element.tag), "p")


def lines_of(page: list[Block], leave_out: str = "\n") -> list[Line]:
    kept = [block for block in page if leave_out not in block.text]
    return [Line(tidy(block.text), kind_of(block)) for block in kept]


def placed(body: str, leave_out: str = "\n", known: str = "") -> list[Placed]:
    page = page_of(body)
    return place_lines(page, lines_of(page, leave_out), known)[0]


def place_of(found: list[Placed], start: str) -> Place:
    [one] = [item for item in found if item.line.text.startswith(start)]
    return one.place


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts or STORY)


def article(inside: str, beside: str = "") -> str:
    return f"<main><article><div class=story>{inside}</div>{beside}</article></main>"


def test_paragraphs_wrapped_alike_in_one_container_are_the_story() -> None:
    found = placed(article(paragraphs()))
    assert [item.place for item in found] == [Place.MAIN] * 4
    assert [item.turn for item in found] == [0] * 4


def test_lists_quotes_and_headings_inside_the_container_are_parts() -> None:
    inside = (
        paragraphs(*STORY[:2])
        + "<h2>What divers found</h2><ul><li>Nothing at all</li></ul>"
        + "<blockquote>We were calm.</blockquote>"
        + paragraphs(*STORY[2:])
    )
    found = placed(article(inside))
    for start in ("What divers", "Nothing", "We were"):
        assert place_of(found, start) is Place.PART


def test_a_wrapper_of_its_own_in_the_middle_is_a_box() -> None:
    box = f"<div class=factbox><div class=text><p>{OTHER}</p></div></div>"
    found = placed(article(paragraphs(*STORY[:2]) + box + paragraphs(*STORY[2:])))
    assert place_of(found, "A bakery") is Place.BOX


def test_what_stands_before_behind_and_elsewhere_is_outside_and_knows_its_side() -> None:
    body = (
        "<header class=top><div class=a>Town Post</div></header>"
        + article(paragraphs())
        + f"<footer class=end><div class=b>{OTHER}</div></footer>"
    )
    found = placed(body)
    assert place_of(found, "Town Post") is Place.OUTSIDE
    assert place_of(found, "A bakery") is Place.OUTSIDE
    assert [item.turn for item in found] == [-1, 0, 0, 0, 0, 1]


def test_teasers_each_with_a_linked_headline_are_cards() -> None:
    teasers = "".join(
        f"<li class=teaser><h3><a href=/{n}>Another story of the town {n}</a></h3>"
        f"<div class=text>{OTHER} Number {n} of the list.</div></li>"
        for n in range(5)
    )
    found = placed(article(paragraphs(), f"<ul class=more>{teasers}</ul>"))
    assert Counter(item.place for item in found if "bakery" in item.line.text) == {Place.CARD: 5}
    assert [item.place for item in found][:4] == [Place.MAIN] * 4


def test_a_long_list_of_teasers_takes_the_time_of_its_length() -> None:
    """Each item once looked at all links of the list."""
    items = "<li>Some item of a list</li>" * 3_000
    found = placed(article(paragraphs() + f"<ul>{items}</ul>"))
    assert Counter(item.place for item in found) == {Place.MAIN: 4, Place.PART: 3_000}


def test_a_paragraph_that_was_missed_is_put_back_at_its_place() -> None:
    found = placed(article(paragraphs()), leave_out="Divers")
    assert [item.line.text for item in found] == list(STORY)
    assert [item.place for item in found] == [Place.MAIN] * 4


def test_nothing_of_another_article_is_put_back() -> None:
    body = article(paragraphs()) + f"<article><div class=story><p>{OTHER}</p></div></article>"
    found = placed(body, leave_out="A bakery")
    assert [item.line.text for item in found] == list(STORY)


def test_the_publishers_own_text_outvotes_a_longer_group() -> None:
    letters = "".join(f"<p>{OTHER} I say so for the {n}th time.</p>" for n in range(6))
    body = article(paragraphs()) + f"<main><div class=voices>{letters}</div></main>"
    assert place_of(placed(body), STORY[0]) is Place.OUTSIDE
    assert place_of(placed(body, known=" ".join(STORY)), STORY[0]) is Place.MAIN


def test_the_group_that_speaks_of_the_pages_subject_wins() -> None:
    notice = "".join(f"<p>{OTHER} We use cookies for that, number {n}.</p>" for n in range(6))
    page = page_of(article(paragraphs()) + f"<section class=words>{notice}</section>")
    found, _ = place_lines(page, lines_of(page), reaches=lambda text, _: "ferry" in text)
    assert place_of(found, STORY[0]) is Place.MAIN


def test_without_prose_no_place_is_known() -> None:
    found, story = place_lines(page_of("<p>Menu</p>"), [Line("Menu", "p")])
    assert story is None
    assert [item.place for item in found] == [Place.UNKNOWN]


def test_a_line_that_stands_nowhere_has_no_place() -> None:
    page = page_of(article(paragraphs()))
    found, _ = place_lines(page, [*lines_of(page), Line("From nowhere", "p")])
    assert found[-1].place is Place.UNKNOWN
    assert found[-1].block is None


def test_captions_and_asides_are_told_by_the_names_around_them() -> None:
    body = article(
        paragraphs()
        + "<div class=img-caption><div>The ferry at night</div></div>"
        + "<div class=newsletter-box><div>Our letter</div></div>"
    )
    named = {item.line.text: item for item in placed(body)}
    assert named["The ferry at night"].is_caption()
    assert not named["The ferry at night"].is_aside()
    assert named["Our letter"].is_aside()
    assert not named[STORY[0]].is_caption()


def test_a_line_knows_the_elements_above_it() -> None:
    found = placed(article(paragraphs() + "<ul><li>An item of a list</li></ul>"))
    assert found[-1].is_under("ul")
    assert found[-1].is_under("li")
    assert not found[0].is_under("ul", "blockquote")


def test_the_largest_group_counts_prose_outside_lists_links_and_asides() -> None:
    expected = sum(map(len, STORY))
    listed = "<ul>" + f"<li>{OTHER} {OTHER}</li>" * 9 + "</ul>"
    linked = f"<div class=l><p><a href=/x>{OTHER} {OTHER}</a></p></div>" * 9
    aside = f"<div class=comments><p>{OTHER} {OTHER}</p></div>" * 9
    assert largest_group(page_of(article(paragraphs()) + listed + linked + aside)) == expected
    assert largest_group(page_of("<p>Menu</p>")) == 0


def wrapped(*texts: str) -> str:
    return "".join(f"<div class=row><div class=text>{text}</div></div>" for text in texts)


def test_a_list_in_a_paragraphs_wrapper_is_a_part() -> None:
    points = "<ul><li>One tug from the harbour</li><li>One tug from the port below</li></ul>"
    found = placed(article(wrapped(STORY[0], points, *STORY[1:])))
    assert place_of(found, "One tug from the port") is Place.PART


def head(text: str, beside: str = "") -> str:
    return f"<div class=headline><h2>{text}</h2>{beside}</div>"


def test_subheadings_that_are_missing_among_the_lines_are_put_back_in() -> None:
    inside = wrapped(*STORY[:2]) + head("What divers found") + wrapped(*STORY[2:])
    found = placed(article(inside), leave_out="What divers")
    assert [item.line.text for item in found] == [*STORY[:2], "What divers found", *STORY[2:]]
    assert found[2].line.kind == "head"


def test_headings_of_boxes_teasers_and_links_are_not_put_in() -> None:
    aside = "<div class=related-stories><h2>What divers found</h2></div>"
    linked = head("<a href=/other>What divers found</a>")
    for between in (head("What divers found", "<div>A note beside it.</div>"), aside, linked):
        inside = wrapped(*STORY[:2]) + between + wrapped(*STORY[2:])
        found = placed(article(inside), leave_out="What divers")
        assert not any("What divers" in item.line.text for item in found)


def test_a_heading_below_the_story_is_not_put_in() -> None:
    inside = wrapped(*STORY) + head("What divers found") + "<div class=other>A note.</div>"
    found = placed(article(inside), leave_out="What divers")
    assert not any("What divers" in item.line.text for item in found)


def test_the_title_of_a_box_is_outside_and_a_subheading_is_not() -> None:
    box = "<div class=offer><h3>Our letters</h3><div><button>Sign up</button></div></div>"
    own = "<div class=headline><h3>What divers found</h3></div><div class=film>A film</div>"
    inside = paragraphs(STORY[0]) + box + paragraphs(*STORY[1:3]) + own + paragraphs(STORY[3])
    found = placed(article(inside))
    assert place_of(found, "Our letters") is Place.OUTSIDE
    assert place_of(found, "What divers found") is Place.BOX


def test_a_heading_wrapped_as_the_paragraphs_are_is_no_title_of_a_box() -> None:
    parts = [f"<p>{text}</p>" for text in STORY]
    parts.insert(2, "<h3>What divers found</h3><div class=label>Advertisement</div>")
    inside = "".join(f"<section><div class=row>{part}</div></section>" for part in parts)
    assert place_of(placed(article(inside)), "What divers found") is Place.BOX


def test_a_heading_among_broken_lines_is_no_title_of_a_box() -> None:
    head = "<br><div class=part><h2>What divers found</h2></div><br>"
    lines = [*STORY[:2], head, *STORY[2:]]
    page = page_of("<main><div class=story>" + "<br>".join(lines) + "</div></main>")
    [whole, _] = page
    given = [Line(tidy(part), "p") for part in whole.text.split("\n") if part.strip()]
    given.insert(2, Line("What divers found", "head"))
    assert place_of(place_lines(page, given)[0], "What divers found") is not Place.OUTSIDE


def test_a_missed_paragraph_comes_back_though_many_of_its_words_are_links() -> None:
    linked = f"{STORY[2][:46]}<a href=/hull>{STORY[2][46:]}</a>"
    pointer = f"<a href=/other>{OTHER}</a> More."
    inside = paragraphs(*STORY[:2], linked, pointer, STORY[3])
    for left_out, there in ((STORY[2][:20], True), (OTHER[:20], False)):
        found = placed(article(inside), leave_out=left_out)
        assert any(item.line.text.startswith(left_out) for item in found) is there


def test_what_holds_a_paragraph_is_not_beside_the_story_whatever_its_name() -> None:
    """A paper may call what everybody may read its teaser."""
    inside = f"<div class=teaser><div class=body>{paragraphs(*STORY[:2])}</div></div>"
    inside += f"<div class=rest><div class=body>{paragraphs(*STORY[2:])}</div></div>"
    found = placed(article(inside), leave_out=STORY[1][:20])
    assert [item.line.text for item in found] == list(STORY)
