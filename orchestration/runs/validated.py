"""The account of a run's records, as its stages left it: what is told on a terminal, in `--json` and on the page."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from meta_med import run_files
from orchestration.errors import DataError
from orchestration.runs.run_folder import RunFolder

SEVERITY = {"W": "warning", "N": "info"}


def account(folder: RunFolder) -> dict[str, Any]:
    """What became of every accepted row, by source and code; and of every record, by split, once episodes are made."""
    told = folder.read(run_files.ACCOUNT)
    use = folder.path / run_files.RECORD_USE
    return {**told, "splits": json.loads(use.read_text(encoding="utf-8")) if use.is_file() else []}


def as_findings(told: dict[str, Any]) -> pd.DataFrame:
    """What was counted, as published findings are: after those of the gate, for it happened after it."""
    accepted = {source["source"]: source["accepted"] for source in told["sources"]}
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
        for entry in told["counted"]
    ]
    return pd.DataFrame(rows).astype({"share": "float64"}) if rows else pd.DataFrame()


def lines(told: dict[str, Any]) -> list[str]:
    """For a terminal: one line a source, and one for everything that was left out or changed."""
    used = [
        f"{s['source']}: {s['used']:,} of {s['accepted']:,} accepted rows used, {s['left_out']:,} left out"
        for s in told["sources"]
    ]
    head = f"Records: {told['records']:,} of {told['patients']:,} patients. {'; '.join(used)}."
    return [head, *(f"  {entry['code']}: {entry['message']}" for entry in told["counted"])]


REJECTED = "reject"


def judgement(folder: RunFolder) -> dict[str, Any]:
    """The gate's verdict on this run's files."""
    return folder.read(run_files.JUDGEMENT)


def findings(folder: RunFolder) -> pd.DataFrame:
    """What the gate found: one row a rule, column and cohort."""
    return pd.read_parquet(folder.path / run_files.FINDINGS)


def valid_tables(folder: RunFolder) -> dict[str, pd.DataFrame]:
    """The rows that passed. Refuses when the delivery was rejected, whoever asks."""
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
    verdict = judgement(folder)
    if verdict["verdict"] == REJECTED:
        raise DataError(rejection(verdict))


def rejection(verdict: Mapping[str, Any]) -> str:
    """Why a delivery was rejected, in one paragraph."""
    reasons = " ".join(verdict["rejected_because"]) or "no reason was given."
    return (
        f"The delivery was rejected: {reasons} Nothing was published; the release before is still served. "
        "Correct the file at its source and deliver it again; the data-quality report has the lines."
    )
