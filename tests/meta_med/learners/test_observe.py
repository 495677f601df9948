"""Records that come one by one: what is known afterwards is what all of them at once would have said."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from meta_med.episodes.batch import Records
from meta_med.learners import create
from tests import scenario
from tests.examples import EACH, examples

VARIANTS = (
    ("bayesian_head", {"width": 6, "features": 12}),
    ("bayesian_head", {"width": 6, "features": 2}),  # more records than features: in feature space
    ("bayesian_head", {"width": 6, "features": 4}),  # moves to feature space while records come
    ("deep_kernel", {"width": 6, "features": 5, "time_scales": 2}),
    ("deep_kernel", {"width": 6, "features": 5, "embedding": 0, "coupling": 2}),
    ("hierarchical_mixed", {"models": 5}),
)


def part(records: Records, columns: slice) -> Records:
    return Records(**{name: value[:, columns] for name, value in vars(records).items()})


def differences(name: str, options, seed: int, first: int, step: int, *, context: int, history: bool = True):
    """Location and scale after all at once, and after some and then the others `step` at a time."""
    torch.manual_seed(seed)
    learner = create(name, scenario.MIXED, 3, history=history, **options).double().eval()
    batch = scenario.random_batch(seed, context=context, subjects=4, support=7)
    once = learner.adapt(batch.context, batch.cohort, batch.support)
    adapted = learner.adapt(batch.context, batch.cohort, part(batch.support, slice(0, first)))
    before = adapted.predict(batch.query)
    then = adapted
    for start in range(first, 7, step):
        then = then.observe(part(batch.support, slice(start, start + step)))
    assert torch.equal(adapted.predict(batch.query).location, before.location)
    return once.predict(batch.query), then.predict(batch.query)


@pytest.mark.parametrize(("name", "options"), VARIANTS)
@examples(20, EACH)
@given(
    seed=st.integers(0, 2**31),
    first=st.integers(0, 7),
    step=st.integers(1, 3),
    context=st.sampled_from([0, 4]),
    history=st.booleans(),
)
def test_one_by_one_is_all_at_once(
    name: str, options: dict[str, int], seed: int, first: int, step: int, context: int, history: bool
) -> None:
    once, then = differences(name, options, seed, first, step, context=context, history=history)
    torch.testing.assert_close(then.location, once.location, rtol=1e-10, atol=1e-10)
    torch.testing.assert_close(then.scale, once.scale, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize(("name", "options"), [VARIANTS[0], VARIANTS[3]])
def test_with_history_an_older_record_is_refused(name: str, options: dict[str, int]) -> None:
    """The inputs of what was observed already would have to change."""
    learner = create(name, scenario.MIXED, 3, history=True, **options).double().eval()
    batch = scenario.random_batch(0, subjects=4, support=7)
    adapted = learner.adapt(batch.context, batch.cohort, part(batch.support, slice(3, 7)))
    with pytest.raises(ValueError, match=r"records\.time: .* no record older than those already observed"):
        adapted.observe(part(batch.support, slice(0, 3)))


def test_records_of_other_subjects_are_refused() -> None:
    learner = create("bayesian_head", scenario.MIXED, 3).double().eval()
    batch = scenario.random_batch(0, subjects=4)
    adapted = learner.adapt(batch.context, batch.cohort, batch.support)
    with pytest.raises(ValueError, match="records: expected 4 subjects, got 3"):
        adapted.observe(batch.support.select(slice(0, 3)))
