"""What one x looks like, and how wide an encoder's embedding of it is."""

import pytest
import torch
from torch import nn

from meta_med.learners import create
from meta_med.learners.networks.features import embedding_width, event_shape_of
from meta_med.outcomes import Outcome

CONVOLUTION = nn.Conv2d(1, 4, 3, stride=2)


@pytest.mark.parametrize(
    ("encoder", "given", "shape"),
    [
        (None, 5, (5,)),
        (nn.Linear(16, 3), 16, (16,)),
        (nn.Sequential(CONVOLUTION, nn.Flatten()), (1, 7, 7), (1, 7, 7)),
        (nn.Sequential(CONVOLUTION, nn.Flatten()), 49, (1, 7, 7)),
        (nn.Conv2d(3, 2, 3), 75, (3, 5, 5)),
    ],
)
def test_x_has_the_shape_that_the_encoder_takes(
    encoder: nn.Module | None, given: object, shape: object
) -> None:
    assert event_shape_of(encoder, given) == shape  # type: ignore[arg-type]


@pytest.mark.parametrize(("given", "tried"), [(5, r"\(N, 5\)"), ((2, 4, 4), r"\(N, 2, 4, 4\)")])
def test_an_encoder_that_takes_none_of_them_is_refused(given: object, tried: str) -> None:
    with pytest.raises(ValueError, match=f"encoder: takes no x of shape {tried}; give the shape of one x"):
        create("protonet", [Outcome("y")], given, CONVOLUTION)  # type: ignore[arg-type]


def test_an_embedding_may_keep_its_map() -> None:
    assert embedding_width(CONVOLUTION, (1, 7, 7)) == 4 * 3 * 3


def test_finding_the_width_leaves_batch_statistics_alone() -> None:
    norm = nn.BatchNorm1d(3).train()
    before = {k: v.clone() for k, v in norm.state_dict().items()}
    embedding_width(norm, (3,))
    assert norm.training
    assert all(torch.equal(v, before[k]) for k, v in norm.state_dict().items())
