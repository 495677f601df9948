"""What the cohort page reads, each behind `authorize` for the cohort; aggregates only, cached by the release's id.

Whoever sees some cohorts of a study chooses among these, and sees values of these alone and of all patients together.
Others stand beside them by how well they are predicted, as on the model page, and by their distance.
"""

import pandas as pd
import streamlit as st

from dashboard.access.authorize import Action, Scope, authorize
from dashboard.cohorts.distribution import ALL, summaries
from dashboard.cohorts.similarity import distances, profiles
from dashboard.release import Served
from meta_med.published import reader
from meta_med.published.series_names import person_part

MOST = 64


def sizes(served: Served) -> pd.DataFrame:
    """The cohorts that the user may choose from, the largest first; counts of few patients are missing."""
    grant = authorize(served.user, Action.COHORT, served.scope)
    found = _cohorts(served.url, served.release_id)
    own = found if grant.cohorts is None else found[found["cohort"].isin(list(grant.cohorts))]
    return own.sort_values("n_subjects", ascending=False, na_position="last", kind="stable")


def of_cohort(served: Served, rows: pd.DataFrame, cohort: str) -> pd.DataFrame:
    """The rows of an evaluation that are of this cohort, or of all together."""
    authorize(served.user, Action.COHORT, Scope(served.head.study, None if cohort == ALL else cohort))
    return rows[rows["cohort"] == cohort]


def distribution(served: Served) -> pd.DataFrame:
    """The distribution of each outcome's newest values in the user's cohorts and in all together (`summaries`)."""
    grant = authorize(served.user, Action.COHORT, served.scope)
    found = _distribution(served.url, served.release_id, series=_has_series(served))
    return found if grant.cohorts is None else found[found["cohort"].isin([ALL, *grant.cohorts])]


def similarity(served: Served) -> pd.DataFrame:
    """Distances between cohorts, of outcomes that mean the same in all of them (`distances`)."""
    authorize(served.user, Action.COHORT, served.scope)
    return _similarity(served.url, served.release_id, series=_has_series(served))


def has_own_scales(served: Served, outcome: str) -> bool:
    """Whether each cohort measures this outcome on a scale of its own, so that cohorts cannot be compared."""
    authorize(served.user, Action.COHORT, served.scope)
    return outcome in _own_scales(served.url, served.release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _cohorts(url: str, release_id: str) -> pd.DataFrame:
    return reader.cohorts(url, release_id)


@st.cache_data(max_entries=MOST, show_spinner=False)
def _distribution(url: str, release_id: str, *, series: bool) -> pd.DataFrame:
    return summaries(_newest(url, release_id, series=series))


@st.cache_data(max_entries=MOST, show_spinner=False)
def _similarity(url: str, release_id: str, *, series: bool) -> pd.DataFrame:
    outcomes = reader.outcomes(url, release_id)
    own_scale = _own_scales(url, release_id)
    scales = {
        str(name): str(scale)
        for name, scale in zip(outcomes["name"], outcomes["scale"], strict=True)
        if name not in own_scale
    }
    return distances(profiles(_newest(url, release_id, series=series), scales))


@st.cache_data(max_entries=MOST, show_spinner=False)
def _own_scales(url: str, release_id: str) -> set[str]:
    """Outcomes of which even the error of one is in standard deviations."""
    found = reader.evaluation(url, release_id, metric="mae", cohort=ALL)
    return set(found.loc[(found["unit"] == "sd") & (found["outcome"] != ALL), "outcome"])


def _newest(url: str, release_id: str, *, series: bool) -> pd.DataFrame:
    """One newest value of each outcome and patient in a cohort; of a patient with several series, that of the first."""
    found = reader.newest_values(url, release_id)
    patient = found["subject_id"].map(person_part) if series else found["subject_id"]
    return found.assign(patient=patient).drop_duplicates(["outcome", "cohort", "patient"])


def _has_series(served: Served) -> bool:
    return bool(served.head.manifest.get("series"))
