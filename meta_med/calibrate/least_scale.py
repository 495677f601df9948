"""The least scale of a forecast, below which its interval does not shrink; chosen on tuning subjects.

A learner that has seen a value repeated exactly is nearly certain that it will be again. Where it is not, the error is
hundreds of such scales, and one multiplier for all records then makes everybody's interval as wide. Locally scaled
conformal intervals add a constant for this (Papadopoulos, Gammerman & Vovk 2008); here it is a floor, a share of the
root mean square of the outcome's scales: a quarter, which hardly any forecast lies below where scales differ as usual,
or more where that makes intervals narrower. Calibration subjects take no part in the choice, so coverage is kept.
"""

import numpy as np

from meta_med.calibrate.conformal import LEVELS, conformal_quantiles
from meta_med.calibrate.strata import stratum_of
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.enough import needed_for_level
from meta_med.forecast import Forecast
from meta_med.outcomes import OutcomeLayout

SHARES = (0.25, 0.5, 1.0)  # the first one where tuning subjects are too few to choose
GAIN = 0.02  # a larger floor must make intervals narrower by this share


def least_scales(forecast: Forecast, y: Floats, own: Ints, subject: Ints, layout: OutcomeLayout) -> Floats:
    """(D,) least scale of each outcome, on model scale; 0 for outcomes without a scale.

    Args:
        forecast: of R tuning records; y: (R, D) truth, NaN where not observed.
        own: (R, D) own values of each outcome that were used; subject: (R,) index of the subject.
        layout: the outcomes.

    """
    out, stratum = np.zeros(len(layout.outcomes)), stratum_of(own)
    for d in layout.scaled:
        usable = ~np.isnan(y[:, d]) & np.isfinite(forecast.mean[:, d]) & np.isfinite(forecast.scale[:, d])
        if usable.any():
            scale = forecast.scale[usable, d]
            error, unit = np.abs(y[usable, d] - forecast.mean[usable, d]), float(np.sqrt(np.mean(scale**2)))
            out[d] = unit * _share(error, scale, unit, stratum[usable, d], subject[usable])
    return out


def _share(error: Floats, scale: Floats, unit: float, stratum: Ints, subject: Ints) -> float:
    """The smallest share whose intervals are about as narrow as those of any larger one."""
    best, narrowest = SHARES[0], np.inf
    for share in SHARES:
        width = _mean_width(error, np.maximum(scale, share * unit), stratum, subject)
        if width < (1 - GAIN) * narrowest:
            best, narrowest = share, width
    return best


def _mean_width(error: Floats, scale: Floats, stratum: Ints, subject: Ints) -> float:
    """Mean half-width of the 80 % and 90 % intervals, over strata with enough subjects for both; 0 if there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(error == 0, 0.0, np.nan_to_num(error / scale, nan=np.inf, posinf=np.inf))
    total, records = 0.0, 0
    for s in np.unique(stratum):
        rows = stratum == s
        if len(np.unique(subject[rows])) >= needed_for_level(max(LEVELS)):
            total += float(conformal_quantiles(score[rows], subject[rows])[1:].sum() * scale[rows].sum())
            records += int(rows.sum())
    return total / records if records else 0.0
