"""Aggregates of a release, kept between pages; patients' rows are never kept.

Keyed by the release id: a release does not change, so a kept answer is never wrong.
"""

import pandas as pd
import streamlit as st

from meta_med.published import quality, reader

MOST = 64


@st.cache_data(max_entries=MOST, show_spinner=False)
def outcomes(url: str, release_id: str) -> pd.DataFrame:
    """What is predicted."""
    return reader.outcomes(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def cohorts(url: str, release_id: str) -> pd.DataFrame:
    """The cohorts and their sizes."""
    return reader.cohorts(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def evaluation(url: str, release_id: str, outcome: str) -> pd.DataFrame:
    """The evaluation of one outcome, or of "all"."""
    return reader.evaluation(url, release_id, outcome=outcome)


@st.cache_data(max_entries=MOST, show_spinner=False)
def champions(url: str, release_id: str) -> pd.DataFrame:
    """Which predictor serves whom."""
    return reader.champions(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def findings(url: str, release_id: str) -> pd.DataFrame:
    """What the gate found."""
    return reader.findings(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def quality_rules(url: str, release_id: str) -> pd.DataFrame:
    """What breaks each rule, of all and by cohort."""
    return quality.rules(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def quality_missing(url: str, release_id: str) -> pd.DataFrame:
    """What is missing, of all and by cohort."""
    return quality.missing(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def quality_shapes(url: str, release_id: str) -> pd.DataFrame:
    """How accepted values lie."""
    return quality.shapes(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def prediction_statuses(url: str, release_id: str) -> pd.Series:
    """How many predictions have each status."""
    return quality.prediction_statuses(url, release_id)["status"].value_counts()


@st.cache_data(max_entries=MOST, show_spinner=False)
def guards(url: str, release_id: str) -> pd.DataFrame:
    """What is watched in each patient."""
    return reader.guards(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def leakage_checks(url: str, release_id: str) -> pd.DataFrame:
    """What the model was checked for leaks by."""
    return reader.sentinels(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner="Checking the release…")
def verified(url: str, release_id: str) -> bool:
    """True once the rows were found to be those that were published; raises where they are not."""
    reader.verify(url, release_id)
    return True
