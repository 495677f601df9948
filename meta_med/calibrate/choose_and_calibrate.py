"""From fitted predictors to a champion with calibrated intervals, each step on its own split.

Also the held-out records with the groups that coverage is shown for: levels of a covariate, or bands of a numeric one.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meta_med.calibrate.answered_records import AnsweredRecords, join_records, of_lenders
from meta_med.calibrate.baseline_choice import BaselineChoice, choose_baselines
from meta_med.calibrate.calibration import Calibration, CalibrationRecords, calibrate
from meta_med.calibrate.champion import Champion, Tuning, choose_champion
from meta_med.calibrate.least_scale import least_scales
from meta_med.calibrate.record_scores import EvaluatedRecords
from meta_med.cohorts.record_table import Floats, RecordTable
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, main_setting, queries_of
from meta_med.episodes.withheld import FITTED_ON, require_enough
from meta_med.forecast import Forecast
from meta_med.meta_train.predictors import CHAMPION, CHOSEN_BASELINE, FittedPredictors, PartFit
from meta_med.outcomes import OutcomeLayout
from meta_med.study import Setting

UNKNOWN = "unknown"


def group_labels(
    table: RecordTable, queries: Queries, covariate: str, bands: tuple[float, ...] = ()
) -> NDArray[np.str_]:
    """(R,) level of a category, or band of a number, at the predicted records; UNKNOWN where it is missing.

    Raises:
        ValueError: no such covariate in the records.

    """
    names = [n for n in table.covariates if n == covariate or n.startswith(f"{covariate}=")]
    if not names:
        raise ValueError(f"evaluation.groups: no covariate {covariate} in the records")
    values = table.x[queries.rows][:, [table.covariates.index(n) for n in names]]
    if names == [covariate]:
        return _banded(values[:, 0], bands)
    labels = np.asarray([n.split("=", 1)[1] for n in names], dtype=np.str_)
    known = np.nan_to_num(values).any(1)
    return np.where(known, labels[np.nan_to_num(values).argmax(1)], UNKNOWN)


def _banded(values: Floats, bands: tuple[float, ...]) -> NDArray[np.str_]:
    """Left-closed bands: "under 50", "50 to 65", "65 and over"; each value is its own label without any."""
    seen = ~np.isnan(values)
    if not bands:
        return np.where(seen, np.asarray([f"{v:g}" for v in values], dtype=np.str_), UNKNOWN)
    middle = [f"{a:g} to {b:g}" for a, b in itertools.pairwise(bands)]
    labels = np.asarray([f"under {bands[0]:g}", *middle, f"{bands[-1]:g} and over"], dtype=np.str_)
    place = np.searchsorted(np.asarray(bands), np.where(seen, values, bands[0]), side="right")
    return np.where(seen, labels[place], UNKNOWN)


Forecasts = dict[str, Forecast]


def choose_and_calibrate(
    prepared: Prepared,
    fitted: FittedPredictors,
    setting: Setting | None = None,
    lent: int | None = None,
    parts: Sequence[PartFit] = (),
) -> tuple[Champion, dict[str, Calibration], Forecasts]:
    """Choose the champion on tuning subjects, calibrate on calibration subjects, forecast the held-out ones.

    With `parts` tuning and calibration subjects are all who are not held out, each predicted by fits without them. The
    champion that is calibrated is chosen without them too (cross-conformal prediction, Vovk 2015; stacking of
    cross-validated predictions, Breiman 1996), and predictors fitted on all of them forecast the held-out ones.

    Args:
        prepared: the study's records; fitted: its predictors.
        setting: how queries are formed on all three splits; by default the study's main setting.
        lent: how many subjects of a cohort that is left out of training lend its context; None where none is left out.
        parts: where subjects are divided into parts, the fits without each.

    Returns:
        The champion; predictor -> calibration; predictor -> forecast of the held-out queries. Predictors include
        CHAMPION and CHOSEN_BASELINE.

    Raises:
        StudyMismatch: no outcome has enough patients to learn, choose and calibrate from.

    """
    require_enough(prepared, FITTED_ON)
    setting = setting or main_setting(prepared.study)
    if parts:
        tuning, calibration = _out_of_fold(prepared, parts, setting)
    else:
        tuning = AnsweredRecords.of(prepared, fitted, "tuning", setting)
        calibration = AnsweredRecords.of(prepared, fitted, "calibration", setting)
    held_out = AnsweredRecords.of(prepared, fitted, "held_out", setting)
    lenders = of_lenders(prepared, fitted, setting, lent) if lent else None
    choice = _choose(prepared, tuning)
    for records in (tuning, calibration, held_out, lenders):
        if records is not None and CHAMPION not in records.forecasts:
            choice.serve(records)
    calibrations = {
        name: _calibrated(prepared, name, tuning, calibration, lenders) for name in calibration.forecasts
    }
    return choice.champion, calibrations, held_out.forecasts


def _out_of_fold(
    prepared: Prepared, parts: Sequence[PartFit], setting: Setting
) -> tuple[AnsweredRecords, AnsweredRecords]:
    """Everybody's records predicted by fits without them; the second ones with a champion chosen without them."""
    each = [AnsweredRecords.of(p.prepared, p.fitted, "calibration", setting) for p in parts]
    everybody = join_records(each)
    others = [join_records([r for r in each if r is not own]) for own in each]
    for own, rest in zip(each, others, strict=True):
        _choose(prepared, rest).serve(own)
    return everybody, join_records(each)


@dataclass(frozen=True)
class _Choice:
    """The champion and the baseline chosen on some records."""

    champion: Champion
    baseline: BaselineChoice
    layout: OutcomeLayout

    def serve(self, records: AnsweredRecords) -> None:
        """Add the forecasts of both to the records."""
        served = self.champion.forecast(records.forecasts, self.layout, records.own, records.cohort)
        records.forecasts[CHOSEN_BASELINE] = self.baseline.forecast(records.forecasts, records.own)
        records.forecasts[CHAMPION] = served


def _choose(prepared: Prepared, records: AnsweredRecords) -> _Choice:
    layout, scaling, study = prepared.layout, prepared.scaling, prepared.study
    baselines = list(study.baselines)
    tuning = _tuning(prepared, records)
    champion = choose_champion(tuning, layout, [spec.name for spec in study.learners], baselines, scaling)
    return _Choice(champion, choose_baselines(tuning, scaling, layout, baselines), layout)


def held_out_records(prepared: Prepared, setting: Setting | None = None) -> EvaluatedRecords:
    """The held-out records in the order of the forecasts of `choose_and_calibrate`, with truth and groups."""
    queries, table = queries_of(prepared, "held_out", setting or main_setting(prepared.study)), prepared.table
    return EvaluatedRecords(
        y=prepared.truth(queries.rows),
        size=queries.size,
        own=prepared.own_values(queries),
        subject=table.person[table.subject[queries.rows]],
        cohort=queries.cohort(table),
        cohort_names=table.cohort_names,
        scaling=prepared.scaling,
        layout=prepared.layout,
        units=[o.unit for o in prepared.study.outcomes],
        age=np.where(
            prepared.study.dated, queries.age_days(table), np.nan
        ),  # times that are only an order have no days
        groups={
            name: group_labels(table, queries, name, prepared.study.evaluation.bands.get(name, ()))
            for name in prepared.study.evaluation.groups
        },
    )


def _tuning(prepared: Prepared, records: AnsweredRecords) -> Tuning:
    new = not np.isin(records.cohort, prepared.table.cohort[prepared.rows("train")]).any()
    who = (records.own, records.subject, records.cohort)
    return Tuning(records.forecasts, records.y, *who, new_cohorts=new)


def _calibrated(
    prepared: Prepared,
    predictor: str,
    tuning: AnsweredRecords,
    calibration: AnsweredRecords,
    lenders: AnsweredRecords | None,
) -> Calibration:
    layout, fitted_on = prepared.layout, tuning.forecasts[predictor]
    return calibrate(
        calibration.forecasts[predictor],
        *calibration.who,
        layout,
        len(prepared.table.cohort_names),
        least_scales(fitted_on, tuning.y, tuning.own, tuning.subject, layout),
        CalibrationRecords(lenders.forecasts[predictor], *lenders.who) if lenders else None,
    )
