"""The findings as the page lists them: what, how many, since when, how far they reach, and what follows.

A finding's reach is the patients it touches and the published predictions that rest on them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.contract.model import Contract
from data_contracts.report.distributions import highest, line, points
from data_contracts.report.shapes import AcceptedRows
from data_contracts.report.tally import DeliveryCounts, key_of, missing_cells, percent
from data_contracts.report.words import advice, done_about, title
from data_contracts.validation.result import OTHER

LINES_TOLD = 8

_SEVERITIES = {
    "critical": "Stopped: these rows, or the whole delivery, are not used",
    "warning": "Look at these: the rows were kept",
    "info": "Put right: nothing to do",
}


def findings_by_severity(
    findings: Sequence[Mapping[str, Any]],
    batch: DeliveryCounts,
    before: Sequence[DeliveryCounts],
    reach: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """Findings under their severity, as the gate ordered them."""
    groups = []
    for severity, says in _SEVERITIES.items():
        found = [_told(f, batch, before, reach) for f in findings if f["severity"] == severity]
        if found:
            groups.append({"severity": severity, "says": says, "findings": found})
    return groups


def _told(
    finding: Mapping[str, Any],
    batch: DeliveryCounts,
    before: Sequence[DeliveryCounts],
    reach: Mapping[str, Any],
) -> dict[str, Any]:
    code, key = finding["code"], key_of(finding["rule"], finding["code"])
    lines = ", ".join(f"{n:,}" for n in finding["lines"][:LINES_TOLD])
    series = points([*before, batch], key, finding["cohort"])
    return {
        **{name: finding[name] for name in ("code", "message", "rule", "column", "cohort", "count", "kahn")},
        "title": title(code),
        "share": percent(finding["share"]) if finding["share"] else "",
        "of_all": finding["share"],
        "lines": f"{lines}, …" if lines and finding["count"] > LINES_TOLD else lines,
        "done": done_about(code),
        "advice": advice(code) if code[0] in "EQW" else "",
        "trend": line(series, highest(series)),
        "new": bool(before) and all(not p.height for p in series[:-1]),
        "reach": reach["findings"].get(key),
    }


WITHHELD = "withheld"


@dataclass(frozen=True, kw_only=True)
class PatientFindings:
    """What is published of the patients. Holds identifiers: counted here, never shown."""

    predictions: pd.DataFrame
    """One row a published prediction: subject, status ("withheld" where none is shown)."""
    cohorts: "pd.Series[Any] | None" = None
    """Subject -> the study's cohort, for tables whose contract knows no cohorts."""
    says: str = "now published"
    """Which predictions these are: "now published", "of this release"."""


def reach(touched: pd.DataFrame, patients: PatientFindings | None) -> dict[str, Any]:
    """Patients and predictions by reason, and of all reasons that hold rows back or warn."""
    by_reason = touched.assign(
        key=[key_of(r, c) for r, c in zip(touched["rule"], touched["code"], strict=True)]
    )
    matters = touched[~touched["code"].str.startswith("N")] if len(touched) else touched
    content: dict[str, Any] = {
        "patients": int(matters["subject"].nunique()),
        "findings": {
            str(key): _of_reason(part["subject"], str(key), patients)
            for key, part in by_reason.groupby("key", sort=False)
        },
    }
    if patients is not None:
        everything = patients.predictions
        content["published"] = {
            "says": patients.says,
            "predictions": len(everything),
            "patients": int(everything["subject"].nunique()),
            **_predictions(matters["subject"], patients),
        }
    return content


def _of_reason(subjects: "pd.Series[Any]", key: str, patients: PatientFindings | None) -> dict[str, int]:
    found = {"patients": int(subjects.nunique())}
    # what was put right touches no prediction
    return found | (_predictions(subjects, patients) if patients and " N_" not in key else {})


def _predictions(subjects: "pd.Series[Any]", patients: PatientFindings) -> dict[str, int]:
    rests = patients.predictions[patients.predictions["subject"].isin(subjects.unique())]
    withheld = int((rests["status"] == WITHHELD).sum())
    return {
        "touched_patients": int(rests["subject"].nunique()),
        "touched": len(rests),
        "withheld": withheld,
        "marked": len(rests) - withheld,
    }


def by_study_cohort(
    batch: DeliveryCounts,
    touched: pd.DataFrame,
    valid: Mapping[str, pd.DataFrame],
    contract: Contract,
    cohorts: "pd.Series[Any]",
) -> DeliveryCounts:
    """The batch with the study's cohorts where the contract knows none: patients touched, values missing."""
    sizes = cohorts.value_counts()
    broken = {key: dict(cells) for key, cells in batch.broken.items()}
    missing = dict(batch.missing)
    units = dict(batch.units)
    for name, table in contract.tables.items():
        if table.cohort or not table.subject:
            continue
        units[name] = "patients"
        own = touched[touched["source"] == name]
        for (rule, code), part in own.groupby(["rule", "code"], sort=False):
            found = part["subject"].map(cohorts).value_counts()
            cells = broken.setdefault(key_of(str(rule), str(code)), {})
            cells.update({str(c): (int(found.get(c, 0)), int(of)) for c, of in sizes.items()})
        if name in valid:
            rows = AcceptedRows(valid, table)
            codes, names = pd.factorize(rows[table.subject].astype("str").map(cohorts), sort=True)
            places = np.where(codes < 0, len(names), codes).astype(np.int64)
            known = [str(n) for n in names]
            missing |= missing_cells(rows, (places, [*known, OTHER] if (codes < 0).any() else known))
    return replace(batch, units=units, broken=broken, missing=missing)
