"""Cached aggregates of a release; patients' rows are never cached.

Keyed by the release id: a release does not change, so a cached result stays valid.
"""

import pandas as pd
import streamlit as st

from dashboard.precision import SAMPLE, precision_of
from dashboard.wording import shell
from dashboard.wording.numbers import written_unit
from meta_med.published import quality, reader

MOST = 64


@st.cache_data(max_entries=MOST, show_spinner=False)
def outcomes(url: str, release_id: str) -> pd.DataFrame:
    """One row per outcome, with its unit as it is printed and the decimals of measured and predicted values."""
    found = reader.outcomes(url, release_id)
    written = [precision_of(reader.measured_values(url, release_id, name, SAMPLE)) for name in found["name"]]
    return found.assign(
        unit=found["unit"].fillna("").map(written_unit),
        decimals=pd.Series([p.measured for p in written], dtype="float64"),
        predicted_decimals=pd.Series([p.predicted for p in written], dtype="float64"),
    )


@st.cache_data(max_entries=MOST, show_spinner=False)
def cohorts(url: str, release_id: str) -> pd.DataFrame:
    """The cohorts and their sizes."""
    return reader.cohorts(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def evaluation(url: str, release_id: str, outcome: str, *, cross_fitted: bool = False) -> pd.DataFrame:
    """The evaluation of one outcome, or of "all": of the published model, or `cross_fitted`."""
    return reader.evaluation(url, release_id, outcome=outcome, cross_fitted=cross_fitted)


@st.cache_data(max_entries=MOST, show_spinner=False)
def horizon_check(url: str, release_id: str) -> pd.DataFrame:
    """How each outcome's horizons did on held-out patients."""
    return reader.horizon_check(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def champions(url: str, release_id: str) -> pd.DataFrame:
    """One row per outcome and stratum: the predictor that serves it."""
    return reader.champions(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def findings(url: str, release_id: str) -> pd.DataFrame:
    """The gate's findings."""
    return reader.findings(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def quality_rules(url: str, release_id: str) -> pd.DataFrame:
    """Violations per rule, of all rows and by cohort."""
    return quality.rules(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def quality_missing(url: str, release_id: str) -> pd.DataFrame:
    """Missing values per column, of all rows and by cohort."""
    return quality.missing(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def quality_shapes(url: str, release_id: str) -> pd.DataFrame:
    """Histograms of accepted values."""
    return quality.shapes(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def prediction_statuses(url: str, release_id: str) -> pd.Series:
    """The number of predictions by status."""
    return quality.prediction_statuses(url, release_id)["status"].value_counts()


@st.cache_data(max_entries=MOST, show_spinner=False)
def guards(url: str, release_id: str) -> pd.DataFrame:
    """One row per guard."""
    return reader.guards(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def leakage_checks(url: str, release_id: str) -> pd.DataFrame:
    """One row per leakage check."""
    return reader.sentinels(url, release_id)


def verified(url: str, release_id: str) -> bool:
    """True if the stored rows have the published hashes; raises `StoreError` otherwise."""
    with st.spinner(shell.CHECKING()):
        return _verified(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _verified(url: str, release_id: str) -> bool:
    reader.verify(url, release_id)
    return True
