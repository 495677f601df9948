"""Which figures the model page shows: of every patient held out once, or of the published model's held-out patients."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cache, session
from dashboard.release import Served
from dashboard.wording import model as words
from dashboard.wording.people import patients
from dashboard.wording.times import day

CROSS_FITTED, OWN = "cross_fitted", "own"


def chosen(served: Served, outcome: str) -> pd.DataFrame:
    """The evaluation of the outcome, with a choice where there is a cross-fitted one, and a caption that says which."""
    every = cache.evaluation(served, outcome, cross_fitted=True)
    own = cache.evaluation(served, outcome)
    about = served.head.manifest.get("cross_fitted")
    if every.empty or about is None:
        st.caption(f"{of_one_split(own)} {words.BARS()}")
        return own
    choice = st.segmented_control(
        words.FIGURES(),
        (CROSS_FITTED, OWN),
        default=CROSS_FITTED,
        format_func=lambda name: {CROSS_FITTED: words.CROSS_FITTED, OWN: words.OWN}[name](),
        key=session.key(served, "figures"),
    )
    if choice == OWN:
        st.caption(f"{of_one_split(own)} {words.BARS()}")
        return own
    st.caption(f"{of_all_patients(about)} {words.BARS()}")
    return every


def of_one_split(rows: pd.DataFrame) -> str:
    """What the published model's own figures rest on."""
    most = rows["n_patients"].max() if len(rows) else pd.NA
    count = "" if pd.isna(most) else f" ({patients(int(most))})"
    return words.ONE_SPLIT(count=count)


def of_all_patients(about: Mapping[str, Any]) -> str:
    """What the cross-fitted figures rest on, and when they were computed."""
    repeats = int(about["repeats"])
    often = words.ONCE() if repeats == 1 else words.REPEATED(n=repeats)
    whole = str(about["setting"]).startswith("new_cohort")
    return words.ALL_PATIENTS(
        patients=patients(int(about["n_patients"])),
        held_out=words.COHORTS_HELD_OUT() if whole else words.PATIENTS_HELD_OUT(often=often),
        day=day(date.fromisoformat(str(about["evaluated_on"]))),
        fingerprint=str(about["fingerprint"]),
    )
