"""Law 2: who else is scored, in which order, and what padding or masked cells hold, changes nothing."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.episodes.queries import most_recent
from meta_med.learners import create, names
from meta_med.learners.learner import Learner
from meta_med.meta_train.predictors import forecast_of
from tests import scenario
from tests.examples import EACH, examples

quick = examples(8, EACH)
seeds = st.integers(0, 2**32 - 1)
garbage = st.sampled_from([float("nan"), float("inf"), -float("inf"), 1e30, -7.0])


def a_learner(name: str, history: bool = True, dtype: torch.dtype = torch.float64) -> Learner:
    torch.manual_seed(5)
    return create(name, scenario.MIXED, 3, history=history, **scenario.SMALL.get(name, {})).to(dtype).eval()


def outputs(learner: Learner, batch: EpisodeBatch) -> tuple[torch.Tensor, torch.Tensor]:
    found = learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)
    return found.location, found.scale


def with_garbage(records: Records, value: float) -> Records:
    """`value` wherever a mask says that nothing is there."""
    seen_x = records.x_observed & records.present.unsqueeze(-1)
    seen_y = records.y_observed & records.present.unsqueeze(-1)
    return replace(
        records,
        x=torch.where(seen_x, records.x, value),
        y=torch.where(seen_y, records.y, value),
        time=torch.where(records.present, records.time, value),
    )


def padded(records: Records, extra: int, value: float, front: bool) -> Records:
    """`extra` absent records more on one side, holding `value` and masks that are set."""
    out = {}
    for name, tensor in vars(records).items():
        shape = (tensor.shape[0], extra, *tensor.shape[2:])
        fill = tensor.new_zeros(shape) if name == "present" else torch.full(shape, value)
        fill = fill.to(tensor.dtype) if tensor.dtype != torch.bool else fill.bool()
        out[name] = torch.cat([fill, tensor] if front else [tensor, fill], 1)
    return Records(**out)


@pytest.mark.fault("M11")
@pytest.mark.parametrize("name", [*scenario.LEARNERS, *scenario.BASELINES, "un_adapted"])
def test_alone_in_a_batch_or_shuffled(name: str) -> None:
    rows = scenario.prepared().rows("held_out")
    together = _forecast(name, rows)
    order = np.random.default_rng(0).permutation(len(rows))
    shuffled = _forecast(name, rows[order])
    np.testing.assert_allclose(shuffled, together[order], rtol=0, atol=1e-6)
    for i in range(0, len(rows), 5):
        np.testing.assert_allclose(_forecast(name, rows[i : i + 1])[0], together[i], rtol=0, atol=1e-6)


def _forecast(name: str, rows: np.ndarray) -> np.ndarray:
    """Mean and scale side by side."""
    ready, fitted = scenario.prepared(), scenario.fitted()
    queries = most_recent(ready, rows)
    if name in fitted.baselines:
        found = forecast_of(fitted.baselines[name], ready.episodes(queries))
    elif name in fitted.learners:
        found = fitted.learner_forecast(name, ready, queries)
    else:
        found = fitted.un_adapted(ready, queries)
    return np.concatenate([found.mean, found.scale], 1)


@pytest.mark.parametrize("name", names())
def test_cohorts_that_are_adapted_to_once_serve_any_number_of_subjects(name: str) -> None:
    learner, batch = a_learner(name), scenario.random_batch(3)
    location, scale = outputs(learner, batch)
    of_cohorts = learner.of_cohorts(batch.context)
    for some in (slice(None), slice(1, 3)):
        found = of_cohorts.adapt(batch.cohort[some], batch.support.select(some)).predict(
            batch.query.select(some)
        )
        torch.testing.assert_close(found.location, location[some], rtol=0, atol=1e-9)
        torch.testing.assert_close(found.scale, scale[some], rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", names())
@quick
@given(seed=seeds, value=garbage)
def test_masked_cells_may_hold_anything(name: str, seed: int, value: float) -> None:
    learner, batch = a_learner(name), scenario.random_batch(seed)
    dirty = EpisodeBatch(
        with_garbage(batch.context, value),
        batch.cohort,
        with_garbage(batch.support, value),
        with_garbage(batch.query, value),
    )
    present = batch.query.present
    for clean, found in zip(outputs(learner, batch), outputs(learner, dirty), strict=True):
        assert torch.equal(clean[present], found[present])
    assert torch.equal(learner.loss(batch), learner.loss(dirty))


@pytest.mark.parametrize("name", names())
@quick
@given(seed=seeds, value=garbage)
def test_masked_cells_reach_no_gradient(name: str, seed: int, value: float) -> None:
    learner, batch = a_learner(name), scenario.random_batch(seed)
    dirty = EpisodeBatch(
        with_garbage(batch.context, value), batch.cohort, with_garbage(batch.support, value), batch.query
    )
    learner.loss(dirty).backward()
    assert all(p.grad is None or bool(torch.isfinite(p.grad).all()) for p in learner.parameters())


@pytest.mark.parametrize("name", names())
@quick
@given(
    seed=seeds,
    value=garbage,
    context=st.integers(0, 3),
    support=st.integers(0, 3),
    query=st.integers(0, 2),
    front=st.booleans(),
)
def test_padding_changes_nothing(
    name: str, seed: int, value: float, context: int, support: int, query: int, front: bool
) -> None:
    learner, batch = a_learner(name), scenario.random_batch(seed)
    longer = EpisodeBatch(
        padded(batch.context, context, value, front),
        batch.cohort,
        padded(batch.support, support, value, front),
        padded(batch.query, query, value, front=False),
    )
    q = batch.query.present.shape[1]
    for one, other in zip(outputs(learner, batch), outputs(learner, longer), strict=True):
        torch.testing.assert_close(other[:, :q], one, rtol=1e-9, atol=1e-9)
    torch.testing.assert_close(learner.loss(longer), learner.loss(batch), rtol=1e-9, atol=1e-9)


@pytest.mark.fault("M12")
@pytest.mark.parametrize("history", [True, False])
@pytest.mark.parametrize("name", names())
@quick
@given(seed=seeds)
def test_records_may_stand_in_any_order_with_their_times(name: str, history: bool, seed: int) -> None:
    learner, batch = a_learner(name, history), scenario.random_batch(seed)
    generator = torch.Generator().manual_seed(seed)
    context = torch.randperm(batch.context.present.shape[1], generator=generator)
    support = torch.randperm(batch.support.present.shape[1], generator=generator)
    moved = EpisodeBatch(
        Records(**{k: v[:, context] for k, v in vars(batch.context).items()}),
        batch.cohort,
        Records(**{k: v[:, support] for k, v in vars(batch.support).items()}),
        batch.query,
    )
    for one, other in zip(outputs(learner, batch), outputs(learner, moved), strict=True):
        torch.testing.assert_close(other, one, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", names())
def test_another_order_of_cohorts_and_subjects_is_only_another_order(name: str) -> None:
    learner, batch = a_learner(name), scenario.random_batch(3, cohorts=3, subjects=6)
    cohorts, subjects = torch.tensor([2, 0, 1]), torch.tensor([5, 3, 1, 0, 2, 4])
    moved = EpisodeBatch(
        batch.context.select(cohorts),
        torch.argsort(cohorts)[batch.cohort[subjects]],
        batch.support.select(subjects),
        batch.query.select(subjects),
    )
    for one, other in zip(outputs(learner, batch), outputs(learner, moved), strict=True):
        torch.testing.assert_close(other, one[subjects], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", names())
def test_adapting_mutates_neither_the_learner_nor_its_inputs(name: str) -> None:
    learner, batch = a_learner(name), scenario.random_batch(0)
    weights = {k: v.clone() for k, v in learner.state_dict().items()}
    parts = (batch.context, batch.support, batch.query)
    before = [{k: v.clone() for k, v in vars(part).items()} for part in parts]
    outputs(learner, batch)
    assert all(torch.equal(v, learner.state_dict()[k]) for k, v in weights.items())
    for part, values in zip(parts, before, strict=True):
        assert all(torch.equal(v, getattr(part, k)) for k, v in values.items())
