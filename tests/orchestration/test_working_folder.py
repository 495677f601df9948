"""Working copies, which may hold patients' values, outlive no process: the next one removes what a kill left."""

import os
import subprocess
import sys
import time
from pathlib import Path

from orchestration.working_folder import REMOVED, YOUNG_S, remove_left, remove_whole, working_folder

KILLED = """
import os, signal, sys
from pathlib import Path
from orchestration.working_folder import working_folder
with working_folder(Path(sys.argv[1]), "copy-") as place:
    (place / "rows.csv").write_text("P0001,9.4")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def aged(folder: Path) -> Path:
    past = time.time() - 2 * YOUNG_S
    os.utime(folder, (past, past))
    return folder


def test_a_folder_is_gone_at_the_end_with_all_that_is_in_it(tmp_path: Path) -> None:
    with working_folder(tmp_path, "copy-") as place:
        (place / "rows.csv").write_text("P0001,9.4")
        assert place.parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_removed_by_the_next_one(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    (left,) = tmp_path.iterdir()
    with working_folder(tmp_path, "copy-"):
        assert left.exists(), "so young a folder may be one that is not locked yet"
    aged(left)
    with working_folder(tmp_path, "copy-") as place:
        assert list(tmp_path.iterdir()) == [place]


def test_a_folder_that_somebody_works_in_stays_and_so_does_what_is_no_folder_of_ours(tmp_path: Path) -> None:
    other, elsewhere = aged(tmp_path), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (other / "copy-link").symlink_to(elsewhere)
    (other / "copy-file").write_text("kept")
    (other / "another").mkdir()
    with working_folder(tmp_path, "copy-") as first, working_folder(tmp_path, "copy-") as second:
        aged(first)
        with working_folder(tmp_path, "copy-"):
            assert {first, second} <= set(tmp_path.iterdir())
    assert {path.name for path in tmp_path.iterdir()} == {"elsewhere", "copy-link", "copy-file", "another"}


REMOVING = """
import os, shutil, signal, sys
from pathlib import Path
from orchestration import working_folder
def killed(folder):
    (folder / "facts.json").unlink()
    os.kill(os.getpid(), signal.SIGKILL)
working_folder.shutil.rmtree = killed
working_folder.remove_whole(Path(sys.argv[1]))
"""


def filled(folder: Path) -> Path:
    folder.mkdir()
    (folder / "facts.json").write_text("{}")
    (folder / "rows.csv").write_text("P0001,9.4")
    return folder


def test_a_folder_that_was_half_removed_has_lost_its_name_and_goes_with_the_next_one(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", REMOVING, str(filled(tmp_path / "0123abcd"))], check=False)
    (left,) = tmp_path.iterdir()
    assert left.name == f"{REMOVED}0123abcd"
    assert [path.name for path in left.iterdir()] == ["rows.csv"]
    remove_left(tmp_path, REMOVED)
    assert list(tmp_path.iterdir()) == []


def test_what_an_earlier_removal_left_is_not_in_the_way(tmp_path: Path) -> None:
    filled(tmp_path / f"{REMOVED}0123abcd")
    remove_whole(filled(tmp_path / "0123abcd"))
    assert list(tmp_path.iterdir()) == []
