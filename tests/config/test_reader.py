"""The configuration is read once, strictly, from defaults, file, environment and flags."""

import os
from pathlib import Path
from typing import Any

import pytest

from crawler import __version__
from crawler.config import Config, load_config
from crawler.config.reader import type_of, variable_of
from crawler.errors import ConfigError, ConfigMissing, ConfigUnknownKey


def read(tmp_path: Path, text: str | bytes, **environ: str) -> Config:
    file = tmp_path / "wiretrace.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_config(file, environ=environ)


def test_without_a_file_everything_is_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = load_config(environ={})
    assert config.file is None
    assert config.output == Path("output")
    assert config.sources == ()
    assert config.crawl.delay_s == Config().crawl.delay_s


def test_a_required_file_that_is_absent_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigMissing, match="wiretrace init"):
        load_config(environ={}, required=True)


def test_a_named_file_that_is_absent_is_told_even_when_none_is_required(tmp_path: Path) -> None:
    with pytest.raises(ConfigMissing, match=r"other\.toml"):
        load_config(tmp_path / "other.toml", environ={})
    with pytest.raises(ConfigMissing, match=r"third\.toml"):
        load_config(environ={"WIRETRACE_CONFIG": str(tmp_path / "third.toml")})


def test_the_file_in_the_working_directory_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wiretrace.toml").write_text("[crawl]\ndelay_s = 7\n")
    monkeypatch.chdir(tmp_path)
    assert load_config(environ={}).crawl.delay_s == 7.0


def test_flags_beat_environment_beats_file_beats_default(tmp_path: Path) -> None:
    file = tmp_path / "w.toml"
    file.write_text("[crawl]\ndelay_s = 2.0\nretries = 2\nconcurrency = 2\n")
    config = load_config(
        file,
        environ={"WIRETRACE_CRAWL_DELAY_S": "3", "WIRETRACE_CRAWL_RETRIES": "4"},
        overrides={"crawl.delay_s": 5.0},
    )
    assert config.crawl.delay_s == 5.0
    assert config.crawl.retries == 4
    assert config.crawl.concurrency == 2
    assert config.crawl.timeout_s == Config().crawl.timeout_s


def test_paths_of_the_file_start_from_its_folder_and_flags_from_here(tmp_path: Path) -> None:
    text = 'output = "data"\n[[source]]\nurls = "list.txt"\n[[story]]\nname = "s"\ntext = "s.txt"\n'
    config = read(tmp_path, text)
    assert config.output == tmp_path / "data"
    assert config.sources[0].location == str(tmp_path / "list.txt")
    assert config.stories[0].text == tmp_path / "s.txt"
    assert read(tmp_path, "").output == tmp_path / "output"
    assert read(tmp_path, "", WIRETRACE_OUTPUT="here").output == Path("here")


def test_sources_of_every_kind_are_read(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        """
        [[source]]
        name = "harbour"
        feed = "https://harbour.example/rss"
        max_leads = 7
        delay_s = 2
        [[source]]
        sitemap = "https://harbour.example/news.xml"
        [[source]]
        section = "https://harbour.example/"
        [[source]]
        urls = "-"
        [[source]]
        archive = "/data/pages.warc.gz"
        """,
    )
    assert [source.kind for source in config.sources] == [
        "feed",
        "sitemap",
        "section",
        "urls",
        "archive",
    ]
    assert [source.name for source in config.sources] == [
        "harbour",
        "harbour.example-sitemap",
        "harbour.example-section",
        "stdin-urls",
        "pages.warc.gz-archive",
    ]
    assert (config.sources[0].max_leads, config.sources[0].delay_s) == (7, 2.0)
    assert config.sources[3].location == "-"


def test_unnamed_sources_of_one_host_get_numbers(tmp_path: Path) -> None:
    text = '[[source]]\nfeed = "http://a.example/1"\n[[source]]\nfeed = "http://a.example/2"\n'
    names = [source.name for source in read(tmp_path, text).sources]
    assert names == ["a.example-feed", "a.example-feed-2"]


def test_stories_take_toml_dates_and_text_dates(tmp_path: Path) -> None:
    text = """
        [[story]]
        name = "bridge"
        words = ["bridge", "ferry"]
        since = 2026-03-02
        until = "2026-03-04T10:00:00+01:00"
    """
    story = read(tmp_path, text).stories[0]
    assert story.words == ("bridge", "ferry")
    assert story.since == "2026-03-02"
    assert story.until == "2026-03-04T10:00:00+01:00"


def test_the_user_agent_carries_version_and_contact(tmp_path: Path) -> None:
    agent = read(tmp_path, '[crawl]\ncontact = "desk@example.org"\n').crawl.user_agent
    assert agent == f"wiretrace/{__version__} (+desk@example.org)"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[crwl]\ndelay_s = 1\n", ("'crwl'", "'crawl'")),
        ("[crawl]\ndelay = 1\n", ("[crawl]", "'delay'", "'delay_s'")),
        ("outptu = 'x'\n", ("'outptu'", "'output'")),
        ("[[source]]\nfed = 'http://a.example/'\n", ("[[source]]", "'fed'", "'feed'")),
        ("[[story]]\nname = 's'\nword = ['x']\n", ("[[story]]", "'word'", "'words'")),
        ("[clustering]\nzzzzzz = 1\n", ("[clustering]", "'zzzzzz'", "repeat_floor")),
    ],
)
def test_unknown_keys_are_refused_with_the_nearest_name(
    tmp_path: Path, text: str, names: tuple[str, ...]
) -> None:
    with pytest.raises(ConfigUnknownKey) as caught:
        read(tmp_path, text)
    for name in ("wiretrace.toml", *names):
        assert name in str(caught.value)


def test_an_unknown_variable_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigUnknownKey, match="WIRETRACE_CRAWL_DELAY_S"):
        read(tmp_path, "", WIRETRACE_CRAWL_DELAYS="1")


def test_an_unknown_flag_is_refused() -> None:
    with pytest.raises(ConfigUnknownKey, match="crawl"):
        load_config(environ={}, overrides={"crawl.dely": 1})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[crawl\n", "line 1, column 7"),
        (b"output = '\xff'\n", "UTF-8"),
        ("a = " + "[" * 5000, "nest|TOML"),
        ("crawl = 3\n", "[crawl]"),
        ("[source]\nfeed = 'http://a.example/'\n", "[[source]]"),
        ("source = [1]\n", "[[source]]"),
        ("output = 3\n", "text is wanted"),
        ("output = ''\n", "empty"),
        ("[crawl]\ndelay_s = '1'\n", "a number is wanted"),
        ("[crawl]\ndelay_s = true\n", "a number is wanted"),
        ("[crawl]\ndelay_s = -1\n", "0 or more"),
        ("[crawl]\ndelay_s = nan\n", "out of all range"),
        ("[crawl]\nretries = 1.5\n", "a whole number is wanted"),
        ("[crawl]\nretries = 99999999999999999999\n", "out of all range"),
        ("[crawl]\nconcurrency = 0\n", "more than 0"),
        ("[crawl]\nuser_agent = 'x {versio}'\n", "placeholder"),
        ("[crawl]\nuser_agent = 'x {'\n", "placeholder"),
        ('[crawl]\nuser_agent = "x\\r\\nCookie: 1"\n', "control character"),
        ("[clustering]\nrepeat_share = 1.5\n", "at most 1"),
        ("[fingerprint]\nbands = 100\n", "permutations"),
        ("[[source]]\nname = 'a'\n", "exactly one of"),
        ("[[source]]\nfeed = 'http://a.example/'\nurls = 'x'\n", "feed and urls"),
        ("[[source]]\nfeed = 'ftp://a.example/'\n", "no web address"),
        ("[[source]]\nfeed = 'a.example'\n", "no web address"),
        ("[[source]]\nfeed = 'http://a.example/'\nmax_leads = 0\n", "more than 0"),
        ("[[story]]\nwords = ['a']\n", "no name"),
        ("[[story]]\nname = 's'\n", "exactly one of"),
        ("[[story]]\nname = 's'\nwords = 'a'\n", "a list of texts"),
        ("[[story]]\nname = 's'\nwords = [1]\n", "text is wanted"),
        ("[[story]]\nname = 's'\nurl = 'javascript:x'\n", "no web address"),
        ("[[story]]\nname = 's'\nwords = ['a']\nsince = '2026-13-01'\n", "no time"),
        ("[[story]]\nname = 's'\nwords = ['a']\nsince = 10:00:00\n", "no time"),
        (
            "[[story]]\nname = 's'\nwords = ['a']\nsince = 2026-03-02\nuntil = 2026-03-01\n",
            "after its end",
        ),
        (
            "[[story]]\nname = 's'\nwords = ['a']\n[[story]]\nname = 's'\nwords = ['b']\n",
            "named 's'",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    tmp_path: Path, text: str | bytes, words: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert any(word in str(caught.value) for word in words.split("|"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("value", "words"), [("x", "a number is wanted"), ("-2", "0 or more"), ("inf", "out of all")]
)
def test_bad_variables_are_refused_by_name(tmp_path: Path, value: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        read(tmp_path, "", WIRETRACE_CRAWL_DELAY_S=value)
    assert "WIRETRACE_CRAWL_DELAY_S" in str(caught.value)


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbf[crawl]\nretries = 1\n").crawl.retries == 1


def test_a_folder_or_an_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path, environ={})


def test_every_setting_can_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A default given back as text is read as the same value, whatever its type."""
    monkeypatch.chdir(tmp_path)
    plain = load_config(environ={})
    environ = {}
    for table, key in type_of:
        value: Any = getattr(getattr(plain, table) if table else plain, key)
        environ[variable_of(table, key)] = (
            ",".join(map(str, value))
            if isinstance(value, tuple)
            else ""
            if value is None
            else str(value)
        )
    assert load_config(environ=environ) == plain


def test_the_process_environment_is_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("WIRETRACE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIRETRACE_CRAWL_RETRIES", "9")
    assert load_config().crawl.retries == 9


def test_a_webhook_has_to_be_an_address_and_its_secret_comes_from_the_environment(
    tmp_path: Path,
) -> None:
    file = tmp_path / "wiretrace.toml"
    file.write_text('[notify]\nwebhook = "hooks.example"\n')
    with pytest.raises(ConfigError, match="no web address"):
        load_config(file, environ={})
    file.write_text(
        '[notify]\nwebhook = "https://hooks.example/"\nwebhook_secret_env = "DESK_SECRET"\n'
    )
    config = load_config(file, environ={"DESK_SECRET": "quiet as a press"})
    assert config.webhook_secret == "quiet as a press"
    assert "quiet as a press" not in repr(config)
    assert load_config(file, environ={}).webhook_secret is None


@pytest.mark.parametrize(
    "text",
    [
        "[schedule]\nmin_interval_s = 600\nmax_interval_s = 300\n",
        '[[source]]\nfeed = "https://a.example/rss"\nmin_interval_s = 9\nmax_interval_s = 8\n',
    ],
)
def test_limits_of_an_interval_may_not_exclude_each_other(tmp_path: Path, text: str) -> None:
    file = tmp_path / "wiretrace.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match="max_interval_s"):
        load_config(file, environ={})


GALE = '[[network]]\nname = "Gale"\nsites = ["courier.example", "https://www.tribune.example/a"]\n'


def test_a_network_names_its_sites_by_registered_domain(tmp_path: Path) -> None:
    [network] = read(tmp_path, GALE).networks
    assert (network.name, network.sites) == ("Gale", ("courier.example", "tribune.example"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[network]]\nname = "Gale"', "has no sites"),
        ('[[network]]\nsites = ["a.example", "b.example"]', "has no name"),
        ('[[network]]\nname = "Gale"\nsites = ["www.a.example", "a.example"]', "fewer than two"),
        ('[[network]]\nname = "Gale"\nsites = ["courier", "a.example"]', "no site"),
        (GALE + GALE.replace("Gale", "Hill"), "already"),
        (GALE.replace("sites", "site"), "site"),
    ],
)
def test_a_network_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        read(tmp_path, text)
