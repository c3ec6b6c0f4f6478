"""`wiretrace clusters` and `show` read the store and print what a person needs to judge."""

import json
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.items import Relation
from crawler.report.wording import RELATION_WORDS
from tests.cli.conftest import STORY


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("folder")
class TestClusters:
    def test_a_line_has_copies_first_outlet_lead_and_credit(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        head, *lines = told(capsys, "clusters").splitlines()
        assert head.split("\t")[:5] == ["cluster", "copies", "outlets", "owners", "first"]
        assert len(lines) == 1
        cells = lines[0].split("\t")
        assert cells[1:5] == ["4", "4", "3", "~harbour.example"]
        assert cells[7] == "AP 4/4"

    def test_json_has_the_answer_with_what_was_not_seen(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        [cluster] = json.loads(told(capsys, "clusters", "--json"))
        assert cluster["certainty"] == "likely"
        assert cluster["origin"] == "AP"
        assert [gap["reason"] for gap in cluster["gaps"]] == ["source-unread"]
        assert cluster["lead_low_s"] <= cluster["lead_high_s"]
        assert cluster["owners"] == 3

    def test_singles_are_shown_when_asked_for(self, capsys: pytest.CaptureFixture[str]) -> None:
        lines = told(capsys, "clusters", "--min-copies", "1").splitlines()
        assert [line.split("\t")[1] for line in lines[1:]] == ["4", "1"]

    @pytest.mark.parametrize(
        ("options", "count"),
        [
            (("--site", "coast.example"), 1),
            (("--site", "nobody.example"), 0),
            (("--words", "swing back"), 1),
            (("--words", "rye"), 0),
            (("--min-copies", "5"), 0),
            (("--min-copies", "1", "--limit", "1"), 1),
            (("--min-copies", "1", "--limit", "0"), 2),
        ],
    )
    def test_options_narrow_the_list(
        self, options: tuple[str, ...], count: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert len(json.loads(told(capsys, "clusters", "--json", *options))) == count

    def test_a_watched_story_narrows_the_list(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (folder / "bridge.txt").write_text("\n".join(STORY))
        (folder / "wiretrace.toml").write_text(
            '[[story]]\nname = "bridge"\ntext = "bridge.txt"\n'
            '[[story]]\nname = "bread"\nwords = ["rye bread"]\n'
        )
        (cluster,) = json.loads(told(capsys, "clusters", "--story", "bridge", "--json"))
        assert cluster["copies"] == 4
        options = ("--story", "bread", "--min-copies", "1", "--json")
        (single,) = json.loads(told(capsys, "clusters", *options))
        assert single["sites"] == ["baker.example"]
        assert main(["clusters", "--story", "brige"]) == 2
        assert "'bridge'" in capsys.readouterr().err

    def test_a_cut_list_says_so_on_stderr(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["clusters", "--min-copies", "1", "--limit", "1"]) == 0
        assert "--limit 0" in capsys.readouterr().err

    def test_json_names_the_first_with_its_time(self, capsys: pytest.CaptureFixture[str]) -> None:
        (cluster,) = json.loads(told(capsys, "clusters", "--json"))
        assert cluster["first"]["site"] == "harbour.example"
        assert cluster["first"]["time"] == "2026-03-02T06:30:00+01:00"
        assert cluster["lead_s"] == 2400


@pytest.mark.usefixtures("folder")
class TestShow:
    @pytest.fixture
    def cluster(self, capsys: pytest.CaptureFixture[str]) -> str:
        name: str = json.loads(told(capsys, "clusters", "--json"))[0]["id"]
        return name

    def test_members_stand_in_order_of_time_with_relations_and_evidence(
        self, cluster: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        page = told(capsys, "show", cluster)
        outlets = ["harbour", "valley", "coast", "hills"]
        places = [page.index(f"\t{outlet}.example\t") for outlet in outlets]
        assert places == sorted(places)
        assert f"\t{RELATION_WORDS[Relation.ABRIDGED]}\t" in page
        assert "“(AP)” (dateline)" in page

    def test_who_was_first_what_was_not_seen_and_the_tree_are_told(
        self, cluster: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        page = told(capsys, "show", cluster)
        assert "4 copies of one text on 4 sites of 3 owners" in page
        assert "Most likely first is harbour.example" in page
        assert "the text is of AP: 4 outlets credit AP" in page
        assert "source-unread: 1 source gave nothing when last asked" in page
        assert "Quay Media: coast.example, harbour.example." in page
        tree = page.split("version tree\n")[1].split("\n\n")[0].splitlines()
        assert tree[0].startswith("common source")
        assert sorted(line.split("version ")[1][0] for line in tree[1:]) == ["1", "2", "3"]

    def test_json_has_the_whole_provenance(
        self, cluster: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        found = json.loads(told(capsys, "show", cluster, "--json"))
        assert [network["name"] for network in found["networks"]] == ["Quay Media"]
        provenance = found["provenance"]
        assert provenance["first"]["candidates"][0]["reasons"]
        assert len(provenance["branches"]) == len(found["versions"])

    def test_a_prefix_of_the_id_is_enough(
        self, cluster: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cluster in told(capsys, "show", cluster[:4])

    def test_the_diff_marks_what_was_changed(
        self, cluster: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        page = told(capsys, "show", cluster, "--diff")
        assert "[-sang" in page
        assert "{+hummed" in page
        assert "paragraphs unchanged" in page

    def test_one_version_alone_can_be_compared(
        self, cluster: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        page = told(capsys, "show", cluster, "--version", "2")
        assert "Version 2 (coast.example)" in page
        assert "Version 3" not in page

    def test_what_a_terminal_would_obey_is_taken_out(
        self, cluster: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert "\x1b" not in told(capsys, "show", cluster, "--diff")

    def test_json_has_members_with_what_was_removed(
        self, cluster: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        record = json.loads(told(capsys, "show", cluster, "--json"))
        assert [member["first"] for member in record["members"]] == [True, False, False, False]
        assert record["members"][0]["removed"][0]["reason"] == "related"

    def test_an_unknown_cluster_is_told_in_one_line(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["show", "c999"]) == 2
        assert "error[not-found]" in capsys.readouterr().err


def test_without_a_store_the_person_is_told_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["clusters"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("error[not-found]")
    assert "wiretrace run" in error
    assert not Path("output").exists()


@pytest.mark.usefixtures("folder")
def test_a_cluster_is_written_as_one_page_for_mail(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clusters", "--json"]) == 0
    name = json.loads(capsys.readouterr().out)[0]["id"]
    assert main(["show", name[:4], "--html", "mail/bridge.html"]) == 0
    page = Path("mail/bridge.html").read_text(encoding="utf-8")
    assert "Bridge opens again" in page
    assert "<script" not in page
    assert "<link" not in page
