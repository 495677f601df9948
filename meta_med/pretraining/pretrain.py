"""Pretraining the neural process's core on simulated patients: `meta-med pretrain --steps N --out DIR`.

Reproducible: the same steps, seed and torch version give the same weights on a CPU. No real patient is seen.
"""

import argparse
import math
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from meta_med import checkpoints
from meta_med.learners.learner import degrees_of_freedom
from meta_med.learners.model_based.series_core import (
    OwnSeries,
    SeriesCore,
    SeriesDescriptor,
    SeriesForecast,
    Summary,
    summarise,
    summarise_others,
)
from meta_med.learners.model_based.series_path import Pretrained
from meta_med.outcomes.continuous import student_t_log_density
from meta_med.prediction import positive_scale
from meta_med.pretraining import SimulatedPatients, draw_patients
from meta_med.pretraining.prior import HYPER_PARAMETERS
from meta_med.randomness import OwnRandomness

Report = Callable[[str], None]
SERIES_PER_STUDY = (1, 2, 4, 8)
STUDIES_TIMES_SERIES = 32
EVALUATION_SEED = 17  # seed of the simulated patients for evaluation, which are never drawn for training


@dataclass(frozen=True)
class PretrainingConfig:
    """Configuration of pretraining.

    Attributes:
        steps: of AdamW with a warm-up and cosine decay to 0; learning_rate; seed.
        patients: of each simulated study; width: of the core's hidden layers.
        told, told_each: probability that an outcome's hyper-parameters are given at all, and then each one of them.
        judge_every: steps between evaluations on held-out simulated patients.

    """

    steps: int = 12_000
    learning_rate: float = 3e-3
    seed: int = 0
    patients: int = 64
    width: int = 96
    told: float = 0.7
    told_each: float = 0.7
    judge_every: int = 1000


def pretrain(config: PretrainingConfig, report: Report = lambda _: None) -> Pretrained:
    """Train a core and its descriptor of series on simulated patients only.

    Args:
        config: the configuration; report: called with a line of text at each evaluation.

    """
    generator = torch.Generator().manual_seed(config.seed)
    with OwnRandomness(config.seed).active():
        core = Pretrained(SeriesCore(width=config.width), SeriesDescriptor(len(HYPER_PARAMETERS)))
    optimiser = torch.optim.AdamW(core.parameters(), lr=config.learning_rate, weight_decay=1e-4, fused=True)
    began = time.monotonic()
    for step in range(config.steps):
        _set_rate(optimiser, config, step)
        patients = draw_patients(generator, **_sizes(config, generator))
        optimiser.zero_grad(set_to_none=True)
        loss = _loss(core, patients, config, generator)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(core.parameters(), 1.0)
        optimiser.step()
        if (step + 1) % config.judge_every == 0:
            facts = evaluate(core)
            text = ", ".join(f"{name} {value:.4f}" for name, value in facts.items())
            report(f"step {step + 1}, {time.monotonic() - began:.0f} s: {text}")
    return core.eval().requires_grad_(False)


def evaluate(core: Pretrained, studies: int = 24) -> dict[str, float]:
    """Log loss (nats) and MAE on held-out simulated patients, with and without hyper-parameters; MAE of last value."""
    patients = draw_patients(torch.Generator().manual_seed(EVALUATION_SEED), studies=studies, patients=64)
    with torch.no_grad():
        nothing = torch.zeros_like(patients.described)
        forecast, summary = _forecast(core, patients, nothing, torch.zeros_like(patients.loadings))
        everything, _ = _forecast(core, patients, torch.ones_like(nothing), patients.loadings)
        y, seen = _later(patients)
        measured = seen & (summary.known > 0) & ~_rows(patients.binary, 2)
        return {
            "nats": float(_nats(forecast, patients)),
            "nats_told": float(_nats(everything, patients)),
            "mae": float((forecast.location - y).abs()[measured].mean()),
            "mae_told": float((everything.location - y).abs()[measured].mean()),
            "mae_last_value": float((summary.anchors[..., 0] - y).abs()[measured].mean()),
        }


def pretrain_into(folder: Path, config: PretrainingConfig, report: Report = lambda _: None) -> dict[str, Any]:
    """Pretrain and write the weights; returns their facts, with the command that reproduces them."""
    core = pretrain(config, report)
    command = f"meta-med pretrain --steps {config.steps} --seed {config.seed} --out FOLDER"
    facts = {
        "command": command,
        "config": vars(config),
        "sizes": core.series.sizes,
        "hyper_parameters": list(HYPER_PARAMETERS),
        "simulated": evaluate(core),
        "torch": torch.__version__.split("+")[0],
    }
    checkpoints.save(folder, core.state_dict(), facts)
    return facts


def _set_rate(optimiser: torch.optim.Optimizer, config: PretrainingConfig, step: int) -> None:
    warm = min(1.0, (step + 1) / 200)
    rate = config.learning_rate * warm * 0.5 * (1.0 + math.cos(math.pi * step / config.steps))
    for group in optimiser.param_groups:
        group["lr"] = rate


def _sizes(config: PretrainingConfig, generator: torch.Generator) -> Mapping[str, int]:
    """A random shape of the batch: few studies with many outcomes, or many studies with one."""
    at = int(torch.randint(0, len(SERIES_PER_STUDY), (), generator=generator))
    outcomes = SERIES_PER_STUDY[at]
    studies = STUDIES_TIMES_SERIES // outcomes
    return {"studies": studies, "patients": config.patients, "outcomes": outcomes}


def _loss(
    core: Pretrained, patients: SimulatedPatients, config: PretrainingConfig, generator: torch.Generator
) -> Tensor:
    """Nats per predicted value, with a random part of each study's hyper-parameters given."""
    studies = len(patients.y) // config.patients
    shape = (studies, *patients.described.shape[1:])
    at_all = torch.rand((studies, 1, 1), generator=generator) < config.told
    given = (torch.rand(shape, generator=generator) < config.told_each) & at_all
    shared = torch.rand((studies, 1, 1), generator=generator) < 0.6
    by_patient = [t.float().repeat_interleave(config.patients, 0) for t in (given, shared)]
    forecast, _ = _forecast(core, patients, by_patient[0], patients.loadings * by_patient[1])
    return _nats(forecast, patients)


def _forecast(
    core: Pretrained, patients: SimulatedPatients, given: Tensor, loadings: Tensor
) -> tuple[SeriesForecast, Summary]:
    """Forecasts of every patient's queries, as rows."""
    classes, n = patients.binary.float(), patients.later.shape[1]
    age = (patients.later.unsqueeze(2) - patients.time.unsqueeze(1)).flatten(0, 1)
    others = summarise_others(patients.others, patients.others_seen.to(patients.others.dtype))
    columns = (patients.y, patients.y_seen.float(), others, classes)
    values, seen, others, kind = (_rows(t, n) for t in columns)
    seen = seen * (age > 0).unsqueeze(-1)
    summary = summarise(OwnSeries(values, seen, age, others, kind))
    descriptor = core.describe(patients.described, given, classes)
    return core.series(summary, _rows(descriptor, n), _rows(loadings, n)), summary


def _nats(forecast: SeriesForecast, patients: SimulatedPatients) -> Tensor:
    y, seen = _later(patients)
    scale, df = positive_scale(forecast.raw_scale), degrees_of_freedom(forecast.raw_df)
    dense = -student_t_log_density(y, forecast.location, scale, df)
    crossed = F.binary_cross_entropy_with_logits(forecast.location, y.clamp(0.0, 1.0), reduction="none")
    nats = torch.where(_rows(patients.binary, patients.later.shape[1]), crossed, dense)
    return (nats * seen).sum() / seen.sum().clamp(min=1)


def _later(patients: SimulatedPatients) -> tuple[Tensor, Tensor]:
    return patients.y_later.flatten(0, 1), patients.later_seen.flatten(0, 1)


def _rows(t: Tensor, n: int) -> Tensor:
    return t.repeat_interleave(n, 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Pretrain and write the weights."""
    defaults = PretrainingConfig()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the weights")
    parser.add_argument("--steps", type=int, default=defaults.steps)
    parser.add_argument("--seed", type=int, default=defaults.seed)
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    config = PretrainingConfig(steps=chosen.steps, seed=chosen.seed)
    pretrain_into(chosen.out, config, lambda text: print(text, file=sys.stderr, flush=True))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
