"""Several addresses, one article, in whatever order they come."""

import random
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from crawler.extraction import file_article, look_again, take_out
from crawler.extraction.folding import fold
from crawler.items import Article, Lead, LeadState, PageLink, Published, Sheet
from crawler.store import Store
from crawler.urls import article_id, site_of
from tests.store.records import LATER, NOW, lead, page

HOME = "https://courier.example"
TOWNS = ("Listhaven", "Quay", "Northport", "Aldering", "Blackmoor", "Faro", "Hallam", "Neuburg")


def text(seed: int, paragraphs: int = 6) -> str:
    """Write paragraphs of invented news that no other seed gives."""
    chance = random.Random(seed)
    return "\n".join(
        f"The {chance.choice(('night', 'early', 'last'))} boat {chance.randrange(10**6)} from "
        f"{chance.choice(TOWNS)} carried {chance.randrange(900)} people to "
        f"{chance.choice(TOWNS)}, said the harbour master of pier {chance.randrange(10**4)}."
        for _ in range(paragraphs)
    )


def read(path: str, words: str, **changes: object) -> Article:
    url = path if "://" in path else f"{HOME}{path}"
    plain: dict[str, object] = {
        "id": article_id(url),
        "url": url,
        "site": site_of(url),
        "title": "Night boat is late",
        "text": words,
        "fetched": NOW,
        "source": "courier",
    }
    return Article(**(plain | changes))  # type: ignore[arg-type]  # the test names the fields


def first(path: str) -> PageLink:
    return PageLink(kind="first", url=f"{HOME}{path}", number=1)


def part(path: str, number: int) -> PageLink:
    return PageLink(kind="part", url=f"{HOME}{path}", number=number)


def folded(*articles: Article, leads: tuple[Lead, ...] = (), most: int = 20) -> list[Article]:
    known = {each.url: each for each in leads}
    sheets = [Sheet(article=each, page_id=None) for each in articles]
    first, *others = [
        [each.article for each in fold(order, known.get, most)] for order in permutations(sheets)
    ]
    assert all(other == first for other in others)
    return first


def unknown(_url: str) -> None:
    """Give no lead for any address."""


def test_amp_print_mobile_and_other_spellings_are_one_article_under_the_plain_address() -> None:
    story = text(1)
    (one,) = folded(
        read("/amp/ferry", story, published="2026-03-02T08:00:00Z", published_source="json-ld"),
        read("/ferry", story),
        read("/ferry?print=1", story),
        read("https://m.courier.example/ferry", story),
    )
    assert one.url == f"{HOME}/ferry"
    assert [(form.kind, form.url) for form in one.forms] == [
        ("amp", f"{HOME}/amp/ferry"),
        ("mobile", "https://m.courier.example/ferry"),
        ("print", f"{HOME}/ferry?print=1"),
    ]
    assert (one.forms[0].published, one.forms[0].published_source) == (
        "2026-03-02T08:00:00Z",
        "json-ld",
    )
    assert one.partial is None


def test_a_page_without_a_time_has_the_one_that_its_amp_page_claims() -> None:
    claim = Published(
        kind="published", value="2026-03-02T08:00:00Z", source="json-ld", raw="8 o'clock"
    )
    dated = read(
        "/amp/ferry",
        text(1),
        published=claim.value,
        published_source=claim.source,
        times=(claim,),
    )
    (one,) = folded(read("/ferry", text(1)), dated)
    assert (one.published, one.published_source, one.times) == (claim.value, "json-ld", (claim,))


def test_a_spelling_with_another_text_stays_an_article_of_its_own() -> None:
    assert len(folded(read("/ferry", text(1)), read("/amp/ferry", text(2)))) == 2


def test_an_amp_page_that_is_cut_is_a_form_all_the_same() -> None:
    (one,) = folded(read("/ferry", text(1)), read("/amp/ferry", text(1).split("\n")[0]))
    assert one.text == text(1)


def test_a_page_that_names_another_of_its_site_as_canonical_is_a_form_of_it() -> None:
    there = f"{HOME}/world/ferry"
    (one,) = folded(
        read("/top/ferry", text(1), canonical_url=there),
        read("/world/ferry", text(1), canonical_url=there),
    )
    assert one.url == there
    assert [form.kind for form in one.forms] == ["spelling"]


def test_two_sections_that_do_not_name_each_other_stay_copies() -> None:
    assert len(folded(read("/top/ferry", text(1)), read("/world/ferry", text(1)))) == 2


def test_a_canonical_address_is_not_believed_without_the_text() -> None:
    """Some sites declare one address on all their pages, or their front page."""
    everywhere = f"{HOME}/index/page"
    pages = [read(f"/story-{n}", text(n), canonical_url=everywhere) for n in range(3)]
    assert len(folded(*pages)) == 3
    copies = [read(f"/copy-{n}", text(1), canonical_url=f"{HOME}/") for n in range(2)]
    assert len(folded(*copies)) == 2


def test_a_copy_on_another_site_is_never_a_form() -> None:
    original = read("https://agency.example/ferry", text(1))
    syndicated = read("/ferry", text(1), canonical_url=original.url)
    assert len(folded(original, syndicated)) == 2


def test_an_amp_page_at_an_unlike_address_is_known_by_the_link_to_it() -> None:
    amp = PageLink(kind="amp", url=f"{HOME}/gmobile/4711")
    (one,) = folded(read("/ferry", text(1), links=(amp,)), read("/gmobile/4711", text(1)))
    assert one.url == f"{HOME}/ferry"


def three_parts(*, frame: str = "") -> list[Article]:
    bodies = [f"{frame}{text(n)}" for n in (1, 2, 3)]
    return [
        read("/ferry", bodies[0], part=1, links=(part("/ferry/2", 2), part("/ferry/3", 3))),
        read("/ferry/2", bodies[1], part=2, links=(first("/ferry"), part("/ferry/3", 3))),
        read("/ferry/3", bodies[2], part=3, links=(first("/ferry"), part("/ferry/2", 2))),
    ]


def test_the_pages_of_an_article_are_joined_in_order() -> None:
    (one,) = folded(*three_parts())
    assert one.text == "\n".join((text(1), text(2), text(3)))
    assert [(form.kind, form.number) for form in one.forms] == [("part", 2), ("part", 3)]
    assert one.partial is None


def test_what_frames_each_page_stands_once() -> None:
    frame = "The night boat is late again, and its captain knows the reason for it.\n"
    pages = three_parts(frame=frame)
    closing = "Our reporter has sailed on the night boat for eleven years."
    (one,) = folded(*(replace(page, text=f"{page.text}\n{closing}") for page in pages))
    assert one.text == f"{frame}{text(1)}\n{text(2)}\n{text(3)}\n{closing}"


def test_a_missing_page_makes_the_article_partial_and_is_wanted() -> None:
    head, _, last = three_parts()
    (one,) = fold([Sheet(article=each, page_id=None) for each in (head, last)], unknown, 20)
    assert one.article.text == f"{text(1)}\n{text(3)}"
    assert one.article.partial == "part-waiting"
    assert [(form.number, form.missing) for form in one.article.forms] == [
        (2, "part-waiting"),
        (3, None),
    ]
    assert one.wanted == (f"{HOME}/ferry/2",)


def test_a_page_that_was_refused_says_so() -> None:
    head, _, last = three_parts()
    refused = lead(f"{HOME}/ferry/2", state=LeadState.REFUSED, reason="robots-denied")
    (one,) = folded(head, last, leads=(refused,))
    assert one.partial == "part-lost"
    assert one.forms[0].missing == "robots-denied"


def test_more_pages_than_are_allowed_are_not_asked_for() -> None:
    head = replace(
        three_parts()[0], links=tuple(part(f"/ferry/{number}", number) for number in range(2, 9))
    )
    (one,) = fold([Sheet(article=head, page_id=None)], unknown, 4)
    assert one.wanted == tuple(f"{HOME}/ferry/{number}" for number in (2, 3, 4))
    assert {form.missing for form in one.article.forms if (form.number or 0) > 4} == {"part-limit"}


def test_the_article_on_one_page_is_preferred_to_its_parts() -> None:
    head, second, third = three_parts()
    whole = PageLink(kind="whole", url=f"{HOME}/ferry?page=all")
    head = replace(head, links=(*head.links, whole))
    (one,) = fold([Sheet(article=head, page_id=None)], unknown, 20)
    assert one.wanted == (whole.url,)
    everything = "\n".join((text(1), text(2), text(3)))
    page_of_all = read("/ferry?page=all", everything, links=(first("/ferry"),))
    (done,) = folded(head, page_of_all)
    assert (done.url, done.text, done.partial) == (f"{HOME}/ferry", everything, None)
    (late,) = folded(head, second, third, page_of_all)
    assert late.text == everything


def test_a_print_page_that_has_some_of_the_parts_is_not_the_whole() -> None:
    two = read("/print/ferry", f"{text(1)}\n{text(2)}")
    (one,) = folded(*three_parts(), two)
    assert one.text == "\n".join((text(1), text(2), text(3)))


def test_the_parts_are_asked_for_when_the_one_page_is_lost() -> None:
    head = three_parts()[0]
    whole = f"{HOME}/ferry?page=all"
    head = replace(head, links=(*head.links, PageLink(kind="whole", url=whole)))
    lost = lead(whole, state=LeadState.FAILED, reason="http-404")
    (one,) = fold(
        [Sheet(article=head, page_id=None)], lambda url: lost if url == whole else None, 20
    )
    assert one.wanted == (f"{HOME}/ferry/2", f"{HOME}/ferry/3")


def test_a_number_that_the_site_passes_over_doubles_nothing() -> None:
    head, second, third = three_parts()
    (one,) = folded(head, replace(second, text=head.text), third)
    assert one.text == f"{text(1)}\n{text(3)}"


def test_a_further_page_with_another_headline_is_another_article() -> None:
    head, second, third = three_parts()
    assert len(folded(head, replace(second, title="Council closes the swimming hall"), third)) == 2


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store.open(tmp_path / "s.sqlite")
    opened.begin_run("r", now=NOW)
    return opened


def file(store: Store, article: Article, when: str = NOW) -> list[Lead]:
    number = store.save_page(page(article.url, fetched=when))
    return file_article(
        store, replace(article, fetched=when), page_id=number, lead=store.lead(article.url), most=20
    )


def contents(store: Store) -> list[Article]:
    return [replace(each, fetched=None) for each in store.articles()]


def test_the_store_ends_the_same_in_whatever_order_the_addresses_come(tmp_path: Path) -> None:
    story = text(9)
    pages = [
        *three_parts(),
        read("/amp/ferry", text(1)),
        read("/world/dam", story, canonical_url=f"{HOME}/dam"),
        read("/dam", story),
        read("/print/dam", story),
    ]
    seen = []
    for seed in range(6):
        order = random.Random(seed).sample(pages, len(pages))
        with Store.open(tmp_path / f"{seed}.sqlite") as opened:
            opened.begin_run("r", now=NOW)
            for each in order:
                file(opened, each)
            seen.append(contents(opened))
    assert all(each == seen[0] for each in seen)
    assert sorted(each.url for each in seen[0]) == [f"{HOME}/dam", f"{HOME}/ferry"]


def test_the_pages_that_an_article_lacks_come_back_as_leads(store: Store) -> None:
    head, second, _ = three_parts()
    leads = file(store, head)
    assert [(each.url, each.kind, each.part_of) for each in leads] == [
        (f"{HOME}/ferry/{number}", "part", f"{HOME}/ferry") for number in (2, 3)
    ]
    store.add_leads(leads, run_id="r")
    assert file(store, second) == []
    store.finish_lead(f"{HOME}/ferry/3", state=LeadState.FAILED, reason="http-404")
    assert look_again(store, head.id, now=NOW, most=20) == []
    (one,) = store.articles()
    assert (one.text, one.partial) == (f"{text(1)}\n{text(2)}", "part-lost")


def test_the_further_pages_of_an_archived_article_are_not_asked_for_today(store: Store) -> None:
    head, second, _ = three_parts()
    store.add_leads([lead(head.url, kind="archive")], run_id="r")
    leads = file(store, head)
    assert {(each.state, each.reason) for each in leads} == {(LeadState.LEFT_OUT, "not-archived")}
    store.add_leads(leads, run_id="r")
    (one,) = store.articles()
    assert (one.partial, one.forms[0].missing) == ("part-lost", "not-archived")
    assert file(store, head) == []
    file(store, second)
    (one,) = store.articles()
    assert one.text == f"{text(1)}\n{text(2)}"


def test_a_change_of_any_page_is_a_revision_and_the_coming_of_one_is_none(store: Store) -> None:
    for each in three_parts():
        file(store, each)
    (one,) = store.articles()
    assert store.revisions(one.id) == []
    second = three_parts()[1]
    file(store, second, LATER)
    assert store.revisions(one.id) == []
    file(store, replace(second, text=text(22)), "2026-03-02T12:30:00Z")
    (now,) = store.articles()
    assert now.text == f"{text(1)}\n{text(22)}\n{text(3)}"
    (former,) = store.revisions(one.id)
    assert former.text == one.text


def test_what_did_not_change_is_not_written_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report looks at each article that was written."""
    for path in ("/ferry", "/print/ferry"):
        file(store, read(path, text(1)))
    saved: list[str] = []
    keep = Store.save_article

    def noted(self: Store, article: Article, **more: Any) -> None:
        saved.append(article.url)
        keep(self, article, **more)

    monkeypatch.setattr(Store, "save_article", noted)
    look_again(store, article_id(f"{HOME}/ferry"), now=NOW, most=20)
    file(store, read("/print/ferry", text(1)))
    assert saved == []
    file(store, read("/amp/ferry", text(1)))
    assert saved == [f"{HOME}/ferry"]


def test_a_former_text_stays_with_the_article_that_its_address_turns_out_to_be(
    store: Store,
) -> None:
    amp = read("/amp/ferry", text(1))
    file(store, amp)
    file(store, replace(amp, text=f"{text(1)}\n{text(5, 1)}"), LATER)
    plain = read("/ferry", f"{text(1)}\n{text(5, 1)}")
    file(store, plain)
    (one,) = store.articles()
    assert one.url == plain.url
    assert [each.text for each in store.revisions(one.id)] == [text(1)]
    assert store.article_at(amp.url) == one


def test_an_address_that_gives_nothing_any_more_leaves_the_others(store: Store) -> None:
    story = text(1)
    for path in ("/amp/ferry", "/ferry", "/print/ferry"):
        file(store, read(path, story))
    take_out(store, article_id(f"{HOME}/ferry"), most=20)
    (one,) = store.articles()
    assert one.url == f"{HOME}/amp/ferry"
    assert [form.kind for form in one.forms] == ["print"]


def test_a_decision_on_an_address_holds_for_its_article(store: Store) -> None:
    amp = read("/amp/ferry", text(1))
    other = read("/dam", text(7))
    for each in (amp, other):
        file(store, each)
    store.decide("merge", [amp.id, other.id], now=NOW)
    plain = read("/ferry", text(1))
    file(store, plain)
    assert store.decisions()[0].articles == (plain.id, other.id)
