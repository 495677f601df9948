"""The data-quality page: the gate's findings in the delivery of this release, for data stewards."""

import pandas as pd
import streamlit as st

from dashboard import cache, session, wording
from dashboard.charts import quality as charts
from dashboard.page_parts import cards, metric_card, small_table
from dashboard.quality import FEW, SMALL, by_cohort, distributions, psi, psi_text, trends
from dashboard.release import Served, manifest_value
from meta_med.published import quality

ORDER = tuple(wording.SEVERITIES)
SMALL_COUNTS = (
    f"Counts from 1 to {SMALL} are shown as “{FEW}”, so that they identify nobody. "
    "Cohorts of so few patients are left out."
)


def show(served: Served) -> None:
    """The verdict, counts, findings, trends, cohorts, missing values and distributions."""
    st.title("Data quality")
    verdict = verdict_of(served)
    {"accept": st.success, "quarantine": st.warning}.get(verdict, st.info)(
        wording.VERDICTS.get(verdict, "The verdict on the delivery was not recorded.")
    )
    _counts(served)
    deliveries = quality.deliveries(served.url, served.head.study, served.release_id)
    findings = cache.findings(served.url, served.release_id)
    st.subheader("Findings")
    if findings.empty:
        st.text("The gate has no findings.")
    else:
        _findings(served, findings, deliveries)
    _held_back(deliveries)
    _by_cohort(served)
    _missing(served)
    _distributions(served, deliveries)
    st.subheader("The full report")
    st.markdown(
        "Lines and rules of every row held back are in the report, one HTML file that needs no network. "
        "It is in the home folder of Meta-Med:"
    )
    st.code(f"reports/{served.head.study}/data_quality.html", language=None)


def verdict_of(served: Served) -> str:
    """The recorded verdict; without one, the verdict by the counts."""
    recorded = manifest_value(served.head, "verdict")
    if recorded is not None:
        return str(recorded)
    aside = manifest_value(served.head, "rows_quarantined")
    return "unknown" if aside is None else "quarantine" if aside else "accept"


def _counts(served: Served) -> None:
    tiles = (
        ("Rows delivered", "rows_in"),
        ("Rows accepted", "rows_accepted"),
        ("Rows held back", "rows_quarantined"),
        ("Patients held back", "patients_quarantined"),
    )
    with cards("rows"):
        for label, name in tiles:
            count = manifest_value(served.head, name)
            metric_card(label, f"{count:,}" if isinstance(count, int) else wording.NOT_AVAILABLE)


def _findings(served: Served, findings: pd.DataFrame, deliveries: pd.DataFrame) -> None:
    counts = findings["severity"].value_counts().to_dict()
    choices = [severity for severity in ORDER if severity in counts]
    chosen = st.pills(
        "Severity",
        choices,
        selection_mode="multi",
        default=choices,
        format_func=lambda severity: f"{wording.SEVERITIES[severity]} ({counts[severity]})",
        key=session.key(served, "severities"),
    )
    shown = findings[findings["severity"].isin(chosen)] if chosen else findings
    small_table(findings_table(shown), alt="The findings of the gate, the most severe first")
    published = int(cache.prediction_statuses(served.url, served.release_id).sum())
    st.caption(
        "A row that was held back is used neither for training nor for any prediction. "
        f"Predictions touched: of the {published:,} of this release, those of patients with such a row; "
        "they are withheld, or carry a note on the patient's page."
    )
    if len(deliveries) > 1:
        _trend(served, findings, deliveries)


def findings_table(findings: pd.DataFrame) -> pd.DataFrame:
    """The most severe first, then the most frequent."""
    rank = findings["severity"].map({name: place for place, name in enumerate(ORDER)}).fillna(len(ORDER))
    ordered = findings.assign(rank=rank).sort_values(
        ["rank", "count"], ascending=[True, False], kind="stable"
    )
    table = pd.DataFrame(
        {
            "Severity": ordered["severity"].map(lambda s: wording.SEVERITIES.get(s, s)),
            "What was found": [
                f"{title}: {message}" if pd.notna(title) and title else message
                for title, message in zip(ordered["title"], ordered["message"], strict=True)
            ],
            "Rows": ordered["count"].map(_count),
            "Share": ordered["share"].map(wording.percent),
            "Patients": ordered["patients"].map(_count),
            "Predictions touched": ordered["predictions"].map(_count),
            "of these withheld": ordered["withheld"].map(_count),
            "Cohort": ordered["cohort"].fillna(""),
            "Rule": ordered["rule"],
            "Code": ordered["code"],
        }
    )
    return table if table["Cohort"].any() else table.drop(columns="Cohort")


def _count(count: int | None) -> str:
    return "–" if pd.isna(count) else f"{count:,}"


def _trend(served: Served, findings: pd.DataFrame, deliveries: pd.DataFrame) -> None:
    """Each finding's share per release, as a line and as numbers."""
    releases = deliveries["release_id"].tolist()
    found = trends(quality.rules_of(served.url, releases), releases)
    rows = findings.drop_duplicates(["rule", "code"])
    keys = [key for key in zip(rows["rule"], rows["code"], strict=True) if key in found.index]
    titles = rows.set_index(["rule", "code"])["title"]
    lines = [found.loc[key, "trend"] for key in keys]
    frame = pd.DataFrame(
        {
            "Finding": [str(titles[key]) for key in keys],
            "Rule": [key[0] for key in keys],
            "Share of rows, release by release": lines,
            "First": [wording.percent(line[0]) for line in lines],
            "Before": [wording.percent(line[-2]) for line in lines],
            "Now": [wording.percent(line[-1]) for line in lines],
        }
    )
    st.markdown(f"**The same findings in the last {len(releases)} releases**")
    st.dataframe(
        frame,
        hide_index=True,
        column_config={"Share of rows, release by release": st.column_config.LineChartColumn(y_min=0)},
        alt="Each finding's share of rows in the first, the previous and the current release",
    )


def _held_back(deliveries: pd.DataFrame) -> None:
    if len(deliveries) < 2:
        return
    st.subheader("Rows held back per release")
    held = [wording.percent(n / of) for n, of in _pairs(deliveries) if of]
    st.altair_chart(
        charts.deliveries(deliveries),
        alt=f"Share of rows held back in the last {len(deliveries)} releases, oldest first: {', '.join(held)}",
    )
    st.caption("A rejected delivery has no release; the report shows those too.")


def _pairs(deliveries: pd.DataFrame) -> list[tuple[int, int]]:
    columns = (deliveries[name].fillna(0).astype(int) for name in ("rows_quarantined", "rows_in"))
    return list(zip(*columns, strict=True))


def _by_cohort(served: Served) -> None:
    rules = cache.quality_rules(served.url, served.release_id)
    wide = by_cohort(rules, ("title", "rule"))
    if wide.empty:
        return
    st.subheader("By cohort")
    unit = rules.loc[rules["cohort"] != "", "unit"].iloc[0]
    st.caption(
        f"Share of each cohort's {wording.escaped(unit)} with a row that breaks the rule. {SMALL_COUNTS}"
    )
    small_table(wide.rename(columns={"title": "Rule broken", "rule": "Rule"}), alt="Broken rules by cohort")


def _missing(served: Served) -> None:
    missing = cache.quality_missing(served.url, served.release_id)
    whole = missing[missing["cohort"] == ""]
    lacking = whole[whole["count"].isna() | (whole["count"] > 0)]
    if whole.empty:
        return
    st.subheader("Missing values")
    complete = whole.loc[whole["count"].eq(0).fillna(value=False), "column"].drop_duplicates().tolist()
    if len(lacking):
        own = missing[missing["column"].isin(lacking["column"]) & missing["source"].isin(lacking["source"])]
        with_all = own.assign(cohort=own["cohort"].where(own["cohort"] != "", "All"))
        wide = by_cohort(with_all, ("source", "column"))
        small_table(
            wide.rename(columns={"source": "Table", "column": "Column"}),
            alt="Share of accepted rows without a value, by column and cohort",
        )
    st.caption(
        f"Share of accepted rows that have no value. {SMALL_COUNTS} "
        + (f"Complete in every row: {wording.escaped(', '.join(complete))}." if complete else "")
    )


def _distributions(served: Served, deliveries: pd.DataFrame) -> None:
    shapes = distributions(cache.quality_shapes(served.url, served.release_id))
    if not shapes:
        return
    earlier = deliveries["release_id"].tolist()[:-1]
    before = (
        {s.key: s for s in distributions(cache.quality_shapes(served.url, earlier[-1]))} if earlier else {}
    )
    pairs = [(shape, before.get(shape.key)) for shape in shapes]
    indexed = [(psi(new, old) if old else None, new, old) for new, old in pairs]
    indexed.sort(key=lambda row: -(row[0] or 0.0))
    st.subheader("Distributions of accepted values")
    st.caption(
        "Blue bars are this release"
        + (", the dark outline is the release before; the largest changes come first" if before else "")
        + ". The axis is the contract's range; bars of 1 to 10 values are all drawn alike."
    )
    with cards("distributions"):
        for index, new, old in indexed:
            with st.container(border=True):
                st.markdown(f"**{wording.escaped(new.name)}**")
                st.altair_chart(
                    charts.distribution(new, old), alt=f"Distribution of {new.name}. {psi_text(index)}"
                )
                if index is not None:
                    st.caption(f"{psi_text(index)} (population stability index {index:.2f})".capitalize())
