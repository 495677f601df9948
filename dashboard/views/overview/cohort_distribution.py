"""The section of the cohort page about how the newest values of an outcome are distributed."""

import altair as alt
import pandas as pd
import streamlit as st

from dashboard.charts import cohort as charts
from dashboard.cohorts import read
from dashboard.cohorts.distribution import ALL
from dashboard.outcome_kinds import kind_of
from dashboard.page_parts import Row, chart, rows_of
from dashboard.release import Served
from dashboard.wording.charts import IN_UNIT
from dashboard.wording.numbers import DASH, INTERVAL, is_finite, number, percent, quantity
from dashboard.wording.overview import cohort as words
from meta_med.published.release import LEAST_PATIENTS

MOST_DRAWN = 12
"""Cohorts in a chart that has a row for each; the table behind it has all."""


def show(served: Served, cohort: str, outcome: Row) -> None:
    """A row per cohort, the chosen one first."""
    st.subheader(words.DISTRIBUTION())
    every = read.distribution(served)
    rows = every[every["outcome"] == outcome["name"]]
    if read.has_own_scales(served, str(outcome["name"])):
        st.caption(words.OWN_SCALE())
        rows = rows[rows["cohort"] == cohort]
    if not (rows["cohort"] == cohort).any():
        st.info(words.NO_VALUES(least=LEAST_PATIENTS))
        return
    as_share = kind_of(outcome).told_as_share
    rows = first_rows(rows, cohort)
    drawn = rows.dropna(subset=["present"] if as_share else ["middle"]).head(MOST_DRAWN)
    note = words.PRESENT_NOTE if as_share else words.DISTRIBUTION_NOTE
    st.caption(note(least=LEAST_PATIENTS))
    alt_text = words.DISTRIBUTION_ALT(
        outcome=str(outcome["label"]),
        n=len(drawn),
        cohort=words.cohort_name(cohort),
        told=told(rows_of(rows)[0], outcome),
    )
    chart(_picture(drawn, outcome, cohort), alt_text, lambda: table(rows, outcome), "cohort_distribution")
    if len(drawn) < len(rows):
        st.caption(words.MORE_COHORTS(n=len(drawn), all=len(rows)))


def first_rows(rows: pd.DataFrame, cohort: str) -> pd.DataFrame:
    """The rows with their `name`: the chosen cohort, all together, then the others as they come."""
    rank = rows["cohort"].map({cohort: 0}).fillna(rows["cohort"].map({ALL: 1})).fillna(2)
    ordered = rows.assign(rank=rank).sort_values("rank", kind="stable").drop(columns="rank")
    return ordered.assign(name=ordered["cohort"].map(words.cohort_name))


def _picture(rows: pd.DataFrame, outcome: Row, cohort: str) -> alt.Chart:
    label = str(outcome["label"])
    if kind_of(outcome).told_as_share:
        return charts.shares(rows, label, cohort, column="present")
    title = IN_UNIT(title=label, unit=str(outcome["unit"])) if outcome["unit"] else label
    return charts.distribution(rows, title, cohort, log=outcome["scale"] == "log")


def told(row: Row, outcome: Row) -> str:
    """One cohort's distribution in words."""
    if kind_of(outcome).told_as_share:
        return f"{words.PRESENT()} {_share(row)}"
    unit = str(outcome["unit"])
    middle = f"{words.MIDDLE()} {quantity(row['middle'], unit, outcome.get('decimals'))}"
    half = _range(row, "low_50", "high_50", outcome)
    return middle if half == DASH else f"{middle}, {words.MIDDLE_HALF()} {half}"


def table(rows: pd.DataFrame, outcome: Row) -> pd.DataFrame:
    """One row per cohort as the page shows it."""
    return pd.DataFrame(
        [
            {
                words.COHORT(): row["name"],
                words.PATIENTS(): number(row["n_patients"], 0),
                **_cells(row, outcome),
            }
            for row in rows_of(rows)
        ]
    )


def _cells(row: Row, outcome: Row) -> dict[str, str]:
    if kind_of(outcome).told_as_share:
        return {words.PRESENT(): _share(row)}
    return {
        words.MIDDLE(): number(row["middle"], outcome.get("decimals")),
        words.MIDDLE_HALF(): _range(row, "low_50", "high_50", outcome),
        words.MIDDLE_80(): _range(row, "low_80", "high_80", outcome),
    }


def _share(row: Row) -> str:
    return (
        percent(row["present"]) if is_finite(row["present"]) else words.FEW_HAVE_OR_LACK(n=LEAST_PATIENTS - 1)
    )


def _range(row: Row, low: str, high: str, outcome: Row) -> str:
    if not is_finite(row[low]):
        return DASH
    decimals = outcome.get("decimals")
    return INTERVAL(low=number(row[low], decimals), high=number(row[high], decimals))
