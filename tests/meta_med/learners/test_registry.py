"""Learners by name."""

import pytest
import torch

from meta_med.learners import create, names
from meta_med.learners.registry import options, try_options
from meta_med.outcomes import Outcome
from meta_med.study import StudyMismatch
from tests import scenario


def test_an_unknown_learner_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="learner 'mamml' is unknown; known: " + ", ".join(names())):
        create("mamml", [Outcome("y")], 1)


@pytest.mark.parametrize("name", names())
def test_an_unknown_option_is_refused_with_the_valid_ones(name: str) -> None:
    with pytest.raises(ValueError, match=rf"{name}: unknown option depht; valid options: .*width") as raised:
        create(name, [Outcome("y")], 1, depht=3)
    assert all(option in str(raised.value) for option in options(name))


@pytest.mark.parametrize("name", names())
def test_a_switch_is_true_or_false(name: str) -> None:
    with pytest.raises(ValueError, match=rf"{name}: history: must be true or false, got 'no'"):
        create(name, [Outcome("y")], 1, history="no")


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("width", [0, -3, 2.5, "wide", True])
def test_a_width_out_of_range_is_refused_before_anything_is_trained(name: str, width: object) -> None:
    state = torch.get_rng_state()
    with pytest.raises(StudyMismatch, match=f"{name}: width: must be a whole number, 1 or more"):
        try_options(name, {"width": width})
    assert torch.equal(torch.get_rng_state(), state)


@pytest.mark.parametrize("name", names())
def test_every_option_may_be_given_with_its_default(name: str) -> None:
    torch.manual_seed(0)
    one = create(name, [Outcome("y")], 2)
    torch.manual_seed(0)
    other = create(name, [Outcome("y")], 2, **options(name))
    assert all(torch.equal(v, other.state_dict()[k]) for k, v in one.state_dict().items())


@pytest.mark.parametrize("name", names())
def test_shapes_that_do_not_belong_together_are_named(name: str) -> None:
    learner = create(name, scenario.MIXED, 3).double()
    batch = scenario.random_batch(0, subjects=5)
    with pytest.raises(ValueError, match="cohort: expected a LongTensor"):
        learner.adapt(batch.context, batch.cohort.double(), batch.support)
    with pytest.raises(ValueError, match="support: expected 4 subjects, got 5"):
        learner.adapt(batch.context, batch.cohort[:4], batch.support)
    fewer = scenario.random_batch(0, outcomes=scenario.MIXED[:2])
    with pytest.raises(ValueError, match=r"context.y: expected shape .2, 4, 4., got .2, 4, 2."):
        learner.adapt(fewer.context, batch.cohort, batch.support)


@pytest.mark.parametrize("name", names())
def test_one_class_outcome_gives_a_tensor_of_probabilities_and_several_a_tuple(name: str) -> None:
    for outcomes, count in ((scenario.MIXED[1:2], None), (scenario.MIXED, 2)):
        batch = scenario.random_batch(0, outcomes=outcomes)
        learner = create(name, outcomes, 3).double()
        found = learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).probabilities
        assert isinstance(found, torch.Tensor) == (count is None)
        each = (found,) if count is None else found
        for p in each:
            torch.testing.assert_close(p.sum(-1), torch.ones_like(p[..., 0]))
