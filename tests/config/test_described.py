"""Settings describe themselves: each field of the model has a reason and a variable."""

import tomllib
from dataclasses import fields

from crawler.config.described import settings, toml_of
from crawler.config.reader import TABLES


def test_every_field_of_every_table_is_described() -> None:
    told = {(setting.table, setting.key) for setting in settings()}
    for table, kind in TABLES.items():
        assert {(table, field.name) for field in fields(kind)} <= told


def test_every_setting_has_a_reason_on_one_line() -> None:
    for setting in settings():
        assert setting.reason, setting
        assert "\n" not in setting.reason


def test_the_kinds_of_source_stand_in_place_of_the_models_own_fields() -> None:
    keys = {setting.key for setting in settings() if setting.table == "source"}
    assert {"feed", "sitemap", "section", "urls", "archive", "max_leads"} <= keys
    assert not {"kind", "location"} & keys


def test_a_default_as_toml_reads_back() -> None:
    for value in (3, 20_000, 0.05, True, 'a "b" \\ c', ["x", "y"]):
        text = toml_of(tuple(value) if isinstance(value, list) else value)
        assert tomllib.loads(f"x = {text}")["x"] == value
