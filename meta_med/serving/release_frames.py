"""The tables of a release, which the dashboard reads, from the results of the stages."""

import json
from collections.abc import Mapping

import numpy as np
import pandas as pd

from meta_med.calibrate.champion import Champion, describe
from meta_med.calibrate.record_scores import ALL
from meta_med.calibrate.strata import STRATA
from meta_med.cohorts.row_filters import PERSON, SUBJECT
from meta_med.enough import needed
from meta_med.episodes.prepared import StudyRecords
from meta_med.published.series_names import published_names

QUALITY = ("quality_rules", "quality_missing", "quality_shapes")
"""Published tables of the data's quality; their rows come from the gate."""


def release_frames(
    prepared: StudyRecords,
    *,
    newest: pd.DataFrame,
    subjects: pd.DataFrame,
    records: pd.DataFrame,
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
) -> dict[str, pd.DataFrame]:
    """Table name -> rows, with the columns of `meta_med.published.tables`; only predicted subjects are included.

    Args:
        prepared: the study's records.
        newest: newest source row of each subject.
        subjects, records: rows of the tables of these names; predicted: rows of `predictions`.
        over_time: rows of `horizons`; replay: rows of the table of this name.
        explained: rows of `influences`, `width_reasons` and `what_if`.
        horizon_check, evaluation, cohorts, guards, sentinels: rows of the tables of these names.
        cross_fitted: the evaluation table of all patients, each held out once; None where there is none.
        champion: the choice of predictors.
        findings: what the gate found; quality: the tables of QUALITY.

    """
    by_subject = {
        "subjects": subjects,
        "records": records,
        "predictions": predicted,
        "horizons": over_time,
        "replay": replay,
        **explained,
    }
    return {
        **_with_published_names(by_subject, prepared, newest),
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


def _with_published_names(
    by_subject: Mapping[str, pd.DataFrame], prepared: StudyRecords, newest: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The tables with published names: a subject's own one, unless the study says who the person is."""
    records = prepared.study.records
    if not records.person:
        return dict(by_subject)
    who = newest[SUBJECT].tolist()
    names = dict(zip(who, published_names(who, newest[PERSON].tolist(), records), strict=True))
    return {
        table: rows.assign(subject_id=rows["subject_id"].map(names)) for table, rows in by_subject.items()
    }


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


def _champions(champion: Champion, prepared: StudyRecords) -> pd.DataFrame:
    frame = pd.DataFrame(describe(champion, prepared.table.cohort_names, prepared.withheld))
    strata = [STRATA[d.stratum][0] for d in champion.decisions]
    return frame.assign(support_size=strata, weights=[json.dumps(w) for w in frame["weights"]])


def _outcomes(prepared: StudyRecords) -> pd.DataFrame:
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
