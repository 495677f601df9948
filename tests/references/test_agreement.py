"""Law 9: every learner's batched path equals its plain per-task reference, values and meta-gradients.

Shapes, padding, masks, empty support, empty context, one class only and duplicated records are drawn.
"""

import copy
from dataclasses import dataclass, replace
from importlib import import_module
from types import ModuleType

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.learners import create, names
from meta_med.learners.learner import Learner
from meta_med.outcomes import Outcome
from tests import scenario
from tests.examples import EACH, examples
from tests.references.outer_loss import negative_log_likelihoods
from tests.references.rows import lenders_of, rows_of

# One module a learner, by its name: `predict` is the plain form, VARIANTS the options it is tried with. The outer
# loss is the query's, plus `further_loss(learner, [(context, own, query)])` where a module has one. Where the learner's
# own loss is not that of its prediction, `loss_terms(learner, context, own, row)` has the terms of one query record.
REFERENCES: dict[str, ModuleType] = {name: import_module(f"tests.references.{name}") for name in names()}
OUTCOMES = (
    scenario.MIXED,
    (Outcome("level"),),
    (Outcome("event", "binary"),),
    (Outcome("grade", "categorical", n_classes=3), Outcome("level")),
)


@dataclass(frozen=True)
class Drawn:
    """A learner's configuration and a batch."""

    variant: int
    history: bool
    outcomes: tuple[Outcome, ...]
    batch: EpisodeBatch
    seed: int


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    outcomes = draw(st.sampled_from(OUTCOMES))
    seed = draw(st.integers(0, 2**31))
    batch = scenario.random_batch(
        seed,
        cohorts=draw(st.integers(1, 3)),
        context=draw(st.sampled_from([0, 1, 4])),
        lent=draw(st.sampled_from([None, 1, 3])),
        subjects=draw(st.integers(1, 4)),
        support=draw(st.sampled_from([0, 1, 2, 5])),
        query=draw(st.integers(1, 2)),
        outcomes=outcomes,
    )
    twist = draw(
        st.sampled_from(["none", "one class", "duplicates", "no support", "no context", "unlabelled"])
    )
    return Drawn(draw(st.integers(0, 11)), draw(st.booleans()), outcomes, twisted(batch, twist), seed)


def twisted(batch: EpisodeBatch, twist: str) -> EpisodeBatch:
    """The edges that a mean over random batches would never see."""
    if twist == "one class":
        return replace(batch, support=replace(batch.support, y=torch.ones_like(batch.support.y)))
    if twist == "duplicates":
        return replace(batch, support=doubled(batch.support), context=doubled(batch.context))
    if twist == "no support":
        return replace(batch, support=batch.support.without_records())
    if twist == "no context":
        return replace(batch, context=batch.context.without_records())
    if twist == "unlabelled":
        nothing = torch.zeros_like(batch.support.y_observed)
        return replace(batch, support=replace(batch.support, y_observed=nothing))
    return batch


def doubled(records: Records) -> Records:
    return Records(**{k: torch.cat([v, v], 1) for k, v in vars(records).items()})


def plain_loss_and_values(learner: Learner, reference: ModuleType, batch: EpisodeBatch):
    """The outer loss, and (subject, query) -> location and scale, one task after the other."""
    terms, values, tasks = [], {}, []
    for b in range(len(batch.cohort)):
        context = lenders_of(batch.context, int(batch.cohort[b]))
        own, query = rows_of(batch.support, b), rows_of(batch.query, b)
        tasks.append((context, own, query))
        places = torch.nonzero(batch.query.present[b]).flatten().tolist()
        found = reference.predict(learner, context, own, query)
        for place, row, (location, scale, df) in zip(places, query, found, strict=True):
            values[b, place] = (location, scale)
            told = getattr(reference, "loss_terms", None)
            if told is None:
                terms += negative_log_likelihoods(learner.layout, location, scale, df, row)
            else:
                terms += told(learner, context, own, row)
    zero = next(learner.parameters()).sum() * 0.0
    loss = sum(terms) / len(terms) if terms else zero
    further = getattr(reference, "further_loss", None)
    return (loss if further is None else loss + further(learner, tasks)), values


def gradients(loss: torch.Tensor, learner: Learner) -> dict[str, torch.Tensor]:
    named = dict(learner.named_parameters())
    found = torch.autograd.grad(loss, list(named.values()), allow_unused=True)
    return {
        n: torch.zeros_like(p) if g is None else g for (n, p), g in zip(named.items(), found, strict=True)
    }


def compare(name: str, case: Drawn, dtype: torch.dtype, tolerance: float) -> None:
    """The reference is always computed in float64, so that float32 is held to the truth."""
    torch.manual_seed(case.seed)
    variants = REFERENCES[name].VARIANTS
    options = variants[case.variant % len(variants)]
    learner = create(name, case.outcomes, 3, history=case.history, **options).to(dtype).eval()
    batch = case.batch.to(dtype=dtype)
    truth, exact = copy.deepcopy(learner).double(), batch.to(dtype=torch.float64)
    loss = learner.loss(batch)
    prediction = learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)
    reference_loss, values = plain_loss_and_values(truth, REFERENCES[name], exact)
    for (b, q), (location, scale) in values.items():
        assert_close(prediction.location[b, q], location, tolerance, "location")
        assert_close(prediction.scale[b, q], scale, tolerance, "scale")
    assert_close(loss, reference_loss, tolerance, "loss")
    found, expected = gradients(loss, learner), gradients(reference_loss, truth)
    for parameter, gradient in found.items():
        assert_close(gradient, expected[parameter], tolerance, f"meta-gradient of {parameter}")


def assert_close(found: torch.Tensor, expected: torch.Tensor, tolerance: float, what: str) -> None:
    """Within the tolerance relative to the largest entry, or to one where all are smaller."""
    if expected.numel():
        error = float((found.detach().double() - expected.detach()).abs().max())
        size = max(1.0, float(expected.detach().abs().max()))
        assert error <= tolerance * size, f"{what}: off by {error:.2e} at size {size:.2e}"


@pytest.mark.parametrize("name", sorted(REFERENCES))
@examples(15, EACH)
@given(case=drawn())
def test_in_float64_values_and_meta_gradients_agree_to_1e_10(name: str, case: Drawn) -> None:
    compare(name, case, torch.float64, 1e-10)


@pytest.mark.parametrize("name", sorted(REFERENCES))
@pytest.mark.nightly
@examples(25, EACH)
@given(case=drawn())
def test_in_float32_values_and_meta_gradients_agree_to_1e_5(name: str, case: Drawn) -> None:
    compare(name, case, torch.float32, 1e-5)
