"""The status of each prediction (personalised, the cohort's estimate, or withheld), with its reason and flags.

No text holds a patient's value.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from meta_med.calibrate.calibration import few_events
from meta_med.cohorts.columns.build import ORDER_SINCE_ENTRY, SINCE_ENTRY
from meta_med.cohorts.record_table import Bools, Ints
from meta_med.enough import too_few
from meta_med.episodes.prepared import Prepared
from meta_med.published.durations import stated
from meta_med.serving.adapt import Serving
from meta_med.serving.guard_checks import Alarm
from meta_med.serving.guards import TRAJECTORY, Guards
from meta_med.study import DAYS_PER_YEAR, CovariateSpec

PERSONALISED, COHORT, WITHHELD = "personalised", "cohort", "withheld"


def statuses(
    serving: Serving, withheld: Bools, flags: np.ndarray, lost: Bools, rare: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Status, reason and flags of each prediction, (R * D) rows, subjects outermost.

    Args:
        serving: what is predicted.
        withheld: (R,) subjects with a record in quarantine that contradicts another.
        flags: (R, D) texts of the guards' flags.
        lost: (R, D) where no predictor gave a number.
        rare: outcome -> what is said of an event that few training patients had; None: counted in these records.

    """
    names = [o.name for o in serving.prepared.layout.outcomes]
    size = serving.own_values
    gone = {
        **_too_few(serving),
        **_no_basis(serving, withheld),
        "No predictor gave a number for this patient.": lost,
    }
    not_evaluated = serving.sizes < serving.queries.size[:, None]
    cases = {
        **gone,
        _NOBODY: not_evaluated & (serving.sizes == 0),
        _COHORTS: size == 0,
        _NEWEST: not_evaluated,
    }
    conditions = [np.broadcast_to(c, size.shape) for c in cases.values()]
    status = np.select(conditions, [*[WITHHELD] * len(gone), COHORT, COHORT, PERSONALISED], PERSONALISED)
    reason = np.select(conditions, list(cases), "").astype(object)
    rare = few_events(serving.prepared) if rare is None else rare
    for d, name in enumerate(names):
        shown = status[:, d] != WITHHELD
        reason[shown, d] = [f"{text} {rare.get(name, '')}".strip() for text in reason[shown, d]]
    return pd.DataFrame(
        {
            "subject": np.repeat(serving.subject, len(names)),
            "outcome": np.tile(names, len(serving.subject)),
            "status": status.ravel(),
            "reason": reason.ravel(),
            "flags": flags.ravel(),
            "support_size": size.ravel(),
            "newest_value_age_days": (serving.age_used * DAYS_PER_YEAR).ravel(),
        }
    )


def _too_few(serving: Serving) -> dict[str, Bools]:
    """Reason -> (1, D) or (R, D) outcomes that are withheld because too few patients have them."""
    outcomes = serving.prepared.study.outcomes
    reasons = serving.prepared.withheld
    return {
        **{why: np.asarray([[reasons.get(o.name) == why for o in outcomes]]) for why in reasons.values()},
        too_few("held_out"): serving.sizes < 0,
    }


_NOBODY = "Too few held-out patients with own records were evaluated: predicted from the cohort, without own records."
_NEWEST = "From fewer own records than there are: predictions from more were not evaluated."
_COHORTS = (
    "None of the records used has this value: predicted from the cohort and the patient's other values."
)


def _no_basis(serving: Serving, withheld: Bools) -> dict[str, Bools]:
    """Reason -> (R, 1) or (R, D) predictions without sufficient data of the patient."""
    study = serving.prepared.study
    limit = study.serve.max_age_days if study.dated else np.inf  # times that are only an order have no days
    newest = serving.queries.age_days(serving.prepared.table)
    too_old = f"more than {stated(study.serve.max_age_days)} before the predicted visit."
    return {
        "Two of this patient's records contradict each other and are in quarantine.": withheld[:, None],
        "This patient has had no record for too long before the delivery's newest.": _silent(serving)[
            :, None
        ],
        f"All records of this patient were made {too_old}": (np.nan_to_num(newest) > limit)[:, None],
        **{_missing(c): _unknown(serving, c)[:, None] for c in study.covariates if c.required},
        f"Last measured {too_old}": np.nan_to_num(serving.age * DAYS_PER_YEAR) > limit,
    }


def _missing(covariate: CovariateSpec) -> str:
    return f"{covariate.name.replace('_', ' ').capitalize()} is required and not known for this patient."


def _unknown(serving: Serving, covariate: CovariateSpec) -> Bools:
    """(R,) whether the covariate is known neither at the predicted record nor from any record used."""
    table, queries = serving.prepared.table, serving.queries
    stem = f"{covariate.name}="
    columns = [i for i, n in enumerate(table.covariates) if n == covariate.name or n.startswith(stem)]
    if covariate.known_ahead:
        return np.asarray(np.isnan(serving.prepared.covariates_of(queries)[:, columns]).all(1))
    known: Bools = np.asarray(~np.isnan(table.x[:, columns]).all(1))
    before: Ints = np.append(0, np.cumsum(known))
    return np.asarray(before[queries.end] == before[queries.end - queries.size])


def _silent(serving: Serving) -> Bools:
    """(R,) whether the newest record is more than `max_silence_days` before the delivery's newest one."""
    study, table = serving.prepared.study, serving.prepared.table
    if study.serve.max_silence_days is None or study.records.time.unit != "date":
        return np.zeros(len(serving.rows), dtype=bool)
    predicted = table.time[table.newest]
    return np.asarray(
        (predicted.max() - predicted[serving.subject]) * DAYS_PER_YEAR > study.serve.max_silence_days
    )


SINCE = {SINCE_ENTRY: "time since entry", ORDER_SINCE_ENTRY: "the position in the order of records"}


def flag_texts(alarm: Alarm, prepared: Prepared, guards: Guards, instead: np.ndarray) -> np.ndarray:
    """(R, D) texts of the guards' flags, "" where there is none; `instead` (R, D) names the fallback."""
    texts = np.full(instead.shape, "", dtype=object)
    flagged = np.flatnonzero(
        (alarm.covariates != 0).any(1) | (alarm.trajectory != 0).any(1) | np.asarray(alarm.diverged)
    )
    share = guards.cutoffs[TRAJECTORY].false_alarms
    steps = ("", _step("higher", share), _step("lower", share))
    fallback = {name: _fallback_text(str(name)) for name in np.unique(instead[flagged])}
    for row in flagged:  # few, and each has its own text
        of_covariates = [
            _covariate(n, int(s))
            for n, s in zip(prepared.table.covariates, alarm.covariates[row], strict=True)
            if s
        ]
        for d, step in enumerate(alarm.trajectory[row]):
            fell = fallback[instead[row, d]] if alarm.diverged[row] else ""
            texts[row, d] = " ".join(part for part in (*of_covariates, steps[step], fell) if part)
    return texts


def _covariate(name: str, sign: int) -> str:
    if sign == 2:
        return f"No training patient had this {name.partition('=')[0].replace('_', ' ')}."
    what = SINCE.get(name, name.replace("_", " "))
    return f"{what.capitalize()} lies {'above' if sign > 0 else 'below'} that of every training patient."


def _step(word: str, share: float) -> str:
    often = f"; about {max(round(100 * share), 1)} in 100 patients show such a step" if share > 0 else ""
    return f"The newest value is much {word} than expected from the earlier ones{often}."


def _fallback_text(name: str) -> str:
    baseline = name.replace("_", " ")
    return f"Adapting to this patient's records gave an implausible result: the {baseline} baseline is shown instead."
