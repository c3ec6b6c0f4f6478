"""`split`, `merge` and `label`: a person's word, followed at once and taken back at will."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.cli import main


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def clusters(capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    found = told(capsys, "clusters", "--min-copies", "1")
    return {cluster["id"]: cluster["copies"] for cluster in found}


@pytest.mark.usefixtures("folder")
class TestDeciding:
    def test_a_split_is_followed_at_once_and_undone(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = clusters(capsys)
        [(name, _)] = [row for row in before.items() if row[1] == 4]
        done = told(capsys, "split", name, "3", "4", "--why", "another flood")
        assert sorted(len(members) for members in done["clusters"].values()) == [2, 2]
        assert done["decision"]["label"] == "another flood"
        assert sorted(clusters(capsys).values()) == [1, 2, 2]
        told(capsys, "split", "--undo")
        assert clusters(capsys) == before

    def test_clusters_are_merged_and_keep_the_larger_ones_id(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = clusters(capsys)
        largest = max(before, key=lambda name: before[name])
        told(capsys, "merge", *before)
        assert clusters(capsys) == {largest: 5}
        [single] = [name for name in before if name != largest]
        assert main(["show", single]) == 2
        told(capsys, "merge", "--undo", "1")
        assert sorted(clusters(capsys).values()) == [1, 4]

    def test_a_name_is_shown_and_listed_in_the_log(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        name = max(clusters(capsys))
        told(capsys, "label", name, "The swing bridge")
        assert told(capsys, "show", name)["label"] == "The swing bridge"
        [entry] = told(capsys, "label", "--log")
        assert (entry["id"], entry["label"], entry["undone"]) == (1, "The swing bridge", None)
        told(capsys, "label", "--undo")
        assert told(capsys, "show", name)["label"] is None
        assert main(["label", "--log"]) == 0
        assert "The swing bridge" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "arguments",
        [
            ("split",),
            ("split", "{}"),
            ("split", "{}", "9"),
            ("split", "{}", "1", "2", "3", "4"),
            ("split", "{}", "1", "--undo"),
            ("split", "--undo", "5"),
            ("split", "cffff", "1"),
            ("merge", "{}"),
            ("merge", "{}", "{}"),
            ("label", "{}"),
        ],
    )
    def test_wrong_use_is_one_line_and_changes_nothing(
        self, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = clusters(capsys)
        name = max(before, key=lambda each: before[each])
        assert main([each.format(name) for each in arguments]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
        assert clusters(capsys) == before
        assert told(capsys, "split", "--log") == []


def test_without_a_store_there_is_nothing_to_decide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["label", "c01", "x"]) == 2
    assert "error[not-found]" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
