"""How the configuration becomes settings."""

from pathlib import Path

from scrapy.settings import Settings

from crawler import __version__
from crawler.config import Config, CrawlLimits, Source
from crawler.middlewares.addon import LEAST_DELAY_S, WiretraceAddon, host_delays
from crawler.middlewares.loglines import label
from tests.middlewares.records import lead


def settings_of(config: Config) -> Settings:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    WiretraceAddon(config).update_settings(settings)
    return settings


def test_the_limits_of_the_watchlist_are_scrapys_settings() -> None:
    limits = CrawlLimits(delay_s=2.5, timeout_s=7, max_bytes=1234, contact="desk@x.example")
    settings = settings_of(Config(crawl=limits))
    assert settings.getfloat("DOWNLOAD_DELAY") == 2.5
    assert settings.getfloat("DOWNLOAD_TIMEOUT") == 7
    assert settings.getint("DOWNLOAD_MAXSIZE") == 1234
    assert settings["USER_AGENT"] == f"wiretrace/{__version__} (+desk@x.example)"


def test_the_command_line_still_wins() -> None:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("DOWNLOAD_DELAY", 9, priority="cmdline")
    WiretraceAddon(Config()).update_settings(settings)
    assert settings.getfloat("DOWNLOAD_DELAY") == 9


def test_a_delay_of_nothing_is_still_a_queue() -> None:
    assert (
        settings_of(Config(crawl=CrawlLimits(delay_s=0))).getfloat("DOWNLOAD_DELAY")
        == LEAST_DELAY_S
    )


def test_the_longest_delay_of_a_hosts_sources_counts() -> None:
    sources = (
        Source(name="a", kind="feed", location="http://one.example/rss", delay_s=0.2),
        Source(name="b", kind="section", location="http://one.example/", delay_s=5),
        Source(name="c", kind="feed", location="http://two.example/rss"),
        Source(name="d", kind="feed", location="http://three.example/rss", delay_s=0.2),
        Source(name="e", kind="archive", location=str(Path("x.warc")), delay_s=3),
    )
    assert host_delays(Config(sources=sources)) == {
        "one.example": {"delay": 5, "concurrency": 1},
        "three.example": {"delay": 0.2, "concurrency": 1},
    }


def test_nothing_can_reach_into_a_crawl_and_it_reaches_the_web_only() -> None:
    settings = settings_of(Config())
    for name in ("TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "COOKIES_ENABLED"):
        assert not settings.getbool(name)
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}
    assert settings.getbool("HTTPPROXY_ENABLED")
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert settings.getfloat("DOWNLOAD_DELAY_JITTER") == 0


def test_a_log_line_names_a_record_by_its_address() -> None:
    assert label(lead()) == "Lead http://harbour.example/ferry"
    assert label("x") == "str"
