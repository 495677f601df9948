"""The checks of a release: leakage checks of the model, and guards of each patient."""

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard.page_parts import rows_of, small_table
from dashboard.release import Served
from dashboard.wording import model as words
from dashboard.wording import names
from dashboard.wording.message import label
from dashboard.wording.numbers import NOT_AVAILABLE, is_finite, percent
from dashboard.wording.people import patients


def show(served: Served) -> None:
    """Both tables, where the release has them."""
    checks = cache.leakage_checks(served)
    if not checks.empty:
        st.subheader(words.LEAKAGE())
        st.caption(words.LEAKAGE_NOTE())
        small_table(leakage_table(checks), alt=words.LEAKAGE_ALT())
    guards = cache.guards(served)
    if not guards.empty:
        st.subheader(words.GUARDS())
        st.caption(words.GUARDS_NOTE())
        small_table(guard_table(guards), alt=words.GUARDS_ALT())


def leakage_table(checks: pd.DataFrame) -> pd.DataFrame:
    """One row per leakage check as the page shows it."""
    return pd.DataFrame(
        [
            {
                words.CHECK(): label(names.LEAKAGE_CHECKS, str(row["sentinel"])),
                words.CLAIM(): row["claim"],
                words.VERDICT(): label(names.CHECK_VERDICTS, str(row["verdict"])),
                words.FOUND(): row["evidence"],
                words.PATIENTS(): row["n_patients"],
            }
            for row in rows_of(checks)
        ]
    )


def guard_table(guards: pd.DataFrame) -> pd.DataFrame:
    """One row per guard as the page shows it."""
    return pd.DataFrame(
        [
            {
                words.GUARD(): label(names.GUARDS, str(row["guard"])),
                words.RULE(): row["rule"],
                words.FALSE_ALARMS(): false_alarms(row["false_alarms"], int(row["n_calibration"])),
                words.HELD_OUT_FLAGGED(): of_held_out(row["n_held_out_flagged"], row["n_held_out"]),
                words.RELEASE_FLAGGED(): patients(int(row["n_flagged"])),
            }
            for row in rows_of(guards)
        ]
    )


def false_alarms(share: float, n: int) -> str:
    """The largest share of patients that is flagged by chance, and the calibration patients it rests on."""
    if not is_finite(share):
        return words.GUARD_OFF()
    return words.AT_MOST(n, share=percent(share))


def of_held_out(flagged: int | None, n: int | None) -> str:
    """How many held-out patients were flagged; releases of earlier programs did not count them."""
    return NOT_AVAILABLE() if pd.isna(n) or not n else words.OF(n=int(flagged or 0), all=int(n))
