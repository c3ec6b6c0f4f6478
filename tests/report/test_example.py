"""`examples/report/` is what `make example` makes of the demo's publishers."""

from pathlib import Path

import pytest

from tests.report.example import render

EXAMPLE = Path(__file__).parents[2] / "examples" / "report"


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_the_example_is_what_the_present_program_makes(tmp_path: Path) -> None:
    """Whatever is shown otherwise than in the example: `make example` renders it anew."""
    render(tmp_path / "report")
    made, kept = files(tmp_path / "report"), files(EXAMPLE)
    assert sorted(made) == sorted(kept), "make example"
    assert [name for name in made if made[name] != kept[name]] == [], "make example"
