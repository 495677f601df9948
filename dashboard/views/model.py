"""The model page: the champion's evaluation on held-out patients, compared with simpler methods."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cache, session, wording
from dashboard.charts import evaluation
from dashboard.outcome_kinds import HIGHER_IS_BETTER, KINDS
from dashboard.page_parts import Row, rows_by, small_table
from dashboard.release import Served
from dashboard.views import model_checks
from dashboard.wording import escaped

CHAMPION, UN_ADAPTED, POOLED = "champion", "un_adapted", -1
BASELINES = (
    "chosen_baseline",
    "population",
    "cohort_offset",
    "last_value",
    "patient_mean",
    "shrunk_mean",
    "mixed_model",
    "boosted_lags",
)
ALL = "all"


def show(served: Served) -> None:
    """Selectors, headline numbers, then error, intervals, cohorts, champions and checks."""
    st.title("Model")
    st.caption(
        "Measured on held-out patients who took no part in training, tuning or calibration. "
        "Error bars are 95 % confidence intervals over patients."
    )
    outcomes = rows_by(cache.outcomes(served.url, served.release_id), "name")
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    with left:
        outcome, kind = _chosen_outcome(served, outcomes)
    for remark in worse_than_baseline(served.head.manifest, outcome, labels_of(outcomes)):
        st.warning(escaped(remark))
    for remark in too_few(served.head.manifest, outcome, labels_of(outcomes)):
        st.info(escaped(remark))
    rows = cache.evaluation(served.url, served.release_id, outcome)
    if rows.empty:
        st.info("This release holds no evaluation of this outcome.")
        return
    with right:
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
    labels = {ALL: "All continuous outcomes", **labels_of(outcomes)}
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


def pooled(rows: pd.DataFrame, metric: str) -> pd.DataFrame:
    """One row per predictor: all patients with own records, all cohorts."""
    kept = (rows["metric"] == metric) & (rows["cohort"] == ALL) & (rows["support_size"] == POOLED)
    return rows[kept].dropna(subset=["value"]).set_index("predictor", drop=False)


def values_of(table: pd.DataFrame) -> dict[str, float]:
    """The value by predictor."""
    return {str(name): float(value) for name, value in table["value"].items()}


def baselines_of(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The baselines of a release, with those of plug-ins."""
    added = (p["name"] for p in manifest.get("plug_ins", []) if p["kind"] == "baseline")
    return (*BASELINES, *added)


def best_baseline(rows: pd.DataFrame, metric: str, baselines: Sequence[str] = BASELINES) -> str | None:
    """The baseline with the best pooled value."""
    values = pooled(rows, metric)["value"]
    values = values[[name for name in values.index if name in baselines]]
    if values.empty:
        return None
    return str(values.idxmax() if metric in HIGHER_IS_BETTER else values.idxmin())


def relative_change(value: float, other: float) -> str:
    """The relative difference of two errors, as text."""
    if not other:
        return wording.NOT_AVAILABLE
    change = value / other - 1
    return f"{abs(change):.0%} {'lower' if change < 0 else 'higher'}".replace("%", " %")


def _headlines(served: Served, rows: pd.DataFrame, metric: str) -> None:
    table = pooled(rows, metric)
    if CHAMPION not in table.index:
        return
    values = values_of(table)
    unit, patients = wording.unit_of(str(table["unit"][CHAMPION] or "")), int(table["n_patients"][CHAMPION])
    tiles = [
        (wording.METRICS.get(metric, metric), wording.number(values[CHAMPION]), escaped(unit) or "champion"),
        *_comparisons(values, best_baseline(rows, metric, baselines_of(served.head.manifest))),
        *_coverage_tile(rows),
        ("Patients evaluated", f"{patients:,}", "with 1 or more own records"),
    ]
    for column, (label, value, note) in zip(st.columns(len(tiles)), tiles, strict=True):
        with column.container(border=True):
            st.metric(label, value)
            st.caption(note)


def _comparisons(values: dict[str, float], baseline: str | None) -> list[tuple[str, str, str]]:
    tiles = []
    if UN_ADAPTED in values:
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
    covered = values_of(pooled(rows, "coverage_90")).get(CHAMPION)
    return (
        [("90 % interval covers", f"{covered:.1%}".replace("%", " %"), "of held-out values")]
        if covered
        else []
    )


def default_predictors(rows: pd.DataFrame, metric: str, baselines: Sequence[str] = BASELINES) -> list[str]:
    """The predictors drawn by default: champion, un-adapted, the two best baselines and the two best learners."""
    values = pooled(rows, metric)["value"].sort_values(ascending=metric not in HIGHER_IS_BETTER)
    others = [str(n) for n in values.index if n not in {CHAMPION, UN_ADAPTED}]
    learners = [n for n in others if n not in baselines][:2]
    kept = [CHAMPION, *learners, *[n for n in others if n in baselines][:2], UN_ADAPTED]
    return [name for name in kept if name in values.index]


def _errors(served: Served, rows: pd.DataFrame, metric: str) -> None:
    st.subheader("Error by number of own records")
    here = rows[(rows["metric"] == metric) & (rows["cohort"] == ALL)]
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
    covered, wide = champion[champion["metric"] == "coverage_90"], champion[champion["metric"] == "width_90"]
    if covered.empty or wide.empty:
        return
    st.subheader("Coverage and width of the champion's intervals")
    left, right = st.columns(2)
    left.altair_chart(
        evaluation.coverage(covered), alt=_alt_text(covered, "Coverage of the 90 percent interval")
    )
    left.caption("The dashed line is the nominal coverage: 90 % of later values inside the interval.")
    unit = str(wide["unit"].dropna().iloc[0]) if wide["unit"].notna().any() else ""
    right.altair_chart(
        evaluation.width(wide, wording.short_unit(unit)),
        alt=_alt_text(wide, "Mean width of the 90 percent interval"),
    )
    right.caption("Narrower is better, as long as the coverage holds.")


def _by_cohort(served: Served, rows: pd.DataFrame, metric: str) -> None:
    table = cohort_table(rows, metric, baselines_of(served.head.manifest))
    if table.empty:
        return
    st.subheader("By cohort")
    small_table(table, alt="Error and coverage by cohort")


def cohort_table(rows: pd.DataFrame, metric: str, baselines: Sequence[str] = BASELINES) -> pd.DataFrame:
    """One row per cohort, patients with own records: champion, un-adapted and the best baseline."""
    kept = rows[(rows["cohort"] != ALL) & (rows["support_size"] == POOLED)]
    baseline = best_baseline(rows, metric, baselines) or ""
    columns = {CHAMPION: "Champion", baseline: wording.predictor_label(baseline), UN_ADAPTED: "Un-adapted"}
    lines = []
    for cohort in sorted(kept["cohort"].unique()):
        part = kept[kept["cohort"] == cohort]
        error = part[part["metric"] == metric].set_index("predictor")
        values = values_of(error)
        if CHAMPION not in values:
            continue
        line = {"Cohort": cohort, "Patients": str(error["n_patients"][CHAMPION])}
        for name, label in columns.items():
            if name in values:
                line[label] = wording.number(values[name])
        covered = part[(part["metric"] == "coverage_90") & (part["predictor"] == CHAMPION)]["value"]
        line["90 % interval covers"] = (
            wording.percent(covered.iloc[0]) if len(covered) else wording.NOT_AVAILABLE
        )
        lines.append(line)
    return pd.DataFrame(lines)


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
