"""A ward's table with odd rows, as CSV and as Parquet, and what the gate makes of it with corrections."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pandas as pd

from data_contracts.contract import load
from data_contracts.corrections.correction import Correction
from data_contracts.gate import validate
from data_contracts.validation.result import GateResult

NOW = datetime(2024, 6, 1, tzinfo=UTC)
Form = Literal["csv", "parquet"]

CONTRACT = """
kind: DataContract
apiVersion: v3.0.2
id: ward
name: ward
version: 1.0.0
status: active
schema:
  - name: visits
    customProperties: [{property: maxQuarantineFraction, value: 0.9}]
    properties:
      - name: patient
        logicalType: string
        primaryKey: true
        primaryKeyPosition: 1
        customProperties: [{property: role, value: subject}]
      - name: day
        logicalType: date
        primaryKey: true
        primaryKeyPosition: 2
        customProperties: [{property: role, value: time}]
      - name: pulse
        logicalType: number
        quality:
          - {type: custom, engine: meta-med, implementation: {rule: hard_range, min: 20, max: 250, releasable: true}}
      - name: weight
        logicalType: number
        quality:
          - {type: custom, engine: meta-med, implementation: {rule: hard_range, min: 1, max: 400}}
      - name: note
        logicalType: string
"""
ROWS = [
    ("A", "2024-01-01", "70", "80.5", "plain"),
    ("A", "2024-02-01", "15", "81", "an athlete asleep"),
    ("B", "2024-01-01", "900", "5000", "both, and = a comma"),
    ("B", "2024-02-01", "72", "4100", 'a "quoted" word'),
    ("C", "2024-01-01", "64", "60", "plain"),
]
HEADER = ("patient", "day", "pulse", "weight", "note")


def written(folder: Path, form: Form, rows: Sequence[Sequence[str]] = ROWS) -> Path:
    """The table as a file of this form."""
    frame = pd.DataFrame(rows, columns=list(HEADER))
    path = folder / f"visits.{form}"
    if form == "csv":
        frame.to_csv(path, index=False, lineterminator="\n")
    else:
        numbers = {name: pd.to_numeric(frame[name]).astype(float) for name in ("pulse", "weight")}
        frame.assign(**numbers).to_parquet(path, index=False)
    return path


def judged(path: Path, corrections: Sequence[Correction] = (), contract: str = CONTRACT) -> GateResult:
    """What the gate says of the file."""
    terms = path.parent / "ward.yaml"
    terms.write_text(contract)
    return validate(load(terms), {"visits": path}, now=NOW, corrections=corrections)


def held_text(result: GateResult, line: int) -> str:
    """The row as it was delivered."""
    held = result.quarantined
    return str(held["raw"][held["line"] == line].iloc[0])
