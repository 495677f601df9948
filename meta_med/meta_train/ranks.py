"""Meta-training divided among processes (`torchrun`): each adapts to a share of every batch's subjects.

All ranks draw the same batch from the same generator; a rank computes the loss of its own subjects, weighted by its
share of the observed query outcomes, and the gradients are added up over ranks. So every rank takes the step of one
process, up to the order of a sum: to about 1e-12 in float64. Learners with dropout draw other masks than one process.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import torch
import torch.distributed as dist
from torch import Tensor, nn

from meta_med.episodes.batch import EpisodeBatch
from meta_med.learners.learner import Learner
from meta_med.study import StudyMismatch


@dataclass(frozen=True)
class Ranks:
    """This process among those that train together: its number from 0, and how many there are."""

    number: int = 0
    of: int = 1

    @classmethod
    def of_environment(cls) -> Self:
        """As `torchrun` tells; one process by itself elsewhere."""
        return cls(int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1")))

    @property
    def writes(self) -> bool:
        """Whether this is the process that writes files."""
        return self.number == 0

    def loss(self, learner: Learner, batch: EpisodeBatch, *, first: bool) -> Tensor:
        """The loss of this rank's share, weighted; some learners set constants by the `first` batch they see."""
        if self.of == 1:
            return learner.loss(batch)
        if first:
            with torch.no_grad():
                learner.loss(batch)
        return learner.loss(self.share(batch)) * self.weight(batch)

    def share(self, batch: EpisodeBatch) -> EpisodeBatch:
        """The part of a batch that this rank adapts to: every so many-th subject."""
        if self.of == 1:
            return batch
        own = torch.arange(self.number, len(batch.cohort), self.of, device=batch.cohort.device)
        return EpisodeBatch(
            batch.context,
            batch.cohort[own],
            batch.support.select(own),
            batch.query.select(own),
            batch.cohort_names,
        )

    def weight(self, batch: EpisodeBatch) -> float:
        """The share's part of the batch's observed query outcomes."""
        if self.of == 1:
            return 1.0
        return _observed(self.share(batch)) / max(_observed(batch), 1.0)

    def add_up(self, parameters: Iterable[nn.Parameter], loss: Tensor) -> Tensor:
        """Add gradients and loss up over all ranks, so that each has those of the whole batch; the loss."""
        if self.of == 1:
            return loss
        grads = [parameter.grad for parameter in parameters if parameter.grad is not None]
        whole = torch.cat([loss.reshape(1), *(grad.reshape(-1).to(loss.dtype) for grad in grads)])
        dist.all_reduce(whole)
        each = torch.split(whole[1:], [grad.numel() for grad in grads])
        for grad, summed in zip(grads, each, strict=True):
            grad.copy_(summed.view_as(grad))
        return whole[0]


ALONE = Ranks()


def require_divisible(name: str, additive: bool, ranks: Ranks) -> None:
    """Refuse a learner whose loss is no mean over subjects.

    Raises:
        StudyMismatch: it can only be trained in one process.

    """
    if ranks.of > 1 and not additive:
        raise StudyMismatch(
            f"learner {name}: its loss is not a mean over subjects, so its training cannot be divided among processes"
        )


def _observed(batch: EpisodeBatch) -> float:
    query = batch.query
    return float((query.y_observed & query.present.unsqueeze(-1)).sum())
