"""Detection of a non-finite loss or gradient without waiting for the device, and of the cohorts that cause it."""

from collections import deque
from dataclasses import dataclass, field, replace

import torch
from torch import Tensor

from meta_med.episodes.batch import EpisodeBatch
from meta_med.episodes.input_checks import EVERYTHING, trusting
from meta_med.episodes.input_errors import NotFinite
from meta_med.learners.learner import Learner

MOST_NAMES = 5


@dataclass
class DivergenceWatch:
    """Keeps each step's batch until it is known whether its loss and gradient were finite.

    On the CPU that is immediate. On a GPU the result is copied asynchronously and polled at later steps; the few
    batches in between are those that the device has not reached yet.
    """

    pending: deque[tuple[int, EpisodeBatch, Tensor, torch.cuda.Event | None]] = field(default_factory=deque)

    def record(self, step: int, batch: EpisodeBatch, finite: Tensor) -> None:
        """Add a step: its batch, and a bool scalar that the device may not have computed yet."""
        event = None
        if finite.device.type == "cuda":
            finite = finite.to("cpu", non_blocking=True)
            event = torch.cuda.Event()  # type: ignore[no-untyped-call]
            event.record()
        self.pending.append((step, batch, finite, event))

    def first_failure(self, wait: bool = False) -> tuple[int, EpisodeBatch] | None:
        """The first failed step and its batch, among those with a result (with `wait`: among all); None if none."""
        while self.pending:
            step, batch, finite, event = self.pending[0]
            if event is not None and wait:
                event.synchronize()
            if event is not None and not event.query():  # type: ignore[no-untyped-call]
                return None
            if not bool(finite):
                return step, batch
            self.pending.popleft()
        return None


def failing_cohorts(learner: Learner, batch: EpisodeBatch) -> str:
    """The cohorts of a batch whose likelihood or gradient is not finite, in words."""
    learner.eval()  # batch normalisation must accept a single subject
    failed = _by_likelihood(learner, batch)
    if not bool(failed.any()):
        failed = _by_gradient(learner, batch)
    if not bool(failed.any()):
        return "no cohort fails alone: the meta-parameters or the learning rate, rather than the data"
    if len(failed) > 1 and bool(failed.all()):
        return f"every cohort of the batch fails: {cohort_names(batch, failed)}"
    return cohort_names(batch, failed)


def cohorts_of(error: NotFinite, batch: EpisodeBatch) -> str:
    """The cohorts of the records that hold NaN or infinity."""
    if error.records == "context":
        return cohort_names(batch, error.rows)
    return cohort_names(batch, _cohort_mask(batch, error.rows))


def cohort_names(batch: EpisodeBatch, chosen: Tensor) -> str:
    """Names of the chosen cohorts, a mask (K,); their indices in the batch where they have no names."""
    numbers = [i for i, yes in enumerate(chosen.tolist()) if yes]
    named = [repr(batch.cohort_names[i]) if batch.cohort_names else f"number {i}" for i in numbers]
    more = f" and {len(named) - MOST_NAMES} more" if len(named) > MOST_NAMES else ""
    return ("cohort " if len(named) == 1 else "cohorts ") + ", ".join(named[:MOST_NAMES]) + more


def _by_likelihood(learner: Learner, batch: EpisodeBatch) -> Tensor:
    with torch.no_grad(), trusting(EVERYTHING):
        adapted = learner.adapt(batch.context, batch.cohort, batch.support)
        values, seen = adapted.predict(batch.query).log_likelihood(batch.query)
    return _cohort_mask(batch, (seen & ~torch.isfinite(values)).flatten(1).any(1))


def _by_gradient(learner: Learner, batch: EpisodeBatch) -> Tensor:
    """Check one cohort after the other; this runs only once training has failed."""
    wrong = [not _finite_alone(learner, batch, k) for k in range(len(batch.context))]
    return torch.tensor(wrong, dtype=torch.bool)


def _finite_alone(learner: Learner, batch: EpisodeBatch, k: int) -> bool:
    own = batch.cohort == k
    if not bool(own.any()):
        return True
    alone = replace(
        batch,
        context=batch.context.select(slice(k, k + 1)),
        cohort=torch.zeros_like(batch.cohort[own]),
        support=batch.support.select(own),
        query=batch.query.select(own),
    )
    with trusting(EVERYTHING):
        loss = learner.loss(alone)
    parameters = [p for p in learner.parameters() if p.requires_grad]
    gradients = torch.autograd.grad(loss, parameters, allow_unused=True)
    return all(bool(torch.isfinite(t).all()) for t in (loss, *gradients) if t is not None)


def _cohort_mask(batch: EpisodeBatch, subjects: Tensor) -> Tensor:
    """(K,) bool: the cohorts of these subjects (B,) bool."""
    mask = torch.zeros(len(batch.context), dtype=torch.bool, device=subjects.device)
    mask[batch.cohort[subjects]] = True
    return mask
