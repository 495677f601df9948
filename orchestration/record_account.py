"""The account of a run's records, as its stages left it: what is told on a terminal, in `--json` and on the page."""

import json
from typing import Any

import pandas as pd

from orchestration.run_folder import RunFolder

ACCOUNT, RECORD_USE = "account.json", "record_use.json"
SEVERITY = {"W": "warning", "N": "info"}


def account(folder: RunFolder) -> dict[str, Any]:
    """What became of every accepted row, by source and code; and of every record, by split, once episodes are made."""
    told: dict[str, Any] = json.loads((folder.path / ACCOUNT).read_text(encoding="utf-8"))
    use = folder.path / RECORD_USE
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
