"""Serving any number of subjects in bounded memory: cohort by cohort, a chunk at a time, the same numbers.

A chunk holds subjects of as few cohorts as can be and adapts the shared model to those alone, so that all chunks
together adapt to each cohort once, and once more wherever a chunk ends within one: at most cohorts + chunks times,
not cohorts x chunks.
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

CHUNK = 2048  # subjects; the fastest for most learners on one core, whose cache still holds their records


@dataclass(frozen=True)
class SubjectChunk:
    """Some of B subjects, of few of K cohorts.

    Attributes:
        subjects: LongTensor (b,), which of the B; cohorts: LongTensor (k,), which of the K, ascending.
        cohort: LongTensor (b,), the cohort of each subject as its place among `cohorts`.

    """

    subjects: Tensor
    cohorts: Tensor
    cohort: Tensor

    def of(self, batch: EpisodeBatch) -> EpisodeBatch:
        """The part of a batch that this chunk needs."""
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
        raise ValueError(f"size: expected at least one subject a chunk, got {size}")
    for subjects in torch.split(torch.argsort(cohort, stable=True), size):
        if len(subjects):
            cohorts, place = torch.unique(cohort[subjects], return_inverse=True)
            yield SubjectChunk(subjects, cohorts, place)


def in_order(parts: list[Tensor], cohort: Tensor) -> Tensor:
    """What `chunks` of these subjects gave, one after the other, put back into the subjects' own order."""
    return torch.cat(parts)[torch.argsort(torch.argsort(cohort, stable=True))]


def predict_in_chunks(model: Learner | Trained, batch: EpisodeBatch, size: int = CHUNK) -> Prediction:
    """Adapt to every subject of a batch and predict its queries, `size` subjects at a time.

    Args:
        model: a learner, or what meta-training made of it; each chunk is moved to its device.
        batch: context (K, C), cohort (B,), support (B, S) and query (B, Q), anywhere; size: of a chunk.

    Returns:
        The prediction of all B subjects in their own order, where the model is; no gradient is kept.

    Raises:
        ValueError: a size below one, or (`InvalidInput`) records that the learner refuses.

    """
    learner = model.learner if isinstance(model, Trained) else model
    device = learner.expected().device
    parts = []
    learner.check(batch)  # a cohort that does not exist must not be looked up; once for all chunks
    with torch.no_grad(), trusting(VALUES):
        for chunk in chunks(batch.cohort, size):
            part = chunk.of(batch).to(device)
            parts.append(learner.adapt(part.context, part.cohort, part.support).predict(part.query))
        if not parts:  # nobody to predict
            whole = batch.to(device)
            return learner.adapt(whole.context, whole.cohort, whole.support).predict(whole.query)
    location = in_order([p.location for p in parts], batch.cohort.to(device))
    scale = in_order([p.scale for p in parts], batch.cohort.to(device))
    check_finite(location, scale, batch.query.to(device))
    return Prediction(learner.layout, location, scale, parts[0].df)
