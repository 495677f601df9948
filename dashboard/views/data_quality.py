"""The data-quality page: the gate's findings in the delivery of this release, for data stewards."""

from itertools import pairwise

import pandas as pd
import streamlit as st

from dashboard import cache, session
from dashboard.charts import quality as charts
from dashboard.page_parts import cards, chart, metric_card, small_table
from dashboard.quality import (
    SMALL,
    Distribution,
    by_cohort,
    distributions,
    few,
    psi,
    psi_text,
    same_bars,
    trends,
    value_count,
)
from dashboard.release import Served, manifest_value
from dashboard.wording import data_quality as words
from dashboard.wording import shell
from dashboard.wording.markdown import escaped
from dashboard.wording.message import label
from dashboard.wording.names import NO_VERDICT, SEVERITIES, VERDICTS
from dashboard.wording.numbers import DASH, INTERVAL, NOT_AVAILABLE, number, percent
from dashboard.wording.times import short_day

ORDER = tuple(SEVERITIES)


def show(served: Served) -> None:
    """The verdict, counts, findings, trends, cohorts, missing values and distributions."""
    st.title(shell.DATA_QUALITY())
    verdict = verdict_of(served)
    {"accept": st.success, "quarantine": st.warning}.get(verdict, st.info)(
        VERDICTS.get(verdict, NO_VERDICT)()
    )
    _counts(served)
    deliveries = cache.deliveries(served)
    findings = cache.findings(served)
    st.subheader(words.FINDINGS())
    if findings.empty:
        st.text(words.NO_FINDINGS())
    else:
        _findings(served, findings, deliveries)
    _held_back(deliveries)
    _by_cohort(served)
    _missing(served)
    _distributions(served, deliveries)
    st.subheader(words.REPORT())
    st.markdown(words.REPORT_NOTE())
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
        (words.DELIVERED(), "rows_in"),
        (words.ACCEPTED(), "rows_accepted"),
        (words.HELD_BACK(), "rows_quarantined"),
        (words.PATIENTS_HELD_BACK(), "patients_quarantined"),
    )
    with cards("rows"):
        for title, name in tiles:
            count = manifest_value(served.head, name)
            known = isinstance(count, int)
            shown = number(count, decimals=0) if known else NOT_AVAILABLE()
            metric_card(title, shown, "" if known else words.NOT_RECORDED())


def _findings(served: Served, findings: pd.DataFrame, deliveries: pd.DataFrame) -> None:
    counts = findings["severity"].value_counts().to_dict()
    choices = [severity for severity in ORDER if severity in counts]
    chosen = st.pills(
        words.SEVERITY(),
        choices,
        selection_mode="multi",
        default=choices,
        format_func=lambda severity: words.SEVERITY_COUNT(
            severity=SEVERITIES[severity](), n=counts[severity]
        ),
        key=session.key(served, "severities"),
    )
    shown = findings[findings["severity"].isin(chosen)] if chosen else findings
    small_table(findings_table(shown), alt=words.FINDINGS_ALT())
    published = cache.prediction_count(served)
    st.caption(words.TOUCHED_NOTE(n=published))
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
            words.SEVERITY(): ordered["severity"].map(lambda s: label(SEVERITIES, s)),
            words.WHAT(): [
                words.TITLED(title=title, message=message) if pd.notna(title) and title else message
                for title, message in zip(ordered["title"], ordered["message"], strict=True)
            ],
            words.ROWS(): ordered["count"].map(_count),
            words.SHARE(): ordered["share"].map(percent),
            words.PATIENTS(): ordered["patients"].map(_count),
            words.TOUCHED(): ordered["predictions"].map(_count),
            words.OF_THESE_WITHHELD(): ordered["withheld"].map(_count),
            words.COHORT(): ordered["cohort"].fillna(""),
            words.RULE(): ordered["rule"],
            words.CODE(): ordered["code"],
        }
    )
    return table if table[words.COHORT()].any() else table.drop(columns=words.COHORT())


def _count(count: int | None) -> str:
    return DASH if pd.isna(count) else number(count, decimals=0)


def _trend(served: Served, findings: pd.DataFrame, deliveries: pd.DataFrame) -> None:
    """Each finding's share per release, as a line and as numbers."""
    releases = deliveries["release_id"].tolist()
    found = trends(cache.rules_of(served, releases), releases)
    rows = findings.drop_duplicates(["rule", "code"])
    keys = [key for key in zip(rows["rule"], rows["code"], strict=True) if key in found.index]
    titles = rows.set_index(["rule", "code"])["title"]
    lines = [found.loc[key, "trend"] for key in keys]
    frame = pd.DataFrame(
        {
            words.FINDING(): [str(titles[key]) for key in keys],
            words.RULE(): [key[0] for key in keys],
            words.TREND(): lines,
            words.FIRST(): [percent(line[0]) for line in lines],
            words.BEFORE(): [percent(line[-2]) for line in lines],
            words.NOW(): [percent(line[-1]) for line in lines],
        }
    )
    st.markdown(words.SAME_FINDINGS(n=len(releases)))
    st.dataframe(
        frame,
        hide_index=True,
        column_config={words.TREND(): st.column_config.LineChartColumn(y_min=0)},
        alt=words.SAME_FINDINGS_ALT(),
    )


def _held_back(deliveries: pd.DataFrame) -> None:
    if len(deliveries) < 2:
        return
    st.subheader(words.PER_RELEASE())
    held = [percent(n / of) for n, of in _pairs(deliveries) if of]
    alt = words.PER_RELEASE_ALT(n=len(deliveries), shares=", ".join(held))
    chart(charts.deliveries(deliveries), alt, lambda: deliveries_table(deliveries), "deliveries")
    st.caption(words.REJECTED_NOTE())


def deliveries_table(deliveries: pd.DataFrame) -> pd.DataFrame:
    """One row per release, the oldest first."""
    return pd.DataFrame(
        {
            words.PUBLISHED(): deliveries["published_at"].map(short_day),
            words.DELIVERED(): deliveries["rows_in"].map(_count),
            words.HELD_BACK(): deliveries["rows_quarantined"].map(_count),
            words.SHARE(): [percent(n / of) if of else DASH for n, of in _pairs(deliveries)],
        }
    )


def _pairs(deliveries: pd.DataFrame) -> list[tuple[int, int]]:
    columns = (deliveries[name].fillna(0).astype(int) for name in ("rows_quarantined", "rows_in"))
    return list(zip(*columns, strict=True))


def _by_cohort(served: Served) -> None:
    rules = cache.quality_rules(served)
    wide = by_cohort(rules, ("title", "rule"))
    if wide.empty:
        return
    st.subheader(words.BY_COHORT())
    unit = rules.loc[rules["cohort"] != "", "unit"].iloc[0]
    of = words.OF_PATIENTS if unit == "patients" else words.OF_ROWS
    st.caption(of(small=_small_counts()))
    titles = {"title": words.BROKEN(), "rule": words.RULE()}
    small_table(wide.rename(columns=titles), alt=words.BROKEN_ALT())


def _small_counts() -> str:
    return words.SMALL_COUNTS(n=SMALL, few=few())


def _missing(served: Served) -> None:
    missing = cache.quality_missing(served)
    whole = missing[missing["cohort"] == ""]
    lacking = whole[whole["count"].isna() | (whole["count"] > 0)]
    if whole.empty:
        return
    st.subheader(words.MISSING())
    complete = whole.loc[whole["count"].eq(0).fillna(value=False), "column"].drop_duplicates().tolist()
    if len(lacking):
        own = missing[missing["column"].isin(lacking["column"]) & missing["source"].isin(lacking["source"])]
        with_all = own.assign(cohort=own["cohort"].where(own["cohort"] != "", words.ALL()))
        wide = by_cohort(with_all, ("source", "column"))
        small_table(
            wide.rename(columns={"source": words.TABLE(), "column": words.COLUMN()}),
            alt=words.MISSING_ALT(),
        )
    notes = [words.MISSING_NOTE(small=_small_counts())]
    if complete:
        notes.append(words.COMPLETE(columns=escaped(", ".join(complete))))
    st.caption(" ".join(notes))


def _distributions(served: Served, deliveries: pd.DataFrame) -> None:
    shapes = distributions(cache.quality_shapes(served))
    if not shapes:
        return
    earlier = deliveries["release_id"].tolist()[:-1]
    before = {s.key: s for s in distributions(cache.quality_shapes(served, earlier[-1]))} if earlier else {}
    pairs = [(shape, before.get(shape.key)) for shape in shapes]
    indexed = [(psi(new, old) if old else None, new, old) for new, old in pairs]
    indexed.sort(key=lambda row: -(row[0] or 0.0))
    st.subheader(words.DISTRIBUTIONS())
    drawn = words.BLUE_AND_OUTLINE() if before else words.BLUE()
    st.caption(f"{drawn} {words.AXIS_NOTE(n=SMALL)}")
    with cards("distributions", "wide"):
        for index, new, old in indexed:
            with st.container(border=True):
                _distribution(index, new, old)


def _distribution(index: float | None, new: Distribution, old: Distribution | None) -> None:
    st.markdown(f"**{escaped(new.name)}**")
    alt = words.DISTRIBUTION_ALT(name=new.name, shift=psi_text(index))
    key = "distribution_" + "_".join(new.key)
    chart(charts.distribution(new, old), alt, lambda: distribution_table(new, old), key)
    if index is not None:
        st.caption(psi_text(index))


def distribution_table(new: Distribution, old: Distribution | None) -> pd.DataFrame:
    """One row per bar: its values, and how many they are in this release and the one before."""
    parts = {words.VALUES(): new}
    if old is not None and same_bars(new, old):
        parts[words.EARLIER()] = old
    counts = {title: [value_count(count) for count in shape.counts] for title, shape in parts.items()}
    return pd.DataFrame({words.VALUE(): _bars(new), **counts})


def _bars(shape: Distribution) -> list[str]:
    if shape.axis == "categories":
        return list(shape.labels)
    return [INTERVAL(low=low, high=high) for low, high in pairwise(map(number, shape.edges))]
