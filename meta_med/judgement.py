"""From fitted predictors to a champion with calibrated intervals, each on its own split."""

from collections.abc import Mapping

from meta_med.calibrate import Calibration, calibrate
from meta_med.champion import Champion, Tuning, choose_champion
from meta_med.fitted import CHAMPION, Fitted, Prepared
from meta_med.forecast import Forecast
from meta_med.records import Floats, Ints
from meta_med.scored import Judged
from meta_med.splits import Split

Forecasts = dict[str, Forecast]


def judge(prepared: Prepared, fitted: Fitted) -> tuple[Champion, dict[str, Calibration], Forecasts]:
    """Champion from tuning subjects, calibrations from calibration subjects, forecasts of the held-out ones."""
    splits: tuple[Split, ...] = ("tuning", "calibration", "held_out")
    forecasts = {s: fitted.forecasts(prepared, prepared.rows(s)) for s in splits}
    champion = _choose(prepared, fitted, forecasts["tuning"])
    for split in splits:
        rows = prepared.rows(split)
        size, cohort = prepared.support_size(rows), prepared.table.cohort_before[rows]
        forecasts[split][CHAMPION] = champion.forecast(forecasts[split], size, cohort)
    calibrations = {name: _calibrated(prepared, f) for name, f in forecasts["calibration"].items()}
    return champion, calibrations, forecasts["held_out"]


def held_out_records(prepared: Prepared) -> Judged:
    """The held-out records, ready to be compared."""
    rows, table = prepared.rows("held_out"), prepared.table
    return Judged(
        y=_truth(prepared, rows),
        size=prepared.support_size(rows),
        subject=table.subject[rows],
        cohort=table.cohort_before[rows],
        cohort_names=table.cohort_names,
        scaling=prepared.scaling,
        layout=prepared.layout,
        units=[o.unit for o in prepared.study.outcomes],
    )


def _choose(prepared: Prepared, fitted: Fitted, forecasts: Mapping[str, Forecast]) -> Champion:
    rows = prepared.rows("tuning")
    who = (prepared.support_size(rows), prepared.table.subject[rows], prepared.table.cohort_before[rows])
    tuning = Tuning(forecasts, _truth(prepared, rows), *who)
    return choose_champion(tuning, prepared.layout, list(fitted.learners), list(fitted.baselines))


def _calibrated(prepared: Prepared, forecast: Forecast) -> Calibration:
    rows, table = prepared.rows("calibration"), prepared.table
    who = (prepared.support_size(rows), table.cohort_before[rows], table.subject[rows])
    return calibrate(forecast, _truth(prepared, rows), *who, prepared.layout, len(table.cohort_names))


def _truth(prepared: Prepared, rows: Ints) -> Floats:
    return prepared.scaling.outcomes(prepared.table.y[rows])
