"""The guards of a model, fitted on the next record of each calibration patient: the kind of record that is served."""

from collections.abc import Sequence

import numpy as np

from meta_med.calibrate.calibration import Calibration
from meta_med.calibrate.champion import Champion
from meta_med.cohorts.record_table import (
    Bools,
)
from meta_med.cohorts.splits import Split
from meta_med.enough import needed_for_level
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.withheld import evaluated_sizes
from meta_med.meta_train.predictors import FittedPredictors, PartFit
from meta_med.serving.adapt import answers_of, next_records
from meta_med.serving.guard_checks import (
    Watched,
    fit_guards,
    ranges_of,
    watch,
)
from meta_med.serving.guards import MOST_FALSE_ALARMS, Guards, Ranges


def guards_of(
    prepared: Prepared,
    fitted: FittedPredictors,
    champion: Champion,
    calibration: Calibration,
    current: Bools | None = None,
    parts: Sequence[PartFit] = (),
) -> Guards:
    """Fit the guards on the next record of each calibration patient, the kind of record that is served.

    Args:
        prepared: the study.
        fitted, champion, calibration: all predictors, the choice among them, and the champion's intervals.
        current: (n_subjects,) the subjects that would be served; where they are enough in a split, the others of that
            split are left out, because who is current may differ from who is not.
        parts: where patients are divided into parts, the fits without each; a patient is then looked at by those that
            were fitted without them.

    """
    chosen = {s: _served_of(prepared, s, current) for s in ("calibration", "held_out")}
    whole = PartFit(prepared, fitted)
    ranges, held_out = _watched(whole, champion, calibration, chosen["held_out"])
    each = [
        _watched(
            fit, champion, calibration, chosen["calibration"] & fit.prepared.splits.subjects("calibration")
        )[1]
        for fit in parts or (whole,)
    ]
    return fit_guards(prepared, ranges, Watched.concatenate(each), held_out)


def _watched(
    fit: PartFit, champion: Champion, calibration: Calibration, asked: Bools
) -> tuple[Ranges, Watched]:
    """Ranges of the training patients of a fit, and what the guards look at for the patients `asked` (n_subjects,)."""
    everybody = np.ones(len(asked), dtype=bool)
    serving = next_records(fit.prepared, asked if asked.any() else everybody, evaluated_sizes(fit.prepared))
    ranges = ranges_of(serving.prepared)
    each, newest = answers_of(serving, fit.fitted, champion)
    learners = list(fit.fitted.personalised)
    watched = watch(serving.prepared, learners, champion, calibration, ranges, each, newest)
    return ranges, watched.take(asked[serving.subject])


def _served_of(prepared: Prepared, split: Split, current: Bools | None) -> Bools:
    """(n_subjects,) subjects of a split who are current, where they are enough for a guard; else all of the split."""
    own = prepared.splits.subjects(split)
    served = own if current is None else own & current
    return served if served.sum() >= needed_for_level(1.0 - MOST_FALSE_ALARMS) else own
