"""Sinusoids and Gaussian-process curves: what each learner makes of five and of ten records."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import torch
from torch import Tensor

from meta_med.bench.papers import pretrained
from meta_med.bench.papers.budget import Budget, known_options, tasks_for_test, train
from meta_med.bench.papers.job import Job
from meta_med.bench.papers.regression_tasks import GaussianProcessCurves, Sinusoids
from meta_med.bench.papers.results import Figure, seeded
from meta_med.episodes import EpisodeBatch
from meta_med.learners import create, names, options
from meta_med.learners.learner import Learner
from meta_med.meta_train import Trained
from meta_med.outcomes import Outcome

SUPPORT_SIZES = (5, 10)
GRADIENT_STEPS = (0, 1, 5, 10)
ASKED, ASKED_AT_TEST = 10, 100
STEPPING = Budget(steps=5_000, tasks=25, learning_rate=3e-3)
READING = Budget(steps=3_000, tasks=32, learning_rate=2e-3)
PAPERS_NETWORK = {"width": 40, "layers": 2, "shrink": False, "student_t": False, "step_size": 0.02}
OWN_OPTIONS: Mapping[str, dict[str, Any]] = {"reptile": {"step_size": 0.005}}  # 0.02 diverges over five steps
READERS = {"width": 64, "layers": 2, "features": 32, "student_t": False}
PRETRAINED, ORACLE = "pretrained", "exact posterior"
Figures = Mapping[str, Figure]


def jobs(quick: bool, seed: int) -> Iterator[Job]:
    """Every measurement: after gradient steps (Finn), then of reading learners on sinusoids and curves."""
    stepping, reading = (b.quick() if quick else b for b in (STEPPING, READING))
    for size in SUPPORT_SIZES:
        for name in (PRETRAINED, *stepping_learners()):
            work = partial(
                _pretrained if name == PRETRAINED else partial(_stepping, name), size, stepping, seed
            )
            yield Job("sinusoid steps", f"{size}", name, _facts(name, stepping, seed), work)
    for problem, source in (("sinusoid", Sinusoids), ("curves", GaussianProcessCurves)):
        for name in reading_learners():
            work = partial(_reading, name, source(10, ASKED, varying=True), reading, seed)
            yield Job(problem, "5, 10", name, _facts(name, reading, seed), work)
    yield Job("curves", "5, 10", ORACLE, _facts(ORACLE, reading, seed), partial(_oracle, reading, seed))


def stepping_learners() -> tuple[str, ...]:
    """Learners that adapt by gradient steps."""
    return tuple(name for name in names() if "inner_steps" in options(name))


def reading_learners() -> tuple[str, ...]:
    """Learners that adapt in one pass over the records."""
    return tuple(name for name in names() if name not in stepping_learners())


def _options(name: str) -> dict[str, Any]:
    network = PAPERS_NETWORK if name in stepping_learners() else READERS
    return known_options(name, {**network, **OWN_OPTIONS.get(name, {})})


def _facts(name: str, budget: Budget, seed: int) -> dict[str, Any]:
    return budget.facts(seed) | ({"options": _options(name)} if name in names() else {})


def _learner(name: str) -> Learner:
    return create(name, [Outcome("y")], 1, None, **_options(name))


def _stepping(name: str, size: int, budget: Budget, seed: int) -> Figures:
    """MSE after so many gradient steps; meta-trained with the learner's own number of them."""
    learner = train(lambda: _learner(name), Sinusoids(size, ASKED), budget, seed).learner
    tests = tasks_for_test(Sinusoids(size, ASKED_AT_TEST), budget.test_tasks, seed)
    change: Any = getattr(learner, "with_inner_steps")  # noqa: B009  (only stepping learners have it)
    return {
        f"mse@{steps}": Figure.of(torch.cat([_square(Trained(change(steps)), test) for test in tests]))
        for steps in GRADIENT_STEPS
    }


def _pretrained(size: int, budget: Budget, seed: int) -> Figures:
    network = pretrained.pretrain(Sinusoids(0, ASKED), 40, budget, seed)
    tuning = Sinusoids(size, ASKED_AT_TEST).sample(budget.test_tasks, seeded(seed + 1))
    tests = tasks_for_test(Sinusoids(size, ASKED_AT_TEST), budget.test_tasks, seed)
    found = {}
    for steps in GRADIENT_STEPS:
        step_size = pretrained.best_step_size(network, tuning, steps)
        errors = [pretrained.fine_tuned_errors(network, test, steps, step_size) for test in tests]
        found[f"mse@{steps}"] = Figure.of(torch.cat(errors))
    return found


def _reading(name: str, source: Sinusoids | GaussianProcessCurves, budget: Budget, seed: int) -> Figures:
    """MSE and log-likelihood at each support size of a learner that has met every number of records."""
    trained = train(lambda: _learner(name), source, budget, seed)
    found = {}
    for size in SUPPORT_SIZES:
        fixed = replace(source, own=size, asked=ASKED_AT_TEST, varying=False)
        tests = tasks_for_test(fixed, budget.test_tasks, seed)
        found[f"mse@{size}"] = Figure.of(torch.cat([_square(trained, test) for test in tests]))
        found[f"loglik@{size}"] = Figure.of(torch.cat([_log_likelihood(trained, test) for test in tests]))
    return found


def _oracle(budget: Budget, seed: int) -> Figures:
    found = {}
    for size in SUPPORT_SIZES:
        source = GaussianProcessCurves(size, ASKED_AT_TEST)
        both = [source.oracle(test) for test in tasks_for_test(source, budget.test_tasks, seed)]
        found[f"mse@{size}"] = Figure.of(torch.cat([square for square, _ in both]))
        found[f"loglik@{size}"] = Figure.of(torch.cat([density for _, density in both]))
    return found


def _square(trained: Trained, test: EpisodeBatch) -> Tensor:
    """(B,) mean squared error of each task."""
    mean = trained.adapt(test.context, test.cohort, test.support).predict(test.query).mean
    return (mean - test.query.y)[..., 0].square().mean(1)


def _log_likelihood(trained: Trained, test: EpisodeBatch) -> Tensor:
    """(B,) mean log-likelihood of each task's query records."""
    found = trained.adapt(test.context, test.cohort, test.support).predict(test.query)
    return found.log_likelihood(test.query)[0][..., 0].mean(1)
