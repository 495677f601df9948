"""Checks of input records: shapes, dtypes, devices, values and times.

Every call checks shapes, dtypes and devices, which reads no number. Values (finite where observed, labels within their
classes, cohorts that exist, support before prediction time) must be read, which on a GPU waits for the device: they
are checked by the public methods (`adapt`, `predict`, `Prediction.loss`, and `Learner.loss` on the CPU), and by
meta-training on each batch while it is on the CPU; never inside a training step. `trusting` marks what an outer call
has checked, so that nothing is checked twice.

Messages hold names, counts, shapes, dtypes and devices, never a value of the data.
"""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields

import torch
from torch import Tensor

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.episodes.input_errors import (
    EmptyQuery,
    NotBeforePrediction,
    NotFinite,
    UnknownCohort,
    UnknownLabel,
    WrongDevice,
    WrongShape,
    WrongType,
)
from meta_med.outcomes import OutcomeLayout

FLOATS = ("x", "time", "y")
CONTEXT = ("cohorts, lenders, records", "cohorts, lenders")
NOTHING, VALUES, EVERYTHING = 0, 1, 2
_trusted: ContextVar[int] = ContextVar("trusted", default=NOTHING)


@dataclass(frozen=True)
class Expected:
    """Expected records: (rows, N) of this layout, dtype and device; x of `event_shape` where it is known."""

    layout: OutcomeLayout
    dtype: torch.dtype
    device: torch.device
    event_shape: tuple[int, ...] | None = None

    def check(
        self,
        name: str,
        records: Records,
        rows: int | None = None,
        columns: int | None = None,
        dimensions: tuple[str, ...] = ("subjects, records",),
    ) -> None:
        """Check types, shapes and devices; `rows` and `columns` where they are known.

        `dimensions`: what the dimensions may be, one text for each number of them that is accepted.

        Raises:
            WrongType, WrongShape, WrongDevice: names the tensor.

        """
        if _trusted.get() == EVERYTHING:
            return
        for field in fields(records):
            self._check_type(f"{name}.{field.name}", getattr(records, field.name), field.name in FLOATS)
        shape = tuple(records.present.shape)
        if len(shape) not in [text.count(",") + 1 for text in dimensions]:
            accepted = " or ".join(f"({text})" for text in dimensions)
            raise WrongShape(f"{name}.present: expected dimensions {accepted}, got shape {shape}")
        if rows is not None and shape[0] != rows:
            raise WrongShape(f"{name}: expected {rows} subjects, got {shape[0]}")
        if columns is not None and shape[1] != columns:
            raise WrongShape(f"{name}: expected {columns} records per subject, got {shape[1]}")
        outcomes = (*shape, len(self.layout.outcomes))
        event = records.x.shape[len(shape) :] if self.event_shape is None else self.event_shape
        for part, expected in {
            "x": (*shape, *event),
            "x_observed": (*shape, *event),
            "time": shape,
            "y": outcomes,
            "y_observed": outcomes,
        }.items():
            found = getattr(records, part).shape
            if found != expected:
                raise WrongShape(f"{name}.{part}: expected shape {expected}, got {tuple(found)}")

    def check_tasks(self, context: Records, cohort: Tensor, support: Records) -> None:
        """Check context (K, L, N) or (K, C), cohort LongTensor (B,) and support (B, S) in the same way."""
        if _trusted.get() == EVERYTHING:
            return
        if not isinstance(cohort, Tensor) or cohort.dtype != torch.long:
            raise WrongType(f"cohort: expected a LongTensor (B,), got {_kind(cohort)}")
        if cohort.ndim != 1:
            raise WrongShape(f"cohort: expected a LongTensor (B,), got shape {tuple(cohort.shape)}")
        self._check_device("cohort", cohort)
        self.check("context", context, dimensions=CONTEXT)
        self.check("support", support, rows=len(cohort))

    def _check_type(self, name: str, tensor: object, floating: bool) -> None:
        dtype = self.dtype if floating else torch.bool
        if not isinstance(tensor, Tensor) or tensor.dtype != dtype:
            why = ", the learner's dtype," if floating else ""
            raise WrongType(f"{name}: expected a tensor of {dtype}{why} got {_kind(tensor)}")
        self._check_device(name, tensor)

    def _check_device(self, name: str, tensor: Tensor) -> None:
        if tensor.device != self.device:
            raise WrongDevice(
                f"{name}: expected device {self.device}, where the other records and the learner are, "
                f"got {tensor.device}"
            )


def check_query(query: Records) -> None:
    """Refuse a query without records.

    Raises:
        EmptyQuery: Q = 0.

    """
    if query.present.shape[1] == 0:
        raise EmptyQuery(
            f"query: expected at least one record to predict, got shape {tuple(query.present.shape)}"
        )


@contextmanager
def trusting(what: int) -> Iterator[None]:
    """Context in which VALUES, or EVERYTHING, count as checked."""
    token = _trusted.set(max(what, _trusted.get()))
    try:
        yield
    finally:
        _trusted.reset(token)


def check_batch(expected: Expected, batch: EpisodeBatch) -> None:
    """Check shapes, dtypes, device and values of a batch."""
    expected.check_tasks(batch.context, batch.cohort, batch.support)
    expected.check("query", batch.query, rows=len(batch.cohort))
    check_query(batch.query)
    parts = {"context": batch.context, "support": batch.support, "query": batch.query}
    check_values(expected.layout, parts, batch.cohort, len(batch.context))


def check_values(
    layout: OutcomeLayout, parts: Mapping[str, Records], cohort: Tensor | None = None, n_cohorts: int = 0
) -> None:
    """Refuse invalid values; entries where a mask is False are ignored.

    One sum over all values detects that something may be wrong; only then is it located.

    Raises:
        NotFinite, UnknownLabel, UnknownCohort: names the tensor and gives the count.

    """
    if skip_values(*parts.values()):
        return
    everything = torch.cat(
        [getattr(records, part).flatten() for records in parts.values() for part in FLOATS]
    )
    if not math.isfinite(float(everything.sum())):
        for name, records in parts.items():
            _find_not_finite(name, records)
    if any(_allowed(layout)) and bool(_mislabelled(layout, *parts.values()).any()):
        for name, records in parts.items():
            _find_unknown_label(name, records, layout)
    if cohort is not None:
        wrong = int(((cohort < 0) | (cohort >= n_cohorts)).sum())
        if wrong:
            raise UnknownCohort(
                f"cohort: expected indices in 0..{n_cohorts - 1}, one of the {n_cohorts} rows of context, "
                f"got {wrong} outside"
            )


def check_batch_times(batch: EpisodeBatch) -> None:
    """Check the times of a batch: `check_times` and `check_after`."""
    check_times({"context": batch.context, "support": batch.support})
    check_after(batch.support, batch.query)


def check_times(records: Mapping[str, Records]) -> None:
    """Refuse context or support records that are not strictly before prediction time (time 0).

    Raises:
        NotBeforePrediction: names the records and gives their number.

    """
    if skip_values(*records.values()):
        return
    late = {name: (part.time >= 0) & part.present for name, part in records.items()}
    for name, wrong in late.items():
        if bool(wrong.any()):
            raise NotBeforePrediction(
                f"{name}.time: expected times < 0, strictly before prediction time, where a record is present, "
                f"got {int(wrong.sum())} at or after it"
            )


def check_after(support: Records, query: Records) -> None:
    """Refuse queries (B, Q) before prediction time that are at or before a support record (B, S).

    Raises:
        NotBeforePrediction: gives the number of subjects.

    """
    if support.present.shape[1] == 0 or skip_values(support, query):
        return
    early = (query.time < 0) & query.present
    if not bool(early.any()):  # every support record is before prediction time, and so before these
        return
    newest = support.time.masked_fill(~support.present, -math.inf).amax(1, keepdim=True)
    wrong = (early & (query.time <= newest)).any(1)
    if bool(wrong.any()):
        raise NotBeforePrediction(
            f"query.time: expected every query after the subject's own records, got {int(wrong.sum())} of "
            f"{len(wrong)} subjects with an own record at or after one"
        )


def skip_values(*parts: Records) -> bool:
    """Whether values are not read: they are trusted, or do not exist (meta tensors, a graph being captured)."""
    if _trusted.get() >= VALUES:
        return True
    devices = {records.present.device.type for records in parts}
    return "meta" in devices or ("cuda" in devices and torch.cuda.is_current_stream_capturing())


def _find_not_finite(name: str, records: Records) -> None:
    for part in FLOATS:
        values, seen = getattr(records, part), records.present
        if part != "time":
            observed = records.x_observed if part == "x" else records.y_observed
            seen = observed & seen.reshape(seen.shape + (1,) * (observed.ndim - seen.ndim))
        wrong = seen & ~torch.isfinite(values)
        count = int(wrong.sum())
        if count:
            message = f"{name}.{part}: expected finite values where observed, got {count} that are not finite"
            raise NotFinite(message, name, wrong.flatten(1).any(1))


def _allowed(layout: OutcomeLayout) -> list[str]:
    """(D,) the allowed values of each outcome in words; "" for every finite number."""
    return [kind.allowed(o.width) for kind, o in zip(layout.kinds, layout.outcomes, strict=True)]


def _mislabelled(layout: OutcomeLayout, *parts: Records) -> Tensor:
    """(all records, D) bool: an observed value that the outcome's kind does not allow."""
    y = torch.cat([records.y.flatten(0, -2) for records in parts])
    seen = torch.cat([records.y_observed.flatten(0, -2) for records in parts])
    present = torch.cat([records.present.flatten() for records in parts])
    each = zip(layout.kinds, layout.outcomes, _allowed(layout), strict=True)
    wrong = [
        kind.invalid_targets(y[:, d], outcome.width) if only else torch.zeros_like(present)
        for d, (kind, outcome, only) in enumerate(each)
    ]
    return torch.stack(wrong, 1) & seen & present.unsqueeze(1)


def _find_unknown_label(name: str, records: Records, layout: OutcomeLayout) -> None:
    counts = _mislabelled(layout, records).sum(0).tolist()
    for outcome, allowed, count in zip(layout.outcomes, _allowed(layout), counts, strict=True):
        if count:
            raise UnknownLabel(
                f"{name}.y: expected {allowed} for outcome {outcome.name!r}, got {count} others"
            )


def _kind(found: object) -> str:
    return str(found.dtype) if isinstance(found, Tensor) else type(found).__name__
