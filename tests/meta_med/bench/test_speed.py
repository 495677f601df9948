"""The speed table compares like with like, and runs."""

from pathlib import Path

import pytest
import torch

from meta_med.bench import loop, loop_loss, measure, meta_training, serving, speed
from meta_med.bench import serving as tables
from meta_med.bench.loop import checked_loop
from meta_med.bench.measure import Row, section
from meta_med.learners import names


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """One run of each work is enough here."""

    def once(works, least=1.0):
        return {name: float(work() is None) + 1.0 for name, work in works.items()}

    monkeypatch.setattr(measure, "race", once)
    monkeypatch.setattr(meta_training, "race", once)


@pytest.mark.parametrize("first_order", [False, True])
@pytest.mark.parametrize("steps", [1, 3])
def test_the_loop_that_it_is_measured_against_gives_the_same_loss_and_meta_gradient(
    steps: int, first_order: bool
) -> None:
    wanted = {"width": 16, "inner_steps": steps, "first_order": first_order, **loop.PLAIN}
    learner, batch = loop.learner_of("maml", **wanted), loop.batch_of(4)
    one, other = learner.loss(batch), loop_loss(learner, batch)
    torch.testing.assert_close(one, other)
    weights = [p for layer in learner.linears() for p in layer.parameters()]
    for a, b in zip(torch.autograd.grad(one, weights), torch.autograd.grad(other, weights), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-6)


def test_a_loop_that_differs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    learner, batch = loop.learner_of("maml", width=8, **loop.PLAIN), loop.batch_of(4)
    monkeypatch.setattr("meta_med.bench.loop.loop_loss", lambda learner, batch: 2 * learner.loss(batch))
    with pytest.raises(AssertionError, match="differ by"):
        checked_loop(learner, batch)


def test_a_batch_is_what_it_says() -> None:
    batch = loop.batch_of(7)
    assert batch.support.x.shape == (7, loop.SUPPORT, loop.COVARIATES)
    assert batch.query.x.shape == (7, loop.QUERY, loop.COVARIATES)
    assert serving.one_query(7).query.x.shape == (7, 1, loop.COVARIATES)


def test_works_take_turns_and_the_best_run_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    turns: list[str] = []
    took = iter([3.0, 5.0, 1.0, 2.0])
    monkeypatch.setattr(measure, "_once", lambda work: (work(), next(took))[1])
    best = measure.race({"a": lambda: turns.append("a"), "b": lambda: turns.append("b")}, least=4.0)
    assert best == {"a": 1.0, "b": 5.0}
    assert turns == ["a", "b", "a", "b", "a"]  # the first two warm up; b has had its time after one run


def test_useful_operations_grow_as_the_products_do() -> None:
    # the three square products (support, query, inner delta) dominate: 20 rows x 2 H^2, forward and twice back
    wide = 4096
    assert meta_training.useful_flops(wide) == pytest.approx(2 * 3 * 20 * wide**2, rel=0.05)


def test_a_goal_is_met_or_not() -> None:
    page = section("Work", "Text.", [
        Row.times("a", "1 task/s", 20.0, "the loop", 15), Row.rate("b", 10.0, "patients/s", "-", 1e6),
        Row.times("c", "1 task/s", 2.0, "the loop", None),
    ])  # fmt: skip
    assert "| a | 1 task/s | 20.0 x the loop | >= 15 x | yes |" in page
    assert "| b | 10 patients/s | - | >= 1,000,000 patients/s | no |" in page
    assert "| c | 1 task/s | 2.0 x the loop | - | - |" in page


@pytest.mark.nightly
def test_the_page_has_every_learner_and_its_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "matrix_rate", lambda *_: 1e11)
    monkeypatch.setattr(serving, "CHUNK", 64)
    monkeypatch.setattr(serving, "served", lambda: (("protonet", 1), ("maml", 5)))
    monkeypatch.setattr(tables, "table_of", lambda n, make=tables.table_of: make(600))
    page = speed.run(tmp_path / "results" / "speed.md", quick=True)
    assert (tmp_path / "results" / "speed.md").read_text() == page
    for name in names():
        assert f"`{name}`, default options" in page
    for work in ("share of the matrix-product rate", "adapt and predict, `maml`, K = 5", "peak memory",
                 "`maml`, H = 64, 512 tasks, two processes",
                 "records to padded tensors", "prediction", "No GPU was available"):  # fmt: skip
        assert work in page
