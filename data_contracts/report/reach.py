"""How far each finding reaches: how many patients, and which published predictions rest on them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.report.accepted_rows import AcceptedRows
from data_contracts.report.batch import Batch
from data_contracts.report.tally import key_of, missing_cells
from data_contracts.result import OTHER
from data_contracts.terms import Contract

WITHHELD = "withheld"


@dataclass(frozen=True, kw_only=True)
class Patients:
    """What is published of the patients. Holds identifiers: counted here, never shown."""

    predictions: pd.DataFrame
    """One row a published prediction: subject, status ("withheld" where none is shown)."""
    cohorts: "pd.Series[Any] | None" = None
    """Subject -> the study's cohort, for tables whose contract knows no cohorts."""
    says: str = "now published"
    """Which predictions these are: "now published", "of this release"."""


def reach(touched: pd.DataFrame, patients: Patients | None) -> dict[str, Any]:
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


def _of_reason(subjects: "pd.Series[Any]", key: str, patients: Patients | None) -> dict[str, int]:
    found = {"patients": int(subjects.nunique())}
    # what was put right touches no prediction
    return found | (_predictions(subjects, patients) if patients and " N_" not in key else {})


def _predictions(subjects: "pd.Series[Any]", patients: Patients) -> dict[str, int]:
    rests = patients.predictions[patients.predictions["subject"].isin(subjects.unique())]
    withheld = int((rests["status"] == WITHHELD).sum())
    return {
        "touched_patients": int(rests["subject"].nunique()),
        "touched": len(rests),
        "withheld": withheld,
        "marked": len(rests) - withheld,
    }


def by_study_cohort(
    batch: Batch,
    touched: pd.DataFrame,
    valid: Mapping[str, pd.DataFrame],
    contract: Contract,
    cohorts: "pd.Series[Any]",
) -> Batch:
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
