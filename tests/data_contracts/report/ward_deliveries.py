"""A small contract with wards as cohorts, and deliveries of it."""

from pathlib import Path

import pandas as pd

from data_contracts.contract import Contract, load
from data_contracts.gate import validate
from data_contracts.validation.result import GateResult

CONTRACT = """
kind: DataContract
apiVersion: v3.0.2
id: wards
name: wards
version: 1.0.0
status: active
schema:
  - name: visits
    customProperties: [{property: maxQuarantineFraction, value: 0.9}]
    properties:
      - name: patient
        logicalType: string
        required: true
        customProperties: [{property: role, value: subject}]
      - name: ward
        logicalType: string
        customProperties: [{property: role, value: cohort}]
      - name: weight
        logicalType: number
        customProperties: [{property: unit, value: kg}]
        quality:
          - {type: custom, engine: meta-med, implementation: {rule: hard_range, min: 0, max: 320}}
          - {type: custom, engine: meta-med, implementation: {rule: soft_range, min: 40, max: 200}}
"""


def contract(folder: Path, text: str = CONTRACT) -> Contract:
    """The contract, loaded from a file."""
    path = folder / "wards.yaml"
    path.write_text(text)
    return load(path)


def rows(wards: dict[str, int], weight: float = 70.0) -> pd.DataFrame:
    """Two rows per patient, so many rows per ward."""
    names = [name for name, count in wards.items() for _ in range(count)]
    patients = [f"P{i // 2:04d}" for i in range(len(names))]
    spread = [weight + i % 40 - 20 for i in range(len(names))]
    return pd.DataFrame({"patient": patients, "ward": names, "weight": spread})


def broken(
    frame: pd.DataFrame, ward: str, count: int, column: str = "weight", value: object = -5.0
) -> pd.DataFrame:
    """The same rows with invalid weights in the first rows of a ward."""
    frame = frame.copy()
    frame.loc[frame.index[frame["ward"] == ward][:count], column] = value
    return frame


def validated(folder: Path, frame: pd.DataFrame, text: str = CONTRACT) -> tuple[GateResult, Contract]:
    """The gate's result for a delivery."""
    terms = contract(folder, text)
    frame.to_csv(folder / "visits.csv", index=False)
    return validate(terms, {"visits": folder / "visits.csv"}), terms
