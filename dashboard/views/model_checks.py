"""The checks of a release: leakage checks of the model, and guards of each patient."""

import pandas as pd
import streamlit as st

from dashboard import cache, wording
from dashboard.page_parts import rows_of, small_table
from dashboard.release import Served

LEAKAGE_NOTE = (
    "Three checks with known answers, run on held-out patients before anything is published. "
    "A release with a wrong answer is not published."
)
GUARDS_NOTE = (
    "Guards check each patient. A flagged prediction is still shown, with a remark to look closer. The cut-offs come "
    "from calibration patients, so that no more than the stated share of patients is flagged by chance; beside it "
    "stands how many held-out patients were flagged."
)


def show(served: Served) -> None:
    """Both tables, where the release has them."""
    checks = cache.leakage_checks(served.url, served.release_id)
    if not checks.empty:
        st.subheader("Has the model seen what it must not see?")
        st.caption(LEAKAGE_NOTE)
        small_table(leakage_table(checks), alt="Each leakage check with its verdict")
    guards = cache.guards(served.url, served.release_id)
    if not guards.empty:
        st.subheader("Guards of each patient")
        st.caption(GUARDS_NOTE)
        small_table(
            guard_table(guards), alt="Each guard with its rate of false alarms and the patients it flagged"
        )


def leakage_table(checks: pd.DataFrame) -> pd.DataFrame:
    """One row per leakage check as the page shows it."""
    return pd.DataFrame(
        [
            {
                "Leakage check": wording.LEAKAGE_CHECKS.get(str(row["sentinel"]), str(row["sentinel"])),
                "Claim": row["claim"],
                "Verdict": wording.CHECK_VERDICTS.get(str(row["verdict"]), str(row["verdict"])),
                "What was found": row["evidence"],
                "Patients": row["n_patients"],
            }
            for row in rows_of(checks)
        ]
    )


def guard_table(guards: pd.DataFrame) -> pd.DataFrame:
    """One row per guard as the page shows it."""
    return pd.DataFrame(
        [
            {
                "Guard": wording.GUARDS.get(str(row["guard"]), str(row["guard"])),
                "Rule": row["rule"],
                "False alarms": false_alarms(row["false_alarms"], int(row["n_calibration"])),
                "Held-out patients flagged": of_held_out(
                    int(row["n_held_out_flagged"]), int(row["n_held_out"])
                ),
                "Flagged in this release": wording.patients(int(row["n_flagged"])),
            }
            for row in rows_of(guards)
        ]
    )


def false_alarms(share: float, n: int) -> str:
    """The largest share of patients that is flagged by chance, and the calibration patients it rests on."""
    if not wording.is_finite(share):
        return "Off: too few calibration patients"
    return f"at most {wording.percent(share)} ({n:,} calibration patients)"


def of_held_out(flagged: int, n: int) -> str:
    """How many held-out patients were flagged."""
    return f"{flagged:,} of {n:,}" if n else wording.NOT_AVAILABLE
