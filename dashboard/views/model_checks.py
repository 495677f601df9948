"""What the release was checked by: leakage checks of the model, guards of each patient."""

import pandas as pd
import streamlit as st

from dashboard import cache, wording
from dashboard.page_parts import rows_of, small_table
from dashboard.release import Served

LEAKAGE_SAYS = (
    "Three questions with known answers, asked on held-out patients before anything is published. "
    "A release whose answers are wrong is not published."
)
GUARDS_SAY = (
    "What is watched in each patient. Such a prediction is still shown, with a remark to look closer. A remark is "
    "also made for nothing in some patients: how often was measured on calibration patients."
)


def show(served: Served) -> None:
    """Both tables, where the release has them."""
    checks = cache.leakage_checks(served.url, served.release_id)
    if not checks.empty:
        st.subheader("Has the model seen what it must not see?")
        st.caption(LEAKAGE_SAYS)
        small_table(leakage_table(checks), alt="Each leakage check with its verdict")
    guards = cache.guards(served.url, served.release_id)
    if not guards.empty:
        st.subheader("Guards of each patient")
        st.caption(GUARDS_SAY)
        small_table(
            guard_table(guards), alt="Each guard, how often it flags for nothing, and how many it flagged"
        )


def leakage_table(checks: pd.DataFrame) -> pd.DataFrame:
    """One row per leakage check as the page shows it."""
    return pd.DataFrame(
        [
            {
                "Leakage check": wording.LEAKAGE_CHECKS.get(str(row["sentinel"]), str(row["sentinel"])),
                "Claim": row["claim"],
                "Verdict": wording.HELD.get(str(row["verdict"]), str(row["verdict"])),
                "What was found": row["evidence"],
                "Patients": row["n_patients"],
            }
            for row in rows_of(checks)
        ]
    )


def guard_table(guards: pd.DataFrame) -> pd.DataFrame:
    """One row a guard as the page shows it."""
    return pd.DataFrame(
        [
            {
                "Guard": wording.GUARDS.get(str(row["guard"]), str(row["guard"])),
                "What it remarks on": row["rule"],
                "Flagged for nothing": false_alarms(row["false_alarms"], int(row["n_calibration"])),
                "Flagged in this release": f"{row['n_flagged']:,} patients",
            }
            for row in rows_of(guards)
        ]
    )


def false_alarms(share: float, n: int) -> str:
    """The share of calibration patients beyond the cut-off, with how many they were."""
    if not n:
        return wording.NOT_AVAILABLE
    return f"{wording.percent(share)} of {n:,} calibration patients"
