"""Pretraining: reproducible, it learns, and what it writes is what the neural process starts from."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from meta_med import checkpoints
from meta_med.learners.model_based import series_path
from meta_med.learners.model_based.series_path import WEIGHTS, WeightsDoNotFit
from meta_med.pretraining.pretrain import PretrainingConfig, evaluate, main, pretrain, pretrain_into

QUICK = PretrainingConfig(steps=4, patients=8, width=16)


def test_the_same_steps_and_seed_give_the_same_weights() -> None:
    one, other = pretrain(QUICK).state_dict(), pretrain(QUICK).state_dict()
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_another_seed_gives_others() -> None:
    one, other = pretrain(QUICK), pretrain(replace(QUICK, seed=1))
    assert not torch.equal(one.series.enter.weight, other.series.enter.weight)


def test_a_minute_of_it_would_do_more_than_these_few_steps_which_already_learn() -> None:
    untrained = evaluate(pretrain(replace(QUICK, steps=1)), studies=4)
    trained = evaluate(pretrain(replace(QUICK, steps=40, width=32, patients=16)), studies=4)
    assert trained["nats"] < untrained["nats"] - 0.05


def test_what_it_writes_can_be_loaded_and_names_its_command(tmp_path: Path) -> None:
    facts = pretrain_into(tmp_path / "weights", QUICK)
    assert facts["command"].startswith("meta-med pretrain --steps 4 --seed 0")
    found = series_path.load(tmp_path / "weights")
    assert torch.equal(found.series.enter.weight, pretrain(QUICK).series.enter.weight)


def test_the_module_is_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "--steps" in capsys.readouterr().out


def test_the_weights_that_ship_beat_the_last_value_before_any_study_is_seen() -> None:
    figures = evaluate(series_path.load(), studies=8)
    assert figures["mae"] < 0.97 * figures["mae_last_value"]
    assert figures["nats_told"] < figures["nats"]


def test_the_weights_that_ship_are_small() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 2_000_000


def test_weights_of_another_form_are_refused_with_what_to_do(tmp_path: Path) -> None:
    tensors, facts = checkpoints.load(WEIGHTS)
    checkpoints.save(tmp_path / "narrow", tensors, {**facts, "sizes": {**facts["sizes"], "width": 8}})
    with pytest.raises(WeightsDoNotFit, match=r"meta-med pretrain.*pretrained: false"):
        series_path.load(tmp_path / "narrow")


def test_missing_and_damaged_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsDoNotFit, match="no manifest"):
        series_path.load(tmp_path / "nothing")
    pretrain_into(tmp_path / "damaged", QUICK)
    (tmp_path / "damaged" / checkpoints.TENSORS).write_bytes(b"0")
    with pytest.raises(WeightsDoNotFit, match="not the file its manifest names"):
        series_path.load(tmp_path / "damaged")
