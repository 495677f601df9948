"""What the neural process promises beyond the laws that hold for every learner."""

from dataclasses import replace

import pytest
import torch
from torch import nn

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.learners import create
from meta_med.meta_train.outer_loop import MetaTrainConfig, meta_train
from meta_med.outcomes import Outcome
from tests import scenario
from tests.meta_med.few_shot import Glyphs

GRADE = Outcome("grade", "categorical", n_classes=4)


def relabelled(records: Records, order: torch.Tensor) -> Records:
    """The same records with class c called order[c]."""
    return replace(records, y=order[records.y.long()].to(records.y.dtype))


def logits(learner: nn.Module, batch: EpisodeBatch) -> torch.Tensor:
    return learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).location


def test_with_fresh_labels_a_permutation_of_the_labels_permutes_the_prediction() -> None:
    torch.manual_seed(0)
    options = {"width": 16, "attention": 8, "heads": 2, "blocks": 1, "fresh_labels": True}
    learner = create("neural_process", [GRADE], 3, **options).double()
    batch = scenario.random_batch(0, outcomes=(GRADE,), support=6)
    order = torch.tensor([2, 0, 3, 1])
    moved = replace(batch, context=relabelled(batch.context, order), support=relabelled(batch.support, order))
    torch.testing.assert_close(logits(learner, moved)[..., order], logits(learner, batch))


def test_with_fresh_labels_all_classes_are_as_likely_without_own_records() -> None:
    torch.manual_seed(0)
    learner = create("neural_process", [GRADE], 3, width=16, fresh_labels=True).double()
    batch = scenario.random_batch(0, outcomes=(GRADE,))
    found = logits(learner, replace(batch, support=batch.support.without_records())).softmax(-1)
    torch.testing.assert_close(found, torch.full_like(found, 0.25))


@pytest.mark.parametrize("fresh_labels", [False, True])
def test_it_matches_images_through_an_encoder_with_batch_norm(fresh_labels: bool) -> None:
    torch.manual_seed(0)
    encoder = nn.Sequential(
        nn.Conv2d(1, 8, 3, stride=2, padding=1),
        nn.BatchNorm2d(8),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(128, 16),
    )
    outcome = Outcome("glyph", "categorical", n_classes=5)
    learner = create("neural_process", [outcome], (1, 8, 8), encoder, width=32, fresh_labels=fresh_labels)
    config = MetaTrainConfig(steps=120, cohorts_per_step=16, learning_rate=5e-3, device="cpu")
    trained = meta_train(learner, Glyphs(), config, generator=torch.Generator().manual_seed(1))
    batch = Glyphs().sample(200, torch.Generator().manual_seed(2))
    found = trained.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).probabilities
    assert float((found.argmax(-1) == batch.query.y[..., 0]).double().mean()) > 0.8  # chance is 0.2


def test_before_any_training_a_query_equal_to_a_record_leans_to_its_class() -> None:
    """Equal inputs have equal keys by construction: nothing has to be learned for that."""
    torch.manual_seed(0)
    learner = create("neural_process", [GRADE], 3, fresh_labels=True).double()
    batch = four_apart()
    assert torch.equal(logits(learner, batch).argmax(-1), batch.query.y[..., 0].long())


def four_apart() -> EpisodeBatch:
    """Four records far apart, one of each class; the query repeats them."""
    x = 20.0 * torch.randn(5, 4, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(3))
    everything = torch.ones(5, 4, dtype=torch.bool)
    y = torch.arange(4.0, dtype=torch.float64).expand(5, 4).unsqueeze(-1)
    seen = torch.ones_like(x, dtype=torch.bool)
    support = Records(x, seen, torch.full((5, 4), -1.0).double(), y, everything.unsqueeze(-1), everything)
    query = replace(support, time=torch.zeros(5, 4).double())
    return EpisodeBatch(Records.empty(1, support), torch.zeros(5, dtype=torch.long), support, query)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"heads": 3}, "heads: must divide attention = 32"),
        ({"heads": 0}, "heads: must be a whole number, 1 or more and at most 100,000, got 0"),
        ({"blocks": -1}, "blocks: must be a whole number, 0 or more and at most 100,000, got -1"),
        ({"layers": -1}, "layers: must be a whole number, 0 or more and at most 100,000, got -1"),
        ({"dropout": 1.0}, r"dropout: must be a number, 0 or more and below 1, got 1.0"),
        ({"fresh_labels": True, "history": True}, "fresh_labels: needs history: false"),
    ],
)
def test_an_option_outside_its_range_is_refused_by_name(options: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        create("neural_process", [GRADE], 3, **options)
