"""Law 9 for a whole network: an encoder with convolution and batch normalisation adapts, task by task the same."""

from importlib import import_module

import pytest
import torch
from torch import nn

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.learners import create
from meta_med.outcomes import Outcome
from tests.references.rows import lenders_of, rows_of
from tests.references.test_agreement import assert_close, gradients, plain_loss_and_values

GLYPH = (Outcome("glyph", "categorical", n_classes=3), Outcome("slant"))
MORE: dict[str, object] = {"inner_steps": 2, "cohort_steps": 2, "step_size": 0.05}
HIDDEN: dict[str, object] = {"layers": 1, "width": 4}
Case = tuple[
    str, dict[str, object], int, int, int
]  # learner, options, context records, cohorts, support records
CASES: tuple[Case, ...] = (
    ("maml", MORE, 3, 2, 4),
    ("maml", {**HIDDEN, "step_sizes": "parameter"}, 3, 1, 4),
    ("maml", {}, 0, 1, 4),
    ("maml", MORE, 0, 1, 1),  # too few records for statistics: the running ones
    ("maml", MORE, 3, 2, 1),
    ("maml", MORE, 3, 2, 0),
    ("fomaml", MORE, 3, 1, 4),
    ("fomaml", HIDDEN, 0, 1, 4),
    ("fomaml", MORE, 3, 2, 1),
    ("reptile", MORE, 3, 2, 4),
    ("meta_sgd", HIDDEN, 3, 2, 4),
)


def encoder(seed: int = 0) -> nn.Module:
    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Conv2d(1, 3, 3, padding=1),
        nn.BatchNorm2d(3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(12, 5),
    )


def pictures(
    rows: int, n: int, generator: torch.Generator, absent: float = 0.3, sign: float = -1.0
) -> Records:
    """Records (rows, n) of 1 x 4 x 4 pictures, the first always present; before prediction time, or after it."""
    shape = (rows, n, 1, 4, 4)
    present = torch.rand(rows, n, generator=generator) >= absent
    present[:, :1] = True
    label = torch.randint(0, 3, (rows, n), generator=generator).double()
    slant = torch.randn(rows, n, generator=generator).double()
    return Records(
        x=torch.randn(shape, generator=generator).double(),
        x_observed=torch.ones(shape, dtype=torch.bool),
        time=sign * (0.01 + torch.rand(rows, n, generator=generator).double()),
        y=torch.stack([label, slant], -1),
        y_observed=torch.rand(rows, n, 2, generator=generator) >= 0.2,
        present=present,
    )


def batch(context: int = 3, cohorts: int = 2, support: int = 4) -> EpisodeBatch:
    generator = torch.Generator().manual_seed(0)
    cohort = torch.arange(3) % cohorts
    return EpisodeBatch(
        pictures(cohorts, context, generator)
        if context
        else Records.empty(cohorts, pictures(1, 1, generator)),
        cohort,
        pictures(3, support, generator),
        pictures(3, 3, generator, sign=1.0),
    )


@pytest.mark.parametrize("still", [False, True])
@pytest.mark.parametrize(("name", "options", "context", "cohorts", "support"), CASES)
def test_values_and_meta_gradients_agree(
    name: str, options: dict[str, object], context: int, cohorts: int, support: int, still: bool
) -> None:
    own = encoder()
    own[1].running_mean.fill_(0.3)
    own[1].running_var.fill_(1.7)
    own[1].train(not still)
    learner = create(name, GLYPH, (1, 4, 4), own, **options).double()
    drawn = batch(context, cohorts, support)
    expected, values = plain_loss_and_values(learner, import_module(f"tests.references.{name}"), drawn)
    loss = learner.loss(drawn)
    found = learner.adapt(drawn.context, drawn.cohort, drawn.support).predict(drawn.query)
    for (b, q), (location, _) in values.items():
        assert_close(found.location[b, q], location, 1e-10, "location")
    assert_close(loss, expected, 1e-10, "loss")
    ours, theirs = gradients(loss, learner), gradients(expected, learner)
    for parameter, gradient in ours.items():
        assert_close(gradient, theirs[parameter], 1e-10, f"meta-gradient of {parameter}")
    assert bool(ours["features.encoder.0.weight"].any())


def test_the_callers_encoder_is_left_as_it_was() -> None:
    own = encoder().double()
    before = {k: v.clone() for k, v in own.state_dict().items()}
    learner = create("maml", GLYPH, (1, 4, 4), own)
    drawn = batch()
    learner.double().loss(drawn).backward()
    assert all(torch.equal(v, own.state_dict()[k]) for k, v in before.items())
    assert [type(m) for m in own] == [type(m) for m in encoder()]
    assert learner.features.encoder is own


def test_a_frozen_encoder_stays_shared() -> None:
    own = encoder().requires_grad_(False)
    learner = create("maml", GLYPH, (1, 4, 4), own).double().eval()
    assert learner.encoder_names == ()
    assert len(learner.rates.log["own"][0]) == len(learner.linears())


def test_anil_runs_the_encoder_as_it_is() -> None:
    learner = create("anil", GLYPH, (1, 4, 4), encoder()).double().eval()
    drawn = batch()
    found = learner.adapt(drawn.context, drawn.cohort, drawn.support).predict(drawn.query)
    reference = import_module("tests.references.anil")
    for b in range(3):
        rows = (
            lenders_of(drawn.context, int(drawn.cohort[b])),
            rows_of(drawn.support, b),
            rows_of(drawn.query, b),
        )
        places = torch.nonzero(drawn.query.present[b]).flatten().tolist()
        for q, (location, _, _) in zip(places, reference.predict(learner, *rows), strict=True):
            assert_close(found.location[b, q], location, 1e-10, "location")
