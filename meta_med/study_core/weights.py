"""Weights of the study-in-context core, and the command that makes them.

`meta-med pretrain --core study --out FOLDER` writes them and continues a training that was interrupted: its
checkpoint is in FOLDER/training. Tensors are safetensors, facts are JSON; nothing is unpickled.
"""

from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch

from meta_med import checkpoints
from meta_med.learners.model_based.series_path import WeightsDoNotFit
from meta_med.study_core.core import StudyCore
from meta_med.study_core.course_models import CURVES
from meta_med.study_core.training import Report, Training, TrainingConfig, evaluate, new_core

WEIGHTS = Path(__file__).parent / "weights" / "patients"
TRAINING = "training"  # folder of the checkpoint beside the weights


@lru_cache(maxsize=4)
def load(folder: Path = WEIGHTS) -> StudyCore:
    """Load a pretrained core, by default from where weights will ship; no network access.

    It is cached, so copy it before changing it.

    Raises:
        WeightsDoNotFit: the weights are missing or damaged, or are not those of this version's network.

    """
    try:
        tensors, facts = checkpoints.load(folder)
        core = new_core(TrainingConfig(**facts["config"]))
        core.load_state_dict(tensors)
    except (checkpoints.CheckpointError, RuntimeError, TypeError, KeyError) as error:
        raise WeightsDoNotFit(
            "study_core: the pretrained weights do not fit this version's network; make them by "
            f"`meta-med pretrain --core study --out FOLDER`, and load that folder ({type(error).__name__}: {error})"
        ) from None
    return core.eval().requires_grad_(False)


def curves(models: int = 512) -> StudyCore:
    """The core for curves, which needs no weights: its closed form alone is near the exact posterior."""
    return StudyCore(CURVES, models).eval().requires_grad_(False)


def pretrain_into(
    folder: Path, config: TrainingConfig, report: Report = lambda _: None, device: str = "cpu"
) -> dict[str, Any]:
    """Train, or continue the training in the folder, and write the weights; returns their facts."""
    training = Training(config, folder / TRAINING, device)
    core = training.run(report)
    facts = {
        "command": f"meta-med pretrain --core study --steps {config.steps} --seed {config.seed} --out FOLDER",
        "config": asdict(config),
        "processor_seconds": round(training.seconds),
        "simulated": evaluate(core),
        "torch": torch.__version__.split("+")[0],
    }
    checkpoints.save(folder, core.state_dict(), facts)
    return facts
