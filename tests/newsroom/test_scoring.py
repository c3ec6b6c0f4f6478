"""What each kind of mistake does to the score."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from crawler.items import Article, Cluster, Member, Relation
from crawler.newsroom import Newsroom, Request, TruePage, score
from crawler.urls import article_id


def article(url: str) -> Article:
    return Article(id=article_id(url), url=url, site="", title="", text="")


def cluster(pages: Iterable[TruePage], name: str = "c0") -> Cluster:
    ordered = sorted(pages, key=lambda page: datetime.fromisoformat(page.published))
    members = tuple(
        Member(
            article_id=article_id(page.url),
            version=1,
            first=number == 0,
            relation=Relation.IDENTICAL,
            containment_in_medoid=1.0,
            containment_of_medoid=1.0,
        )
        for number, page in enumerate(ordered)
    )
    return Cluster(id=name, medoid=members[0].article_id, members=members)


def reachable(newsroom: Newsroom) -> list[TruePage]:
    return [page for page in newsroom.pages if page.reachable]


def groups(pages: Iterable[TruePage]) -> list[Cluster]:
    by_story = defaultdict(list)
    for page in pages:
        by_story[page.story].append(page)
    return [cluster(copies, story) for story, copies in by_story.items()]


def request(url: str, time: float = 0.0) -> Request:
    host, path = url.removeprefix("http://").split("/", 1)
    return Request(time=time, host=host, path=f"/{path}", status=200, user_agent="")


def test_a_crawl_that_finds_everything_is_perfect(newsroom: Newsroom) -> None:
    pages = reachable(newsroom)
    result = score(newsroom.truth(), (article(page.url) for page in pages), groups(pages))
    assert result.perfect
    assert result.reached == result.reachable == 47
    assert result.stories == result.stories_known == len(newsroom.truth().stories)
    assert result.summary().startswith("found 47 of 47 reachable copies, 9 of 9 stories")


def test_the_amp_version_counts_as_its_page(newsroom: Newsroom) -> None:
    pages = reachable(newsroom)
    urls = [next(iter(page.variants), page.url) for page in pages]
    result = score(newsroom.truth(), [article(url) for url in urls], [])
    assert result.missed == ()
    assert result.strays == ()


def test_a_missed_copy_lowers_reach_and_not_the_pairs(newsroom: Newsroom) -> None:
    pages = [page for page in reachable(newsroom) if page.story != "tableau"]
    result = score(newsroom.truth(), [article(page.url) for page in pages], groups(pages))
    assert result.reachable - result.reached == len(result.missed) == 2
    assert result.pair_recall == 1.0
    assert result.stories == result.stories_known - 1
    assert not result.perfect


def test_a_roundup_in_a_cluster_is_impure(newsroom: Newsroom) -> None:
    pages = reachable(newsroom)
    trap = next(page for page in pages if page.kind == "roundup")
    copies = [page for page in pages if page.story == "icebreaker"]
    result = score(
        newsroom.truth(), [article(page.url) for page in pages], [cluster([*copies, trap], "cx")]
    )
    assert result.impure == ("cx",)
    assert result.pair_precision == 15 / 21
    assert result.pair_recall < 1.0


def test_the_wrong_first_is_counted(newsroom: Newsroom) -> None:
    pages = reachable(newsroom)
    story = next(story for story in newsroom.truth().stories if story.slug == "bruecke")
    late = [page for page in pages if page.story == "bruecke"]
    whole = cluster(late)
    turned = tuple(replace(member, first=not member.first) for member in whole.members)
    articles = [article(page.url) for page in pages]
    assert story.urls[0] == late[0].url
    assert score(newsroom.truth(), articles, [whole]).firsts_right == 1
    wrong = score(newsroom.truth(), articles, [replace(whole, members=turned)])
    assert wrong.stories == 1
    assert (wrong.firsts_right, wrong.firsts_wrong, wrong.firsts_open) == (0, 1, 0)


def test_no_answer_is_not_a_wrong_one(newsroom: Newsroom) -> None:
    pages = [page for page in reachable(newsroom) if page.story == "bruecke"]
    whole = cluster(pages)
    silent = tuple(replace(member, first=False) for member in whole.members)
    articles = [article(page.url) for page in pages]
    result = score(newsroom.truth(), articles, [replace(whole, members=silent)])
    assert (result.firsts_right, result.firsts_wrong, result.firsts_open) == (0, 0, 1)
    assert not result.perfect


def test_forbidden_fetches_are_named_but_robots_txt_itself_is_not_one(newsroom: Newsroom) -> None:
    private = next(page for page in newsroom.pages if page.blocked == "robots-denied")
    down = next(page for page in newsroom.pages if page.blocked == "robots-unreachable")
    log = [request(private.url), request(down.url), request(f"http://{down.host}/robots.txt")]
    assert score(newsroom.truth(), [], [], log).forbidden == tuple(sorted((private.url, down.url)))
    assert score(newsroom.truth(), [article(private.url)], []).forbidden == (private.url,)


def test_requests_closer_than_the_crawl_delay_are_hasty(newsroom: Newsroom) -> None:
    host, delay_s = next(iter(newsroom.truth().crawl_delay_s.items()))
    slow = [request(f"http://{host}/{n}", time=n * delay_s) for n in range(3)]
    hasty = [*slow, request(f"http://{host}/x", time=2.5 * delay_s)]
    assert score(newsroom.truth(), [], [], slow).hasty == ()
    assert score(newsroom.truth(), [], [], hasty).hasty == (host,)


def test_an_article_that_is_none_is_a_stray_and_other_hosts_do_not_count(
    newsroom: Newsroom,
) -> None:
    listing = f"http://{newsroom.publishers[0].host}/local/"
    outside = "http://broken-times.example/healthy.html"
    result = score(newsroom.truth(), [article(listing), article(outside)], [])
    assert result.strays == (listing,)
