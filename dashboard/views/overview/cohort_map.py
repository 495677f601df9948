"""The section of the cohort page about which cohorts are alike."""

import pandas as pd
import streamlit as st

from dashboard.charts.cohort import cohort_map
from dashboard.cohorts import read
from dashboard.cohorts.distribution import ALL
from dashboard.cohorts.similarity import nearest, places
from dashboard.page_parts import chart
from dashboard.release import Served
from dashboard.wording.numbers import decimal
from dashboard.wording.overview import cohort as words

LEAST_COHORTS = 3
"""Two cohorts have one distance; a map of them says no more."""
MOST_NAMED = 12
TOLD = 3


def show(served: Served, cohort: str) -> None:
    """A map of the cohorts, with their distances behind it; nothing where they cannot be compared."""
    far = read.similarity(served)
    if len(far) < LEAST_COHORTS:
        return
    st.subheader(words.SIMILAR())
    st.caption(words.SIMILAR_NOTE())
    at = cohort if cohort in far else str(far.mean().idxmin())
    close = nearest(far, at)
    named = {at, *close.index[: MOST_NAMED - 1]}
    told = [
        words.AT_DISTANCE(cohort=str(name), distance=decimal(value, 2))
        for name, value in close.head(TOLD).items()
    ]
    alt_text = words.SIMILAR_ALT(n=len(far), cohort=at, told=", ".join(told))
    picture = cohort_map(places(far), cohort, frozenset(map(str, named)))
    chart(picture, alt_text, lambda: distance_table(far, cohort), "cohort_map")


def distance_table(far: pd.DataFrame, cohort: str) -> pd.DataFrame:
    """The distances of one cohort, the nearest first; of all cohorts, each from each."""
    if cohort == ALL or cohort not in far:
        each = far.map(lambda value: decimal(value, 2))
        return each.rename_axis(words.TO()).reset_index()
    close = nearest(far, cohort)
    title = words.FROM(cohort=cohort)
    return pd.DataFrame({words.TO(): close.index, title: [decimal(value, 2) for value in close]})
