"""How the newest values of an outcome are distributed in each cohort, told only where enough patients stand behind it.

A number is of at least `LEAST_PATIENTS` patients, and a mark divides a cohort into groups of at least as many: the
middle half is told where each quarter holds so many, the middle 80 % where so many lie beyond each of its ends.
"""

import numpy as np
import pandas as pd

from meta_med.published.release import LEAST_PATIENTS

ALL = "all"
QUANTILES = {"low_80": 0.1, "low_50": 0.25, "middle": 0.5, "high_50": 0.75, "high_80": 0.9}
NEEDED = {"low_80": 0.1, "high_80": 0.1, "low_50": 0.25, "high_50": 0.25, "middle": 1.0}
"""Mark -> the share of the patients in the smallest group that it makes; the middle value is told like a mean."""
COLUMNS = ("outcome", "cohort", "n_patients", *QUANTILES, "present")


def summaries(newest: pd.DataFrame) -> pd.DataFrame:
    """One row per outcome and cohort of enough patients, the largest first, and one of all cohorts together.

    Args:
        newest: one newest value of each outcome and patient in a cohort: outcome, cohort, patient, value.

    Returns:
        COLUMNS: the marks, and the share of patients whose value is above one half, for yes/no outcomes; what too few
        patients stand behind is missing.

    """
    rows = []
    for outcome, every in newest.groupby("outcome", sort=False):
        parts = [
            (ALL, every.drop_duplicates("patient")["value"]),
            *every.groupby("cohort", sort=False)["value"],
        ]
        rows += [
            {"outcome": outcome, "cohort": cohort, **_summary(values.to_numpy())}
            for cohort, values in parts
            if len(values) >= LEAST_PATIENTS
        ]
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    return found.sort_values(["outcome", "n_patients"], ascending=[True, False], kind="stable")


def _summary(values: np.ndarray) -> dict[str, float]:
    n = len(values)
    told = {
        name: float(np.quantile(values, place)) if NEEDED[name] * n >= LEAST_PATIENTS else np.nan
        for name, place in QUANTILES.items()
    }
    return {"n_patients": n, **told, "present": _share(int((values > 0.5).sum()), n)}


def _share(count: int, n: int) -> float:
    """The share, unless few have it or few have it not."""
    small = any(0 < part < LEAST_PATIENTS for part in (count, n - count))
    return np.nan if small else count / n
