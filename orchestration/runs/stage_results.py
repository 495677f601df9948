"""What the stages of a run left in its folder, read back: the gate's results, the records, the leakage checks.

Also the refusals that end a run: a delivery that the gate rejected, a violated leakage check, and, where the study asks
for it, a champion that is worse than a baseline.
"""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from meta_med import run_files
from meta_med.study import StudySpec
from orchestration.errors import DataError, ModelError
from orchestration.runs.run_folder import RunFolder

REJECTED = "reject"
SEVERITY = {"W": "warning", "N": "info"}
PROMINENT = ("W_MOST_WITHOUT_OUTCOME", "W_NO_EARLIER_RECORD")
HELD, VIOLATED = "held", "violated"

# PROMINENT and these are written out so that Dagster's definitions load no torch; tests hold them to meta_med's own.
LEAKAGE_CHECKS: Mapping[str, str] = {
    "shuffled_outcomes": "Outcomes dealt at random to other records cannot be predicted.",
    "permuted_patient": "With another patient's records the gain of adaptation is lost.",
    "changed_future": "The predicted record's own values and later records change no prediction.",
}


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


def record_account(folder: RunFolder) -> dict[str, Any]:
    """What became of every accepted row, by source and code, and, after `episodes`, of every record, by split."""
    account = folder.read(run_files.ACCOUNT)
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


def leakage_findings(folder: RunFolder) -> pd.DataFrame:
    """One row per leakage check: claim, verdict, evidence, numbers."""
    return pd.read_parquet(folder.path / run_files.LEAKAGE)


def leakage_verdicts(folder: RunFolder) -> dict[str, str]:
    """Leakage check -> held, violated or not judged."""
    found = leakage_findings(folder)
    return {
        str(name): str(verdict) for name, verdict in zip(found["sentinel"], found["verdict"], strict=True)
    }


def violated_claims(folder: RunFolder) -> list[str]:
    """Claims that do not hold, each with its evidence; empty where the model may be published."""
    found = leakage_findings(folder)
    violated = found[found["verdict"] == VIOLATED]
    return [f"{claim} {said}" for claim, said in zip(violated["claim"], violated["evidence"], strict=True)]


def leakage_message(violated: list[str]) -> str:
    """Why a model is not published, in one paragraph."""
    return (
        f"E_LEAK: the model has seen what it must not see. It fails: {' '.join(violated)} Nothing was published; "
        "the release before is still served. Look for a covariate declared `known: ahead` that is not, for "
        "patients who are in the data under two ids, and for outcomes among the covariates."
    )


def require_no_leakage(folder: RunFolder) -> None:
    """Raise `ModelError` if a leakage check is violated."""
    if violated := violated_claims(folder):
        raise ModelError(leakage_message(violated))


def worse_than_baseline(folder: RunFolder) -> list[dict[str, Any]]:
    """Where the champion is worse than a baseline on held-out patients: outcome, told, sure and more."""
    found: list[dict[str, Any]] = json.loads((folder.path / run_files.WORSE).read_text(encoding="utf-8"))
    return found


def worse_lines(found: list[dict[str, Any]]) -> list[str]:
    """The same as lines for a terminal, the certain ones first."""
    return [
        f"{'Worse' if entry['sure'] else 'Perhaps worse'} than a baseline: {entry['outcome']}. {entry['told']}"
        for entry in sorted(found, key=lambda entry: not entry["sure"])
    ]


def require_not_worse(folder: RunFolder, study: StudySpec) -> None:
    """Raise `ModelError` if the champion is worse than a baseline beyond doubt and the study refuses that."""
    sure = [entry for entry in worse_than_baseline(folder) if entry["sure"]]
    if sure and study.serve.worse_than_baseline == "refuse":
        told = " ".join(f"{entry['outcome']}: {entry['told']}" for entry in sure)
        raise ModelError(
            f"E_WORSE: the champion is worse than a baseline. {told} Nothing was published; the release before is "
            "still served. Give it more patients or other learners, leave the outcome out, or write "
            "`serve.worse_than_baseline: say` to publish it with this remark."
        )
