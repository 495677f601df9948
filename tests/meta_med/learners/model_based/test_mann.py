"""What the memory-augmented network promises beyond the laws that hold for every learner."""

from dataclasses import replace

import pytest
import torch

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.learners import create
from meta_med.learners.learner import Learner
from meta_med.learners.model_based.mann import AdaptedMANN
from meta_med.outcomes import Outcome
from tests import scenario

GRADE = Outcome("grade", "categorical", n_classes=4)
SMALL = {"width": 12, "slots": 4, "keys": 5, "content": 4}


def a_learner(**options) -> Learner:
    torch.manual_seed(0)
    return create("mann", scenario.MIXED, 3, **{**SMALL, **options}).double().eval()


def state_of(learner: Learner, batch: EpisodeBatch) -> dict[str, torch.Tensor]:
    adapted = learner.adapt(batch.context, batch.cohort, batch.support)
    assert isinstance(adapted, AdaptedMANN)
    return {**vars(adapted.state.memory), "held": adapted.state.held, "cell": adapted.state.cell}


@pytest.mark.parametrize("controller", ["lstm", "feedforward"])
def test_a_query_leaves_no_trace_for_the_next(controller: str) -> None:
    learner, batch = a_learner(controller=controller), scenario.random_batch(0, query=5)
    adapted = learner.adapt(batch.context, batch.cohort, batch.support)
    together = adapted.predict(batch.query)
    for i in (3, 0, 4, 1, 2, 3):
        one = Records(**{k: v[:, i : i + 1] for k, v in vars(batch.query).items()})
        alone = adapted.predict(one)
        torch.testing.assert_close(alone.location[:, 0], together.location[:, i], rtol=0, atol=1e-12)
        torch.testing.assert_close(alone.scale[:, 0], together.scale[:, i], rtol=0, atol=1e-12)


def test_absent_records_leave_the_state_as_it_is_to_rounding() -> None:
    """Not bit by bit: a product of more rows may be taken by another kernel of the processor."""
    learner, batch = a_learner(), scenario.random_batch(1)
    blank = {k: torch.zeros_like(v) for k, v in vars(batch.support).items()}
    longer = Records(**{k: torch.cat([blank[k], v, blank[k]], 1) for k, v in vars(batch.support).items()})
    one, other = state_of(learner, batch), state_of(learner, replace(batch, support=longer))
    for k, v in one.items():
        torch.testing.assert_close(v, other[k], rtol=0, atol=1e-14)


def test_a_subject_without_records_stands_where_its_cohort_does() -> None:
    learner, batch = a_learner(), scenario.random_batch(2)
    masked = state_of(learner, replace(batch, support=batch.support.without_records()))
    none = state_of(learner, replace(batch, support=Records.empty(len(batch.cohort), batch.support)))
    assert all(torch.equal(v, none[k]) for k, v in masked.items())


def test_which_of_two_records_came_first_matters() -> None:
    learner, batch = a_learner(), scenario.random_batch(3, support=4)
    everything = replace(batch.support, present=torch.ones_like(batch.support.present))
    batch = replace(batch, support=everything)
    backwards = replace(batch, support=replace(everything, time=everything.time.flip(1)))
    one = learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).location
    other = learner.adapt(batch.context, batch.cohort, backwards.support).predict(batch.query).location
    assert bool(((one - other).abs().amax((1, 2)) > 1e-6).all())


def test_the_order_of_a_context_that_fits_its_slots_does_not_matter() -> None:
    learner, batch = a_learner(slots=8), scenario.random_batch(4, context=5, support=3)
    at_once = replace(batch.context, time=torch.full_like(batch.context.time, -1.0))
    backwards = Records(**{k: v.flip(1) for k, v in vars(at_once).items()})
    one = learner.adapt(at_once, batch.cohort, batch.support).predict(batch.query).location
    other = learner.adapt(backwards, batch.cohort, batch.support).predict(batch.query).location
    torch.testing.assert_close(one, other, rtol=0, atol=1e-12)


def test_by_default_no_record_of_the_context_or_the_support_is_forgotten() -> None:
    batch = scenario.random_batch(5, context=40, subjects=3, support=50)
    small = {k: v for k, v in SMALL.items() if k != "slots"}
    adapted, ample, few = (
        create("mann", scenario.MIXED, 3, generator=torch.Generator().manual_seed(0), **small, **slots)
        .double()
        .eval()
        .adapt(batch.context, batch.cohort, batch.support)
        for slots in ({}, {"slots": 200}, {"slots": 32})
    )
    told = batch.context.present.sum(1)[batch.cohort] + batch.support.present.sum(1)
    assert torch.equal((adapted.state.memory.usage > 0).sum(1), told)
    location = adapted.predict(batch.query).location
    torch.testing.assert_close(location, ample.predict(batch.query).location)
    assert bool(((few.state.memory.usage > 0).sum(1) < told).all())


def test_with_fresh_labels_a_permutation_of_the_labels_permutes_the_prediction() -> None:
    torch.manual_seed(0)
    learner = create("mann", [GRADE], 3, fresh_labels=True, **SMALL).double()
    batch = scenario.random_batch(0, outcomes=(GRADE,), support=6)
    order = torch.tensor([2, 0, 3, 1])

    def logits(context: Records, support: Records) -> torch.Tensor:
        return learner.adapt(context, batch.cohort, support).predict(batch.query).location

    def called_anew(records: Records) -> Records:
        return replace(records, y=order[records.y.long()].to(records.y.dtype))

    moved = logits(called_anew(batch.context), called_anew(batch.support))
    torch.testing.assert_close(moved[..., order], logits(batch.context, batch.support))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"slots": 0}, "slots: must be a whole number, 1 or more and at most 100,000, got 0"),
        ({"heads": 0}, "heads: must be a whole number, 1 or more and at most 100,000, got 0"),
        ({"decay": 1.0}, r"decay: must be a number, above 0 and below 1, got 1.0"),
        ({"controller": "gru"}, "controller: must be one of lstm, feedforward, got 'gru'"),
        ({"layers": -1}, "layers: must be a whole number, 0 or more and at most 100,000, got -1"),
        ({"fresh_labels": True, "history": True}, "fresh_labels: needs history: false"),
    ],
)
def test_an_option_outside_its_range_is_refused_by_name(options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        create("mann", [GRADE], 3, **options)
