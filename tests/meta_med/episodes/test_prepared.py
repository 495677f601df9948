"""Stages of one process prepare the data once, and never get what is out of date."""

import shutil
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from meta_med import stages
from meta_med.episodes import prepared as module
from meta_med.episodes.prepared import Prepared, prepared
from tests import scenario

STUDY = scenario.quick_study()


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    stages.assemble(folder, STUDY, {"visits": scenario.visits(60)})
    stages.cohorts(folder, STUDY)
    stages.episodes(folder, STUDY)
    return folder


@pytest.fixture
def folder(left: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(left, tmp_path / "run"))


def same(one: object, other: object) -> bool:
    """Whether two objects hold the same numbers."""
    if isinstance(one, torch.Tensor):
        return torch.equal(one, other)  # type: ignore[arg-type]
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")  # type: ignore[arg-type]
    if is_dataclass(one):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    return one == other


def test_stages_of_one_process_get_the_same_object(folder: Path) -> None:
    assert prepared(folder, STUDY) is prepared(folder, STUDY)


@pytest.mark.nightly
def test_a_run_leaves_what_was_prepared_as_it_was(folder: Path) -> None:
    kept = prepared(folder, STUDY)
    stages.meta_train(folder, STUDY)
    stages.calibrate(folder, STUDY)
    assert same(kept, module._prepared(folder, STUDY))


@pytest.mark.parametrize("file", ["splits.json", "scaling.json", "records"])
def test_a_changed_file_is_prepared_anew(folder: Path, file: str) -> None:
    before = prepared(folder, STUDY)
    if file == "records":
        table = before.table
        replace(table, y=table.y + 1.0).save(folder / "records")
    elif file == "scaling.json":
        (folder / file).unlink()
    else:
        (folder / file).write_text((folder / file).read_text() + "\n")
    after = prepared(folder, STUDY)
    assert after is not before
    assert same(after, module._prepared(folder, STUDY))


def test_another_study_of_the_same_folder_is_prepared_anew(folder: Path) -> None:
    other = replace(STUDY, seed=STUDY.seed + 1)
    assert prepared(folder, STUDY).study == STUDY
    assert prepared(folder, other).study == other


def test_what_was_written_while_it_was_made_is_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module._LATEST.clear()
    whole = module._prepared

    def slow(*arguments: object) -> Prepared:
        made = whole(*arguments)  # type: ignore[arg-type]
        (folder / "splits.json").write_text((folder / "splits.json").read_text() + "\n")
        return made

    monkeypatch.setattr(module, "_prepared", slow)
    prepared(folder, STUDY)
    assert not module._LATEST
