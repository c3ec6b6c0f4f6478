"""Which text belongs to which block element, how it is wrapped, and where a line stands again."""

from lxml.html import HtmlElement, document_fromstring

from crawler.extraction.blocks import Block, find_blocks, is_prose, read_blocks, wrapping_of
from crawler.extraction.body import Line

SENTENCE = "The ferry left the harbour at noon, and nobody on board had reason to complain of it."


def tree(body: str) -> HtmlElement:
    return document_fromstring(f"<html><body>{body}</body></html>")


def blocks(body: str) -> list[Block]:
    return read_blocks(tree(body))


def texts(body: str) -> list[tuple[str, str]]:
    return [(str(block.element.tag), block.text.strip()) for block in blocks(body)]


def test_each_text_belongs_to_the_innermost_block_around_it() -> None:
    body = "<div>before <p>inside</p> behind</div><ul><li>one<li>two</ul>"
    assert texts(body) == [
        ("div", "before  behind"),
        ("p", "inside"),
        ("li", "one"),
        ("li", "two"),
    ]


def test_marks_and_links_are_part_of_their_blocks_line() -> None:
    assert texts("<p>A <b>bold</b> <a href=/x>step</a>, he said.</p>") == [
        ("p", "A bold step, he said.")
    ]


def test_a_br_is_a_line_break_in_the_text() -> None:
    [block] = blocks("<p>first<br>second</p>")
    assert block.text.split("\n") == ["first", "second"]
    [block] = blocks("<p>first<br><b>second</b><br><br><a href=/x>third</a></p>")
    assert block.text.split("\n") == ["first", "second", "", "third"]


def test_what_no_reader_sees_is_left_out() -> None:
    hidden = "".join(
        f"<{tag}>hidden</{tag}>"
        for tag in ("script", "style", "noscript", "template", "textarea", "svg")
    )
    assert texts(f"<p>seen{hidden}</p>") == [("p", "seen")]


def test_white_space_between_blocks_is_no_block() -> None:
    assert texts("<div>\n <p> </p>\n <p>x</p>\n</div>") == [("p", "x")]


def test_only_the_subtree_asked_for_is_read() -> None:
    root = tree("<div id=a><p>in</p></div>behind<p>out</p>")
    element = root.get_element_by_id("a")
    assert [block.text for block in read_blocks(element)] == ["in"]


def test_blocks_are_numbered_in_document_order() -> None:
    assert [block.order for block in blocks("<p>a</p><div><p>b</p></div><p>c</p>")] == [0, 1, 2]


def test_links_are_a_share_of_the_blocks_own_characters() -> None:
    [half, none, anchor, whole] = blocks(
        "<p>word<a href=/x>link</a></p><p>word</p><p><a href='#top'>up</a></p>"
        "<p><a href=https://b.example/>all of it</a></p>"
    )
    assert half.links == 0.5
    assert none.links == 0
    assert anchor.links == 0
    assert whole.links == 1


def test_prose_is_told_by_letters_or_words_in_scripts_with_and_without_spaces() -> None:
    assert is_prose(SENTENCE)
    assert is_prose("a b c d e f g h i j k l")
    assert is_prose("昨日の午後に港を出た連絡船は無事に島へ着き、乗客は全員が下船した。")
    assert not is_prose("By Ann Lee")
    assert not is_prose("写真:港")


def test_headings_know_themselves() -> None:
    assert [block.is_heading for block in blocks("<h2>Head</h2><p>text</p>")] == [True, False]


def wrapping(body: str, *, named: bool = False) -> tuple[str, ...]:
    return wrapping_of(tree(body).get_element_by_id("x"), named=named)


def test_a_wrapping_goes_up_to_the_first_named_element() -> None:
    body = "<div class='story body'><section><p id=x>t</p></section></div>"
    assert wrapping(body) == ("p", "section", "div body story")


def test_serial_numbers_in_names_do_not_part_wrappings() -> None:
    first = wrapping("<div class='para-12 x7'><p id=x>t</p></div>")
    assert first == wrapping("<div class='para-9 x123'><p id=x>t</p></div>")


def test_a_paragraphs_own_class_tells_nothing_and_that_of_a_plain_div_does() -> None:
    assert wrapping("<div class=a><p id=x class=lead>t</p></div>") == ("p", "div a")
    assert wrapping("<div class=a><div id=x class=par>t</div></div>") == ("div par", "div a")
    assert wrapping("<div class=a><p id=x class=lead>t</p></div>", named=True)[0] == "p lead"


def test_lines_are_found_again_in_order_even_where_they_repeat() -> None:
    page = blocks(f"<p>Again.</p><p>{SENTENCE}</p><p>Again.</p>")
    lines = [Line("Again.", "p"), Line(SENTENCE, "p"), Line("Again.", "p"), Line("Again.", "p")]
    found = [block.order if block else None for block in find_blocks(page, lines)]
    assert found == [0, 1, 2, 2]


def test_a_line_of_a_block_with_line_breaks_is_found() -> None:
    page = blocks("<p>First line<br>  second   line</p>")
    [found] = find_blocks(page, [Line("second line", "p")])
    assert found is page[0]


def test_a_line_that_differs_in_signs_and_case_is_found_by_its_letters() -> None:
    page = blocks("<p>“The ferry” — late!</p>")
    [found, none] = find_blocks(page, [Line('"The Ferry" - late', "p"), Line("Elsewhere", "p")])
    assert found is page[0]
    assert none is None
