"""How learners read a context: each record in its lender's own series, each lender weighing the same."""

from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.learners import create, names
from meta_med.learners.learner import Learner
from meta_med.learners.networks.features import RecordFeatures
from meta_med.learners.networks.lenders import Lenders
from meta_med.outcomes import Outcome, OutcomeLayout
from tests import scenario
from tests.examples import EACH, examples

LAYOUT = OutcomeLayout.of([Outcome("level")])


def lent(values: list[list[float]], times: list[list[float]]) -> Records:
    """One cohort's lenders by their values and times; NaN is no record."""
    y, time = torch.tensor(values)[None, ..., None], torch.tensor(times)[None]
    x = torch.zeros_like(y)
    present = ~torch.isnan(y[..., 0])
    return Records(x, x == 0, time, torch.nan_to_num(y), present.unsqueeze(-1), present)


def test_a_records_history_is_its_lenders_own() -> None:
    context = lent([[1.0, 2.0, 4.0], [7.0, 9.0, float("nan")]], [[-3.0, -2.0, -1.0], [-1.5, -1.0, 0.0]])
    past = Lenders(context.clean()).past(RecordFeatures(LAYOUT, 1, None, own_history=True))
    assert past.last[0, :5, 0].tolist() == [0.0, 1.0, 2.0, 0.0, 7.0]
    assert past.count[0, :5, 0].tolist() == [0.0, 1.0, 2.0, 0.0, 1.0]
    assert past.age[0, :5, 0].tolist() == [0.0, 1.0, 1.0, 0.0, 0.5]


def test_each_lenders_weights_sum_to_one_over_the_values_that_are_known() -> None:
    context = lent([[1.0, 2.0, 4.0], [7.0, 9.0, float("nan")]], [[-3.0, -2.0, -1.0]] * 2)
    lenders = Lenders(context.clean())
    weights = lenders.even(lenders.records.y_observed.float())[0, :, 0]
    torch.testing.assert_close(weights, torch.tensor([1 / 3, 1 / 3, 1 / 3, 1 / 2, 1 / 2, 0.0]))


def prediction(learner: Learner, batch: EpisodeBatch, context: Records) -> torch.Tensor:
    found = learner.adapt(context, batch.cohort, batch.support).predict(batch.query)
    return torch.cat([found.location, found.scale], -1)


def a_learner(name: str) -> Learner:
    torch.manual_seed(3)
    return create(name, scenario.MIXED, 3, history=True, **scenario.SMALL[name]).double().eval()


@pytest.mark.parametrize("name", names())
@examples(5, EACH)
@given(seed=st.integers(0, 2**31))
def test_records_of_as_many_lenders_need_no_further_dimension(name: str, seed: int) -> None:
    learner, batch = a_learner(name), scenario.random_batch(seed)
    flat, deep = (prediction(learner, batch, c) for c in (batch.context, batch.context.by_lender()))
    torch.testing.assert_close(flat, deep, rtol=0, atol=0)


@pytest.mark.parametrize("name", names())
@examples(5, EACH)
@given(seed=st.integers(0, 2**31))
def test_the_order_of_lenders_and_the_padding_of_their_series_mean_nothing(name: str, seed: int) -> None:
    learner, batch = a_learner(name), scenario.random_batch(seed, context=3, lent=3)
    swapped = Records(**{k: v.flip(1) for k, v in vars(batch.context).items()})
    nothing = batch.context.without_records()
    wider = Records(**{k: torch.cat([v, getattr(nothing, k)], 2) for k, v in vars(batch.context).items()})
    expected = prediction(learner, batch, batch.context)
    for context in (swapped, wider):
        torch.testing.assert_close(prediction(learner, batch, context), expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", names())
def test_a_learner_reads_how_a_cohorts_patients_move(name: str) -> None:
    """The same values at the same times, dealt to other lenders, are another context."""
    learner, batch = a_learner(name), scenario.random_batch(0, context=3, lent=3)
    context = replace(batch.context, present=torch.ones_like(batch.context.present))
    dealt = Records(**{k: v.transpose(1, 2) for k, v in vars(context).items()})
    one, other = (prediction(learner, batch, c) for c in (context, dealt))
    assert float((one - other).detach().abs().max()) > 1e-6
