"""Weights: what is written is what is loaded, and what does not fit is refused with what to do."""

from pathlib import Path

import pytest
import torch

from meta_med import checkpoints
from meta_med.learners.model_based.series_path import WeightsDoNotFit
from meta_med.study_core.weights import load, pretrain_into
from tests.meta_med.study_core.made_up import made_up_study
from tests.meta_med.study_core.test_training import TINY


def test_what_pretraining_writes_can_be_loaded_names_its_command_and_continues(tmp_path: Path) -> None:
    facts = pretrain_into(tmp_path / "core", TINY)
    assert facts["command"] == "meta-med pretrain --core study --steps 4 --seed 0 --out FOLDER"
    core = load(tmp_path / "core")
    again = pretrain_into(tmp_path / "core", TINY)
    assert again["simulated"] == facts["simulated"]
    study = made_up_study()
    assert torch.equal(core.predict(study).mean(), load(tmp_path / "core").predict(study).mean())


def test_missing_and_damaged_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsDoNotFit, match=r"no manifest"):
        load(tmp_path / "nothing")
    pretrain_into(tmp_path / "core", TINY)
    tensors, facts = checkpoints.load(tmp_path / "core")
    checkpoints.save(tmp_path / "narrow", tensors, {**facts, "config": {**facts["config"], "width": 16}})
    with pytest.raises(WeightsDoNotFit, match="meta-med pretrain --core study"):
        load(tmp_path / "narrow")
