"""Serving in chunks: bounded memory, cohorts adapted to once, and the same numbers whatever the chunk."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from meta_med.episodes.input_errors import UnknownCohort
from meta_med.learners import create, names
from meta_med.learners.registry import options
from meta_med.meta_train.chunks import chunks, in_order, predict_in_chunks
from meta_med.meta_train.outer_loop import Trained
from tests import scenario
from tests.examples import EACH, examples

OPTIONS = {"width": 16, "heads": 2}


def a_learner(name: str, dtype: torch.dtype = torch.float32):
    torch.manual_seed(0)
    chosen = {k: v for k, v in OPTIONS.items() if k in options(name)}
    return create(name, scenario.MIXED, 3, history=True, **chosen).eval().requires_grad_(False).to(dtype)


@pytest.mark.parametrize("name", names())
@examples(8, EACH)
@given(size=st.integers(1, 40), seed=st.integers(0, 2**31), cohorts=st.integers(1, 5))
def test_the_chunk_is_no_matter(name: str, size: int, seed: int, cohorts: int) -> None:
    """In float64: several gradient steps through a ReLU can turn float32's rounding into a visible difference."""
    learner = a_learner(name, torch.float64)
    batch = scenario.random_batch(seed, cohorts=cohorts, subjects=33, dtype=torch.float64)
    whole = learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)
    found = predict_in_chunks(learner, batch, size)
    torch.testing.assert_close(found.location, whole.location, rtol=1e-9, atol=1e-9)
    torch.testing.assert_close(found.scale, whole.scale, rtol=1e-9, atol=1e-9)


@given(
    cohort=st.lists(st.integers(0, 6), max_size=60),
    size=st.integers(1, 20),
)
def test_everybody_is_in_one_chunk_and_cohorts_are_not_adapted_to_again(cohort: list[int], size: int) -> None:
    of = torch.tensor(cohort, dtype=torch.long)
    found = list(chunks(of, size))
    assert sorted(s for chunk in found for s in chunk.subjects.tolist()) == list(range(len(cohort)))
    assert all(len(chunk.subjects) <= size for chunk in found)
    assert all(torch.equal(chunk.cohorts[chunk.cohort], of[chunk.subjects]) for chunk in found)
    adapted = sum(len(chunk.cohorts) for chunk in found)
    assert adapted <= len(set(cohort)) + max(0, len(found) - 1)
    if found:
        assert torch.equal(in_order([of[chunk.subjects] for chunk in found], of), of)


def test_what_was_trained_is_served_too() -> None:
    learner, batch = a_learner("bayesian_head"), scenario.random_batch(0, dtype=torch.float32)
    one, other = predict_in_chunks(learner, batch), predict_in_chunks(Trained(learner), batch, 2)
    torch.testing.assert_close(one.quantile(0.9), other.quantile(0.9))


def test_nobody_is_predicted_where_nobody_is_asked_for() -> None:
    batch = scenario.random_batch(0, subjects=0, dtype=torch.float32)
    assert predict_in_chunks(a_learner("bayesian_head"), batch).location.shape == (0, 2, 7)


def test_a_chunk_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="size: expected at least one subject per chunk, got 0"):
        predict_in_chunks(a_learner("bayesian_head"), scenario.random_batch(0, dtype=torch.float32), 0)


def test_a_cohort_without_context_is_refused_before_it_is_looked_up() -> None:
    batch = scenario.random_batch(0, dtype=torch.float32)
    batch.cohort[0] = -1
    with pytest.raises(UnknownCohort, match="cohort"):
        predict_in_chunks(a_learner("bayesian_head"), batch)
