"""Meta-training: the outer loop, with early stopping on tuning episodes and exact resumption."""

import copy
import logging
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from meta_med.episodes.batch import EpisodeBatch, EpisodeSource, Records
from meta_med.episodes.input_checks import EVERYTHING, NOTHING, VALUES, trusting
from meta_med.episodes.input_errors import InvalidInput, NotFinite
from meta_med.learners.learner import Adapted, Learner
from meta_med.meta_train import resumption
from meta_med.meta_train.divergence import DivergenceWatch, cohorts_of, failing_cohorts
from meta_med.meta_train.ranks import ALONE, Ranks
from meta_med.meta_train.resumption import OuterState
from meta_med.meta_train.signature import digest
from meta_med.randomness import OwnRandomness
from meta_med.study import ModelFailure

OnStep = Callable[[int, int, Mapping[str, float]], None]

log = logging.getLogger(__name__)


class TrainingDiverged(ModelFailure, RuntimeError):
    """A loss or gradient is not finite, and there are no earlier weights to keep."""


class InvalidEpisodes(TrainingDiverged, InvalidInput):
    """The source drew NaN or infinity where a mask marks a value as observed."""


@dataclass(frozen=True)
class MetaTrainConfig:
    """Configuration of meta-training.

    Attributes:
        steps: maximum number of outer-loop steps; cohorts_per_step: cohorts in each batch.
        learning_rate, weight_decay: of AdamW; cosine decay to 5 % after a linear warm-up. A learner that starts
            from pretrained weights scales the rate by group (`Learner.parameter_groups`).
        clip_norm: largest gradient norm.
        evaluate_every, patience: steps between evaluations of the tuning loss; evaluations without improvement until
            training stops.
        checkpoint, checkpoint_every: folder to resume from, and steps between writes of the state. Only a run with
            identical inputs is resumed (source, tuning episodes, configuration, learner, generator, code).
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
    checkpoint_every: int = 100
    device: str = "auto"


@dataclass(frozen=True)
class Trained:
    """A learner whose meta-parameters are final.

    Attributes:
        learner: in evaluation mode, without gradients.
        history: step, loss and tuning loss at each evaluation.
        stopped: why meta-training stopped early on a non-finite value, with the cohort's name; the weights are then
            the best ones before it. None if it ended as planned.
        device: where it was trained; "cpu" too where the GPU was asked for and had no memory left.

    """

    learner: Learner
    history: tuple[Mapping[str, float], ...] = ()
    stopped: str | None = None
    device: str = "cpu"

    def adapt(self, context: Records, cohort: Tensor, support: Records) -> Adapted:
        """Adapt to subjects, without gradient; see `Learner.adapt`."""
        with torch.no_grad():
            return self.learner.adapt(context, cohort, support)


def meta_train(
    learner: Learner,
    source: EpisodeSource,
    config: MetaTrainConfig,
    *,
    generator: torch.Generator,
    tuning: Sequence[EpisodeBatch] = (),
    on_step: OnStep | None = None,
    ranks: Ranks = ALONE,
) -> Trained:
    """Train the meta-parameters of `learner` on episodes of `source`.

    Args:
        learner: is not changed; a copy is trained, in training mode, frozen modules left as they are.
        source: draws the episodes.
        config: the budget.
        generator: the only source of randomness, dropout included. No global generator is changed.
        tuning: fixed episodes for early stopping; without them the last weights are kept.
        on_step: called after each step with (step, steps, facts).
        ranks: this process among those that train together; all call this with the same arguments.

    Returns:
        The learner with the best weights by tuning loss, also where a non-finite loss or gradient stopped training
        (`Trained.stopped` then gives the reason, and `on_step` receives `diverged`). Where the device is out of
        memory or gone, training goes on on the CPU, from the newest checkpoint if there is one.

    Raises:
        TrainingDiverged: a loss or gradient is not finite before any evaluation; it names the cohort.
        InvalidInput: invalid episodes.

    """
    start = generator.get_state()
    trained_on = partial(_train, learner, source, config, generator, tuning, on_step, ranks)
    try:
        return trained_on(choose_device(config.device))
    except (torch.OutOfMemoryError, torch.AcceleratorError) as failure:
        if ranks != ALONE:  # the others go on where they are
            raise
        log.warning("%s in meta-training: it goes on on the CPU", type(failure).__name__)
    generator.set_state(start)
    return trained_on("cpu")


def _train(
    learner: Learner,
    source: EpisodeSource,
    config: MetaTrainConfig,
    generator: torch.Generator,
    tuning: Sequence[EpisodeBatch],
    on_step: OnStep | None,
    ranks: Ranks,
    device: str,
) -> Trained:
    """Meta-training on one device."""
    learner = _in_training_mode(copy.deepcopy(learner)).to(device)
    for batch in tuning:
        learner.check(batch)
    groups = [{"params": group, "rate_share": share} for share, group in learner.parameter_groups()]
    optimiser = torch.optim.AdamW(
        groups, lr=config.learning_rate, weight_decay=config.weight_decay, fused=device == "cpu"
    )
    randomness = OwnRandomness(generator.initial_seed(), device)
    inputs = resumption.TrainingInputs(learner, source, tuning, vars(config), generator)
    state = resumption.resume(inputs, optimiser, randomness, config.checkpoint)
    fixed = [batch.to(device) for batch in tuning]
    outer = _OuterLoop(learner, optimiser, source, config, generator, randomness, fixed, state, ranks)
    stopped = None
    try:
        outer.run(on_step)
    except TrainingDiverged as failure:
        if not state.best_weights:
            raise
        stopped = str(failure)
        log.warning("%s; the best weights before it are kept", stopped)
        if on_step is not None:
            on_step(state.step, config.steps, {"best_tuning_loss": state.best, "diverged": 1.0})
    if state.best_weights:
        learner.load_state_dict(state.best_weights)
    return Trained(learner.eval().requires_grad_(False), tuple(state.history), stopped, device)


def _in_training_mode(learner: Learner) -> Learner:
    """A learner in evaluation mode is set to training mode; in one that is not, a frozen encoder stays frozen."""
    if not learner.training:
        learner.train()
    return learner


def choose_device(device: str) -> str:
    """The device's name; "auto" is the GPU when there is one."""
    return ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device


def _set_rate(optimiser: torch.optim.Optimizer, config: MetaTrainConfig, step: int) -> None:
    warm = min(1.0, (step + 1) / max(1, config.steps // 20))
    cosine = 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * step / config.steps))
    for group in optimiser.param_groups:
        group["lr"] = config.learning_rate * group["rate_share"] * warm * cosine


@dataclass
class _OuterLoop:
    """Steps, evaluations and checkpoints of one run."""

    learner: Learner
    optimiser: torch.optim.Optimizer
    source: EpisodeSource
    config: MetaTrainConfig
    generator: torch.Generator
    randomness: OwnRandomness
    tuning: Sequence[EpisodeBatch]
    state: OuterState
    ranks: Ranks = ALONE

    def run(self, on_step: OnStep | None) -> None:
        """Train until the maximum number of steps, or until patience is exhausted."""
        state, config, watch = self.state, self.config, DivergenceWatch()
        while state.step < config.steps and state.stale < max(config.patience, 1):
            _set_rate(self.optimiser, config, state.step)
            state.step += 1
            loss = self._step(watch)
            due = state.step % config.evaluate_every == 0 or state.step == config.steps
            self._stop_if_failed(watch, wait=due)
            if due:
                self._evaluate(float(loss))
            if on_step is not None:
                on_step(state.step, config.steps, {"best_tuning_loss": state.best})
            saves = self.ranks.writes and state.step % config.checkpoint_every == 0
            if config.checkpoint is not None and saves:
                resumption.save(
                    config.checkpoint, self.learner, self.optimiser, self.generator, self.randomness, state
                )

    def _draw(self) -> EpisodeBatch:
        """The next episodes; their values are checked on the CPU, on a GPU only those of the first batch."""
        batch = self.source.sample(self.config.cohorts_per_step, self.generator)
        if self.state.step == 1 and self.config.checkpoint is not None:
            self.state.inputs["episodes"] = digest(batch)
        wait = batch.cohort.device.type == "cpu" or self.state.step == 1
        try:
            with trusting(NOTHING if wait else VALUES):
                self.learner.check(batch)
        except NotFinite as error:
            raise InvalidEpisodes(f"{self._where()}: {error}, in {cohorts_of(error, batch)}") from None
        return batch.to(next(self.learner.parameters()).device)

    def _step(self, watch: DivergenceWatch) -> Tensor:
        self.optimiser.zero_grad(set_to_none=True)
        with self.randomness.active():
            batch = self._draw()
            with trusting(EVERYTHING):
                loss = self.ranks.loss(self.learner, batch, first=self.state.step == 1)
            loss.backward()  # type: ignore[no-untyped-call]
        loss = self.ranks.add_up(self.learner.parameters(), loss.detach())
        norm = torch.nn.utils.clip_grad_norm_(self.learner.parameters(), self.config.clip_norm)
        finite = torch.isfinite(norm) & torch.isfinite(loss.detach())
        # A non-finite gradient must not reach the weights before it is detected.
        for parameter in self.learner.parameters():
            if parameter.grad is not None:
                parameter.grad = torch.where(finite, parameter.grad, torch.zeros_like(parameter.grad))
        self.optimiser.step()
        watch.record(self.state.step, batch, finite)
        return loss.detach()

    def _stop_if_failed(self, watch: DivergenceWatch, wait: bool) -> None:
        failure = watch.first_failure(wait)
        if failure is not None:
            self.state.step, batch = failure
            raise TrainingDiverged(
                f"{self._where()}: the loss is not finite; {failing_cohorts(self.learner, batch)}"
            )

    def _evaluate(self, loss: float) -> None:
        state = self.state
        scores = _tuning_losses(self.learner, self.tuning)
        for score, batch in zip(scores, self.tuning, strict=True):
            if not math.isfinite(score):
                why = failing_cohorts(self.learner, batch)
                raise TrainingDiverged(f"{self._where()}: the tuning loss is not finite; {why}")
        sizes = [len(batch.cohort) for batch in self.tuning]
        weighted = sum(score * n for score, n in zip(scores, sizes, strict=True)) / max(1, sum(sizes))
        score = weighted if self.tuning else -float(state.step)
        state.history.append({"step": float(state.step), "loss": loss, "tuning_loss": score})
        if score < state.best:
            state.best, state.stale = score, 0
            state.best_weights = {k: v.detach().clone() for k, v in self.learner.state_dict().items()}
        else:
            state.stale += 1

    def _where(self) -> str:
        return f"meta-training stopped at step {self.state.step}"


def _tuning_losses(learner: Learner, tuning: Sequence[EpisodeBatch]) -> list[float]:
    """Losses of the tuning batches in evaluation mode; the modules' modes are restored."""
    modes = [(module, module.training) for module in learner.modules()]
    learner.eval()
    with torch.no_grad(), trusting(EVERYTHING):
        losses = [float(learner.loss(batch)) for batch in tuning]
    for module, training in modes:
        module.training = training
    return losses
