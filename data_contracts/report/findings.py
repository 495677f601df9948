"""The findings as the page lists them: title, counts, trend, reach, and what a data steward does.

A finding's reach is the patients it touches and their published predictions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.contract.model import Contract
from data_contracts.contract.vocabulary import code_entry
from data_contracts.report.distributions import highest_share, share_points, sparkline
from data_contracts.report.shapes import AcceptedRows
from data_contracts.report.tally import DeliveryCounts, missing_cells, percent, reason_key
from data_contracts.validation.result import OTHER

MOST_LINES = 8

_SEVERITIES = {
    "critical": "Not used: these rows, or the whole delivery",
    "warning": "Check these: the rows were kept",
    "info": "Corrected: nothing to do",
}


def findings_by_severity(
    findings: Sequence[Mapping[str, Any]],
    counts: DeliveryCounts,
    before: Sequence[DeliveryCounts],
    reach: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """Findings grouped by severity, in the gate's order."""
    groups = []
    for severity, says in _SEVERITIES.items():
        found = [_finding_entry(f, counts, before, reach) for f in findings if f["severity"] == severity]
        if found:
            groups.append({"severity": severity, "says": says, "findings": found})
    return groups


def _finding_entry(
    finding: Mapping[str, Any],
    counts: DeliveryCounts,
    before: Sequence[DeliveryCounts],
    reach: Mapping[str, Any],
) -> dict[str, Any]:
    code, key = finding["code"], reason_key(finding["rule"], finding["code"])
    lines = ", ".join(f"{n:,}" for n in finding["lines"][:MOST_LINES])
    series = share_points([*before, counts], key, finding["cohort"])
    return {
        **{name: finding[name] for name in ("code", "message", "rule", "column", "cohort", "count", "kahn")},
        "title": title(code),
        "share": percent(finding["share"]) if finding["share"] else "",
        "of_all": finding["share"],
        "lines": f"{lines}, …" if lines and finding["count"] > MOST_LINES else lines,
        "done": _action(code),
        "advice": advice(code) if code[0] in "EQW" else "",
        "trend": sparkline(series, highest_share(series)),
        "new": bool(before) and all(not p.height for p in series[:-1]),
        "reach": reach["findings"].get(key),
    }


_ACTIONS = {"E": "delivery rejected", "Q": "rows held back", "W": "warned, rows kept", "N": "corrected"}
_ADVICE_BY_LETTER = {
    "E": "Correct this at the source and deliver again.",
    "Q": "Look at these lines in the quarantine; correct them at the source, or release them with a reason.",
    "W": "Nothing is held back; find out whether it is intended.",
    "N": "Nothing to do.",
}


def title(code: str) -> str:
    """The title of a code: "Q_HARD_RANGE" is "Impossible values"."""
    entry = code_entry(code)
    if entry is None:  # a code of an earlier version, in a stored report
        return code[2:].replace("_", " ").capitalize()
    return entry.title_if_normalised if code[0] == "N" and entry.title_if_normalised else entry.title


def advice(code: str) -> str:
    """What a data steward does about findings of this code."""
    entry = code_entry(code)
    own = entry.advice if entry and code[0] in "EQ" else ""
    return own or _ADVICE_BY_LETTER[code[0]]


def _action(code: str) -> str:
    """What the gate did about it."""
    return _ACTIONS[code[0]]


WITHHELD = "withheld"


@dataclass(frozen=True, kw_only=True)
class PatientFindings:
    """The published predictions of a study. Holds identifiers: they are counted, never shown."""

    predictions: pd.DataFrame
    """One row per published prediction: subject, status ("withheld" where none is shown)."""
    published: tuple[int, int] | None = None
    """How many predictions and patients there are, where only those of some patients are in `predictions`."""
    cohorts: "pd.Series[Any] | None" = None
    """Subject -> the study's cohort, for tables whose contract has no cohort column."""
    says: str = "now published"
    """Which predictions these are: "now published" or "of this release"."""


def reach(touched: pd.DataFrame, patients: PatientFindings | None) -> dict[str, Any]:
    """Patients and predictions touched, by reason and in total.

    Args:
        touched: one row per (reason, patient): source, rule, code, subject.
        patients: the published predictions; None where nothing is published or used.

    Returns:
        `patients`, `findings` by reason and, with `patients`, `published`. Corrections (N_) count for no prediction.

    """
    by_reason = touched.assign(
        key=[reason_key(r, c) for r, c in zip(touched["rule"], touched["code"], strict=True)]
    )
    matters = touched[~touched["code"].str.startswith("N")] if len(touched) else touched
    content: dict[str, Any] = {
        "patients": int(matters["subject"].nunique()),
        "findings": {
            str(key): _reason_reach(part["subject"], str(key), patients)
            for key, part in by_reason.groupby("key", sort=False)
        },
    }
    if patients is not None:
        everything = patients.predictions
        predictions, people = patients.published or (len(everything), int(everything["subject"].nunique()))
        content["published"] = {
            "says": patients.says,
            "predictions": predictions,
            "patients": people,
            **_prediction_reach(matters["subject"], patients),
        }
    return content


def _reason_reach(subjects: "pd.Series[Any]", key: str, patients: PatientFindings | None) -> dict[str, int]:
    found = {"patients": int(subjects.nunique())}
    # a correction touches no prediction
    return found | (_prediction_reach(subjects, patients) if patients and " N_" not in key else {})


def _prediction_reach(subjects: "pd.Series[Any]", patients: PatientFindings) -> dict[str, int]:
    reached = patients.predictions[patients.predictions["subject"].isin(subjects.unique())]
    withheld = int((reached["status"] == WITHHELD).sum())
    return {
        "touched_patients": int(reached["subject"].nunique()),
        "touched": len(reached),
        "withheld": withheld,
        "marked": len(reached) - withheld,
    }


def with_study_cohorts(
    counts: DeliveryCounts,
    touched: pd.DataFrame,
    valid: Mapping[str, pd.DataFrame],
    contract: Contract,
    cohorts: "pd.Series[Any]",
) -> DeliveryCounts:
    """The counts by the study's cohorts, for tables whose contract has no cohort column.

    Args:
        counts: of the delivery.
        touched: one row per (reason, patient): source, rule, code, subject.
        valid: table -> accepted rows.
        contract: of the delivery.
        cohorts: subject -> the study's cohort.

    Returns:
        The counts with patients touched and values missing by cohort.

    """
    sizes = cohorts.value_counts()
    broken = {key: dict(cells) for key, cells in counts.broken.items()}
    missing = dict(counts.missing)
    units = dict(counts.units)
    for name, table in contract.tables.items():
        if table.cohort or not table.subject:
            continue
        units[name] = "patients"
        own = touched[touched["source"] == name]
        for (rule, code), part in own.groupby(["rule", "code"], sort=False):
            found = part["subject"].map(cohorts).value_counts()
            cells = broken.setdefault(reason_key(str(rule), str(code)), {})
            cells.update({str(c): (int(found.get(c, 0)), int(of)) for c, of in sizes.items()})
        if name in valid:
            rows = AcceptedRows(valid, table)
            codes, names = pd.factorize(rows[table.subject].astype("str").map(cohorts), sort=True)
            places = np.where(codes < 0, len(names), codes).astype(np.int64)
            known = [str(n) for n in names]
            missing |= missing_cells(rows, (places, [*known, OTHER] if (codes < 0).any() else known))
    return replace(counts, units=units, broken=broken, missing=missing)
