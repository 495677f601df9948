"""Aggregates of a release, each behind `authorize`; patients' rows are in `dashboard.patients` and never cached.

Cached by the release id: a release does not change, so a cached result stays valid, and no result depends on the user.
"""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.access.authorize import Action, authorize
from dashboard.precision import SAMPLE, precision_of
from dashboard.release import Served
from dashboard.wording.numbers import written_unit
from meta_med.published import quality, reader, search

MOST = 64


def outcomes(served: Served) -> pd.DataFrame:
    """One row per outcome, with its unit as it is printed and the decimals of measured and predicted values."""
    authorize(served.user, Action.STUDY, served.scope)
    return _outcomes(served.url, served.release_id)


def cohorts(served: Served) -> pd.DataFrame:
    """The cohorts and their sizes."""
    authorize(served.user, Action.MODEL, served.scope)
    return _cohorts(served.url, served.release_id)


def evaluation(served: Served, outcome: str, *, cross_fitted: bool = False) -> pd.DataFrame:
    """The evaluation of one outcome, or of "all": of the published model, or `cross_fitted`."""
    authorize(served.user, Action.MODEL, served.scope)
    return _evaluation(served.url, served.release_id, outcome, cross_fitted=cross_fitted)


def horizon_check(served: Served) -> pd.DataFrame:
    """How each outcome's horizons did on held-out patients."""
    authorize(served.user, Action.MODEL, served.scope)
    return _horizon_check(served.url, served.release_id)


def champions(served: Served) -> pd.DataFrame:
    """One row per outcome and stratum: the predictor that serves it."""
    authorize(served.user, Action.MODEL, served.scope)
    return _champions(served.url, served.release_id)


def guards(served: Served) -> pd.DataFrame:
    """One row per guard."""
    authorize(served.user, Action.MODEL, served.scope)
    return _guards(served.url, served.release_id)


def leakage_checks(served: Served) -> pd.DataFrame:
    """One row per leakage check."""
    authorize(served.user, Action.MODEL, served.scope)
    return _leakage_checks(served.url, served.release_id)


def findings(served: Served) -> pd.DataFrame:
    """The gate's findings."""
    authorize(served.user, Action.QUALITY, served.scope)
    return _findings(served.url, served.release_id)


def quality_rules(served: Served) -> pd.DataFrame:
    """Violations per rule, of all rows and by cohort."""
    authorize(served.user, Action.QUALITY, served.scope)
    return _quality_rules(served.url, served.release_id)


def quality_missing(served: Served) -> pd.DataFrame:
    """Missing values per column, of all rows and by cohort."""
    authorize(served.user, Action.QUALITY, served.scope)
    return _quality_missing(served.url, served.release_id)


def quality_shapes(served: Served, release_id: str | None = None) -> pd.DataFrame:
    """Histograms of accepted values, of this release or of an earlier one of the study."""
    authorize(served.user, Action.QUALITY, served.scope)
    return _quality_shapes(served.url, release_id or served.release_id)


def prediction_count(served: Served) -> int:
    """The number of published predictions."""
    authorize(served.user, Action.QUALITY, served.scope)
    return _prediction_count(served.url, served.release_id)


def group_counts(served: Served) -> Mapping[tuple[str, str], int]:
    """The number of patients by cohort and status."""
    authorize(served.user, Action.WORKLIST, served.scope)
    return _group_counts(served.url, served.release_id)


def deliveries(served: Served) -> pd.DataFrame:
    """The study's releases up to this one, with their counts; not cached, because old ones are removed."""
    authorize(served.user, Action.QUALITY, served.scope)
    return quality.deliveries(served.url, served.head.study, served.release_id)


def rules_of(served: Served, releases: list[str]) -> pd.DataFrame:
    """Violations per rule in several releases of the study."""
    authorize(served.user, Action.QUALITY, served.scope)
    return quality.rules_of(served.url, releases)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _outcomes(url: str, release_id: str) -> pd.DataFrame:
    found = reader.outcomes(url, release_id)
    written = [precision_of(reader.measured_values(url, release_id, name, SAMPLE)) for name in found["name"]]
    return found.assign(
        unit=found["unit"].fillna("").map(written_unit),
        decimals=pd.Series([p.measured for p in written], dtype="float64"),
        predicted_decimals=pd.Series([p.predicted for p in written], dtype="float64"),
    )


@st.cache_data(max_entries=MOST, show_spinner=False)
def _cohorts(url: str, release_id: str) -> pd.DataFrame:
    return reader.cohorts(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _evaluation(url: str, release_id: str, outcome: str, *, cross_fitted: bool = False) -> pd.DataFrame:
    return reader.evaluation(url, release_id, outcome=outcome, cross_fitted=cross_fitted)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _horizon_check(url: str, release_id: str) -> pd.DataFrame:
    return reader.horizon_check(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _champions(url: str, release_id: str) -> pd.DataFrame:
    return reader.champions(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _findings(url: str, release_id: str) -> pd.DataFrame:
    return reader.findings(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _quality_rules(url: str, release_id: str) -> pd.DataFrame:
    return quality.rules(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _quality_missing(url: str, release_id: str) -> pd.DataFrame:
    return quality.missing(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _quality_shapes(url: str, release_id: str) -> pd.DataFrame:
    return quality.shapes(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _prediction_count(url: str, release_id: str) -> int:
    return quality.prediction_count(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _group_counts(url: str, release_id: str) -> Mapping[tuple[str, str], int]:
    return search.group_counts(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _guards(url: str, release_id: str) -> pd.DataFrame:
    return reader.guards(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _leakage_checks(url: str, release_id: str) -> pd.DataFrame:
    return reader.sentinels(url, release_id)
