"""One pass at a time, and a lock that no crash leaves behind."""

import subprocess
import sys
from pathlib import Path

import pytest

from crawler.errors import FileFailed, StoreLocked
from crawler.runs.lock import LOCK_NAME, held

HOLD = """
import sys, time
from pathlib import Path
from crawler.runs.lock import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_holder_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(StoreLocked, match="process ") as caught, held(tmp_path):
        pass
    assert caught.value.exit_code == 4


def test_the_lock_is_free_again_after_its_holder(tmp_path: Path) -> None:
    with held(tmp_path):
        pass
    with held(tmp_path):
        assert (tmp_path / LOCK_NAME).read_text().startswith("process ")


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreLocked), held(tmp_path):
            pass
        holder.kill()
    with held(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileFailed, match="cannot be written"), held(tmp_path / "file" / "output"):
        pass
