"""From fitted predictors to a champion with calibrated intervals, each on its own split."""

from collections.abc import Mapping

import numpy as np

from meta_med.baseline_choice import choose_baselines
from meta_med.calibrate import Calibration, calibrate
from meta_med.champion import Champion, Tuning, choose_champion
from meta_med.fitted import CHAMPION, CHOSEN_BASELINE, Fitted, Prepared
from meta_med.forecast import Forecast
from meta_med.groups import group_labels
from meta_med.lacking import FITTED_ON, require_enough
from meta_med.queries import Queries, main_setting, queries_of
from meta_med.records import Floats
from meta_med.scored import Judged
from meta_med.splits import Split
from meta_med.study import Setting

Forecasts = dict[str, Forecast]


def judge(
    prepared: Prepared, fitted: Fitted, setting: Setting | None = None
) -> tuple[Champion, dict[str, Calibration], Forecasts]:
    """Champion from tuning subjects, calibrations from calibration subjects, forecasts of the held-out ones.

    All three ask as `setting` does, the study's main one by default: what is chosen for one way of asking is not
    served for another.

    Raises:
        StudyMismatch: no outcome has enough patients to learn, choose and calibrate from.

    """
    require_enough(prepared, FITTED_ON)
    splits: tuple[Split, ...] = ("tuning", "calibration", "held_out")
    asked = {s: queries_of(prepared, s, setting or main_setting(prepared.study)) for s in splits}
    forecasts = {s: fitted.forecasts(prepared, asked[s]) for s in splits}
    tuning = _tuning(prepared, asked["tuning"], forecasts["tuning"])
    champion = choose_champion(tuning, prepared.layout, list(fitted.learners), list(fitted.baselines))
    single = choose_baselines(tuning, prepared.scaling, prepared.layout, list(fitted.baselines))
    for s in splits:
        served = champion.forecast(forecasts[s], asked[s].size, asked[s].cohort(prepared.table))
        forecasts[s] |= {CHAMPION: served, CHOSEN_BASELINE: single.forecast(forecasts[s], asked[s].size)}
    calibrations = {
        name: _calibrated(prepared, asked["calibration"], f) for name, f in forecasts["calibration"].items()
    }
    return champion, calibrations, forecasts["held_out"]


def held_out_records(prepared: Prepared, setting: Setting | None = None) -> Judged:
    """The held-out records as `judge` forecasts them, ready to be compared."""
    queries, table = queries_of(prepared, "held_out", setting or main_setting(prepared.study)), prepared.table
    return Judged(
        y=_truth(prepared, queries),
        size=queries.size,
        subject=table.person[table.subject[queries.rows]],
        cohort=queries.cohort(table),
        cohort_names=table.cohort_names,
        scaling=prepared.scaling,
        layout=prepared.layout,
        units=[o.unit for o in prepared.study.outcomes],
        age=np.where(prepared.study.dated, queries.age_days(table), np.nan),  # an order has no days
        groups={
            name: group_labels(table, queries, name, prepared.study.evaluation.bands.get(name, ()))
            for name in prepared.study.evaluation.groups
        },
    )


def _tuning(prepared: Prepared, queries: Queries, forecasts: Mapping[str, Forecast]) -> Tuning:
    table, cohort = prepared.table, queries.cohort(prepared.table)
    new = not np.isin(cohort, table.cohort[prepared.rows("train")]).any()
    who = (queries.size, table.person[table.subject[queries.rows]], cohort)
    return Tuning(forecasts, _truth(prepared, queries), *who, new_cohorts=new)


def _calibrated(prepared: Prepared, queries: Queries, forecast: Forecast) -> Calibration:
    table = prepared.table
    who = (queries.size, queries.cohort(table), table.person[table.subject[queries.rows]])
    return calibrate(forecast, _truth(prepared, queries), *who, prepared.layout, len(table.cohort_names))


def _truth(prepared: Prepared, queries: Queries) -> Floats:
    return prepared.truth(queries.rows)
