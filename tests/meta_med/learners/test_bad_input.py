"""Bad input is refused by every learner with a ValueError that names the tensor and holds no value of the data."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from meta_med.episodes import input_errors
from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.learners import create, names
from meta_med.learners.learner import Learner
from tests import scenario
from tests.examples import EACH, examples

PARTS = ("context", "support", "query")
SECRET = 98765.4375


def good_batch(seed: int = 0) -> EpisodeBatch:
    batch = scenario.random_batch(seed, context=3, support=3, query=2)
    for part in PARTS:
        records = getattr(batch, part)
        for mask in (records.present, records.x_observed, records.y_observed):
            mask.fill_(True)
    return batch


def a_learner(name: str) -> Learner:
    torch.manual_seed(0)
    return create(name, scenario.MIXED, 3).double().eval()


def forwards(learner: Learner, batch: EpisodeBatch) -> None:
    learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)


def in_halves(learner: Learner, batch: EpisodeBatch) -> None:
    learner.of_cohorts(batch.context).adapt(batch.cohort, batch.support).predict(batch.query)


def refused(name: str, batch: EpisodeBatch, kind: type[input_errors.InvalidInput], match: str) -> None:
    """All ways in refuse it, and no message quotes the data."""
    learner = a_learner(name)
    for way in (forwards, in_halves, Learner.loss):
        with pytest.raises(kind, match=match) as raised:
            way(learner, batch)
        assert isinstance(raised.value, ValueError)
        assert "98765" not in str(raised.value)


def changed(batch: EpisodeBatch, part: str, **tensors: torch.Tensor) -> EpisodeBatch:
    return replace(batch, **{part: replace(getattr(batch, part), **tensors)})


@pytest.mark.parametrize("name", names())
def test_what_is_good_passes(name: str) -> None:
    forwards(a_learner(name), good_batch())
    in_halves(a_learner(name), good_batch())


@pytest.mark.parametrize("name", names())
@examples(25, EACH)
@given(
    part=st.sampled_from(PARTS),
    tensor=st.sampled_from(["x", "y", "time"]),
    value=st.sampled_from([torch.nan, torch.inf, -torch.inf]),
    place=st.integers(0, 10**6),
    seed=st.integers(0, 1000),
)
def test_nan_and_infinity_where_observed(
    name: str, part: str, tensor: str, value: float, place: int, seed: int
) -> None:
    batch = good_batch(seed)
    flat = getattr(getattr(batch, part), tensor).view(-1)
    flat[place % len(flat)] = value
    refused(
        name,
        batch,
        input_errors.NotFinite,
        rf"^{part}\.{tensor}: expected finite values .*, got 1 that are not",
    )


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("label", [-1.0, 3.0, 0.5, SECRET])
@pytest.mark.parametrize("name", names())
def test_labels_outside_the_classes(name: str, label: float, part: str) -> None:
    batch = good_batch()
    getattr(batch, part).y[0, 0, 2] = label
    refused(
        name, batch, input_errors.UnknownLabel, rf"^{part}\.y: .* in 0..2 for outcome 'grade', got 1 others"
    )


@pytest.mark.parametrize("name", names())
def test_labels_that_are_not_observed_may_be_anything(name: str) -> None:
    batch = good_batch()
    for part in PARTS:
        getattr(batch, part).y[:, 0, 2] = SECRET
        getattr(batch, part).y_observed[:, 0, 2] = False
    forwards(a_learner(name), batch)


@dataclass(frozen=True)
class Shape:
    """A tensor of one part of the batch made to fit no longer."""

    tensor: str
    spoil: Callable[[torch.Tensor], torch.Tensor]


SHAPES = {
    "a covariate too few": Shape("x", lambda t: t[..., :2]),
    "a mask of another width": Shape("x_observed", lambda t: t[..., :2]),
    "a record too few": Shape("x", lambda t: t[:, 1:]),
    "times of one record": Shape("time", lambda t: t[:, :1]),
    "an outcome too few": Shape("y", lambda t: t[..., 1:]),
    "an outcome mask too wide": Shape("y_observed", lambda t: torch.cat([t, t], -1)),
    "outcomes without their dimension": Shape("y", lambda t: t[..., 0]),
    "subjects without records": Shape("present", lambda t: t[:, 0]),
}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("case", SHAPES)
@pytest.mark.parametrize("name", names())
def test_wrong_shapes(name: str, case: str, part: str) -> None:
    shape, batch = SHAPES[case], good_batch()
    spoiled = shape.spoil(getattr(getattr(batch, part), shape.tensor))
    batch = changed(batch, part, **{shape.tensor: spoiled})
    refused(name, batch, input_errors.WrongShape, rf"^{part}\.{shape.tensor}: expected .*, got .*\(")


@pytest.mark.parametrize("name", names())
def test_subjects_that_do_not_belong_together(name: str) -> None:
    batch = good_batch()
    refused(
        name,
        replace(batch, cohort=batch.cohort[:4]),
        input_errors.WrongShape,
        "support: expected 4 subjects, got 5",
    )
    fewer = replace(batch, query=batch.query.select(slice(0, 4)))
    refused(name, fewer, input_errors.WrongShape, "query: expected 5 subjects, got 4")
    square = replace(batch, cohort=batch.cohort.unsqueeze(1))
    refused(
        name, square, input_errors.WrongShape, r"cohort: expected a LongTensor \(B,\), got shape \(5, 1\)"
    )


@pytest.mark.parametrize("cohort", [-1, 2])
@pytest.mark.parametrize("name", names())
def test_a_cohort_that_is_not_there(name: str, cohort: int) -> None:
    batch = good_batch()
    batch.cohort[3] = cohort
    refused(name, batch, input_errors.UnknownCohort, r"^cohort: expected indices in 0..1, .*, got 1 outside")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("tensor", ["x", "time", "y"])
@pytest.mark.parametrize("name", names())
def test_mixed_dtypes(name: str, tensor: str, part: str) -> None:
    batch = good_batch()
    for dtype in (torch.float32, torch.long):
        other = changed(batch, part, **{tensor: getattr(getattr(batch, part), tensor).to(dtype)})
        match = rf"^{part}\.{tensor}: expected a tensor of torch.float64, .* got {dtype}"
        refused(name, other, input_errors.WrongType, match)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", names())
def test_masks_and_cohorts_of_another_type(name: str, part: str) -> None:
    batch = good_batch()
    for mask in ("x_observed", "y_observed", "present"):
        other = changed(batch, part, **{mask: getattr(getattr(batch, part), mask).double()})
        refused(
            name,
            other,
            input_errors.WrongType,
            rf"^{part}\.{mask}: expected a tensor of torch.bool got torch.float64",
        )
    no_tensor = changed(batch, part, x=getattr(batch, part).x.numpy())
    refused(name, no_tensor, input_errors.WrongType, rf"^{part}\.x: .* got ndarray")
    refused(
        name, replace(batch, cohort=batch.cohort.int()), input_errors.WrongType, "cohort: .* got torch.int32"
    )


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", names())
def test_mixed_devices(name: str, part: str) -> None:
    """The meta device stands for any other one, so that this needs no GPU."""
    batch = good_batch()
    moved = replace(batch, **{part: getattr(batch, part).to("meta")})
    refused(name, moved, input_errors.WrongDevice, rf"^{part}\.x: expected device cpu, .* got meta")
    one = changed(batch, part, y=getattr(batch, part).y.to("meta"))
    refused(name, one, input_errors.WrongDevice, rf"^{part}\.y: expected device cpu, .* got meta")
    refused(
        name,
        replace(batch, cohort=batch.cohort.to("meta")),
        input_errors.WrongDevice,
        "^cohort: .* cpu, .* meta",
    )


@pytest.mark.parametrize("name", names())
def test_an_empty_query(name: str) -> None:
    batch = good_batch()
    empty = replace(batch, query=Records.empty(5, batch.query))
    refused(
        name, empty, input_errors.EmptyQuery, r"^query: expected at least one record .*, got shape \(5, 0\)"
    )


@pytest.mark.parametrize("name", names())
def test_a_prediction_judges_only_the_query_it_was_made_for(name: str) -> None:
    batch, learner = good_batch(), a_learner(name)
    prediction = learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)
    with pytest.raises(input_errors.WrongShape, match="query: expected 2 records per subject, got 3"):
        prediction.loss(batch.support)
    with pytest.raises(input_errors.WrongType, match=r"query.x: expected a tensor of torch.float64"):
        prediction.loss(batch.query.to(dtype=torch.float32))
    batch.query.y[0, 0, 1] = 2.0
    with pytest.raises(input_errors.UnknownLabel, match=r"query.y: .* outcome 'swelling'"):
        prediction.loss(batch.query)


@pytest.mark.parametrize("name", names())
def test_an_adapted_model_says_whose_it_is(name: str) -> None:
    learner, batch = a_learner(name), good_batch()
    adapted = learner.adapt(batch.context, batch.cohort, batch.support)
    assert adapted.learner is learner
    assert len(adapted.support) == len(batch.cohort)


def test_an_encoder_may_keep_its_own_precision() -> None:
    class Half(torch.nn.Linear):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return super().forward(x.to(self.weight.dtype)).double()

    learner = a_learner("protonet")
    learner = create("protonet", scenario.MIXED, 3, Half(3, 4)).double()
    learner.features.encoder.to(torch.bfloat16)
    forwards(learner, good_batch())
