"""The cohort page: how many patients, how outcomes are distributed, how well they are predicted, and who is alike."""

import pandas as pd
import streamlit as st

from dashboard import cache, session
from dashboard.cohorts import read
from dashboard.cohorts.distribution import ALL
from dashboard.page_parts import Row, cards, metric_card, rows_by
from dashboard.release import Served
from dashboard.views.overview import cohort_distribution, cohort_figures, cohort_map
from dashboard.wording.numbers import decimal, number
from dashboard.wording.overview import cohort as words
from meta_med.published.release import LEAST_PATIENTS


def show(served: Served) -> None:
    """Selectors, counts, distribution, figures of the evaluation, and the map."""
    st.title(words.TITLE())
    st.caption(words.ABOUT())
    sizes = read.sizes(served)
    known = sizes.dropna(subset=["n_subjects"])
    if known.empty:
        st.info(words.NO_COHORT(least=LEAST_PATIENTS))
        return
    with cards("cohort", "filters"):
        cohort = _chosen_cohort(served, known["cohort"].tolist())
        outcome = _chosen_outcome(served)
    if left_out := len(sizes) - len(known):
        st.caption(words.LEFT_OUT(n=left_out, all=len(sizes), least=LEAST_PATIENTS))
    _counts(sizes, cohort)
    cohort_distribution.show(served, cohort, outcome)
    cohort_figures.show(served, cohort, outcome)
    if len(known) > 1:
        cohort_map.show(served, cohort)


def _chosen_cohort(served: Served, names: list[str]) -> str:
    choices = names if len(names) == 1 else [*names, ALL]
    key = session.key(served, "cohort")
    return str(st.selectbox(words.COHORT(), choices, format_func=words.cohort_name, key=key))


def _chosen_outcome(served: Served) -> Row:
    outcomes = rows_by(cache.outcomes(served), "name")
    key = session.key(served, "cohort_outcome")
    name = st.selectbox(
        words.OUTCOME(), list(outcomes), format_func=lambda name: str(outcomes[name]["label"]), key=key
    )
    return outcomes[str(name)]


def _counts(sizes: pd.DataFrame, cohort: str) -> None:
    shown = sizes if cohort == ALL else sizes[sizes["cohort"] == cohort]
    with cards("cohort_counts"):
        training = words.IN_TRAINING(number=count_text(shown["n_train"]))
        metric_card(words.PATIENTS(), count_text(shown["n_subjects"]), training)
        each = (shown["n_records"] / shown["n_subjects"]).iloc[0] if len(shown) == 1 else None
        note = "" if each is None else words.PER_PATIENT(number=decimal(each, 1))
        metric_card(words.RECORDS(), count_text(shown["n_records"]), note)
        metric_card(words.HELD_OUT(), count_text(shown["n_held_out"]), words.NOT_TRAINED_ON())


def count_text(counts: pd.Series) -> str:
    """The sum of counts; a small one is not published, so a sum with it is only known to be at least so much."""
    known = int(counts.fillna(0).sum())
    if not counts.isna().any():
        return number(known, 0)
    return words.AT_LEAST(n=known) if len(counts) > 1 else words.FEW(n=LEAST_PATIENTS - 1)
