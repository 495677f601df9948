"""Meta-training: the outer loop, with early stopping on tuning subjects and exact resumption after a kill."""

import copy
import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from meta_med import checkpoints
from meta_med.episodes import EpisodeBatch, EpisodeSource, Records
from meta_med.learners.learner import Adapted, Learner

OnStep = Callable[[int, int, Mapping[str, float]], None]


class TrainingDiverged(RuntimeError):
    """A non-finite loss: training stopped, the last good weights are kept."""


@dataclass(frozen=True)
class MetaTrainConfig:
    """What meta-training may do.

    Attributes:
        steps: outer-loop steps at most; cohorts_per_step: cohorts in each batch.
        learning_rate, weight_decay: of AdamW; cosine decay to 5 % after a linear warm-up.
        clip_norm: largest gradient norm.
        evaluate_every, patience: tuning loss every so many steps, stop after so many without improvement.
        checkpoint, checkpoint_every: folder to resume from, and how often the state is written to it.
        device: "auto" is the GPU if there is one.

    """

    steps: int = 1000
    cohorts_per_step: int = 8
    learning_rate: float = 2e-3
    weight_decay: float = 1e-2
    clip_norm: float = 1.0
    evaluate_every: int = 100
    patience: int = 8
    checkpoint: Path | None = None
    checkpoint_every: int = 500
    device: str = "auto"


@dataclass(frozen=True)
class Trained:
    """A learner whose meta-parameters are final."""

    learner: Learner
    history: tuple[Mapping[str, float], ...] = ()

    def adapt(self, context: Records, cohort: Tensor, support: Records) -> Adapted:
        """Adapt to subjects; see `Learner.adapt`. Nothing is mutated and no gradient is kept."""
        with torch.no_grad():
            return self.learner.adapt(context, cohort, support)


@dataclass
class _State:
    """Everything a resumed run needs to go on as if it had never stopped."""

    signature: str
    step: int = 0
    best: float = math.inf
    stale: int = 0
    best_weights: dict[str, Tensor] = field(default_factory=dict)
    history: list[dict[str, float]] = field(default_factory=list)


def meta_train(
    learner: Learner,
    source: EpisodeSource,
    config: MetaTrainConfig,
    *,
    generator: torch.Generator,
    tuning: Sequence[EpisodeBatch] = (),
    on_step: OnStep | None = None,
) -> Trained:
    """Train the meta-parameters of `learner` on episodes of `source`.

    Args:
        learner: is not touched; a copy is trained.
        source: draws the episodes.
        config: the budget.
        generator: the only source of randomness (dropout excepted, which is seeded from it).
        tuning: fixed episodes for early stopping; without them the last weights are kept.
        on_step: called after each step with (step, steps, facts).

    Raises:
        TrainingDiverged: a non-finite loss before any good weights existed.

    """
    device = choose_device(config.device)
    learner = copy.deepcopy(learner).to(device)
    tuning = [batch.to(device) for batch in tuning]
    optimiser = torch.optim.AdamW(
        learner.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay, fused=device == "cpu"
    )
    state = _resume(learner, optimiser, generator, config)
    while state.step < config.steps and state.stale < max(config.patience, 1):
        _set_rate(optimiser, config, state.step)
        loss = _outer_step(learner, optimiser, source, config, generator, device)
        state.step += 1
        _judge(state, learner, tuning, config, loss)
        if on_step is not None:
            on_step(state.step, config.steps, {"best_tuning_loss": state.best})
        if config.checkpoint is not None and state.step % config.checkpoint_every == 0:
            _save(config.checkpoint, learner, optimiser, generator, state)
    if state.best_weights:
        learner.load_state_dict(state.best_weights)
    return Trained(learner.eval().requires_grad_(False), tuple(state.history))


def choose_device(device: str) -> str:
    """The device's name; "auto" is the GPU when there is one."""
    return ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device


def _set_rate(optimiser: torch.optim.Optimizer, config: MetaTrainConfig, step: int) -> None:
    warm = min(1.0, (step + 1) / max(1, config.steps // 20))
    cosine = 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * step / config.steps))
    for group in optimiser.param_groups:
        group["lr"] = config.learning_rate * warm * cosine


def _outer_step(
    learner: Learner,
    optimiser: torch.optim.Optimizer,
    source: EpisodeSource,
    config: MetaTrainConfig,
    generator: torch.Generator,
    device: str,
) -> Tensor:
    batch = source.sample(config.cohorts_per_step, generator).to(device)
    optimiser.zero_grad(set_to_none=True)
    loss = learner.loss(batch)
    loss.backward()  # type: ignore[no-untyped-call]
    norm = torch.nn.utils.clip_grad_norm_(learner.parameters(), config.clip_norm)
    # A poisoned step must not reach the weights; the check below stops the run at the next judgement.
    for parameter in learner.parameters():
        if parameter.grad is not None:
            parameter.grad = torch.where(
                torch.isfinite(norm), parameter.grad, torch.zeros_like(parameter.grad)
            )
    optimiser.step()
    return torch.where(torch.isfinite(norm), loss.detach(), torch.full_like(loss, torch.nan))


def _judge(
    state: _State, learner: Learner, tuning: Sequence[EpisodeBatch], config: MetaTrainConfig, loss: Tensor
) -> None:
    due = state.step % config.evaluate_every == 0 or state.step == config.steps
    if not due:
        return
    score = _tuning_loss(learner, tuning) if tuning else -float(state.step)
    if not (math.isfinite(float(loss)) and math.isfinite(score)):
        if not state.best_weights:
            raise TrainingDiverged(
                "meta-training: the loss is not finite and there are no earlier weights to keep"
            )
        state.stale = max(config.patience, 1)
        return
    state.history.append({"step": float(state.step), "loss": float(loss), "tuning_loss": score})
    if score < state.best:
        state.best, state.stale = score, 0
        state.best_weights = {k: v.detach().clone() for k, v in learner.state_dict().items()}
    else:
        state.stale += 1


def _tuning_loss(learner: Learner, tuning: Sequence[EpisodeBatch]) -> float:
    learner.eval()
    with torch.no_grad():
        total = sum(float(learner.loss(batch)) * len(batch.cohort) for batch in tuning)
    learner.train()
    return total / max(1, sum(len(batch.cohort) for batch in tuning))


def _save(
    folder: Path,
    learner: Learner,
    optimiser: torch.optim.Optimizer,
    generator: torch.Generator,
    state: _State,
) -> None:
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


def _resume(
    learner: Learner, optimiser: torch.optim.Optimizer, generator: torch.Generator, config: MetaTrainConfig
) -> _State:
    """The state to go on from: a checkpoint of the same configuration, or the beginning."""
    torch.manual_seed(generator.initial_seed())
    signature = _signature(learner, config, generator)
    if config.checkpoint is None or not checkpoints.exists(config.checkpoint):
        return _State(signature)
    tensors, facts = checkpoints.load(config.checkpoint)
    if facts["config"] != signature:
        return _State(signature)
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
    return _State(signature, facts["step"], facts["best"], facts["stale"], best, facts["history"])


def _under(tensors: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}


def _signature(learner: Learner, config: MetaTrainConfig, generator: torch.Generator) -> str:
    """What must be equal for a checkpoint to be resumed: the fresh learner with its options, budget and seed."""
    digest = hashlib.sha256(repr((type(learner).__name__, generator.initial_seed())).encode())
    budget = {k: v for k, v in vars(config).items() if not k.startswith(("checkpoint", "device"))}
    digest.update(repr(sorted(budget.items())).encode())
    for name, module in learner.named_modules():
        plain = {
            k: v for k, v in vars(module).items() if isinstance(v, (int, float, str)) and k != "training"
        }
        digest.update(repr((name, sorted(plain.items()))).encode())
    for name, weights in learner.state_dict().items():
        digest.update(name.encode() + weights.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()
