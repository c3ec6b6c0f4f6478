"""The written watchlist shows every setting and reads back."""

import re
from pathlib import Path

from crawler.config import Config, load_config
from crawler.config.described import settings
from crawler.config.template import template


def uncommented(text: str) -> str:
    """Take "# " from each setting, as the head of the file says."""
    return re.sub(r"^# (?=\[\[|\w+ = )", "", text, flags=re.MULTILINE)


def test_as_written_it_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "wiretrace.toml"
    file.write_text(template())
    config = load_config(file, environ={})
    plain = load_config(environ={}, overrides={"output": tmp_path / "output"})
    for table in ("crawl", "extraction", "fingerprint", "clustering", "sources", "stories"):
        assert getattr(config, table) == getattr(plain, table)


def test_every_setting_is_shown_with_its_default(tmp_path: Path) -> None:
    """All but the keys that exclude each other may be uncommented at once."""
    text = uncommented(template())
    one_each = {"sitemap", "section", "urls", "archive", "text", "url"}
    lines = [line for line in text.splitlines() if line.split(" = ")[0] not in one_each]
    file = tmp_path / "wiretrace.toml"
    file.write_text("\n".join(lines))
    config = load_config(file, environ={})
    assert config.crawl.delay_s == Config().crawl.delay_s
    assert config.clustering == Config().clustering
    assert config.sources[0].max_leads == 500
    for setting in settings():
        assert re.search(rf"^#? ?{setting.key} = ", template(), re.MULTILINE), setting


def test_the_contact_is_set_when_it_is_given(tmp_path: Path) -> None:
    file = tmp_path / "wiretrace.toml"
    file.write_text(template('desk "north" <desk@example.org>'))
    assert load_config(file, environ={}).crawl.contact == 'desk "north" <desk@example.org>'
