"""What the newsroom promises about itself, checked on the documents it serves."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from itertools import combinations

import pytest

from crawler.items import Relation
from crawler.newsroom import Document, Newsroom, TruePage
from crawler.newsroom.copies import wire_text
from crawler.newsroom.library import wire_stories
from tests.newsroom.conftest import NOW
from tests.newsroom.reader import links


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def containment(of: str, within: str) -> float:
    small, large = shingles(of), shingles(within)
    return len(small & large) / len(small)


def html_of(document: Document) -> str:
    return document.body.decode(document.headers["Content-Type"].split("charset=")[1])


def document_of(newsroom: Newsroom, url: str) -> Document:
    host, path = url.removeprefix("http://").split("/", 1)
    return newsroom.documents[host, f"/{path}"]


def pages_of(newsroom: Newsroom, kind: str) -> list[TruePage]:
    return [page for page in newsroom.truth().pages if page.kind == kind]


def test_equal_arguments_give_equal_documents(newsroom: Newsroom) -> None:
    again = Newsroom.build(NOW)
    assert dict(again.documents) == dict(newsroom.documents)
    assert again.truth() == newsroom.truth()


def test_a_seed_moves_times_but_never_who_was_first(newsroom: Newsroom) -> None:
    other = Newsroom.build(NOW, seed=8)
    assert other.documents != newsroom.documents
    assert [story.first_publisher for story in other.truth().stories] == [
        story.first_publisher for story in newsroom.truth().stories
    ]


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Newsroom.build(NOW.replace(tzinfo=None))


def test_everything_was_published_in_the_two_days_before_the_visit(newsroom: Newsroom) -> None:
    for page in newsroom.truth().pages:
        age = NOW - datetime.fromisoformat(page.published)
        assert timedelta(0) < age < timedelta(days=2), page.url


def test_it_is_as_large_as_promised(newsroom: Newsroom) -> None:
    truth = newsroom.truth()
    assert len({publisher.theme for publisher in newsroom.publishers}) >= 12
    assert len(truth.stories) >= 6
    for story in wire_stories().values():
        assert 250 <= sum(len(part.split()) for part in story.body) <= 500
    for publisher in newsroom.publishers:
        own = [page for page in truth.pages if page.host == publisher.host and page.kind == "local"]
        assert 1 <= len(own) <= 4
    assert {page.kind for page in truth.pages} == {"copy", "local", "excerpt", "roundup", "live"}
    assert {page.how for page in pages_of(newsroom, "copy")} == {
        "verbatim",
        "cut",
        "edited",
        "expanded",
        "re-led",
    }


def test_no_two_pages_share_an_address(newsroom: Newsroom) -> None:
    urls = [
        url for page in newsroom.truth().pages for url in (page.url, *page.variants, *page.parts)
    ]
    assert len(urls) == len(set(urls))


def test_each_page_prints_its_text_and_title_word_for_word(newsroom: Newsroom) -> None:
    for page in newsroom.truth().pages:
        for urls in ((page.url, *page.parts), *((url,) for url in page.variants)):
            texts = [unescape(html_of(document_of(newsroom, url))) for url in urls]
            assert all(page.title in text for text in texts), urls
            for paragraph in page.text.split("\n"):
                assert sum(paragraph in text for text in texts) == 1, urls


def test_some_articles_have_several_pages_and_one_publisher_has_all_on_one(
    newsroom: Newsroom,
) -> None:
    parted = [page for page in newsroom.truth().pages if page.parts]
    assert {page.host for page in parted} == {
        "daily-beacon.example",
        "moorland-anzeiger.example",
        "stadtblick-neuburg.example",
    }
    assert sum(bool(page.variants) for page in parted) == 1


def test_no_text_has_an_open_place(newsroom: Newsroom) -> None:
    for (_, path), document in newsroom.documents.items():
        if document.headers.get("Content-Type", "").startswith("text/html"):
            assert "$" not in html_of(document), path


def test_no_link_is_dead(newsroom: Newsroom) -> None:
    """A person who clicks through the sites finds a page behind every link."""
    for (host, path), document in newsroom.documents.items():
        if document.headers.get("Content-Type", "").startswith("text/html"):
            for url, words in links(html_of(document), f"http://{host}{path}"):
                assert document_of(newsroom, url).status in (200, 302), (host, path, words)


def test_relations_hold_in_the_words(newsroom: Newsroom) -> None:
    """Each copy has the relation that the truth says, measured on word 5-grams."""
    for page in pages_of(newsroom, "copy"):
        full = "\n".join(wire_text(wire_stories()[page.story], NOW))
        inside, of_full = containment(page.text, full), containment(full, page.text)
        if page.relation is Relation.IDENTICAL:
            assert of_full == 1.0
            assert inside > 0.95, page.url
        elif page.relation is Relation.ABRIDGED:
            assert inside > 0.9, page.url
            assert of_full < 0.9, page.url
        elif page.relation is Relation.EXPANDED:
            assert of_full == 1.0
            assert inside < 0.9, page.url
        else:
            assert page.relation is Relation.EDITED
            assert 0.6 < inside < 1.0, page.url
            assert 0.5 < of_full < 1.0, page.url


def test_edits_are_all_found_in_their_stories() -> None:
    for story in wire_stories().values():
        for old, new in story.edits:
            assert sum(old in part for part in story.body) == 1, old
            assert old != new


def test_texts_of_different_labels_share_no_words_but_traps(newsroom: Newsroom) -> None:
    """Own stories are used nowhere else; a trap holds a little of several stories."""
    by_story = {page.story: page for page in newsroom.truth().pages}
    for one, other in combinations(by_story.values(), 2):
        shared = max(containment(one.text, other.text), containment(other.text, one.text))
        if "local" in (one.kind, other.kind):
            assert shared < 0.02, (one.url, other.url)
        else:
            assert shared < 0.5, (one.url, other.url)


@pytest.mark.parametrize(("kind", "stories"), [("roundup", 4), ("live", 5), ("excerpt", 1)])
def test_traps_hold_passages_of_wire_stories(newsroom: Newsroom, kind: str, stories: int) -> None:
    for page in pages_of(newsroom, kind):
        held = [
            slug
            for slug, story in wire_stories().items()
            if any(part in page.text for part in wire_text(story, NOW))
        ]
        assert len(held) == stories
        assert page.relation is Relation.PARTIAL


def test_a_trap_is_published_after_what_it_quotes(newsroom: Newsroom) -> None:
    for kind in ("roundup", "excerpt"):
        for page in pages_of(newsroom, kind):
            for story in newsroom.truth().stories:
                if any(part in page.text for part in wire_text(wire_stories()[story.slug], NOW)):
                    first = next(p for p in newsroom.pages if p.url == story.urls[0])
                    assert datetime.fromisoformat(page.published) > datetime.fromisoformat(
                        first.published
                    )


def test_the_earliest_copies_that_may_not_be_fetched_do_not_count_as_first(
    newsroom: Newsroom,
) -> None:
    truth = newsroom.truth()
    blocked = [page for page in truth.pages if page.blocked and page.kind == "copy"]
    assert {page.blocked for page in blocked} == {"robots-denied", "robots-unreachable"}
    earlier = 0
    for page in blocked:
        story = next(story for story in truth.stories if story.slug == page.story)
        first = next(other for other in truth.pages if other.url == story.urls[0])
        earlier += datetime.fromisoformat(page.published) < datetime.fromisoformat(first.published)
        assert page.url not in story.urls
    assert earlier >= 2


def test_first_copies_are_ahead_by_minutes_that_no_seed_can_close(newsroom: Newsroom) -> None:
    times = {page.url: datetime.fromisoformat(page.published) for page in newsroom.pages}
    for story in newsroom.truth().stories:
        gaps = [
            times[later] - times[earlier]
            for earlier, later in zip(story.urls, story.urls[1:], strict=False)
        ]
        assert min(gaps) > timedelta(minutes=0), story.slug
        assert gaps[0] >= timedelta(minutes=8), story.slug


def test_a_credit_stands_on_the_page_that_claims_it(newsroom: Newsroom) -> None:
    """Each agency is named by the page in words or markup; uncredited copies name none."""
    names = {"AP": "Associated Press", "EFE": "EFE", "dpa": "Deutsche Presse-Agentur"}
    for page in pages_of(newsroom, "copy"):
        html = html_of(document_of(newsroom, page.url))
        agency = wire_stories()[page.story].agency
        marks = (f"({agency})", f"/{agency}/", names.get(agency, agency), "Agence France-Presse")
        assert any(mark in html for mark in marks) is (page.agency is not None), page.url


def test_charsets_are_told_by_the_header_and_used(newsroom: Newsroom) -> None:
    kinds = {
        document.headers["Content-Type"].split("charset=")[1]
        for document in newsroom.documents.values()
        if document.headers.get("Content-Type", "").startswith("text/html")
    }
    assert kinds == {"utf-8", "utf-16", "iso-8859-1", "windows-1252"}


def test_publishers_are_frozen_records(newsroom: Newsroom) -> None:
    publisher = newsroom.publishers[0]
    assert replace(publisher, name="Another").host == publisher.host
    with pytest.raises(AttributeError):
        publisher.name = "Another"  # type: ignore[misc]  # the refusal is what is tested
