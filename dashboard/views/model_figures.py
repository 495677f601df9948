"""Which figures the model page shows: of every patient held out once, or of the published model's held-out patients."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cache, session, wording
from dashboard.release import Served

CROSS_FITTED, OWN = "Every patient held out once", "This model's held-out patients"
BARS = "Error bars are 95 % confidence intervals over patients."


def chosen(served: Served, outcome: str) -> pd.DataFrame:
    """The evaluation of the outcome, with a choice where there is a cross-fitted one, and a caption that says which."""
    every = cache.evaluation(served.url, served.release_id, outcome, cross_fitted=True)
    own = cache.evaluation(served.url, served.release_id, outcome)
    about = served.head.manifest.get("cross_fitted")
    if every.empty or about is None:
        st.caption(f"{of_one_split(own)} {BARS}")
        return own
    choice = st.segmented_control(
        "Figures", (CROSS_FITTED, OWN), default=CROSS_FITTED, key=session.key(served, "figures")
    )
    if choice == OWN:
        st.caption(f"{of_one_split(own)} {BARS}")
        return own
    st.caption(f"{of_all_patients(about)} {BARS}")
    return every


def of_one_split(rows: pd.DataFrame) -> str:
    """What the published model's own figures rest on."""
    most = rows["n_patients"].max() if len(rows) else pd.NA
    count = "" if pd.isna(most) else f" ({wording.patients(int(most))})"
    return (
        f"Measured with the published model on held-out patients{count} who took no part in training, tuning or "
        "calibration."
    )


def of_all_patients(about: Mapping[str, Any]) -> str:
    """What the cross-fitted figures rest on, and when they were computed."""
    day = date.fromisoformat(str(about["evaluated_on"]))
    repeats = int(about["repeats"])
    often = "once" if repeats == 1 else f"once in each of {repeats} repeats"
    held_out = f"every patient was held out {often}"
    if str(about["setting"]).startswith("new_cohort"):
        held_out = "whole cohorts were held out, with all of their patients"
    return (
        f"Measured on {wording.patients(int(about['n_patients']))}: {held_out}. For each part that was held out, all "
        "methods were trained, chosen and calibrated again without it. So these figures are of the method, on more "
        f"patients than the published model was tried on. Evaluated on {day:%-d %B %Y}, with the data and code of "
        f"this release (evaluation {about['fingerprint']})."
    )
