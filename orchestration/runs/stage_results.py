"""What the stages of a run left in its folder, read back: the gate's results and the records.

Also the refusal that ends a run: a delivery that the gate rejected.
"""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from meta_med import run_files
from orchestration.errors import DataError
from orchestration.runs.run_folder import RunFolder

REJECTED = "reject"
SEVERITY = {"W": "warning", "N": "info"}
# written out so that Dagster's definitions load no torch; a test holds it to meta_med's own
PROMINENT = ("W_MOST_WITHOUT_OUTCOME", "W_NO_EARLIER_RECORD")


def gate_verdict(folder: RunFolder) -> dict[str, Any]:
    """The gate's verdict on the run's files, with counts of rows and patients."""
    return folder.read(run_files.JUDGEMENT)


def gate_findings(folder: RunFolder) -> pd.DataFrame:
    """What the gate found: one row per rule, column and cohort."""
    return pd.read_parquet(folder.path / run_files.FINDINGS)


def valid_tables(folder: RunFolder) -> dict[str, pd.DataFrame]:
    """Contract table name -> its valid rows.

    Raises:
        DataError: the gate rejected the delivery.

    """
    require_accepted(folder)
    return {
        path.stem: pd.read_parquet(path) for path in sorted((folder.path / run_files.VALID).glob("*.parquet"))
    }


def withheld_subjects(folder: RunFolder) -> frozenset[str]:
    """Patients whose identity or history is in doubt: they get no prediction."""
    return frozenset(folder.read(run_files.WITHHELD)["subjects"])


def linked_subjects(folder: RunFolder) -> list[list[str]]:
    """Groups of patients who may be one person: they go into one split together."""
    people: list[list[str]] = folder.read(run_files.LINKED)["people"]
    return people


def require_accepted(folder: RunFolder) -> None:
    """Raise `DataError` if the gate rejected the delivery."""
    verdict = gate_verdict(folder)
    if verdict["verdict"] == REJECTED:
        raise DataError(rejection_message(verdict))


def rejection_message(verdict: Mapping[str, Any]) -> str:
    """Why a delivery was rejected, in one paragraph."""
    reasons = " ".join(verdict["rejected_because"]) or "no reason was given."
    return (
        f"The delivery was rejected: {reasons} Nothing was published; the release before is still served. "
        "Correct the file at its source and deliver it again; the data-quality report has the lines."
    )


def record_account(folder: RunFolder, *, of_the_night: bool = False) -> dict[str, Any]:
    """What became of every accepted row, by source and code, and, after `episodes`, of every record, by split.

    `of_the_night`: of the records that a night has made, instead of those for training.
    """
    place = folder.night if of_the_night else folder.path
    account = json.loads((place / run_files.ACCOUNT).read_text(encoding="utf-8"))
    use = folder.path / run_files.RECORD_USE
    return {**account, "splits": json.loads(use.read_text(encoding="utf-8")) if use.is_file() else []}


def cohorts_left_out(folder: RunFolder) -> list[str]:
    """The cohorts that the run held out as a whole."""
    marker = folder.marker("cohorts") or {}
    names: list[str] = (
        marker.get("summary", {}).get("tables", {}).get("cohorts_left_out", {}).get("cohort", [])
    )
    return names


def left_out_lines(names: list[str]) -> list[str]:
    """The cohorts held out as a whole, for a terminal; no line where there are none."""
    if not names:
        return []
    return [
        f"Held out: every patient with a record in cohort {', '.join(names)}; nothing of them was used for training, "
        "tuning or calibration."
    ]


def record_findings(account: dict[str, Any]) -> pd.DataFrame:
    """The counts of `record_account` in the columns of published findings."""
    accepted = {source["source"]: source["accepted"] for source in account["sources"]}
    rows = [
        {
            "code": entry["code"],
            "severity": SEVERITY[entry["code"][0]],
            "rule": "records",
            "source": entry["source"],
            "column": entry["column"],
            "cohort": "",
            "count": entry["count"],
            "share": entry["count"] / accepted[entry["source"]] if entry["unit"] == "rows" else None,
            "message": entry["message"],
            "title": "Left out of the records" if entry["left_out"] else "Made into records",
            "kahn": entry["kahn"],
        }
        for entry in account["counted"]
    ]
    return pd.DataFrame(rows).astype({"share": "float64"}) if rows else pd.DataFrame()


def record_lines(account: dict[str, Any]) -> list[str]:
    """The account for a terminal: one line for all sources, and one for everything that was left out or changed."""
    used = [
        f"{s['source']}: {s['used']:,} of {s['accepted']:,} accepted rows used, {s['left_out']:,} left out"
        for s in account["sources"]
    ]
    series = f" ({account['series']:,} series)" if account["series"] > account["patients"] else ""
    head = f"Records: {account['records']:,} of {account['patients']:,} patients{series}. {'; '.join(used)}."
    return [head, *(f"  {entry['code']}: {entry['message']}" for entry in account["counted"])]


def question_lines(account: Mapping[str, Any]) -> list[str]:
    """What the rows change in the study's question, in sentences; mostly none."""
    return [entry["message"] for entry in account["counted"] if entry["code"] in PROMINENT]
