"""Time is all the order that records have: what shares a time is a set, and what is not past is refused.

Over every learner, own history on or off: the order of tied records, the company of other subjects and queries, and
numbers too large for a learner's arithmetic.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.episodes.input_errors import NotBeforePrediction, NotFinitePrediction
from meta_med.learners import create, names
from meta_med.learners.learner import Learner
from meta_med.prediction import Prediction
from tests import scenario
from tests.examples import EACH, examples

seeds, histories = st.integers(0, 2**32 - 1), st.booleans()
STEP = 0.5  # times are rounded to it, so that many are tied


@cache
def a_learner(name: str, history: bool, dtype: torch.dtype = torch.float64) -> Learner:
    torch.manual_seed(5)
    return create(name, scenario.MIXED, 3, history=history, **scenario.SMALL.get(name, {})).to(dtype).eval()


def predicted(learner: Learner, batch: EpisodeBatch) -> Prediction:
    return learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)


def tied(records: Records) -> Records:
    return replace(records, time=(records.time / STEP).floor() * STEP)


def a_batch(seed: int) -> EpisodeBatch:
    """More context records than `mann` has slots, all of one time as in a study, and tied own records."""
    batch = scenario.random_batch(seed, context=11, support=6, subjects=4)
    context = replace(batch.context, time=torch.full_like(batch.context.time, -1.0))
    return replace(batch, context=context, support=tied(batch.support))


def reordered(records: Records, generator: torch.Generator) -> Records:
    order = torch.rand(records.present.shape, generator=generator).argsort(1)
    rows = torch.arange(len(order)).unsqueeze(1)
    return Records(**{k: v[rows, order] for k, v in vars(records).items()})


def assert_same(one: Prediction, other: Prediction, present: torch.Tensor) -> float:
    for part in ("location", "scale"):
        a, b = getattr(one, part)[present], getattr(other, part)[present]
        torch.testing.assert_close(a, b, rtol=1e-9, atol=1e-9)
    return (
        float((one.location - other.location)[present].detach().abs().max()) if bool(present.any()) else 0.0
    )


@pytest.mark.fault("M12")
@pytest.mark.parametrize("name", names())
@examples(12, EACH)
@given(seed=seeds, history=histories)
def test_records_of_one_time_may_stand_in_any_order(name: str, seed: int, history: bool) -> None:
    learner, batch = a_learner(name, history), a_batch(seed)
    generator = torch.Generator().manual_seed(seed)
    moved = replace(
        batch,
        context=reordered(batch.context, generator),
        support=reordered(batch.support, generator),
    )
    assert_same(predicted(learner, batch), predicted(learner, moved), batch.query.present)


@pytest.mark.parametrize("name", names())
@examples(12, EACH)
@given(seed=seeds, history=histories, extra=st.integers(0, 3))
def test_a_subject_is_predicted_alone_as_in_company(name: str, seed: int, history: bool, extra: int) -> None:
    """One subject, one query, its own cohort and other padding; against everybody at once."""
    learner, batch = a_learner(name, history), a_batch(seed)
    together = predicted(learner, batch)
    b, q = seed % len(batch.cohort), seed % batch.query.present.shape[1]
    alone = EpisodeBatch(
        batch.context.select(batch.cohort[b : b + 1]),
        torch.zeros(1, dtype=torch.long),
        padded(batch.support.select(slice(b, b + 1)), extra),
        Records(**{k: v[b : b + 1, q : q + 1] for k, v in vars(batch.query).items()}),
    )
    found = predicted(learner, alone)
    for part in ("location", "scale"):
        expected = getattr(together, part)[b, q]
        torch.testing.assert_close(getattr(found, part)[0, 0], expected, rtol=1e-9, atol=1e-9)


def padded(records: Records, extra: int) -> Records:
    """So many absent records more, whose values are NaN and whose masks are set."""
    more = {k: torch.full((len(records), extra, *v.shape[2:]), torch.nan) for k, v in vars(records).items()}
    more = {k: v.bool() if k.endswith("observed") else v.double() for k, v in more.items()}
    more["present"] = torch.zeros(len(records), extra, dtype=torch.bool)
    return Records(**{k: torch.cat([v, more[k]], 1) for k, v in vars(records).items()})


@pytest.mark.parametrize("name", names())
@examples(12, EACH)
@given(
    seed=seeds,
    history=histories,
    part=st.sampled_from(["x", "y", "time"]),
    size=st.sampled_from([1e3, 1e6, 1e12, 1e19, 1e30]),
)
def test_finite_records_give_a_finite_prediction_or_are_refused(
    name: str, seed: int, history: bool, part: str, size: float
) -> None:
    batch = grown(scenario.random_batch(seed, dtype=torch.float32), part, size)
    refused_for(a_learner(name, history, torch.float32), batch)


def refused_for(learner: Learner, batch: EpisodeBatch) -> int:
    """For how many subjects a prediction is refused; 0 where it is finite."""
    try:
        found = predicted(learner, batch)
    except NotFinitePrediction as error:
        count = int(error.rows.sum())
        assert f"not finite for {count} of {len(batch.cohort)} subjects" in str(error)  # noqa: PT017
        return count
    present = batch.query.present
    assert bool(torch.isfinite(found.location[present]).all())
    assert bool(torch.isfinite(found.scale[present]).all())
    return 0


def grown(batch: EpisodeBatch, part: str, size: float) -> EpisodeBatch:
    """Context, support and query with numbers of this size; classes stay classes."""

    def of(records: Records) -> Records:
        values = getattr(records, part)
        factor = torch.full((values.shape[-1],), size)
        if part == "y":
            factor[1:3] = 1.0
        return replace(records, **{part: values * factor})

    return replace(batch, context=of(batch.context), support=of(batch.support), query=of(batch.query))


@examples(30)
@given(
    name=st.sampled_from(names()),
    seed=seeds,
    history=histories,
    part=st.sampled_from(["context", "support"]),
    when=st.floats(0.0, 5.0),
)
def test_a_present_record_that_is_not_past_is_refused(
    name: str, seed: int, history: bool, part: str, when: float
) -> None:
    learner, batch = a_learner(name, history), scenario.random_batch(seed)
    records = getattr(batch, part)
    records.present[0, 0] = True
    records.time[0, 0] = when
    for way in (predicted, Learner.loss):
        with pytest.raises(
            NotBeforePrediction, match=rf"^{part}.time: expected times < 0, .* got 1 at or after"
        ):
            way(learner, batch)
    records.present[0, 0] = False
    predicted(learner, batch)  # padding may say any time


@examples(30)
@given(name=st.sampled_from(names()), seed=seeds, back=st.floats(0.0, 2.0))
def test_a_query_at_or_before_an_own_record_is_refused(name: str, seed: int, back: float) -> None:
    """A query has a time of its own; one before prediction time must still lie after all own records."""
    learner, batch = a_learner(name, True), scenario.random_batch(seed)
    batch.support.present[0, 0] = batch.query.present[0, 0] = True
    batch.query.time[0, 0] = batch.support.time[0, 0] - back
    for way in (predicted, Learner.loss):
        with pytest.raises(NotBeforePrediction, match=r"^query.time: .* got 1 of 5 subjects"):
            way(learner, batch)
    batch.query.time[0, 0] = -1e-6  # own records end a year before
    predicted(learner, batch)


@pytest.mark.case("science/10_future_records_in_support")
def test_every_learner_refuses_the_future(now: Callable[[str], None]) -> None:
    refused = 0
    for name in names():
        for history in (False, True):
            for when in (0.5, 0.0):
                batch = scenario.random_batch(0)
                batch.support.present[:, -1] = True
                batch.support.time[:, -1] = when
                with pytest.raises(NotBeforePrediction):
                    predicted(a_learner(name, history), batch)
                refused += 1
    now(f"refused by name and count in {refused} of {refused} ways")


@pytest.mark.case("science/14_tied_times")
def test_exchanging_the_two_newest_records_of_one_time_moves_nothing(now: Callable[[str], None]) -> None:
    most = 0.0
    for name in names():
        for history in (False, True):
            batch = scenario.random_batch(1, subjects=64, support=6)
            batch.support.time[:, -2:] = -1.0
            support = Records(**{k: v[:, [0, 1, 2, 3, 5, 4]] for k, v in vars(batch.support).items()})
            learner = a_learner(name, history)
            found = predicted(learner, replace(batch, support=support))
            most = max(most, assert_same(predicted(learner, batch), found, batch.query.present))
    now(f"predictions of {len(names())} learners move by at most {most:.0e}")


@pytest.mark.case("science/26_nan_from_finite_inputs")
def test_inputs_that_were_not_scaled_are_refused_by_count(now: Callable[[str], None]) -> None:
    batch = grown(scenario.random_batch(0, dtype=torch.float32), "y", 1e19)
    refused = [name for name in names() if refused_for(a_learner(name, False, torch.float32), batch)]
    assert {"maml", "fomaml", "reptile", "meta_sgd"} <= set(refused)
    now(
        f"outcomes of 1e19: {len(refused)} learners refuse and say of how many subjects, the others are finite"
    )
