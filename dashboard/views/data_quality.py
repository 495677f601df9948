"""What the gate found in the delivery that this release was made of."""

import pandas as pd
import streamlit as st

from dashboard import cached, wording
from dashboard.served import Served, fact
from dashboard.small_table import small_table

ORDER = tuple(wording.SEVERITIES)


def show(served: Served) -> None:
    """The verdict, how many rows went where, and every finding."""
    st.title("Data quality")
    verdict = verdict_of(served)
    {"accept": st.success, "quarantine": st.warning}.get(verdict, st.info)(
        wording.VERDICTS.get(verdict, "The verdict on the delivery was not recorded.")
    )
    _counts(served)
    findings = cached.findings(served.url, served.release_id)
    st.subheader("Findings")
    if findings.empty:
        st.text("The gate found nothing to remark on.")
    else:
        _findings(findings)
    st.subheader("The full report")
    st.markdown(
        "Lines and rules of every row set aside are in the report, one file that opens without a network. "
        "It stands in the home folder of Meta-Med:"
    )
    st.code(f"reports/{served.head.study}/data_quality.html", language=None)


def verdict_of(served: Served) -> str:
    """The recorded verdict, or what the counts say."""
    recorded = fact(served.head, "verdict")
    if recorded is not None:
        return str(recorded)
    aside = fact(served.head, "rows_quarantined")
    return "unknown" if aside is None else "quarantine" if aside else "accept"


def _counts(served: Served) -> None:
    tiles = (
        ("Rows delivered", "rows_in"),
        ("Rows accepted", "rows_accepted"),
        ("Rows set aside", "rows_quarantined"),
        ("Patients affected", "patients_quarantined"),
    )
    for column, (label, name) in zip(st.columns(4), tiles, strict=True):
        count = fact(served.head, name)
        column.metric(label, f"{count:,}" if isinstance(count, int) else wording.NOT_AVAILABLE, border=True)


def _findings(findings: pd.DataFrame) -> None:
    counts = findings["severity"].value_counts().to_dict()
    choices = [severity for severity in ORDER if severity in counts]
    chosen = st.pills(
        "Severity",
        choices,
        selection_mode="multi",
        default=choices,
        format_func=lambda severity: f"{wording.SEVERITIES[severity]} ({counts[severity]})",
        key="severities",
    )
    shown = findings[findings["severity"].isin(chosen)] if chosen else findings
    small_table(findings_table(shown), alt="The findings of the gate, the most severe first")
    st.caption("A row that was set aside reaches neither training nor any prediction.")


def findings_table(findings: pd.DataFrame) -> pd.DataFrame:
    """The most severe first, then the most frequent."""
    rank = findings["severity"].map({name: place for place, name in enumerate(ORDER)}).fillna(len(ORDER))
    ordered = findings.assign(rank=rank).sort_values(
        ["rank", "count"], ascending=[True, False], kind="stable"
    )
    return pd.DataFrame(
        {
            "Severity": ordered["severity"].map(lambda s: wording.SEVERITIES.get(s, s)),
            "What was found": ordered["message"],
            "Rows": ordered["count"],
            "Share": ordered["share"].map(wording.percent),
            "Where": [_place(*place) for place in zip(ordered["source"], ordered["column"], strict=True)],
            "Cohort": ordered["cohort"],
            "Rule": ordered["rule"],
            "Code": ordered["code"],
        }
    )


def _place(source: str | None, column: str | None) -> str:
    return ", ".join(str(part) for part in (source, column) if pd.notna(part) and part)
