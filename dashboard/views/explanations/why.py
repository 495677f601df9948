"""Why a prediction is as it is: the parts of its interval, the cohort, the records that moved it, other covariates."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from dashboard import patients
from dashboard.outcome_kinds import kind_of
from dashboard.page_parts import Row, rows_of, small_table
from dashboard.release import Served
from dashboard.units import chosen as units
from dashboard.units.unit import DIFFERENCES, PREDICTED
from dashboard.views.patient_facts import PatientShown
from dashboard.views.patient_outcome import when
from dashboard.wording.explanations import why as words
from dashboard.wording.markdown import escaped
from dashboard.wording.message import label
from dashboard.wording.numbers import is_finite, number, percent

LEAST = 0.01
"""Shares below are not told."""


def show(served: Served, shown: PatientShown, outcome: Row) -> None:
    """A box that is closed at first and read when it is opened; none where there is no prediction."""
    prediction = shown.predictions[outcome["name"]]
    if not is_finite(prediction["mean"]) and not is_finite(prediction["probability"]):
        return
    box = st.expander(words.TITLE(), type="compact", key=f"why_{outcome['name']}", on_change="rerun")
    if not box.open:
        return
    with box:
        _opened(served, shown, outcome, prediction)


def _opened(served: Served, shown: PatientShown, outcome: Row, prediction: Row) -> None:
    reasons, moved, others = patients.explanations(served, shown.read)
    moved = units.shown(served, moved, DIFFERENCES, differences=True)
    others = units.shown(served, others, PREDICTED)
    reasons, records, others = (_of(rows, outcome["name"]) for rows in (reasons, moved, others))
    if kind_of(outcome).has_legend:
        _listed(words.WIDE(), width_sentences(reasons))
    _listed(words.COHORT(), [beside_cohort(prediction, str(shown.subject["cohort"]))])
    _listed(words.RECORDS(), record_sentences(outcome, records, shown))
    if len(records):
        st.caption(words.WITHOUT())
    for covariate, rows in others.groupby("covariate", sort=False):
        _what_if(outcome, str(covariate), rows)


def _of(rows: pd.DataFrame, outcome: str) -> pd.DataFrame:
    found: pd.DataFrame = rows[rows["outcome"] == outcome].reset_index(drop=True)
    return found


def _listed(title: str, sentences: list[str]) -> None:
    st.markdown("\n".join([title, "", *(f"- {escaped(sentence)}" for sentence in sentences)]))


def width_sentences(reasons: pd.DataFrame) -> list[str]:
    """The reasons of an interval's width, the largest first."""
    told = reasons[(reasons["share"] >= LEAST) & reasons["reason"].isin(list(words.REASONS))]
    rows = rows_of(told.sort_values("share", ascending=False, kind="stable"))
    sentences = [
        words.REASONS[row["reason"]](share=percent(row["share"]), narrower=percent(row["narrower"]))
        for row in rows
    ]
    return sentences or [words.NO_INTERVAL()]


def beside_cohort(prediction: Row, cohort: str) -> str:
    """How far the prediction lies from the cohort's."""
    if is_finite(prediction["probability"]):
        chances = (percent(prediction[name]) for name in ("unadapted_probability", "probability"))
        return words.POINTS(cohort=cohort, **dict(zip(("unadapted", "adapted"), chances, strict=True)))
    centre = prediction["unadapted_mean"]
    away = prediction["mean"] - centre
    end = prediction["unadapted_upper_90" if away > 0 else "unadapted_lower_90"]
    if not is_finite(end) or end == centre or round(abs(away / (end - centre)), 1) == 0:
        return words.ALIKE(cohort=cohort)
    distance = number(abs(away / (end - centre)), 1)
    return (words.ABOVE if away > 0 else words.BELOW)(cohort=cohort, distance=distance)


def record_sentences(outcome: Row, records: pd.DataFrame, shown: PatientShown) -> list[str]:
    """The records that moved a prediction most."""
    times = shown.records["time_days"]
    dated = is_finite(shown.predictions[outcome["name"]]["predicted_time_days"])
    told = [_moved(outcome, row, times.min(), dated) for row in rows_of(records)]
    return told or [words.NO_RECORDS()]


def _moved(outcome: Row, row: Row, first: float, dated: bool) -> str:
    time = when(row["time_days"] - first, dated=dated)
    moved = kind_of(outcome).difference(row["moved"], outcome)
    narrowed = row["narrowed"]
    if not is_finite(narrowed) or abs(narrowed) < LEAST:
        return words.MOVED_ONLY(time=time, moved=moved)
    said = words.MOVED if narrowed > 0 else words.MOVED_WIDER
    return said(time=time, moved=moved, narrowed=percent(abs(narrowed)))


def _what_if(outcome: Row, covariate: str, rows: pd.DataFrame) -> None:
    st.markdown(words.OTHERWISE())
    st.caption(words.ASSOCIATION())
    name = label({}, covariate)
    alt = words.WHAT_IF_TABLE(outcome=str(outcome["label"]), covariate=name)
    small_table(pd.DataFrame(list(_what_if_rows(outcome, name, rows))), alt=alt)


def _what_if_rows(outcome: Row, name: str, rows: pd.DataFrame) -> Iterator[dict[str, str]]:
    for row in rows_of(rows.sort_values("position")):
        value = words.NOW(value=str(row["value"])) if row["current"] else str(row["value"])
        yield {name: value, **kind_of(outcome).otherwise(row, outcome)}
