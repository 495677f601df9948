"""Training of the study-in-context core on simulated studies only; resumable, the same on every run of one machine.

Each step draws new studies. What is minimised is the negative log density (nats) of a value from the lenders' series
and the patient's own records before it, over all numbers of own records from 0 to 10. The learning rate is constant and
falls to 0 over the last part of the steps, so that a longer training continues a shorter one's checkpoint.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from meta_med import checkpoints
from meta_med.randomness import OwnRandomness
from meta_med.study_core.core import Asked, Forecast, StudyCore
from meta_med.study_core.simulated.studies import SimulatedStudies, draw_sizes, draw_studies

Report = Callable[[str], None]
Draw = Callable[[torch.Generator], SimulatedStudies]
EVALUATION_SEED = 17  # of the simulated studies for evaluation, which are never drawn for training
ROUND = 40  # batches drawn at a time
WARM_UP, FALLING = 150, 0.35  # steps; share of the steps over which the learning rate falls
KEPT = 0.995  # of the running average of the weights, at each step


@dataclass(frozen=True)
class TrainingConfig:
    """Configuration of training.

    Attributes:
        kind: "patients" or "curves"; steps: of AdamW; learning_rate; seed.
        series: outcomes of all studies of a step together; patients: predicted of each study.
        positions: numbers of own records that are trained on at each step.
        uses: how often each simulated batch is read.
        models: in the library; width, heads, blocks: of the network.
        save_every: steps between checkpoints and evaluations.

    """

    kind: str = "patients"
    steps: int = 2_400
    learning_rate: float = 3e-3
    seed: int = 0
    series: int = 24
    patients: int = 12
    positions: int = 6
    uses: int = 3
    models: int = 24
    width: int = 32
    heads: int = 4
    blocks: int = 2
    save_every: int = 500


def new_core(config: TrainingConfig) -> StudyCore:
    """An untrained core: the closed form alone."""
    with OwnRandomness(config.seed).active():
        return StudyCore(
            config.kind, config.models, width=config.width, heads=config.heads, blocks=config.blocks
        )


def nats(forecast: Forecast, truth: Tensor) -> Tensor:
    """Negative log density per observed value of truth (Z, P, Q, D), in the study's spreads."""
    y = in_units(forecast, truth)
    seen = ~y.isnan()
    density = forecast.mixture.log_density(y.nan_to_num())
    return -(torch.where(seen, density, 0.0)).sum() / seen.sum().clamp(min=1)


def in_units(forecast: Forecast, truth: Tensor) -> Tensor:
    """(Z, D, P, Q) values in the study's units, by the arithmetic that own records go through."""
    units = forecast.units
    return ((truth - units.centre[:, None, None]) / units.spread[:, None, None]).permute(0, 3, 1, 2)


class Training:
    """A training run, which continues a checkpoint in its folder.

    Args:
        config: the configuration; folder: of the checkpoint, None for none; device: where the network computes.

    """

    def __init__(self, config: TrainingConfig, folder: Path | None = None, device: str = "cpu") -> None:
        self.config, self.folder, self.device = config, folder, torch.device(device)
        self.core = new_core(config).to(self.device)
        self.average = {k: v.detach().clone() for k, v in self.core.state_dict().items()}
        self.optimiser = torch.optim.AdamW(self.core.parameters(), lr=config.learning_rate, weight_decay=1e-3)
        self.batches: dict[int, tuple[Asked, Tensor]] = {}
        self.step, self.seconds = 0, 0.0
        if folder is not None and checkpoints.exists(folder):
            self._resume(folder)

    def run(self, report: Report = lambda _: None) -> StudyCore:
        """Train up to the configured number of steps; the averaged weights are returned."""
        began = time.process_time() - self.seconds
        while self.step < self.config.steps:
            self.one_step()
            self.seconds = time.process_time() - began
            if self.step % self.config.save_every == 0 or self.step == self.config.steps:
                self.save()
                facts = evaluate(self.averaged(), batches=8)
                text = ", ".join(f"{name} {value:.4f}" for name, value in facts.items())
                report(f"step {self.step}, {self.seconds:.0f} s of processor time: {text}")
        return self.averaged()

    def averaged(self) -> StudyCore:
        """A core with the running average of the weights."""
        core = new_core(self.config).to(self.device)
        core.load_state_dict(self.average)
        return core.eval().requires_grad_(False)

    def one_step(self) -> None:
        """One step of the optimiser; the running average of the weights follows."""
        for group in self.optimiser.param_groups:
            group["lr"] = self._rate()
        asked, truth = self._batch()
        self.optimiser.zero_grad(set_to_none=True)
        loss = nats(asked.answered(self.core.network), truth)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.core.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        kept = min(KEPT, self.step / (self.step + 10.0))
        for name, value in self.core.state_dict().items():
            self.average[name].lerp_(value, 1.0 - kept)

    def _batch(self) -> tuple[Asked, Tensor]:
        """A batch of the current round; each is read `uses` times in an order that depends on seed and step alone."""
        size = ROUND * self.config.uses
        first, place = divmod(self.step, size)
        order = torch.randperm(size, generator=_generator(self.config.seed, 2 * first + 1))
        index = first * ROUND + int(order[place]) % ROUND
        if place == 0:
            self.batches.clear()
        if index not in self.batches:
            self.batches[index] = self._drawn(_generator(self.config.seed, 2 * index))
        return self.batches[index]

    def _drawn(self, generator: torch.Generator) -> tuple[Asked, Tensor]:
        studies = draw_for(self.config, generator).to(self.device)
        at = torch.randperm(studies.patients.time.shape[2], generator=generator)[: self.config.positions]
        at = at.to(self.device)
        return self.core.read(studies.lenders).asked(studies.patients, at), studies.truth[:, :, at]

    def _rate(self) -> float:
        left = (self.config.steps - self.step) / (FALLING * self.config.steps)
        return self.config.learning_rate * min(1.0, (self.step + 1) / WARM_UP, left)

    def save(self) -> None:
        """Write the checkpoint: weights, their average and the optimiser; the batches depend on seed and step alone."""
        if self.folder is None:
            return
        tensors = {f"core.{k}": v for k, v in self.core.state_dict().items()}
        tensors |= {f"average.{k}": v for k, v in self.average.items()}
        for i, state in self.optimiser.state_dict()["state"].items():
            tensors |= {f"optimiser.{i}.{k}": torch.as_tensor(v) for k, v in state.items()}
        checkpoints.save(self.folder, {k: v.clone() for k, v in tensors.items()}, self._facts())

    def _facts(self) -> dict[str, Any]:
        return {"config": asdict(self.config), "step": self.step, "seconds": self.seconds}

    def _resume(self, folder: Path) -> None:
        tensors, facts = checkpoints.load(folder)
        _same_but_steps(facts["config"], asdict(self.config))
        self.step, self.seconds = facts["step"], facts["seconds"]
        self.core.load_state_dict(_below("core.", tensors))
        self.average = {k: v.to(self.device) for k, v in _below("average.", tensors).items()}
        state: dict[int, dict[str, Tensor]] = {}
        for name, value in _below("optimiser.", tensors).items():
            i, key = name.split(".", 1)
            state.setdefault(int(i), {})[key] = value
        self.optimiser.load_state_dict({**self.optimiser.state_dict(), "state": state})


def _generator(seed: int, number: int) -> torch.Generator:
    return torch.Generator().manual_seed(1_000_003 * (seed + 1) + number)


def _below(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}


def _same_but_steps(found: dict[str, Any], asked: dict[str, Any]) -> None:
    """Refuse to continue another training.

    Raises:
        checkpoints.CheckpointError: the configurations differ in more than steps and how often is saved.

    """
    free = {"steps", "save_every"}
    other = sorted(k for k in asked if k not in free and found.get(k) != asked[k])
    if other:
        raise checkpoints.CheckpointError(
            f"the folder holds another training, which differs in {', '.join(other)}; choose another folder"
        )


def draw_for(config: TrainingConfig, generator: torch.Generator) -> SimulatedStudies:
    """New studies of a step."""
    return draw_studies(generator, draw_sizes(generator, config.series, config.patients))


def held_out(config: TrainingConfig, batches: int) -> Iterator[SimulatedStudies]:
    """Simulated studies that are never trained on."""
    generator = torch.Generator().manual_seed(EVALUATION_SEED)
    return (draw_for(config, generator) for _ in range(batches))


def evaluate(core: StudyCore, batches: int = 16) -> dict[str, float]:
    """Nats and MAE (with own records) on held-out simulated studies, and the MAE of the closed form and last value."""
    found, config = [], TrainingConfig(kind=core.kind)
    for studies in held_out(config, batches):
        at = torch.arange(studies.patients.time.shape[2])
        with torch.no_grad():
            forecast = core.read(studies.lenders).asked(studies.patients, at).answered(core.network)
        y, mixture = in_units(forecast, studies.truth), forecast.mixture
        use = ~y.isnan() & (mixture.repeat > 0)
        centres = (mixture.quantile(0.5), forecast.closed.mean, mixture.last)
        errors = [float((c - y).abs()[use].sum() / use.sum()) for c in centres]
        found.append([float(nats(forecast, studies.truth)), *errors])
    means = torch.tensor(found).mean(0).tolist()
    return dict(zip(("nats", "mae", "mae_closed_form", "mae_last_value"), means, strict=True))
