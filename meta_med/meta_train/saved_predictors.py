"""Fitted predictors and their forecasts on the disk: JSON and safetensors, never a pickle."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file

from meta_med import checkpoints
from meta_med.baselines.baseline import Baseline
from meta_med.baselines.registry import create_baseline
from meta_med.episodes.prepared import Prepared
from meta_med.forecast import Forecast
from meta_med.learners import create
from meta_med.learners.learner import Learner
from meta_med.meta_train.outer_loop import Trained
from meta_med.outcomes import OutcomeLayout
from meta_med.randomness import OwnRandomness
from meta_med.study import LearnerSpec


def new_learner(spec: LearnerSpec, prepared: Prepared, seed: int) -> Learner:
    """A learner of the study with fresh meta-parameters."""
    with OwnRandomness(seed).active():
        return create(spec.name, prepared.layout.outcomes, prepared.records.x.shape[1], **spec.chosen)


def part_folder(part: int) -> str:
    """The folder of the fits without a part of the subjects."""
    return f"without-{part}"


def save_learner(folder: Path, trained: Trained) -> None:
    """Write one trained learner as a checkpoint, with its history."""
    facts = {
        "history": [dict(h) for h in trained.history],
        "stopped": trained.stopped,
        "device": trained.device,
    }
    checkpoints.save(folder, trained.learner.state_dict(), facts)


def load_learner(folder: Path, spec: LearnerSpec, prepared: Prepared) -> list[Trained]:
    """Read all seeds of a learner from the folder that `fit_all` wrote."""
    out = []
    for i in range(spec.seeds):
        tensors, facts = checkpoints.load(folder / f"{spec.name}-{i}")
        learner = new_learner(spec, prepared, 0)
        learner.load_state_dict(tensors)
        told = (tuple(facts["history"]), facts["stopped"], facts["device"])
        out.append(Trained(learner.eval().requires_grad_(False), *told))
    return out


def save_baseline(folder: Path, baseline: Baseline) -> None:
    """Arrays and facts of a baseline as one checkpoint."""
    arrays, facts = baseline.state()
    arrays = {**arrays, "residual_scale": baseline.residual_scale}
    # not ascontiguousarray, which gives a number a dimension
    tensors = {k: torch.as_tensor(np.array(v, order="C")) for k, v in arrays.items()}
    checkpoints.save(folder, tensors, facts)


def load_baseline(folder: Path, name: str, layout: OutcomeLayout) -> Baseline:
    """Read what `save_baseline` wrote."""
    tensors, facts = checkpoints.load(folder)
    arrays = {k: v.numpy() for k, v in tensors.items()}
    baseline = create_baseline(name, layout)
    baseline.residual_scale = arrays.pop("residual_scale")
    return baseline.restore(arrays, facts)


def save_forecasts(path: Path, forecasts: Mapping[str, Forecast]) -> None:
    """All forecasts of some rows in one file."""
    save_file(
        {f"{n}.{k}": np.ascontiguousarray(v) for n, f in forecasts.items() for k, v in vars(f).items()}, path
    )


def load_forecasts(path: Path) -> dict[str, Forecast]:
    """Read what `save_forecasts` wrote, in the order of names."""
    arrays = load_file(path)
    names = sorted({k.rsplit(".", 1)[0] for k in arrays})
    return {n: Forecast(**{k: arrays[f"{n}.{k}"] for k in ("mean", "scale", "df")}) for n in names}
