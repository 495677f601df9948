"""Exact resumption of the outer loop: saving and loading its whole state."""

import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from meta_med import checkpoints
from meta_med.episodes.batch import EpisodeBatch, EpisodeSource
from meta_med.learners.learner import Learner
from meta_med.meta_train.signature import code_digest, digest
from meta_med.plug_ins.code import code_of_class
from meta_med.randomness import OwnRandomness

log = logging.getLogger(__name__)


@dataclass
class OuterState:
    """State of the outer loop.

    Attributes:
        inputs: digests of the run's inputs by part, and of the first drawn "episodes" from step 1 on.
        step: steps taken; best, best_weights: smallest tuning loss and its weights; stale: evaluations without
            improvement; history: of evaluations.

    """

    inputs: dict[str, str] = field(default_factory=dict)
    step: int = 0
    best: float = math.inf
    stale: int = 0
    best_weights: dict[str, Tensor] = field(default_factory=dict)
    history: list[dict[str, float]] = field(default_factory=list)


@dataclass(frozen=True)
class TrainingInputs:
    """The inputs of a run of meta-training, before its first step."""

    learner: Learner
    source: EpisodeSource
    tuning: Sequence[EpisodeBatch]
    budget: Mapping[str, Any]
    generator: torch.Generator

    def digests(self) -> dict[str, str]:
        """Digests by part; a checkpoint is resumed only where all are equal."""
        where = ("checkpoint", "device")
        decisive = {k: v for k, v in self.budget.items() if not k.startswith(where)}
        return {
            "configuration": digest(decisive),
            "learner": digest(self.learner),
            "source": digest(self.source),
            "tuning episodes": digest(tuple(self.tuning)),
            "generator": digest(self.generator),
            "code": code_digest() + code_of_class(type(self.learner)),
        }

    def first_episodes(self) -> str:
        """Digest of the first episodes that the source draws; the generator is not advanced."""
        ahead = torch.Generator(self.generator.device)
        ahead.set_state(self.generator.get_state())
        with OwnRandomness(self.generator.initial_seed()).active():
            return digest(self.source.sample(self.budget["cohorts_per_step"], ahead))


def save(
    folder: Path,
    learner: Learner,
    optimiser: torch.optim.Optimizer,
    generator: torch.Generator,
    randomness: OwnRandomness,
    state: OuterState,
) -> None:
    """Write the state that `resume` reads."""
    tensors = {f"now.{k}": v for k, v in learner.state_dict().items()}
    tensors |= {f"best.{k}": v for k, v in state.best_weights.items()}
    for i, slot in optimiser.state_dict()["state"].items():
        tensors |= {f"optimiser.{i}.{k}": v for k, v in slot.items()}
    tensors |= {"rng.episodes": generator.get_state()}
    tensors |= {f"rng.own.{k}": v for k, v in randomness.state().items()}
    facts: dict[str, Any] = {
        "step": state.step,
        "best": state.best,
        "stale": state.stale,
        "history": state.history,
        "inputs": state.inputs,
    }
    checkpoints.save(folder, {k: v.clone() for k, v in tensors.items()}, facts)


def resume(
    inputs: TrainingInputs, optimiser: torch.optim.Optimizer, randomness: OwnRandomness, folder: Path | None
) -> OuterState:
    """Restore the state from a checkpoint with identical inputs, or start from the beginning.

    A checkpoint that is damaged or of other inputs (data, configuration, learner, code) is renamed, with a warning that
    gives the reason, and training starts from the beginning.
    """
    if folder is None:
        return OuterState()
    digests = inputs.digests()
    found = _load(folder, digests, inputs)
    if found is None:
        return OuterState(digests)
    tensors, facts = found
    learner = inputs.learner
    learner.load_state_dict(_without_prefix(tensors, "now."))
    slots: dict[int, dict[str, Tensor]] = {}
    for key, value in _without_prefix(tensors, "optimiser.").items():
        index, name = key.split(".", 1)
        slots.setdefault(int(index), {})[name] = value
    optimiser.load_state_dict({**optimiser.state_dict(), "state": slots})
    inputs.generator.set_state(tensors["rng.episodes"])
    randomness.restore(_without_prefix(tensors, "rng.own."))
    device = next(learner.parameters()).device
    best = {k: v.to(device) for k, v in _without_prefix(tensors, "best.").items()}
    return OuterState(facts["inputs"], facts["step"], facts["best"], facts["stale"], best, facts["history"])


def _load(
    folder: Path, digests: Mapping[str, str], inputs: TrainingInputs
) -> tuple[dict[str, Tensor], dict[str, Any]] | None:
    if not checkpoints.exists(folder):
        return None
    try:
        tensors, facts = checkpoints.load(folder)
    except checkpoints.CheckpointError as error:
        _set_aside(folder, "damaged", str(error))
        return None
    left = facts.get("inputs", {})
    others = [part for part, found in digests.items() if left.get(part) != found]
    if not others and left.get("episodes") != inputs.first_episodes():
        others = ["source"]
    if others:
        _set_aside(folder, "other", f"checkpoint {folder.name} is of a run with another {', '.join(others)}")
        return None
    return tensors, facts


def _set_aside(folder: Path, kind: str, why: str) -> None:
    aside = _free_name(folder, kind)
    folder.rename(aside)
    log.warning("meta-training starts afresh: %s; the folder is kept as %s", why, aside.name)


def _free_name(folder: Path, kind: str) -> Path:
    """The first of folder.kind-1, -2, ... that is not taken."""
    n = 1
    while (aside := folder.with_name(f"{folder.name}.{kind}-{n}")).exists():
        n += 1
    return aside


def _without_prefix(tensors: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
