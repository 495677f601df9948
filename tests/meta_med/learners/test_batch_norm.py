"""Batch normalisation in encoders: padding never counts, company says nothing, frozen stays, training has one mode."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.learners import create, names
from meta_med.learners.learner import Learner
from meta_med.learners.networks.masked_norm import SharedNorm, embed, training_step
from meta_med.meta_train.outer_loop import MetaTrainConfig, Trained, meta_train
from meta_med.outcomes import Outcome
from tests import scenario
from tests.examples import EACH, examples
from tests.meta_med.few_shot import episodes, records

KIND = Outcome("kind", "categorical", n_classes=2)
ADAPTING = ("maml", "fomaml", "reptile", "meta_sgd")
FRESH = {"fomaml": {"fresh_labels": True}}  # which it must be told


class Points:
    """Two kinds of points in four dimensions, five own records and five asked of each."""

    def __init__(self, tasks: int = 16) -> None:
        self.tasks = tasks

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """As many tasks as it was made for."""
        label = torch.arange(20).remainder(2).expand(self.tasks, 20)
        centre = 2 * torch.randn(self.tasks, 2, 4, generator=generator)
        x = centre.gather(1, label.unsqueeze(-1).expand(-1, -1, 4))
        x, y = x + 0.5 * torch.randn(self.tasks, 20, 4, generator=generator), label.float()
        return episodes(records(x[:, :10], y[:, :10], -1.0), records(x[:, 10:], y[:, 10:], 0.0))


def encoder() -> nn.Sequential:
    return nn.Sequential(nn.Linear(4, 32), nn.BatchNorm1d(32), nn.ReLU())


def one_by_one(found: Callable[[Records], Tensor], query: Records) -> Tensor:
    n = query.present.shape[1]
    parts = (Records(**{k: v[:, i : i + 1] for k, v in vars(query).items()}) for i in range(n))
    return torch.cat([found(part) for part in parts], 1)


@pytest.mark.case("science/11_batchnorm_one_query")
@pytest.mark.parametrize("name", ADAPTING)
def test_one_query_alone_is_predicted_as_with_nine_others(name: str, now: Callable[[str], None]) -> None:
    torch.manual_seed(0)
    learner = create(name, [KIND], 4, encoder(), **FRESH.get(name, {}))
    config = MetaTrainConfig(steps=60, cohorts_per_step=1, evaluate_every=60, learning_rate=5e-3)
    trained = meta_train(learner, Points(), config, generator=torch.Generator().manual_seed(1))
    batch = Points(100).sample(1, torch.Generator().manual_seed(9))
    adapted = trained.adapt(batch.context, batch.cohort, batch.support)
    together = adapted.predict(batch.query).probabilities
    alone = one_by_one(lambda query: adapted.predict(query).probabilities, batch.query)
    torch.testing.assert_close(alone, together, rtol=1e-4, atol=1e-5)
    right = float((alone.argmax(-1) == batch.query.y[..., 0]).float().mean())
    assert right > 0.85
    now(f"{name}: one at a time {right:.2f}, as together")


def a_learner(name: str, history: bool) -> Learner:
    """With an encoder that has batch normalisation and has seen something; in training mode."""
    torch.manual_seed(3)
    own = nn.Sequential(nn.Linear(3, 6), nn.BatchNorm1d(6), nn.Tanh())
    own(torch.randn(50, 3))
    return create(name, scenario.MIXED, 3, own, history=history, **scenario.SMALL[name]).double()


@pytest.mark.parametrize("name", names())
@examples(8, EACH)
@given(
    seed=st.integers(0, 2**32 - 1),
    history=st.booleans(),
    support=st.integers(0, 4),
    context=st.integers(0, 3),
    training=st.booleans(),
)
def test_neither_company_nor_padding_changes_a_prediction(
    name: str, seed: int, history: bool, support: int, context: int, training: bool
) -> None:
    learner = a_learner(name, history).train(training and name not in ("neural_process",))
    batch = scenario.random_batch(seed, support=support, context=context)
    before = {k: v.clone() for k, v in learner.state_dict().items()}
    together = learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)
    b, q = seed % len(batch.cohort), seed % 2
    own = batch.support.select(slice(b, b + 1))
    wider = {k: torch.cat([v, v.new_ones((1, 2, *v.shape[2:]))], 1) for k, v in vars(own).items()}
    wider["present"] = torch.cat([own.present, torch.zeros(1, 2, dtype=torch.bool)], 1)
    adapted = learner.adapt(
        batch.context.select(batch.cohort[b : b + 1]), torch.zeros(1, dtype=torch.long), Records(**wider)
    )
    asked = Records(**{k: v[b : b + 1, q : q + 1] for k, v in vars(batch.query).items()})
    torch.testing.assert_close(
        adapted.predict(asked).location[0, 0], together.location[b, q], rtol=1e-8, atol=1e-8
    )
    assert all(torch.equal(v, learner.state_dict()[k]) for k, v in before.items())


@pytest.mark.parametrize("momentum", [0.1, None])
def test_in_a_training_step_it_is_torchs_on_the_present_records(momentum: float | None) -> None:
    torch.manual_seed(0)
    ours, theirs = (nn.BatchNorm2d(3, momentum=momentum).double() for _ in range(2))
    for _ in range(3):
        x = torch.randn(9, 3, 4, 4, dtype=torch.float64)
        present = torch.tensor([1, 1, 0, 1, 0, 1, 1, 0, 1]).bool()
        dirty = torch.where(present.reshape(-1, 1, 1, 1), x, 1e6)
        with training_step():
            found = embed(ours, dirty, present)
        torch.testing.assert_close(found[present], theirs(x[present]))
    for key, value in theirs.state_dict().items():
        torch.testing.assert_close(ours.state_dict()[key], value)


def test_with_one_record_statistics_stay_where_they_are() -> None:
    norm = nn.BatchNorm1d(2)
    found = SharedNorm(norm, torch.tensor([True, False]))(torch.tensor([[1.0, 2.0], [9.0, 9.0]]))
    torch.testing.assert_close(found[0], torch.tensor([1.0, 2.0]), rtol=1e-4, atol=0)
    assert torch.equal(norm.running_mean, torch.zeros(2))
    assert int(norm.num_batches_tracked) == 0


def test_normalisation_without_running_statistics_is_refused_where_tasks_share_it() -> None:
    own = nn.Sequential(nn.Linear(3, 6), nn.BatchNorm1d(6, track_running_stats=False))
    learner, batch = create("protonet", scenario.MIXED, 3, own).double(), scenario.random_batch(0)
    with pytest.raises(ValueError, match="without running statistics"):
        learner.adapt(batch.context, batch.cohort, batch.support)
    adapting = create("maml", scenario.MIXED, 3, own).double()
    adapting.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)


class Spy(nn.Module):
    """Notes the mode of each run on real records (blank ones only find its width)."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(4, 8)
        self.modes: list[bool] = []

    def forward(self, x: Tensor) -> Tensor:
        if bool(x.any()):
            self.modes.append(self.training)
        return self.linear(x)


def short_training(learner: Learner, every: int, **given) -> Trained:
    config = MetaTrainConfig(steps=12, cohorts_per_step=1, evaluate_every=every, device="cpu")
    return meta_train(learner, Points(), config, generator=torch.Generator().manual_seed(1), **given)


@pytest.mark.parametrize("handed_over", [True, False])
@pytest.mark.parametrize("every", [1, 5, 12])
def test_a_learner_trains_in_training_mode_whatever_mode_it_comes_in(handed_over: bool, every: int) -> None:
    learner = create("protonet", [KIND], 4, Spy()).train(handed_over)
    spy = short_training(learner, every).learner.features.encoder
    assert set(spy.modes) == {True}
    assert learner.training is handed_over


@pytest.mark.parametrize("name", ["protonet", "maml", "mann"])
def test_when_something_is_judged_changes_no_weight(name: str) -> None:
    found = []
    for every in (1, 5, 12):
        torch.manual_seed(0)
        learner = create(name, [KIND], 4, nn.Sequential(*encoder(), nn.Dropout(0.3)), **FRESH.get(name, {}))
        found.append(short_training(learner, every).learner.state_dict())
    assert all(torch.equal(found[0][k], other[k]) for other in found[1:] for k in found[0])


def by_mode(own: nn.Sequential) -> None:
    own.eval()


def by_gradient(own: nn.Sequential) -> None:
    own.requires_grad_(False)


def norm_by_mode(own: nn.Sequential) -> None:
    own[1].eval()


@pytest.mark.case("science/13_train_mode_after_first_judgement")
@pytest.mark.parametrize("freeze", [by_mode, by_gradient, norm_by_mode])
def test_what_is_frozen_keeps_its_running_statistics(
    freeze: Callable[[nn.Sequential], None], now: Callable[[str], None]
) -> None:
    means = set()
    for name in ("anil", "protonet", "maml"):
        for every in (12, 1):
            own = encoder()
            own[1].running_mean.fill_(0.7)
            own[1].running_var.fill_(2.0)
            freeze(own)
            learner = create(
                name, [KIND], 4, own, **FRESH.get(name, {})
            ).train()  # which must not wake what is frozen
            norm = short_training(learner, every).learner.features.encoder[1]
            means.add((round(float(norm.running_mean.mean()), 6), round(float(norm.running_var.mean()), 6)))
    assert means == {(0.7, 2.0)}
    how = freeze.__name__.replace("_", " ")
    now(f"frozen {how}: running mean and variance stay 0.7 and 2.0 with any evaluate_every")


def test_what_is_put_to_rest_after_the_learner_was_made_stays_too() -> None:
    learner = create("protonet", [KIND], 4, encoder())
    learner.features.encoder.eval()
    norm = short_training(learner, 1).learner.features.encoder[1]
    assert float(norm.running_mean.abs().max()) == 0.0


def test_a_frozen_normalisation_is_by_its_running_statistics_in_an_adapting_encoder() -> None:
    own = encoder().double()
    own[1].running_mean.fill_(0.7)
    own[1].eval()
    learner = create("maml", [KIND], 4, own).double()
    batch = Points(3).sample(1, torch.Generator().manual_seed(0)).to(dtype=torch.float64)
    k0 = learner.adapt(batch.context, batch.cohort, batch.support.without_records()).predict(batch.query)
    expected = learner.layers[-1](own.eval()(batch.query.x.flatten(0, 1))).reshape(3, 10, 2)
    torch.testing.assert_close(k0.location, expected)


def test_padding_moves_no_running_statistics() -> None:
    batch = Points().sample(1, torch.Generator().manual_seed(0))
    wide = {k: torch.cat([v, v.new_ones((16, 30, *v.shape[2:]))], 1) for k, v in vars(batch.support).items()}
    wide["present"] = torch.cat([batch.support.present, torch.zeros(16, 30, dtype=torch.bool)], 1)
    found = []
    for support in (batch.support, Records(**wide)):
        torch.manual_seed(0)
        learner = create("protonet", [KIND], 4, encoder())
        learner.loss(replace(batch, support=support))
        found.append(learner.features.encoder[1].running_mean)
    torch.testing.assert_close(*found)
