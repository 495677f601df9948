"""Drawn tables: a small contract, a table written as text, and what the gate makes of it."""

from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

from data_contracts.contract import load
from data_contracts.gate import validate
from data_contracts.validation.result import GateResult

NOW = datetime(2024, 6, 1, tzinfo=UTC)

VISITS = """
kind: DataContract
apiVersion: v3.0.2
id: drawn
name: drawn
version: 1.0.0
status: active
schema:
  - name: visits
    customProperties:
      - {property: maxQuarantineFraction, value: 0.8}
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
        quality:
          - {type: custom, engine: meta-med, implementation: {rule: hard_range, min: '1990-01-01', max: now + 1 day}}
      - name: hdl
        logicalType: number
        customProperties: [{property: unit, value: mg/dL}]
        quality:
          - {type: custom, engine: meta-med, implementation: {rule: hard_range, min: 1, max: 300}}
          - {type: custom, engine: meta-med, implementation: {rule: soft_range, min: 10, max: 150}}
      - name: sex
        logicalType: string
        quality:
          - {type: custom, engine: meta-med, implementation: {rule: allowed, values: [f, m]}}
"""


def gate(folder: Path, drawing: str | bytes, contract: str = VISITS) -> GateResult:
    """The gate's result for one table drawn as comma-separated text."""
    terms, table = folder / "drawn.yaml", folder / "visits.csv"
    terms.write_text(contract)
    raw = (
        drawing if isinstance(drawing, bytes) else (dedent(drawing).strip() + "\n").replace(" ", "").encode()
    )
    table.write_bytes(raw)
    return validate(load(terms), {"visits": table}, now=NOW)


def reasons(result: GateResult) -> list[tuple[int, str, str]]:
    """(line, code, column) of every reason in the quarantine."""
    held = result.quarantined
    return list(zip(held["line"], held["code"], held["column"], strict=True))


def codes(result: GateResult) -> set[str]:
    """Codes of all findings."""
    return {f.code for f in result.findings}
