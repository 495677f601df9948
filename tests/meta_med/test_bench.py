"""The benchmark compares like with like, and runs."""

from pathlib import Path

import pytest
import torch

from meta_med import bench


@pytest.mark.parametrize("first_order", [False, True])
@pytest.mark.parametrize("steps", [1, 3])
def test_the_loop_that_it_is_measured_against_gives_the_same_loss_and_meta_gradient(
    steps: int, first_order: bool
) -> None:
    options = {"shrink": False, "student_t": False, "inner_steps": steps, "first_order": first_order}
    learner = bench._learner("maml", width=16, **options)
    batch = bench._batch(4, torch.Generator().manual_seed(0))
    one, other = learner.loss(batch), bench.loop_loss(learner, batch)
    torch.testing.assert_close(one, other)
    weights = list(learner.layers.parameters())
    for a, b in zip(torch.autograd.grad(one, weights), torch.autograd.grad(other, weights), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-6)


def test_a_batch_is_what_it_says() -> None:
    batch = bench._batch(7, torch.Generator().manual_seed(0))
    assert batch.support.x.shape == (7, bench.SUPPORT, bench.COVARIATES)
    assert batch.query.x.shape == (7, bench.QUERY, bench.COVARIATES)


def test_the_page_has_a_line_a_measurement() -> None:
    page = bench._page([("work", "1 task/s", "2 x")])
    assert page.startswith("# Speed")
    assert page.endswith("| work | 1 task/s | 2 x |\n")


def test_the_smaller_parts_run_and_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "_seconds", lambda work, *_: float(work() is not None) + 1.0)
    monkeypatch.setattr(bench, "_meta_training", lambda _: [("meta-training", "-", "-")])
    assert bench.main(["--quick", "--out", str(tmp_path / "results" / "speed.md")]) == 0
    page = (tmp_path / "results" / "speed.md").read_text()
    assert "adapt and predict, bayesian_head" in page
    assert "mixed model, 10,000 patients x 5 records" in page
