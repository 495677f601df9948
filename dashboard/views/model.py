"""The model page: the champion's evaluation on held-out patients, compared with simpler methods."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st
from altair import Chart

from dashboard import cache, session
from dashboard.charts import evaluation
from dashboard.figures import (
    ALL,
    CHAMPION,
    COVERAGE,
    POOLED,
    UN_ADAPTED,
    baselines_of,
    best_baseline,
    cohort_table,
    default_predictors,
    pooled,
    pooled_size,
    predictor_table,
    relative_change,
    values_of,
)
from dashboard.outcome_kinds import KINDS
from dashboard.page_parts import Row, cards, chart, metric_card, rows_by, small_table
from dashboard.release import Served
from dashboard.units import chosen as units
from dashboard.views import model_checks, model_figures
from dashboard.wording import model as words
from dashboard.wording import shell
from dashboard.wording.charts import IN_UNIT
from dashboard.wording.markdown import escaped
from dashboard.wording.names import metric_label, predictor_label
from dashboard.wording.numbers import INTERVAL, number, percent, short_unit, unit_of
from dashboard.wording.predictions import strata_labels, support_label, weights_text
from meta_med.published.release import LEAST_PATIENTS


def show(served: Served) -> None:
    """Selectors, headline numbers, then error, intervals, cohorts, champions and checks."""
    st.title(shell.MODEL())
    outcomes = rows_by(cache.outcomes(served), "name")
    outcome, kind = _chosen_outcome(served, outcomes)
    for remark in worse_than_baseline(served.head.manifest, outcome, labels_of(outcomes)):
        st.warning(escaped(remark))
    for remark in too_few(served.head.manifest, outcome, labels_of(outcomes)):
        st.info(escaped(remark))
    units.selector(served, outcome)
    rows = units.shown_errors(served, model_figures.chosen(served, outcome), outcome)
    if rows.empty:
        st.info(words.NO_EVALUATION())
        return
    metric = _chosen_metric(served, rows, kind)
    _headlines(served, rows, metric)
    _errors(served, rows, metric)
    _intervals(rows)
    _by_cohort(served, rows, metric)
    _champions(served, outcome, labels_of(outcomes))
    model_checks.show(served)


def labels_of(outcomes: dict[str, Row]) -> dict[str, str]:
    """The display name of each outcome."""
    return {name: str(row["label"]) for name, row in outcomes.items()}


def worse_than_baseline(manifest: Mapping[str, Any], outcome: str, labels: dict[str, str]) -> list[str]:
    """Where a simple method predicts held-out patients better, for one outcome or for all; the certain ones first."""
    entries = [e for e in manifest.get("worse_than_baseline", []) if outcome in (ALL, e["outcome"])]
    certain_first = sorted(entries, key=lambda entry: not entry["sure"])
    return [
        words.REMARK(outcome=labels.get(e["outcome"], e["outcome"]), told=e["told"]) for e in certain_first
    ]


def too_few(manifest: Mapping[str, Any], outcome: str, labels: dict[str, str]) -> list[str]:
    """Remarks on what is not published because patients are too few, for one outcome or for all."""
    remarks: Mapping[str, str] = manifest.get("too_few", {})
    return [
        words.REMARK(outcome=labels.get(name, name), told=text)
        for name, text in remarks.items()
        if outcome in (ALL, name)
    ]


def _chosen_outcome(served: Served, outcomes: dict[str, Row]) -> tuple[str, str]:
    labels = labels_of(outcomes)
    if sum(str(row["kind"]) == "continuous" for row in outcomes.values()) > 1:
        labels = {ALL: words.ALL_CONTINUOUS(), **labels}
    key = session.key(served, "model_outcome")
    chosen = st.selectbox(words.OUTCOME(), list(labels), format_func=lambda name: labels[name], key=key)
    return chosen, "continuous" if chosen == ALL else str(outcomes[chosen]["kind"])


def _chosen_metric(served: Served, rows: pd.DataFrame, kind: str) -> str:
    present = set(rows["metric"])
    choices = [m for m in KINDS[kind].measures if m in present] or sorted(present)
    chosen = st.segmented_control(
        words.MEASURE(),
        choices,
        default=choices[0],
        format_func=metric_label,
        key=session.key(served, f"metric_{kind}"),
    )
    return str(chosen or choices[0])


def _headlines(served: Served, rows: pd.DataFrame, metric: str) -> None:
    table = pooled(rows, metric)
    if CHAMPION not in table.index:
        return
    values = values_of(table)
    unit, patients = unit_of(str(table["unit"][CHAMPION] or "")), int(table["n_patients"][CHAMPION])
    with_own = pooled_size(rows) == POOLED
    tiles = [
        (metric_label(metric), number(values[CHAMPION]), escaped(unit) or words.SERVED()),
        *_comparisons(
            values, best_baseline(rows, metric, baselines_of(served.head.manifest)), adapted=with_own
        ),
        *_coverage_tile(rows),
        (
            words.PATIENTS_EVALUATED(),
            number(patients, decimals=0),
            words.WITH_OWN() if with_own else words.WITHOUT_OWN(),
        ),
    ]
    with cards("headlines"):
        for tile in tiles:
            metric_card(*tile)


def _comparisons(
    values: dict[str, float], baseline: str | None, *, adapted: bool
) -> list[tuple[str, str, str]]:
    tiles = []
    if UN_ADAPTED in values and adapted:
        tiles.append(
            (
                words.AGAINST_UNADAPTED(),
                relative_change(values[CHAMPION], values[UN_ADAPTED]),
                words.NO_OWN_USED(),
            )
        )
    if baseline is not None:
        against = relative_change(values[CHAMPION], values[baseline])
        tiles.append((words.AGAINST_BASELINE(), against, escaped(predictor_label(baseline))))
    return tiles


def _coverage_tile(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    covered = values_of(pooled(rows, COVERAGE)).get(CHAMPION)
    return [(words.COVERS(), percent(covered, decimals=1), words.OF_HELD_OUT())] if covered else []


def _errors(served: Served, rows: pd.DataFrame, metric: str) -> None:
    here = rows[(rows["metric"] == metric) & (rows["cohort"] == ALL)].dropna(subset=["value"])
    if pooled_size(rows) != POOLED:
        st.subheader(words.BY_PREDICTOR())
        small_table(predictor_table(here, metric), alt=words.BY_PREDICTOR_ALT())
        return
    st.subheader(words.ERROR_BY_RECORDS())
    names = sorted(here["predictor"].unique(), key=lambda name: name != CHAMPION)
    first = default_predictors(rows, metric, baselines_of(served.head.manifest)) or names
    chosen = st.pills(
        words.PREDICTORS(),
        names,
        selection_mode="multi",
        default=first,
        format_func=predictor_label,
        key=session.key(served, f"shown_{metric}"),
    )
    drawn = here[here["predictor"].isin(chosen or first)]
    units = [short_unit(unit) for unit in drawn["unit"].dropna().unique()]
    name = metric_label(metric)
    title = IN_UNIT(title=name, unit=units[0]) if units and units[0] else name
    picture = evaluation.by_support_size(drawn, title)
    chart(picture, _alt_text(drawn, title), lambda: drawn_table(drawn, title), "errors")


def _alt_text(rows: pd.DataFrame, title: str) -> str:
    champion = rows[(rows["predictor"] == CHAMPION) & (rows["support_size"] >= 0)].sort_values("support_size")
    steps = [
        f"{size}: {number(v)}" for size, v in zip(champion["support_size"], champion["value"], strict=True)
    ]
    count = rows["predictor"].nunique()
    return words.CHART_ALT(count, title=title, steps=", ".join(steps))


def drawn_table(rows: pd.DataFrame, title: str) -> pd.DataFrame:
    """The numbers of a chart over the number of own records: one row per predictor and number."""
    shown = evaluation.drawn(rows)
    write = percent if (shown["metric"] == COVERAGE).all() else number
    ends = ([write(end) for end in shown[name]] for name in ("ci_low", "ci_high"))
    return pd.DataFrame(
        {
            words.PREDICTOR(): shown["predictor"].map(predictor_label),
            words.OWN_RECORDS(): [support_label(int(size)) for size in shown["support_size"]],
            title: shown["value"].map(write),
            words.CONFIDENCE(): [INTERVAL(low=low, high=high) for low, high in zip(*ends, strict=True)],
            words.PATIENTS(): shown["n_patients"].astype(str),
        }
    )


def _intervals(rows: pd.DataFrame) -> None:
    champion = rows[(rows["predictor"] == CHAMPION) & (rows["cohort"] == ALL)]
    covered, wide = champion[champion["metric"] == COVERAGE], champion[champion["metric"] == "width_90"]
    if covered.empty or wide.empty:
        return
    st.subheader(words.INTERVALS())
    unit = str(wide["unit"].dropna().iloc[0]) if wide["unit"].notna().any() else ""
    with cards("intervals", "wide"):
        _interval_chart(covered, evaluation.coverage(covered), words.COVERAGE(), words.NOMINAL())
        _interval_chart(wide, evaluation.width(wide, short_unit(unit)), words.WIDTH(), words.NARROWER())


def _interval_chart(rows: pd.DataFrame, picture: Chart, title: str, note: str) -> None:
    with st.container():
        chart(picture, _alt_text(rows, title), lambda: drawn_table(rows, title), str(rows["metric"].iloc[0]))
        st.caption(note)


def _by_cohort(served: Served, rows: pd.DataFrame, metric: str) -> None:
    table = cohort_table(rows, metric, baselines_of(served.head.manifest))
    known = cache.cohorts(served)["cohort"]
    if len(known) < 2:
        return  # one cohort is everyone
    st.subheader(words.BY_COHORT())
    if len(table):
        small_table(table, alt=words.BY_COHORT_ALT())
    if left_out := len(known) - len(table):
        st.caption(words.LEFT_OUT(n=left_out, all=len(known), least=LEAST_PATIENTS))


def _champions(served: Served, outcome: str, labels: dict[str, str]) -> None:
    champions = cache.champions(served)
    shown = champions if outcome == ALL else champions[champions["outcome"] == outcome]
    if shown.empty:
        return
    st.subheader(words.CHAMPIONS())
    st.caption(words.CHOSEN_ON())
    small_table(champion_table(shown, labels), alt=words.CHAMPIONS_ALT())


def champion_table(champions: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """The champions with their evidence, as the table shows them."""

    def column(name: str) -> list[str]:
        return [str(value) for value in champions[name]]

    sizes = [int(size) for size in champions["support_size"]]
    names = strata_labels(sizes)
    return pd.DataFrame(
        {
            words.OUTCOME(): [labels.get(name, name) for name in column("outcome")],
            words.OWN_RECORDS(): [names[size] for size in sizes],
            words.CHAMPION(): [predictor_label(name) for name in column("predictor")],
            words.WEIGHTS(): [weights_text(text) for text in column("weights")],
            words.BEST_BASELINE(): [predictor_label(name) for name in column("best_baseline")],
            words.EVIDENCE(): column("evidence"),
        }
    )
