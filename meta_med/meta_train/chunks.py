"""Prediction for any number of subjects in bounded memory, in chunks grouped by cohort.

A chunk holds subjects of as few cohorts as possible and adapts the model to those only. All chunks together adapt to
each cohort once, and once more where a chunk ends within it: at most cohorts + chunks times, not cohorts x chunks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from meta_med.episodes.batch import EpisodeBatch
from meta_med.episodes.input_checks import VALUES, trusting
from meta_med.learners.learner import Learner
from meta_med.meta_train.outer_loop import Trained
from meta_med.prediction import Prediction, check_finite

CHUNK = 2048  # subjects; the fastest size for most learners on one core: their records fit into its cache


@dataclass(frozen=True)
class SubjectChunk:
    """A selection of B subjects and of their K cohorts.

    Attributes:
        subjects: LongTensor (b,), indices into the B; cohorts: LongTensor (k,), indices into the K, ascending.
        cohort: LongTensor (b,), each subject's index into `cohorts`.

    """

    subjects: Tensor
    cohorts: Tensor
    cohort: Tensor

    def of(self, batch: EpisodeBatch) -> EpisodeBatch:
        """The part of a batch for this chunk."""
        names = batch.cohort_names
        return replace(
            batch,
            context=batch.context.select(self.cohorts),
            cohort=self.cohort,
            support=batch.support.select(self.subjects),
            query=batch.query.select(self.subjects),
            cohort_names=tuple(names[k] for k in self.cohorts.tolist()) if names else (),
        )


def chunks(cohort: Tensor, size: int = CHUNK) -> Iterator[SubjectChunk]:
    """All subjects, `size` at a time, grouped by their cohort (B,).

    Raises:
        ValueError: a size below one.

    """
    if size < 1:
        raise ValueError(f"size: expected at least one subject per chunk, got {size}")
    for subjects in torch.split(torch.argsort(cohort, stable=True), size):
        if len(subjects):
            cohorts, place = torch.unique(cohort[subjects], return_inverse=True)
            yield SubjectChunk(subjects, cohorts, place)


def in_order(parts: list[Tensor], cohort: Tensor) -> Tensor:
    """Concatenate the results of `chunks` and restore the subjects' order."""
    return torch.cat(parts)[torch.argsort(torch.argsort(cohort, stable=True))]


def predict_in_chunks(model: Learner | Trained, batch: EpisodeBatch, size: int = CHUNK) -> Prediction:
    """Adapt to every subject of a batch and predict its queries, `size` subjects at a time.

    Args:
        model: a learner, or a trained one; each chunk is moved to its device.
        batch: context (K, C), cohort (B,), support (B, S) and query (B, Q), on any device.
        size: subjects per chunk.

    Returns:
        The prediction for all B subjects in their order, on the model's device, without gradient.

    Raises:
        ValueError: a size below one, or (`InvalidInput`) records that the learner refuses.

    """
    learner = model.learner if isinstance(model, Trained) else model
    device = learner.expected().device
    parts = []
    learner.check(batch)  # before any cohort is indexed; once for all chunks
    with torch.no_grad(), trusting(VALUES):
        for chunk in chunks(batch.cohort, size):
            part = chunk.of(batch).to(device)
            parts.append(learner.adapt(part.context, part.cohort, part.support).predict(part.query))
        if not parts:  # no subjects
            whole = batch.to(device)
            return learner.adapt(whole.context, whole.cohort, whole.support).predict(whole.query)
    location = in_order([p.location for p in parts], batch.cohort.to(device))
    scale = in_order([p.scale for p in parts], batch.cohort.to(device))
    check_finite(location, scale, batch.query.to(device))
    return Prediction(learner.layout, location, scale, parts[0].df)
