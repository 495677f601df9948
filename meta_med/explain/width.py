"""Why an interval is as wide as it is: its variance in parts, each the difference that one change would make.

The patient is predicted again as if, one after the other, covariates beyond the training range lay at its ends, and the
outcome had been measured at the newest record; then as if there were many own records, from what more records do for
held-out patients. What is left varies from record to record whatever is known. Parts add up to the whole.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from meta_med.calibrate.strata import stratum_of
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.explain.variants import Predictor, Told, Variants, windows
from meta_med.serving.adapt import Serving
from meta_med.serving.ages import newest_values
from meta_med.serving.guards import Ranges

OUTSIDE, OLD, FEW, NOISE = "outside_range", "old_value", "few_records", "varies"
REASONS = (OUTSIDE, OLD, FEW, NOISE)
COLUMNS = ("subject_id", "outcome", "reason", "share", "narrower")
LATE = 1.05  # horizons that a value may be old before its age is a reason


@dataclass(frozen=True)
class Widths:
    """(P, D) half-widths on model scale: as published, then without each reason in turn."""

    published: Floats
    in_range: Floats
    fresh: Floats
    many: Floats


def width_reasons(serving: Serving, places: Ints, found: Widths) -> pd.DataFrame:
    """Rows of the published `width_reasons` table: four for each prediction that has a 90 % interval.

    `share`: of the predictive variance, the squared half-width; `narrower`: by which share of its width the interval
    would be narrower without this reason and those before it.

    Args:
        serving: the predicted records of all current patients; places: (P,) which of them.
        found: their half-widths.

    """
    steps = np.stack([found.published, found.in_range, found.fresh, found.many])
    steps = np.minimum.accumulate(
        np.where(np.isfinite(steps), steps, np.inf), axis=0
    )  # what widens is no reason
    after = np.concatenate([steps[1:], np.zeros((1, *steps.shape[1:]))])
    whole = steps[:1]
    with np.errstate(invalid="ignore"):
        share, narrower = (steps**2 - after**2) / whole**2, 1.0 - after / whole
    p, outcomes = len(places), serving.prepared.layout.outcomes
    names = serving.prepared.table.subject_ids[serving.subject[places]].astype(str)
    shape = (p, len(outcomes), len(REASONS))
    frame = pd.DataFrame(
        {
            "subject_id": np.broadcast_to(names[:, None, None], shape).ravel(),
            "outcome": np.broadcast_to(np.asarray([o.name for o in outcomes])[:, None], shape).ravel(),
            "reason": np.broadcast_to(np.asarray(REASONS), shape).ravel(),
            "share": share.transpose(1, 2, 0).ravel(),
            "narrower": narrower.transpose(1, 2, 0).ravel(),
        }
    )
    last = frame["reason"] == NOISE
    return frame.assign(narrower=frame["narrower"].mask(last)).dropna(subset=["share"]).reset_index(drop=True)


@dataclass(frozen=True)
class Outlying:
    """Who lies beyond the training range: (P, F) not 0 where a covariate does, 2 for a level that nobody had."""

    beyond: Ints
    ranges: Ranges

    @property
    def odd(self) -> Bools:
        """(P,) who has any."""
        return np.asarray((self.beyond != 0).any(1))


@dataclass(frozen=True)
class Late:
    """Predictions from an old value: (L,) position among the patients, the outcome, and the variants as if measured at
    the newest record."""

    who: Ints
    outcome: Ints
    variants: Variants

    def half(self, told: Told) -> Floats:
        """(L,) half-widths of what is predicted for the variants."""
        return np.asarray(told.half[np.arange(len(self.who)), self.outcome])


def late(serving: Serving, places: Ints, chosen: Bools) -> Late:
    """The predictions of some patients, by a mask (P,), from a value that is older than the study's horizon."""
    used = serving.sizes[places] > 0
    who, outcome = np.nonzero(_is_late(serving, places) & used & chosen[:, None])
    return Late(who, outcome, measured_at_the_newest(serving, places[who], outcome))


def widths(
    serving: Serving,
    places: Ints,
    published: Floats,
    fresh: tuple[Late, Told],
    outlying: Outlying,
    gain: Floats,
    predictor: Predictor,
) -> Widths:
    """The half-widths of the patients at these places (P,).

    Args:
        serving: the predicted records of all current patients; places: (P,) which of them.
        published: (P, D) half-widths as they are.
        fresh: predictions from an old value of patients within the training range, and what is predicted as if it had
            been measured at the newest record.
        outlying: who lies beyond the training range.
        gain: (D, strata) see `narrowing`.
        predictor: the champion.

    """
    in_range, recent = published.copy(), published.copy()
    odd = np.flatnonzero(outlying.odd)
    if len(odd):
        old = late(serving, places, outlying.odd)
        parts = [as_they_are(serving, places[odd]), old.variants]
        inside = np.concatenate([outlying.beyond[odd], outlying.beyond[old.who]])
        told = predictor.told(serving, clamped(serving, Variants.joined(parts), inside, outlying.ranges))
        in_range[odd] = told.half[: len(odd)]
        recent[odd] = in_range[odd]
        recent[old.who, old.outcome] = old.half(told.between(len(odd), len(told.half)))
    own_late, told_late = fresh
    recent[own_late.who, own_late.outcome] = own_late.half(told_late)
    own = serving.own_values[places]
    few = np.stack([gain[d][stratum_of(own[:, d])] for d in range(own.shape[1])], 1)
    return Widths(published, in_range, recent, recent * np.where(np.isfinite(few), few, 1.0))


def as_they_are(serving: Serving, places: Ints) -> Variants:
    """Each patient unchanged."""
    sizes = np.maximum(serving.sizes[places], 0)
    end = serving.queries.end[places]
    rows, variant = windows(serving, places, end - sizes.max(1, initial=0), end)
    return Variants.of_rows(serving, places, rows, variant, sizes)


def clamped(serving: Serving, whole: Variants, beyond: Ints, ranges: Ranges) -> Variants:
    """The variants with covariates at the ends of the training range where they lie beyond it (M, F).

    A level that no training patient had is unknown then.
    """
    low, high = (np.where(ranges.log, np.exp(np.clip(v, -700, 700)), v) for v in (ranges.low, ranges.high))
    flagged = beyond[whole.variant]
    x = np.where(np.abs(flagged) == 1, np.clip(whole.x, low, high), whole.x)
    x = np.where(flagged == 2, np.nan, x)
    columns = np.flatnonzero((beyond != 0).any(0))
    own = {serving.prepared.table.covariates[i].partition("=")[0] for i in columns}
    return replace(whole, x=x, own=frozenset(own))


def _is_late(serving: Serving, places: Ints) -> Bools:
    """(P, D) whether the newest value used is older than the study's horizon, so that its age is a reason."""
    study = serving.prepared.study
    if study.serve.record == "newest" or not study.dated:
        return np.zeros((len(places), len(serving.prepared.layout.outcomes)), dtype=bool)
    return np.asarray(np.nan_to_num(serving.age_used[places]) > LATE * study.years_ahead)


def measured_at_the_newest(serving: Serving, places: Ints, outcome: Ints) -> Variants:
    """Each patient without the records after the outcome's newest value, predicted a horizon after it (M,)."""
    table, study = serving.prepared.table, serving.prepared.study
    end = serving.queries.end[places]
    last = newest_values(table)[end - 1, outcome] + 1 if len(places) else end
    sizes = np.maximum(serving.sizes[places], 0)
    first = np.asarray(table.offsets)[serving.subject[places]]
    start = np.maximum(last - sizes.max(1, initial=0), first)
    rows, variant = windows(serving, places, start, last)
    whole = Variants.of_rows(serving, places, rows, variant, np.minimum(sizes, (last - start)[:, None]))
    time = whole.time.copy()
    time[whole.predicted] = table.time[last - 1] + study.years_ahead
    return replace(whole, time=time)
