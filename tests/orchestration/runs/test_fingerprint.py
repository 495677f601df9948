"""What a kept result's name depends on."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.runs import run_folder
from orchestration.runs.run_folder import AFTER_SCORES, code_version

ROOT = Path(__file__).parents[3]


def test_what_is_left_out_of_the_name_of_cross_fitted_scores_does_not_take_part_in_them() -> None:
    script = "import sys, meta_med.calibrate.crossfit\n"
    script += "print(*(n for n in sys.modules if n.startswith('meta_med.')))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    used = {name.split(".")[1] for name in done.stdout.split()}
    assert used & AFTER_SCORES == set()
    assert {"calibrate", "meta_train", "learners"} <= used


def test_what_is_left_out_exists_and_changes_the_name_of_a_run() -> None:
    there = {path.stem for path in (ROOT / "meta_med").iterdir()}
    assert there >= AFTER_SCORES
    assert code_version() != code_version(AFTER_SCORES)


@pytest.mark.parametrize(
    "file",
    ["meta_med/meta_train/fit.py",
     "meta_med/learners/weights/neural_process/tensors.safetensors", "data_contracts/gate.py",
     "orchestration/stages/run_stage.py"],
)  # fmt: skip
def test_a_run_is_named_by_every_file_that_decides_its_result(tmp_path: Path, monkeypatch, file: str) -> None:
    """Also by weights that come with the product: with others in their place it is another run."""
    for package in run_folder.EVERYTHING:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "bundled")
        )
    monkeypatch.setattr(run_folder, "files", lambda package: tmp_path / package)
    before = code_version.__wrapped__()
    assert code_version.__wrapped__() == before
    (tmp_path / file).write_bytes((tmp_path / file).read_bytes() + b" ")
    assert code_version.__wrapped__() != before


@pytest.mark.parametrize("changed", ["data", "contract", "study", "code"])
def test_a_run_is_named_by_each_of_its_inputs(changed: str) -> None:
    inputs = {"data": {"visits": "a"}, "contract": "b", "study": "c", "code": "d"}
    other = {**inputs, changed: {"visits": "x"} if changed == "data" else "x"}
    assert run_folder.fingerprint(**inputs) != run_folder.fingerprint(**other)
