"""A reader that shares no code with the newsroom reaches exactly what the truth says."""

from datetime import datetime
from email.utils import parsedate_to_datetime

from crawler.newsroom import Newsroom, NewsroomServer
from tests.newsroom.reader import Reader, feed_entries, sitemap_entries


def test_a_polite_reader_of_the_seeds_reaches_what_is_reachable_and_nothing_else(
    newsroom: Newsroom, server: NewsroomServer
) -> None:
    reader = Reader(server.port)
    articles = {page.url for page in newsroom.truth().pages}
    reached = set()
    for publisher in newsroom.publishers:
        for seed in publisher.seeds:
            for lead in reader.leads(seed.kind, seed.url):
                answer = reader.polite(lead)
                if answer is not None and answer.status == 200:
                    reached.add(answer.url.split("?utm_")[0])
    assert reached & articles == {page.url for page in newsroom.truth().pages if page.reachable}


def test_each_seed_kind_is_used_and_one_publisher_has_a_front_alone(newsroom: Newsroom) -> None:
    kinds = [tuple(seed.kind for seed in publisher.seeds) for publisher in newsroom.publishers]
    assert {kind for seeds in kinds for kind in seeds} == {"feed", "sitemap", "section"}
    assert ("section",) in kinds


def test_feeds_and_sitemaps_tell_the_true_times_with_their_zone(
    newsroom: Newsroom, server: NewsroomServer
) -> None:
    reader = Reader(server.port)
    times = {
        url: datetime.fromisoformat(page.published)
        for page in newsroom.pages
        for url in (page.url, *page.variants)
    }
    seen = 0
    for publisher in newsroom.publishers:
        for seed in publisher.seeds:
            if publisher.robots == "broken" or seed.kind == "section":
                continue
            body = reader.get(seed.url).body
            entries = feed_entries(body) if seed.kind == "feed" else sitemap_entries(body)
            for url, text in entries.items():
                if not text:
                    continue
                told = parsedate_to_datetime(text) if "," in text else datetime.fromisoformat(text)
                assert told.tzinfo is not None
                assert told == times[reader.get(url).url.split("?utm_")[0]], url
                seen += 1
    assert seen > 50
