"""The model page: the champion's evaluation on held-out patients, compared with simpler methods."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cache, session, wording
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
from dashboard.page_parts import Row, cards, metric_card, rows_by, small_table
from dashboard.release import Served
from dashboard.views import model_checks, model_figures
from dashboard.wording import escaped
from meta_med.published.release import LEAST_PATIENTS


def show(served: Served) -> None:
    """Selectors, headline numbers, then error, intervals, cohorts, champions and checks."""
    st.title("Model")
    outcomes = rows_by(cache.outcomes(served.url, served.release_id), "name")
    outcome, kind = _chosen_outcome(served, outcomes)
    for remark in worse_than_baseline(served.head.manifest, outcome, labels_of(outcomes)):
        st.warning(escaped(remark))
    for remark in too_few(served.head.manifest, outcome, labels_of(outcomes)):
        st.info(escaped(remark))
    rows = model_figures.chosen(served, outcome)
    if rows.empty:
        st.info("This release holds no evaluation of this outcome.")
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
    return [f"{labels.get(e['outcome'], e['outcome'])}: {e['told']}" for e in certain_first]


def too_few(manifest: Mapping[str, Any], outcome: str, labels: dict[str, str]) -> list[str]:
    """Remarks on what is not published because patients are too few, for one outcome or for all."""
    remarks: Mapping[str, str] = manifest.get("too_few", {})
    return [f"{labels.get(name, name)}: {text}" for name, text in remarks.items() if outcome in (ALL, name)]


def _chosen_outcome(served: Served, outcomes: dict[str, Row]) -> tuple[str, str]:
    labels = labels_of(outcomes)
    if sum(str(row["kind"]) == "continuous" for row in outcomes.values()) > 1:
        labels = {ALL: "All continuous outcomes", **labels}
    key = session.key(served, "model_outcome")
    chosen = st.selectbox("Outcome", list(labels), format_func=lambda name: labels[name], key=key)
    return chosen, "continuous" if chosen == ALL else str(outcomes[chosen]["kind"])


def _chosen_metric(served: Served, rows: pd.DataFrame, kind: str) -> str:
    present = set(rows["metric"])
    choices = [m for m in KINDS[kind].measures if m in present] or sorted(present)
    chosen = st.segmented_control(
        "Measure",
        choices,
        default=choices[0],
        format_func=lambda m: wording.METRICS.get(m, m),
        key=session.key(served, f"metric_{kind}"),
    )
    return str(chosen or choices[0])


def _headlines(served: Served, rows: pd.DataFrame, metric: str) -> None:
    table = pooled(rows, metric)
    if CHAMPION not in table.index:
        return
    values = values_of(table)
    unit, patients = wording.unit_of(str(table["unit"][CHAMPION] or "")), int(table["n_patients"][CHAMPION])
    with_own = pooled_size(rows) == POOLED
    tiles = [
        (wording.METRICS.get(metric, metric), wording.number(values[CHAMPION]), escaped(unit) or "champion"),
        *_comparisons(
            values, best_baseline(rows, metric, baselines_of(served.head.manifest)), adapted=with_own
        ),
        *_coverage_tile(rows),
        ("Patients evaluated", f"{patients:,}", f"with {'1 or more' if with_own else 'no'} own records"),
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
                "Against un-adapted",
                relative_change(values[CHAMPION], values[UN_ADAPTED]),
                "no own records used",
            )
        )
    if baseline is not None:
        against = relative_change(values[CHAMPION], values[baseline])
        tiles.append(("Against the best baseline", against, escaped(wording.predictor_label(baseline))))
    return tiles


def _coverage_tile(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    covered = values_of(pooled(rows, COVERAGE)).get(CHAMPION)
    return (
        [("90 % interval covers", f"{covered:.1%}".replace("%", " %"), "of held-out values")]
        if covered
        else []
    )


def _errors(served: Served, rows: pd.DataFrame, metric: str) -> None:
    here = rows[(rows["metric"] == metric) & (rows["cohort"] == ALL)].dropna(subset=["value"])
    if pooled_size(rows) != POOLED:
        st.subheader("By predictor")
        small_table(predictor_table(here, metric), alt="The value of each predictor, the best first")
        return
    st.subheader("Error by number of own records")
    names = sorted(here["predictor"].unique(), key=lambda name: name != CHAMPION)
    first = default_predictors(rows, metric, baselines_of(served.head.manifest)) or names
    chosen = st.pills(
        "Predictors",
        names,
        selection_mode="multi",
        default=first,
        format_func=wording.predictor_label,
        key=session.key(served, f"shown_{metric}"),
    )
    drawn = here[here["predictor"].isin(chosen or first)]
    units = [wording.short_unit(unit) for unit in drawn["unit"].dropna().unique()]
    title = wording.METRICS.get(metric, metric) + (f" ({units[0]})" if units and units[0] else "")
    st.altair_chart(evaluation.by_support_size(drawn, title), alt=_alt_text(drawn, title))


def _alt_text(rows: pd.DataFrame, title: str) -> str:
    champion = rows[(rows["predictor"] == CHAMPION) & (rows["support_size"] >= 0)].sort_values("support_size")
    steps = [
        f"{size}: {wording.number(v)}"
        for size, v in zip(champion["support_size"], champion["value"], strict=True)
    ]
    count = rows["predictor"].nunique()
    return f"{title} by number of own records for {count} predictors. Champion: {', '.join(steps)}."


def _intervals(rows: pd.DataFrame) -> None:
    champion = rows[(rows["predictor"] == CHAMPION) & (rows["cohort"] == ALL)]
    covered, wide = champion[champion["metric"] == COVERAGE], champion[champion["metric"] == "width_90"]
    if covered.empty or wide.empty:
        return
    st.subheader("Coverage and width of the champion's intervals")
    unit = str(wide["unit"].dropna().iloc[0]) if wide["unit"].notna().any() else ""
    with cards("intervals", "wide"):
        with st.container():
            st.altair_chart(
                evaluation.coverage(covered), alt=_alt_text(covered, "Coverage of the 90 percent interval")
            )
            st.caption("The dashed line is the nominal coverage: 90 % of later values inside the interval.")
        with st.container():
            st.altair_chart(
                evaluation.width(wide, wording.short_unit(unit)),
                alt=_alt_text(wide, "Mean width of the 90 percent interval"),
            )
            st.caption("Narrower is better, as long as the coverage holds.")


def _by_cohort(served: Served, rows: pd.DataFrame, metric: str) -> None:
    table = cohort_table(rows, metric, baselines_of(served.head.manifest))
    known = cache.cohorts(served.url, served.release_id)["cohort"]
    if len(known) < 2:
        return  # one cohort is everyone
    st.subheader("By cohort")
    if len(table):
        small_table(table, alt="Error and coverage by cohort")
    if left_out := len(known) - len(table):
        st.caption(
            f"Cohorts that are not shown on their own: {left_out} of {len(known)}. Fewer than "
            f"{LEAST_PATIENTS} patients of each were evaluated."
        )


def _champions(served: Served, outcome: str, labels: dict[str, str]) -> None:
    champions = cache.champions(served.url, served.release_id)
    shown = champions if outcome == ALL else champions[champions["outcome"] == outcome]
    if shown.empty:
        return
    st.subheader("Champions, and why they were chosen")
    st.caption("The champion is chosen on tuning patients, for each outcome and number of own records.")
    alt = "The champion of each outcome and number of own records with the evidence"
    small_table(champion_table(shown, labels), alt=alt)


def champion_table(champions: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """The champions with their evidence, as the table shows them."""

    def column(name: str) -> list[str]:
        return [str(value) for value in champions[name]]

    sizes = [int(size) for size in champions["support_size"]]
    names = wording.strata_labels(sizes)
    return pd.DataFrame(
        {
            "Outcome": [labels.get(name, name) for name in column("outcome")],
            "Own records": [names[size] for size in sizes],
            "Champion": [wording.predictor_label(name) for name in column("predictor")],
            "Weights": [wording.weights_text(text) for text in column("weights")],
            "Best baseline": [wording.predictor_label(name) for name in column("best_baseline")],
            "Evidence": column("evidence"),
        }
    )
