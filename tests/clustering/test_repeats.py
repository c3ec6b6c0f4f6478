"""What a site repeats is furniture; what sites share is story."""

from typing import TYPE_CHECKING

from crawler.clustering import learn_furniture, ready, shared_furniture
from crawler.config import ClusteringParams
from crawler.fingerprint import shingle
from crawler.items import Article
from tests.clustering.made_up import article, edit, story

if TYPE_CHECKING:
    import numpy as np

PARAMS = ClusteringParams()
FOOTER = story(100, 40)


def learn(articles: list[Article]) -> dict[str, "np.ndarray[tuple[int], np.dtype[np.uint64]]"]:
    return learn_furniture([shingle(one, 5) for one in articles], PARAMS)


def test_a_footer_under_three_articles_of_a_site_is_left_out() -> None:
    articles = [article(f"a{n}", story(n) + "\n" + FOOTER, site="s.example") for n in range(3)]
    shingled = [shingle(one, 5) for one in articles]
    furniture = learn_furniture(shingled, PARAMS)
    assert [ready(one, furniture[one.site], 5).length for one in shingled] == [300, 300, 300]


def test_two_articles_are_too_few_to_learn_from() -> None:
    articles = [article(f"a{n}", story(n) + "\n" + FOOTER, site="s.example") for n in range(2)]
    assert learn(articles) == {}


def test_a_story_that_a_site_runs_in_several_forms_is_not_furniture() -> None:
    forms = [story(1), story(1), edit(story(1), 15), story(1) + "\n" + story(2, 80)]
    articles = [article(f"a{n}", form, site="s.example") for n, form in enumerate(forms)]
    articles += [article(f"b{n}", story(50 + n), site="s.example") for n in range(3)]
    assert learn(articles) == {}


def test_a_story_on_many_sites_is_not_furniture() -> None:
    assert learn([article(f"a{n}", story(1)) for n in range(20)]) == {}


def test_on_a_big_site_a_few_repeats_are_follow_ups_not_furniture() -> None:
    background = story(7, 60)
    articles = [article(f"a{n:03}", story(n), site="s.example") for n in range(200, 320)]
    articles += [
        article(f"f{n}", story(n) + "\n" + background, site="s.example") for n in range(400, 404)
    ]
    assert learn(articles) == {}


def test_articles_without_a_site_teach_nothing() -> None:
    articles = [
        Article(id=f"a{n}", url="", site="", title="", text=story(n) + FOOTER) for n in range(5)
    ]
    assert learn(articles) == {}


def test_a_phrase_that_stands_in_many_stories_of_a_site_is_its_language() -> None:
    phrase = "two people familiar with the matter"
    articles = [
        article(f"a{n}", story(n) + f" {phrase} " + story(n + 50, 40), site="s.example")
        for n in range(4)
    ]
    shingled = [shingle(one, 5) for one in articles]
    furniture = learn_furniture(shingled, PARAMS)["s.example"]
    assert len(furniture) == 2
    assert [ready(one, furniture, 5).length for one in shingled] == [346, 346, 346, 346]


def test_what_two_sites_were_seen_to_repeat_is_furniture_of_their_chain() -> None:
    articles = [
        article(f"{site}{n}", story(10 * at + n) + "\n" + FOOTER, site=f"{site}.example")
        for at, site in enumerate("st")
        for n in range(3)
    ]
    learned = learn(articles)
    shared = shared_furniture(learned)
    sister = ready(shingle(article("x", story(90) + "\n" + FOOTER), 5), shared, 5)
    assert sister.length == 300
    assert len(shared_furniture({"s.example": learned["s.example"]})) == 0
