"""Going on after a kill as if nothing had happened: the outer loop's whole state, saved and found again."""

import hashlib
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from meta_med import checkpoints
from meta_med.learners.learner import Learner

log = logging.getLogger(__name__)


@dataclass
class OuterState:
    """Everything a resumed run needs to go on as if it had never stopped."""

    signature: str
    step: int = 0
    best: float = math.inf
    stale: int = 0
    best_weights: dict[str, Tensor] = field(default_factory=dict)
    history: list[dict[str, float]] = field(default_factory=list)


def save(
    folder: Path,
    learner: Learner,
    optimiser: torch.optim.Optimizer,
    generator: torch.Generator,
    state: OuterState,
) -> None:
    """Write everything that `resume` needs."""
    tensors = {f"now.{k}": v for k, v in learner.state_dict().items()}
    tensors |= {f"best.{k}": v for k, v in state.best_weights.items()}
    for i, slot in optimiser.state_dict()["state"].items():
        tensors |= {f"optimiser.{i}.{k}": v for k, v in slot.items()}
    tensors |= {"rng.episodes": generator.get_state(), "rng.torch": torch.get_rng_state()}
    facts: dict[str, Any] = {
        "step": state.step,
        "best": state.best,
        "stale": state.stale,
        "history": state.history,
        "config": state.signature,
    }
    checkpoints.save(folder, {k: v.clone() for k, v in tensors.items()}, facts)


def resume(
    learner: Learner,
    optimiser: torch.optim.Optimizer,
    generator: torch.Generator,
    folder: Path | None,
    budget: Mapping[str, Any],
) -> OuterState:
    """The state to go on from: a checkpoint of the same configuration, or the beginning.

    A damaged checkpoint is set aside under another name, with a warning, and training starts afresh.
    """
    torch.manual_seed(generator.initial_seed())
    signature = _signature(learner, budget, generator)
    found = _load(folder)
    if found is None or found[1]["config"] != signature:
        return OuterState(signature)
    tensors, facts = found
    learner.load_state_dict(_under(tensors, "now."))
    slots: dict[int, dict[str, Tensor]] = {}
    for key, value in _under(tensors, "optimiser.").items():
        index, name = key.split(".", 1)
        slots.setdefault(int(index), {})[name] = value
    optimiser.load_state_dict({**optimiser.state_dict(), "state": slots})
    generator.set_state(tensors["rng.episodes"])
    torch.set_rng_state(tensors["rng.torch"])
    device = next(learner.parameters()).device
    best = {k: v.to(device) for k, v in _under(tensors, "best.").items()}
    return OuterState(signature, facts["step"], facts["best"], facts["stale"], best, facts["history"])


def _load(folder: Path | None) -> tuple[dict[str, Tensor], dict[str, Any]] | None:
    if folder is None or not checkpoints.exists(folder):
        return None
    try:
        return checkpoints.load(folder)
    except checkpoints.CheckpointError as error:
        aside = _free_name(folder)
        folder.rename(aside)
        log.warning("meta-training starts afresh: %s; the folder is kept as %s", error, aside.name)
        return None


def _free_name(folder: Path) -> Path:
    """The first of folder.damaged-1, -2, ... that is not taken."""
    n = 1
    while (aside := folder.with_name(f"{folder.name}.damaged-{n}")).exists():
        n += 1
    return aside


def _under(tensors: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}


def _signature(learner: Learner, budget: Mapping[str, Any], generator: torch.Generator) -> str:
    """What must be equal for a checkpoint to be resumed: the fresh learner with its options, budget and seed."""
    digest = hashlib.sha256(repr((type(learner).__name__, generator.initial_seed())).encode())
    decisive = {k: v for k, v in budget.items() if not k.startswith(("checkpoint", "device"))}
    digest.update(repr(sorted(decisive.items())).encode())
    for name, module in learner.named_modules():
        plain = {
            k: v for k, v in vars(module).items() if isinstance(v, (int, float, str)) and k != "training"
        }
        digest.update(repr((name, sorted(plain.items()))).encode())
    for name, weights in learner.state_dict().items():
        digest.update(name.encode() + weights.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()
