"""What a site repeats is furniture; what sites share is story."""

from typing import TYPE_CHECKING

from crawler.clustering import learn_furniture, ready_all
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
    texts = ready_all(shingled, learn_furniture(shingled, PARAMS), 5)
    assert [text.length for text in texts] == [300, 300, 300]


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
