"""Synthetic data quality of a release: findings, rules and missing values by cohort, distributions."""

import json
from collections.abc import Sequence

import numpy as np
import pandas as pd

from meta_med.published.tables import content_columns


def quality_frames(cohorts: Sequence[str]) -> dict[str, pd.DataFrame]:
    """The published tables of data quality."""
    return {
        "findings": _findings(),
        "quality_rules": _quality_rules(cohorts),
        "quality_missing": _quality_missing(cohorts),
        "quality_shapes": _quality_shapes(),
    }


def _findings() -> pd.DataFrame:
    rows = [
        ["Q_KEY_CONFLICT", "critical", "visits.unique_key", "visits", "id", "", 4, 0.006,
         "4 of 640 rows held back: patient and day are those of another row that differs.",
         "Conflicting versions of one record", "conformance", 2, 14, 14],
        ["Q_HARD_RANGE", "critical", "visits.platelet.hard_range", "visits", "platelet", "", 10, 0.016,
         "10 of 640 rows held back: platelet is outside what is possible (5 to 1500).",
         "Impossible values", "plausibility", 8, 42, 7],
        ["W_COMPLETENESS", "warning", "visits.chol.missing_at_most", "visits", "chol", "placebo, stage 4", 221, 0.345,
         "'chol' is missing in 35% of rows; the contract allows 20%.",
         "More is missing than allowed", "completeness", None, None, None],
        ["N_CATEGORY", "info", "visits.sex.type", "visits", "sex", "", 12, 0.019,
         "12 cells of 'sex' were declared spellings of a category and were replaced by the category.",
         "Declared spellings of a category", "conformance", None, None, None],
    ]  # fmt: skip
    whole = dict.fromkeys(("patients", "predictions", "withheld"), "Int64")
    return pd.DataFrame(rows, columns=list(content_columns("findings"))).astype(whole)


def _quality_rules(cohorts: Sequence[str]) -> pd.DataFrame:
    """Two rules by cohort; impossible values are in two cohorts only, and some counts are small."""
    rows = [
        ["visits", "visits.unique_key", "Q_KEY_CONFLICT", "Conflicting versions of one record", "", "rows", 4, 640],
        ["visits", "visits.platelet.hard_range", "Q_HARD_RANGE", "Impossible values", "", "rows", 10, 640],
        ["visits", "visits.chol.missing_at_most", "W_COMPLETENESS", "More is missing than allowed", "", "rows",
         221, 640],
        ["visits", "visits.sex.type", "N_CATEGORY", "Declared spellings of a category", "", "rows", 12, 640],
    ]  # fmt: skip
    for number, cohort in enumerate(cohorts):
        rows.append([*rows[0][:4], cohort, "patients", 0 if number else None, 15])
        rows.append([*rows[1][:4], cohort, "patients", (0, None, 12, 0, None, 0)[number], 15])
    return pd.DataFrame(rows, columns=list(content_columns("quality_rules"))).astype(
        {"count": "Int64", "size": "Int64"}
    )


def _quality_missing(cohorts: Sequence[str]) -> pd.DataFrame:
    rows = []
    for column, unit, counts in (
        ("chol", "mg/dL", (20, 22, 61, 15, 18, 85)),
        ("platelet", "10^9/L", (0, None, 0, 14, 0, 0)),
        ("bili", "mg/dL", (0, 0, 0, 0, 0, 0)),
    ):
        rows.append(["visits", column, unit, "", sum(c or 5 for c in counts) if any(counts) else 0, 626])
        rows += [["visits", column, unit, cohort, n, 104] for cohort, n in zip(cohorts, counts, strict=True)]
    return pd.DataFrame(rows, columns=list(content_columns("quality_missing"))).astype(
        {"count": "Int64", "size": "Int64"}
    )


def _quality_shapes() -> pd.DataFrame:
    at = np.arange(32)
    bars = [round(90 * np.exp(-(((i - 12) / 6) ** 2))) for i in at]
    rows = [
        ["visits", "bili", "", "mg/dL", "log", ["0.1", "40"], [None if 0 < n <= 10 else n for n in bars]],
        ["visits", "sex", "", "", "categories", ["f", "m"], [540, 86]],
    ]
    told = [[*row[:5], json.dumps(row[5]), json.dumps(row[6])] for row in rows]
    return pd.DataFrame(told, columns=list(content_columns("quality_shapes")))
