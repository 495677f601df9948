"""Going on after a kill as if nothing had happened: the outer loop's whole state, saved and found again."""

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
    """Everything a resumed run needs to go on as if it had never stopped.

    Attributes:
        inputs: digests of what the run was given, by part; "episodes", the first that were drawn, from step 1 on.
        step, best, stale, best_weights, history: where the outer loop stands.

    """

    inputs: dict[str, str] = field(default_factory=dict)
    step: int = 0
    best: float = math.inf
    stale: int = 0
    best_weights: dict[str, Tensor] = field(default_factory=dict)
    history: list[dict[str, float]] = field(default_factory=list)


@dataclass(frozen=True)
class TrainingInputs:
    """What a run of meta-training was given, before its first step."""

    learner: Learner
    source: EpisodeSource
    tuning: Sequence[EpisodeBatch]
    budget: Mapping[str, Any]
    generator: torch.Generator

    def digests(self) -> dict[str, str]:
        """By part: equal where a checkpoint may be resumed."""
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
        """Digest of what the source draws first, without moving the generator."""
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
    """Write everything that `resume` needs."""
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
    given: TrainingInputs, optimiser: torch.optim.Optimizer, randomness: OwnRandomness, folder: Path | None
) -> OuterState:
    """The state to go on from: a checkpoint of the very same inputs, or the beginning.

    A checkpoint that is damaged, or that another run left there (other data, configuration, learner, code), is set
    aside under another name, with a warning that says why, and training starts afresh.
    """
    if folder is None:
        return OuterState()
    inputs = given.digests()
    found = _load(folder, inputs, given)
    if found is None:
        return OuterState(inputs)
    tensors, facts = found
    learner = given.learner
    learner.load_state_dict(_without_prefix(tensors, "now."))
    slots: dict[int, dict[str, Tensor]] = {}
    for key, value in _without_prefix(tensors, "optimiser.").items():
        index, name = key.split(".", 1)
        slots.setdefault(int(index), {})[name] = value
    optimiser.load_state_dict({**optimiser.state_dict(), "state": slots})
    given.generator.set_state(tensors["rng.episodes"])
    randomness.restore(_without_prefix(tensors, "rng.own."))
    device = next(learner.parameters()).device
    best = {k: v.to(device) for k, v in _without_prefix(tensors, "best.").items()}
    return OuterState(facts["inputs"], facts["step"], facts["best"], facts["stale"], best, facts["history"])


def _load(
    folder: Path, inputs: Mapping[str, str], given: TrainingInputs
) -> tuple[dict[str, Tensor], dict[str, Any]] | None:
    if not checkpoints.exists(folder):
        return None
    try:
        tensors, facts = checkpoints.load(folder)
    except checkpoints.CheckpointError as error:
        _set_aside(folder, "damaged", str(error))
        return None
    left = facts.get("inputs", {})
    others = [part for part, found in inputs.items() if left.get(part) != found]
    if not others and left.get("episodes") != given.first_episodes():
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
