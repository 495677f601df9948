"""What a kept result's name depends on."""

import subprocess
import sys
from pathlib import Path

from orchestration.fingerprint import AFTER_SCORES, code_version

ROOT = Path(__file__).parents[2]


def test_what_is_left_out_of_the_name_of_cross_fitted_scores_does_not_take_part_in_them() -> None:
    script = "import sys, meta_med.crossfit\nprint(*(name for name in sys.modules if name.startswith('meta_med.')))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    used = {name.split(".")[1] for name in done.stdout.split()}
    assert used & AFTER_SCORES == set()
    assert {"crossfit", "scored", "champion"} <= used


def test_what_is_left_out_exists_and_changes_the_name_of_a_run() -> None:
    there = {path.stem for path in (ROOT / "meta_med").iterdir()}
    assert there >= AFTER_SCORES
    assert code_version() != code_version(AFTER_SCORES)
