"""What the optimization-based learners promise beyond agreeing with their references."""

import itertools
from dataclasses import replace

import pytest
import torch

from meta_med.episodes.batch import Records
from meta_med.learners import create
from meta_med.learners.networks.lenders import Lenders
from meta_med.learners.optimization_based.dual import FastLayer, Perceptron
from meta_med.learners.optimization_based.optimization import OptimizationLearner
from meta_med.outcomes import Outcome
from tests import scenario

NAMES = ("maml", "fomaml", "reptile", "anil", "meta_sgd")


def made(name: str = "maml", **options: object) -> OptimizationLearner:
    torch.manual_seed(0)
    learner = create(name, scenario.MIXED, 3, **{"width": 6, **options}).double()
    assert isinstance(learner, OptimizationLearner)
    return learner


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("option", "wrong", "says"),
    [
        ("inner_steps", -1, "inner_steps: must be a whole number, 0 or more and at most 100,000, got -1"),
        ("cohort_steps", 1.5, "cohort_steps: must be a whole number, 0 or more and at most 100,000, got 1.5"),
        ("width", 0, "width: must be a whole number, 1 or more and at most 100,000, got 0"),
        ("layers", -1, "layers: must be a whole number, 0 or more and at most 100,000, got -1"),
        ("step_size", 0.0, "step_size: must be a number, above 0 and at most 100,000, got 0.0"),
        ("step_size", float("inf"), "step_size: must be a number, above 0 and at most 100,000, got inf"),
    ],
)
def test_an_option_outside_its_range_is_refused_by_name(
    name: str, option: str, wrong: object, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        made(name, **{option: wrong})


def test_step_sizes_are_of_layers_or_of_parameters() -> None:
    with pytest.raises(ValueError, match="step_sizes: must be one of layer, parameter, got 'tensor'"):
        made(step_sizes="tensor")


@pytest.mark.parametrize("name", NAMES)
def test_no_inner_steps_is_the_cohorts_prediction(name: str) -> None:
    batch = scenario.random_batch(0)
    learner = made(name)
    none = learner.with_inner_steps(0).adapt(batch.context, batch.cohort, batch.support)
    alone = learner.adapt(batch.context, batch.cohort, batch.support.without_records())
    torch.testing.assert_close(none.predict(batch.query).location, alone.predict(batch.query).location)


def test_more_steps_than_were_trained_go_on_with_the_last_step_size() -> None:
    batch, learner = scenario.random_batch(0), made(inner_steps=2)
    with torch.no_grad():
        learner.log_rates["own"] += torch.tensor([[0.0], [-1.0]])
    longer = made(inner_steps=4)
    state = learner.state_dict()
    state["rates.log.own"] = learner.log_rates["own"][[0, 1, 1, 1]]
    longer.load_state_dict(state)
    four = learner.with_inner_steps(4)
    found, expected = (
        m.adapt(batch.context, batch.cohort, batch.support).predict(batch.query) for m in (four, longer)
    )
    torch.testing.assert_close(found.location, expected.location)
    assert learner.inner_steps == 2
    assert four.layers[0].weight is learner.layers[0].weight


@pytest.mark.parametrize(("name", "steps_of"), [*((name, "leap") for name in NAMES), ("meta_sgd", "uphill")])
def test_further_steps_never_raise_the_loss_of_the_own_records(name: str, steps_of: str) -> None:
    """One learned step may be a leap, and one of Meta-SGD uphill; repeated as they are, both diverge."""
    batch, learner = scenario.random_batch(0, context=0, support=5), made(name, inner_steps=1)
    with torch.no_grad():
        for rate in learner.rates.parameters():
            rate.copy_(-rate if steps_of == "uphill" else rate + 4.0)

    def own_loss(steps: int) -> torch.Tensor:
        adapted = learner.with_inner_steps(steps).adapt(batch.context, batch.cohort, batch.support)
        asked = replace(batch.support, time=torch.ones_like(batch.support.time))
        location, scale = adapted.predict(asked).location, torch.ones(1, dtype=torch.double)
        assert bool(location.isfinite().all())
        total = torch.zeros(len(location), dtype=torch.double)
        told = batch.support.clean()
        seen = learner.layout.targets(told.y, told.y_observed)[1]
        weight = seen / (seen.sum(1, keepdim=True) + learner.log_kappa["own"].exp()).clamp(min=1e-6)
        for d, (kind, columns) in enumerate(zip(learner.layout.kinds, learner.layout.columns, strict=True)):
            found = kind.log_likelihood(told.y[..., d : d + 1], location[..., columns], scale, None)
            total -= (found[..., 0] * weight[..., columns.start]).sum(1).detach()
        return total

    losses = [own_loss(steps) for steps in (1, 2, 5, 30)]
    for before, after in itertools.pairwise(losses):
        assert bool((after <= before + 1e-9).all())


def test_first_order_gradients_take_the_labels_of_a_few_shot_problem_as_fresh() -> None:
    """There the last layer starts equal for all classes (`told` is 0); with history or a number it does not."""
    grade = [Outcome("grade", "categorical", n_classes=3)]
    for name, options in (("fomaml", {}), ("maml", {"first_order": True}), ("anil", {"first_order": True})):
        assert create(name, grade, 3, **options).told is not None
        assert create(name, grade, 3, **options, fresh_labels=False).told is None
        assert create(name, grade, 3, **options, history=True).told is None
        assert create(name, [*grade, Outcome("level")], 3, **options).told is None
    assert create("maml", grade, 3).told is None


@pytest.mark.parametrize("encoded", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_with_fresh_labels_a_permutation_of_the_labels_permutes_the_prediction(
    name: str, encoded: bool
) -> None:
    torch.manual_seed(0)
    grade = (Outcome("grade", "categorical", n_classes=4),)
    encoder = torch.nn.Sequential(torch.nn.Linear(3, 5), torch.nn.Tanh()) if encoded else None
    learner = create(name, grade, 3, encoder, fresh_labels=True, inner_steps=2).double()
    batch = scenario.random_batch(0, outcomes=grade, support=6)
    order = torch.tensor([2, 0, 3, 1])

    def logits(context: Records, support: Records) -> torch.Tensor:
        return learner.adapt(context, batch.cohort, support).predict(batch.query).location

    def called_anew(records: Records) -> Records:
        return replace(records, y=order[records.y.long()].to(records.y.dtype))

    found = logits(batch.context, batch.support)
    moved = logits(called_anew(batch.context), called_anew(batch.support))
    torch.testing.assert_close(moved[..., order], found)
    assert float(found.detach().std(-1).max()) > 1e-3
    none = logits(batch.context.without_records(), batch.support.without_records())
    assert bool((none == 0).all())


def test_a_single_cohort_is_built_once_for_all_its_subjects() -> None:
    batch = scenario.random_batch(0, cohorts=1, context=4, subjects=7)
    learner = made(width=16)
    shared = learner._to_cohort(learner._shared(), Lenders(batch.context.by_lender().clean()))
    of_subjects = shared.select(batch.cohort)
    assert isinstance(of_subjects, Perceptron)
    assert all(layer.weight.ndim == 2 and layer.rank == 0 for layer in of_subjects.layers)


def test_subjects_of_several_cohorts_inherit_whatever_is_smaller() -> None:
    cohort = torch.tensor([0, 1, 1, 0, 1])
    few, many = (
        FastLayer(torch.zeros(8, 8), torch.zeros(8), torch.ones(2, r, 8), torch.ones(2, r, 8)) for r in (2, 6)
    )
    assert few.select(cohort).rank == 2
    built = many.select(cohort)
    assert built.rank == 0
    assert built.weight.shape == (5, 8, 8)
    torch.testing.assert_close(built.weight, torch.full((5, 8, 8), 6.0))


@pytest.mark.parametrize("name", ["fomaml", "reptile"])
def test_first_order_still_learns_step_sizes_and_kappa(name: str) -> None:
    learner = made(name)
    learner.loss(scenario.random_batch(0, context=6, support=5)).backward()
    for level in ("own", "cohort"):
        assert bool(learner.log_rates[level].grad.any())
        assert bool(learner.log_kappa[level].grad.any())


def test_meta_sgd_may_step_uphill_where_that_was_learned() -> None:
    batch, learner = scenario.random_batch(0, context=0), made("meta_sgd")
    moved = learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).location
    with torch.no_grad():
        for rate in learner.rates.of["own"]:
            rate.neg_()
    back = learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).location
    still = (
        learner.with_inner_steps(0)
        .adapt(batch.context, batch.cohort, batch.support)
        .predict(batch.query)
        .location
    )
    away = ((moved - still) * (back - still)).sum()
    assert float(away.detach()) < 0.0


def test_reptiles_loss_reads_as_the_querys_and_needs_no_gradient() -> None:
    batch, learner = scenario.random_batch(0), made("reptile")
    value = learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).loss(batch.query)
    torch.testing.assert_close(learner.loss(batch), value)
    with torch.no_grad():
        torch.testing.assert_close(learner.loss(batch), value)


def test_an_adapting_encoder_ignores_padding_in_its_batch_statistics() -> None:
    torch.manual_seed(0)
    encoder = torch.nn.Sequential(torch.nn.Linear(3, 5), torch.nn.BatchNorm1d(5), torch.nn.ReLU())
    learner = create("maml", scenario.MIXED, 3, encoder).double()
    batch = scenario.random_batch(0, support=4)
    other = replace(
        batch.support, x=torch.where(batch.support.present.unsqueeze(-1), batch.support.x, torch.nan)
    )
    found, expected = (
        learner.adapt(batch.context, batch.cohort, support).predict(batch.query).location
        for support in (other, batch.support)
    )
    torch.testing.assert_close(found, expected, rtol=0, atol=0)
    wider = {k: torch.cat([v, v[:, :1]], 1) for k, v in vars(batch.support).items()} | {
        "present": torch.cat([batch.support.present, torch.zeros(5, 1, dtype=torch.bool)], 1)
    }
    padded = learner.adapt(batch.context, batch.cohort, type(batch.support)(**wider)).predict(batch.query)
    torch.testing.assert_close(padded.location, expected)
