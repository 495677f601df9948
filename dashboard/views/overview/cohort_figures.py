"""The sections of the cohort page about how well it is predicted: error, coverage, calibration, helped and harmed."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from dashboard.charts import cohort as charts
from dashboard.charts import evaluation
from dashboard.cohorts import read
from dashboard.cohorts.distribution import ALL
from dashboard.figures import (
    CHAMPION,
    COVERAGE,
    POOLED,
    UN_ADAPTED,
    baselines_of,
    best_baseline,
    default_predictors,
    pooled_size,
    relative_change,
    values_of,
)
from dashboard.outcome_kinds import kind_of
from dashboard.page_parts import Row, cards, chart, metric_card, rows_of, small_table
from dashboard.release import Served
from dashboard.views import model_figures
from dashboard.views.model import drawn_table
from dashboard.views.overview.cohort_distribution import MOST_DRAWN, first_rows
from dashboard.wording import model as model_words
from dashboard.wording.charts import IN_UNIT
from dashboard.wording.markdown import escaped
from dashboard.wording.names import metric_label, predictor_label
from dashboard.wording.numbers import interval, number, percent, short_unit, unit_of
from dashboard.wording.overview import cohort as words
from dashboard.wording.predictions import support_label
from meta_med.published.release import LEAST_PATIENTS

NOMINAL = 0.9
HELPED, HARMED = "helped", "harmed"
LINE = ("calibration_slope", "calibration_intercept")


def show(served: Served, cohort: str, outcome: Row) -> None:
    """The figures of the outcome in one cohort, or in all."""
    st.subheader(words.PREDICTED())
    every = model_figures.chosen(served, str(outcome["name"]))
    own = read.of_cohort(served, every, cohort)
    metric = next((m for m in kind_of(outcome).measures if m in set(own["metric"])), "")
    if not metric:
        st.info(words.NO_FIGURES(least=LEAST_PATIENTS))
        return
    _headlines(served, every, own, metric)
    _by_records(served, every, own, metric)
    _calibration(every, cohort)
    _benefit(every, own, cohort)


def _headlines(served: Served, every: pd.DataFrame, own: pd.DataFrame, metric: str) -> None:
    """Error, against un-adapted and the best baseline of all cohorts, coverage, and how many were evaluated."""
    size = pooled_size(own)
    here = own[own["support_size"] == size].dropna(subset=["value"])
    error = here[here["metric"] == metric].set_index("predictor")
    values = values_of(error)
    if CHAMPION not in values:
        return
    unit = unit_of(str(error["unit"][CHAMPION] or ""))
    baseline = best_baseline(every, metric, baselines_of(served.head.manifest))
    against = (
        (UN_ADAPTED if size == POOLED else "", model_words.AGAINST_UNADAPTED(), model_words.NO_OWN_USED()),
        (baseline or "", model_words.AGAINST_BASELINE(), escaped(predictor_label(baseline or ""))),
    )
    covered = values_of(here[here["metric"] == COVERAGE].set_index("predictor")).get(CHAMPION)
    with cards("cohort_headlines"):
        metric_card(metric_label(metric), number(values[CHAMPION]), escaped(unit))
        for name, title, note in against:
            if name in values:
                metric_card(title, relative_change(values[CHAMPION], values[name]), note)
        if covered is not None:
            metric_card(model_words.COVERS(), percent(covered, 1), model_words.OF_HELD_OUT())
        with_own = model_words.WITH_OWN() if size == POOLED else model_words.WITHOUT_OWN()
        metric_card(model_words.PATIENTS_EVALUATED(), number(error["n_patients"][CHAMPION], 0), with_own)


def _by_records(served: Served, every: pd.DataFrame, own: pd.DataFrame, metric: str) -> None:
    """Error and coverage of the champion, the un-adapted prediction and the best others, by own records."""
    names = default_predictors(every, metric, baselines_of(served.head.manifest))
    shown = own[own["predictor"].isin(names)]
    error, covered = (shown[shown["metric"] == name].dropna(subset=["value"]) for name in (metric, COVERAGE))
    units = [short_unit(unit) for unit in error["unit"].dropna().unique()]
    title = IN_UNIT(title=metric_label(metric), unit=units[0]) if any(units) else metric_label(metric)
    with cards("cohort_by_records", "pair"):
        with st.container():
            st.markdown(f"**{escaped(words.ERRORS())}**")
            picture = evaluation.by_support_size(error, title)
            chart(picture, told(error, title), lambda: drawn_table(error, title), "cohort_errors")
        if len(covered):
            with st.container():
                st.markdown(f"**{escaped(words.COVERED())}**")
                picture = evaluation.by_support_size(covered, words.COVERED(), nominal=NOMINAL)
                table = (covered, words.COVERED())
                chart(picture, told(*table), lambda: drawn_table(*table), "cohort_coverage")
                st.caption(words.NOMINAL())
    if (own["cohort"] != ALL).any():
        st.caption(words.BY_K_NOTE())


def told(rows: pd.DataFrame, title: str) -> str:
    """The champion's line of a chart over the number of own records, in words."""
    champion = evaluation.drawn(rows[rows["predictor"] == CHAMPION])
    write = percent if (rows["metric"] == COVERAGE).all() else number
    steps = [
        f"{support_label(int(size))}: {write(value)}"
        for size, value in zip(champion["support_size"], champion["value"], strict=True)
    ]
    return model_words.CHART_ALT(rows["predictor"].nunique(), title=title, steps=", ".join(steps))


def _calibration(every: pd.DataFrame, cohort: str) -> None:
    """The coverage of each cohort; of probabilities the calibration line over all cohorts."""
    champion = every[(every["predictor"] == CHAMPION) & (every["support_size"] == pooled_size(every))]
    covered = first_rows(champion[champion["metric"] == COVERAGE].dropna(subset=["value"]), cohort)
    line = champion[champion["metric"].isin(LINE) & (champion["cohort"] == ALL)].dropna(subset=["value"])
    if len(covered):
        st.subheader(words.CALIBRATION())
        st.caption(words.CALIBRATION_NOTE())
        first = rows_of(covered)[0]
        alt_text = words.CALIBRATION_ALT(
            n=len(covered), cohort=first["name"], told=percent(first["value"], 1)
        )
        picture = charts.shares(covered.head(MOST_DRAWN), words.COVERED(), cohort, nominal=NOMINAL)
        chart(picture, alt_text, lambda: coverage_table(covered), "cohort_calibration")
    elif len(line):
        st.subheader(words.CALIBRATION())
        st.caption(words.LINE_NOTE())
        small_table(line_table(line), alt=words.LINE_ALT())


def coverage_table(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per cohort: coverage, its confidence interval, and the patients."""
    return pd.DataFrame(
        {
            words.COHORT(): rows["name"],
            words.COVERED(): [percent(value, 1) for value in rows["value"]],
            words.CONFIDENCE(): [
                _between(low, high) for low, high in zip(rows["ci_low"], rows["ci_high"], strict=True)
            ],
            words.PATIENTS(): rows["n_patients"].astype(str),
        }
    )


def line_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Slope and intercept with their confidence intervals."""
    ends = zip(rows["ci_low"], rows["ci_high"], strict=True)
    return pd.DataFrame(
        {
            words.MEASURE(): rows["metric"].map(metric_label),
            words.VALUE(): rows["value"].map(number),
            words.CONFIDENCE(): [interval(low, high) for low, high in ends],
            words.PATIENTS(): rows["n_patients"].astype(str),
        }
    )


def _benefit(every: pd.DataFrame, own: pd.DataFrame, cohort: str) -> None:
    """Whom adaptation helps and harms: the chosen cohort above all together."""
    if pooled_size(own) != POOLED:
        return  # nobody had own records to adapt to
    names = dict.fromkeys((cohort, ALL))
    rows = benefit_rows(pd.concat([own, every[every["cohort"] == ALL]]), names)
    st.subheader(words.BENEFIT())
    if rows.empty:
        st.caption(words.NO_BENEFIT())
        return
    st.caption(words.BENEFIT_NOTE())
    alt_text = words.BENEFIT_ALT(told="; ".join(rows["name"]))
    chart(charts.benefit(rows), alt_text, lambda: benefit_table(rows), "cohort_benefit")


def benefit_rows(rows: pd.DataFrame, cohorts: Iterable[str]) -> pd.DataFrame:
    """One row per cohort that has both shares of patients with own records, with its sentence as `name`."""
    here = rows[(rows["support_size"] == POOLED) & rows["metric"].isin([HELPED, HARMED])]
    found = []
    for cohort in cohorts:
        both = here[here["cohort"] == cohort].drop_duplicates("metric").set_index("metric")
        if not {HELPED, HARMED} <= set(both.index):
            continue
        shares = {name: float(both["value"][name]) for name in (HELPED, HARMED)}
        ends = {f"{name}_{end}": float(both[f"ci_{end}"][name]) for name in shares for end in ("low", "high")}
        name = words.OF_COHORT(
            cohort=words.cohort_name(cohort), helped=percent(shares[HELPED]), harmed=percent(shares[HARMED])
        )
        patients = int(both["n_patients"][HELPED])
        found.append({"cohort": cohort, "name": name, "n_patients": patients, **shares, **ends})
    return pd.DataFrame(found)


def benefit_table(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per cohort: each share with its confidence interval."""
    return pd.DataFrame(
        [
            {
                words.COHORT(): words.cohort_name(str(row["cohort"])),
                words.HELPED(): _share(row, HELPED),
                words.SAME(): percent(1 - row[HELPED] - row[HARMED]),
                words.HARMED(): _share(row, HARMED),
                words.PATIENTS(): number(row["n_patients"], 0),
            }
            for row in rows_of(rows)
        ]
    )


def _share(row: Row, name: str) -> str:
    return words.WITH_ENDS(
        share=percent(row[name]), between=_between(row[f"{name}_low"], row[f"{name}_high"])
    )


def _between(low: float, high: float) -> str:
    return words.BETWEEN(low=percent(low, 1), high=percent(high, 1))
