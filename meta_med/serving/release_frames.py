"""The tables of a release, which the dashboard reads, from the results of the stages."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from meta_med.calibrate.champion import Champion, describe
from meta_med.calibrate.record_scores import ALL
from meta_med.calibrate.strata import STRATA
from meta_med.cohorts.record_table import Floats
from meta_med.cohorts.row_filters import PERSON, SUBJECT
from meta_med.cohorts.splits import SPLITS
from meta_med.enough import needed
from meta_med.episodes.prepared import Prepared
from meta_med.published.series_names import published_names
from meta_med.serving.statuses import COHORT, PERSONALISED, WITHHELD
from meta_med.study import DAYS_PER_YEAR, CovariateSpec

NEW = "new"
"""In place of a split: the patient joined after the model was trained."""
QUALITY = ("quality_rules", "quality_missing", "quality_shapes")
"""Published tables of the data's quality; their rows come from the gate."""


def release_frames(
    prepared: Prepared,
    *,
    newest: pd.DataFrame,
    predicted: pd.DataFrame,
    over_time: pd.DataFrame,
    replay: pd.DataFrame,
    explained: Mapping[str, pd.DataFrame],
    horizon_check: pd.DataFrame,
    evaluation: pd.DataFrame,
    cross_fitted: pd.DataFrame | None,
    champion: Champion,
    cohorts: pd.DataFrame,
    findings: pd.DataFrame,
    guards: pd.DataFrame,
    sentinels: pd.DataFrame,
    quality: Mapping[str, pd.DataFrame],
    remarks: Mapping[str, str],
) -> dict[str, pd.DataFrame]:
    """Table name -> rows, with the columns of `meta_med.published.tables`; only predicted subjects are included.

    Args:
        prepared: the study's records.
        newest: newest source row of each subject.
        predicted: rows of `predictions`; over_time: rows of `horizons`; replay: rows of the table of this name.
        explained: rows of `influences`, `width_reasons` and `what_if`.
        horizon_check, evaluation, cohorts, guards, sentinels: rows of the tables of these names.
        cross_fitted: the evaluation table of all patients, each held out once; None where there is none.
        champion: the choice of predictors.
        findings: what the gate found; quality: the tables of QUALITY.
        remarks: patient -> what was held back or doubted of their records, as a sentence.

    """
    shown = predicted["subject_id"].unique()
    by_subject = {
        "subjects": _subjects(prepared, newest, predicted, remarks),
        "records": _records(prepared, pd.Index(prepared.table.subject_ids).isin(shown)),
        "predictions": predicted,
        "horizons": over_time,
        "replay": replay,
        **explained,
    }
    names = _published_names(prepared, newest)
    return {
        **{
            table: rows.assign(subject_id=rows["subject_id"].map(names)) for table, rows in by_subject.items()
        },
        "horizon_check": horizon_check,
        "evaluation": shown_evaluation(evaluation),
        "cross_fitted": _empty("cross_fitted") if cross_fitted is None else shown_evaluation(cross_fitted),
        "champions": _champions(champion, prepared),
        "findings": findings.reindex(columns=_columns("findings")),
        **{name: quality.get(name, _empty(name)) for name in QUALITY},
        "outcomes": _outcomes(prepared),
        "cohorts": shown_cohorts(cohorts),
        "guards": guards,
        "sentinels": sentinels,
    }


def _published_names(prepared: Prepared, newest: pd.DataFrame) -> dict[str, str]:
    """Subject -> its published name."""
    who, records = newest[SUBJECT].tolist(), prepared.study.records
    persons = newest[PERSON].tolist() if records.person else who
    return dict(zip(who, published_names(who, persons, records), strict=True))


def _empty(name: str) -> pd.DataFrame:
    return pd.DataFrame(columns=_columns(name))


def _columns(name: str) -> list[str]:
    """Columns of a published table; imported here, so that the science can be imported without SQLAlchemy."""
    from meta_med.published.tables import content_columns

    return list(content_columns(name))


def shown_evaluation(evaluation: pd.DataFrame) -> pd.DataFrame:
    """The evaluation without its setting and without cohorts of few evaluated patients.

    A release has the evaluation in one setting; the pages of results have all of them.
    """
    enough = evaluation["n_patients"] >= needed("show a cohort")
    kept = evaluation[(evaluation["cohort"] == ALL) | enough]
    return kept.drop(columns="setting", errors="ignore").reset_index(drop=True)


def shown_cohorts(cohorts: pd.DataFrame) -> pd.DataFrame:
    """The cohorts, without their small counts of patients."""
    numbers = cohorts.drop(columns=["cohort", "n_records"]).astype("Int64")
    shown = numbers.mask((numbers > 0) & (numbers < needed("show a cohort")))
    records = cohorts["n_records"].astype("Int64").mask(shown["n_subjects"].isna())
    return cohorts.assign(n_records=records, **{str(name): shown[name] for name in shown})


def _subjects(
    prepared: Prepared, newest: pd.DataFrame, predicted: pd.DataFrame, remarks: Mapping[str, str]
) -> pd.DataFrame:
    table = prepared.table
    best = predicted.groupby("subject_id")["status"].agg(_best_status)
    index = np.flatnonzero(pd.Index(table.subject_ids).isin(best.index))
    rows = newest.set_index(SUBJECT).loc[table.subject_ids[index].tolist()]
    shown = [c for c in prepared.study.covariates if c.show]
    split = np.asarray((*SPLITS, NEW))[prepared.splits.of_subject[index]]
    return pd.DataFrame(
        {
            "subject_id": table.subject_ids[index],
            "cohort": np.asarray(table.cohort_names)[table.cohort[table.newest[index]]],
            "split": split,
            "n_records": np.diff(table.offsets)[index],
            "newest_record_days": _days(prepared, table.time[table.newest[index]]),
            "status": best.loc[table.subject_ids[index].tolist()].to_numpy(),
            "display": [json.dumps(_display(shown, row)) for row in rows.to_dict("records")],
            "remarks": [remarks.get(str(s), "") for s in table.patients[index]],
        }
    )


def _days(prepared: Prepared, years: Floats) -> Floats:
    """Times as days; missing where times are only an order."""
    return np.where(prepared.study.dated, years * DAYS_PER_YEAR, np.nan)


def _best_status(statuses: pd.Series) -> str:
    return next(s for s in (PERSONALISED, COHORT, WITHHELD) if s in set(statuses))


def _display(shown: list[CovariateSpec], row: dict[str, Any]) -> dict[str, str]:
    out = {}
    for covariate in shown:
        value = row.get(covariate.source_column)
        if value is not None and not pd.isna(value):
            text = f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
            out[covariate.name] = f"{text} {covariate.unit}".strip()
    return out


def _records(prepared: Prepared, subjects: np.ndarray) -> pd.DataFrame:
    table = prepared.table
    rows = table.rows_of(subjects)
    wide = pd.DataFrame(table.y[rows], columns=[o.name for o in prepared.layout.outcomes])
    # where times are only an order this is the position in it; predictions then have no time
    when = table.time[rows]
    wide.insert(0, "time_days", when * DAYS_PER_YEAR if prepared.study.dated else when)
    wide.insert(0, "subject_id", table.subject_ids[table.subject[rows]])
    long = wide.melt(["subject_id", "time_days"], var_name="outcome", value_name="value").dropna()
    return long.sort_values(["subject_id", "outcome", "time_days"], ignore_index=True)


def _champions(champion: Champion, prepared: Prepared) -> pd.DataFrame:
    frame = pd.DataFrame(describe(champion, prepared.table.cohort_names, prepared.withheld))
    strata = [STRATA[d.stratum][0] for d in champion.decisions]
    return frame.assign(support_size=strata, weights=[json.dumps(w) for w in frame["weights"]])


def _outcomes(prepared: Prepared) -> pd.DataFrame:
    values = prepared.table.y
    whole = (np.isnan(values) | (np.mod(values, 1) == 0)).all(0) & (~np.isnan(values)).any(0)
    rows = [
        {
            "name": o.name,
            "label": o.title,
            "kind": o.kind,
            "unit": o.unit,
            "scale": o.scale,
            "reference_low": o.reference_range[0] if o.reference_range else np.nan,
            "reference_high": o.reference_range[1] if o.reference_range else np.nan,
            "position": i,
            "whole": int(whole[i]),
        }
        for i, o in enumerate(prepared.study.outcomes)
    ]
    return pd.DataFrame(rows)
