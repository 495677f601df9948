"""The metric-based learners: the papers' forms, their priors, and their options."""

from dataclasses import replace

import pytest
import torch
from torch import nn

from meta_med.episodes.batch import EpisodeBatch
from meta_med.learners import create
from meta_med.learners.metric_based.metric import AdaptedMetric, MetricLearner
from meta_med.meta_train.outer_loop import MetaTrainConfig, meta_train
from meta_med.outcomes import Outcome
from tests import scenario
from tests.meta_med.few_shot import Glyphs, small_encoder

METRIC = ("protonet", "siamese")
GLYPH = Outcome("glyph", "categorical", n_classes=5)


def of_glyphs(name: str, **options) -> tuple[MetricLearner, EpisodeBatch]:
    torch.manual_seed(0)
    learner = create(name, [GLYPH], (1, 8, 8), small_encoder(), **options).eval()
    assert isinstance(learner, MetricLearner)
    return learner, Glyphs().sample(6, torch.Generator().manual_seed(1))


def embedded(learner: MetricLearner, images: torch.Tensor) -> torch.Tensor:
    encoder = learner.features.encoder
    assert encoder is not None
    return encoder(images.flatten(0, 1)).reshape(*images.shape[:2], -1)


@pytest.mark.parametrize("name", METRIC)
def test_with_an_encoder_the_embedding_is_its_output(name: str) -> None:
    learner, _ = of_glyphs(name)
    assert isinstance(learner.embedder, nn.Identity)
    assert learner.embedding == 16
    assert of_glyphs(name, embedding=7)[0].embedding == 7
    assert of_glyphs(name, layers=1)[0].embedding == 32
    assert create(name, [GLYPH], 3).embedding == 32


def test_without_a_prior_prototypes_are_the_papers() -> None:
    """Snell 2017, equations 1 and 2: class means, softmax over minus squared Euclidean distances."""
    learner, batch = of_glyphs("protonet", prior=0.0)
    support, query = embedded(learner, batch.support.x), embedded(learner, batch.query.x)
    labels = batch.support.y[..., 0]
    means = torch.stack([support[labels == c].reshape(6, 2, -1).mean(1) for c in range(5)], 1)
    expected = -torch.cdist(query, means).square()
    found = learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)
    torch.testing.assert_close(found.location, expected, rtol=1e-4, atol=1e-5)


def test_one_record_a_class_is_decided_by_the_most_probable_pair() -> None:
    """Koch 2015, equation 7: the class of the support record most probably of the same class."""
    learner, batch = of_glyphs("siamese", prior=1e-9)
    first = slice(0, None, 2)
    support = replace(batch.support, **{k: v[:, first] for k, v in vars(batch.support).items()})
    a, b = embedded(learner, batch.query.x), embedded(learner, support.x)
    weight = learner.log_weight.exp()
    p = torch.sigmoid(1.0 - ((a.unsqueeze(2) - b.unsqueeze(1)).abs() * weight).sum(-1))
    found = learner.adapt(batch.context, batch.cohort, support).predict(batch.query)
    torch.testing.assert_close(found.probabilities, p / p.sum(-1, keepdim=True), rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("name", METRIC)
def test_a_patient_with_one_record_of_one_class_works(name: str) -> None:
    outcomes = (Outcome("event", "binary"),)
    torch.manual_seed(0)
    learner = create(name, outcomes, 3).double().eval()
    batch = scenario.random_batch(0, outcomes=outcomes, subjects=1, support=1, context=12)
    for mask in (batch.support.present, batch.support.y_observed):
        mask.fill_(True)
    batch.support.y.fill_(1.0)
    same = replace(batch, query=replace(batch.support, time=torch.zeros_like(batch.support.time)))

    def probability(b: EpisodeBatch) -> torch.Tensor:
        return learner.adapt(b.context, b.cohort, b.support).predict(b.query).probabilities[..., 1]

    alone = replace(same, support=same.support.without_records())
    assert bool((probability(same) > probability(alone)).all())
    no_context = replace(same, context=same.context.without_records())
    assert bool(torch.isfinite(probability(no_context)).all())


@pytest.mark.parametrize("name", METRIC)
@pytest.mark.parametrize("options", [{}, {"embedding": 4}])
def test_classes_that_nobody_has_seen_stay_usable(name: str, options: dict[str, int]) -> None:
    learner, batch = of_glyphs(name, **options)
    batch.support.y.fill_(3.0)
    loss = learner.loss(batch)
    loss.backward()
    assert bool(torch.isfinite(loss))
    assert all(bool(torch.isfinite(p.grad).all()) for p in learner.parameters() if p.grad is not None)


def test_prototypes_without_a_prior_survive_classes_that_nobody_has_seen() -> None:
    learner, batch = of_glyphs("protonet", prior=0.0)
    batch.support.y.fill_(3.0)
    assert bool(torch.isfinite(learner.loss(batch)))


def with_batch_norm() -> nn.Module:
    """Two of the papers' blocks: 3 x 3 convolution, batch normalisation, ReLU, 2 x 2 pooling."""
    blocks: list[nn.Module] = []
    for a, b in ((1, 16), (16, 16)):
        blocks += [nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*blocks, nn.Flatten())


@pytest.mark.parametrize("name", METRIC)
def test_a_convolutional_encoder_with_batch_normalisation_learns(name: str) -> None:
    torch.manual_seed(0)
    learner = create(name, [GLYPH], (1, 8, 8), with_batch_norm())
    config = MetaTrainConfig(steps=40, cohorts_per_step=16, learning_rate=5e-3, device="cpu")
    trained = meta_train(learner, Glyphs(shots=1), config, generator=torch.Generator().manual_seed(1))
    batch = Glyphs(shots=1).sample(200, torch.Generator().manual_seed(2))
    found = trained.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)
    assert float((found.probabilities.argmax(-1) == batch.query.y[..., 0]).double().mean()) > 0.8


def test_verification_adds_the_balanced_cross_entropy_of_pairs() -> None:
    plain, batch = of_glyphs("siamese", verification=0.0)
    weighed, _ = of_glyphs("siamese", verification=2.0)
    adapted = plain.adapt(batch.context, batch.cohort, batch.support)
    assert isinstance(adapted, AdaptedMetric)
    distance = plain.distances(embedded(plain, batch.query.x), adapted.own.embedded)
    p = torch.sigmoid(plain.similarity(0, distance))
    same = batch.query.y == batch.support.y.transpose(1, 2)
    expected = (-p[same].log().mean() - (1 - p[~same]).log().mean()) / 2
    torch.testing.assert_close(weighed.loss(batch) - plain.loss(batch), 2.0 * expected)


@pytest.mark.parametrize(
    ("name", "option", "value", "must"),
    [
        *[(n, "width", 0, "a whole number, 1 or more") for n in METRIC],
        *[(n, "layers", -1, "a whole number, 0 or more") for n in METRIC],
        *[(n, "embedding", 0, "a whole number, 1 or more") for n in METRIC],
        ("protonet", "prior", -0.1, "a number, 0 or more"),
        ("siamese", "prior", 0.0, "a number, above 0"),
        ("siamese", "neighbours", 0, "a whole number, 1 or more"),
        ("siamese", "neighbours", 1.5, "a whole number, 1 or more"),
        ("siamese", "verification", float("nan"), "a number, 0 or more"),
    ],
)
def test_options_outside_their_range_are_refused(name: str, option: str, value: float, must: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}: {option}: must be {must}"):
        create(name, [GLYPH], 3, **{option: value})
