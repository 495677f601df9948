"""The study core on curves: untrained, it is near the exact posterior."""

import torch

from meta_med.bench.papers import study_in_context
from meta_med.bench.papers.budget import Budget, tasks_for_test
from meta_med.bench.papers.regression import GaussianProcessCurves, Sinusoids

BUDGET = Budget(steps=1, tasks=1, learning_rate=1e-3, test_tasks=60)


def test_curves_of_a_gaussian_process_are_predicted_nearly_as_by_its_exact_posterior() -> None:
    source = GaussianProcessCurves(10, study_in_context.QUERIES)
    found = study_in_context.figures(source, (10,), BUDGET, seed=0)
    exact = torch.cat([source.oracle(test)[1] for test in tasks_for_test(source, 60, 0)])
    assert abs(found["loglik@10"].mean - float(exact.mean())) < 0.1


def test_five_records_of_a_sinusoid_tell_it() -> None:
    found = study_in_context.figures(Sinusoids(5, study_in_context.QUERIES), (5,), BUDGET, seed=0)
    assert found["mse@5"].mean < 1e-3
    assert found["loglik@5"].mean > 2.0
