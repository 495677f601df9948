"""Tiny FHIR, OMOP and MEDS exports, written in code."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from data_contracts.standards.convert import ConversionAccount, ConversionError, convert
from data_contracts.standards.mapping.model import RecordMapping
from data_contracts.standards.mapping.parse import parse

LOINC, SNOMED = "http://loinc.org", "http://snomed.info/sct"
Resource = dict[str, Any]

FHIR_MAPPING = """
mapping: visits
standard: fhir-r4
records: {by: visit}
subject: patient_id
time: time
columns:
  systolic: {codes: ["loinc|8480-6"], unit: "mm[Hg]"}
  diastolic: {codes: ["loinc|8462-4"], unit: "mm[Hg]"}
  creatinine: {codes: ["loinc|2160-0"], units: {mg/dL: 1, umol/L: 0.0113}, take: mean}
  smoker: {codes: ["loinc|72166-2"], categories: {"snomed|266919005": never, "snomed|8517006": former}}
  sex: {patient: gender, values: {female: F, male: M}}
  age: {age: years}
  diabetes_before: {had_before: ["snomed|44054006"]}
"""


def patient(key: str = "p1", **more: Any) -> Resource:
    return {"resourceType": "Patient", "id": key, "gender": "female", "birthDate": "1960-07-01", **more}


def encounter(
    key: str = "e1", subject: str = "p1", start: str = "2020-01-10T09:00:00Z", **more: Any
) -> Resource:
    return {
        "resourceType": "Encounter",
        "id": key,
        "status": "finished",
        "class": {"code": "AMB"},
        "subject": {"reference": f"Patient/{subject}"},
        "period": {"start": start, "end": start.replace("T09:", "T10:")},
        **more,
    }


def concept(*codings: tuple[str, str]) -> Resource:
    return {"coding": [{"system": system, "code": code} for system, code in codings]}


def observation(key: str = "o1", code: str = "2160-0", value: float | None = 1.0, **more: Any) -> Resource:
    """A creatinine in mg/dL at the first patient's visit."""
    quantity = {} if value is None else {"valueQuantity": {"value": value, "unit": "mg/dL", "code": "mg/dL"}}
    return {
        "resourceType": "Observation",
        "id": key,
        "status": "final",
        "code": concept((LOINC, code)),
        "subject": {"reference": "Patient/p1"},
        "encounter": {"reference": "Encounter/e1"},
        "effectiveDateTime": "2020-01-10T09:30:00Z",
        **quantity,
        **more,
    }


def condition(key: str = "c1", recorded: str = "2019-05-01", **more: Any) -> Resource:
    return {
        "resourceType": "Condition",
        "id": key,
        "code": concept((SNOMED, "44054006")),
        "subject": {"reference": "Patient/p1"},
        "recordedDate": recorded,
        **more,
    }


def write_ndjson(folder: Path, resources: Iterable[Resource]) -> Path:
    """One file per type, as in bulk exports."""
    folder.mkdir(parents=True, exist_ok=True)
    lines: dict[str, list[str]] = {}
    for resource in resources:
        lines.setdefault(resource["resourceType"], []).append(json.dumps(resource))
    for kind, written in lines.items():
        (folder / f"{kind}.000.ndjson").write_text("\n".join(written) + "\n")
    return folder


@cache
def _parsed(mapping: str) -> RecordMapping:
    return parse(mapping.encode(), file="mapping.yaml")


def converted(
    folder: Path, mapping: str = FHIR_MAPPING, place: Path | None = None
) -> tuple[pd.DataFrame, ConversionAccount]:
    """The resulting table and the account; the table is empty if nothing could be used."""
    out = (place or folder.parent) / "records.parquet"
    try:
        account = convert(_parsed(mapping), folder, out)
    except ConversionError as error:
        if error.account is None:
            raise
        return pd.DataFrame(columns=list(_parsed(mapping).column_names)), error.account
    return pd.read_parquet(out), account


def fhir(
    tmp_path: Path, *events: Resource, mapping: str = FHIR_MAPPING
) -> tuple[pd.DataFrame, ConversionAccount]:
    """The conversion of one patient with one visit and these events."""
    people = [e for e in events if e["resourceType"] == "Patient"] or [patient()]
    visits = [e for e in events if e["resourceType"] == "Encounter"] or [encounter()]
    others = [e for e in events if e["resourceType"] not in ("Patient", "Encounter")]
    return converted(write_ndjson(tmp_path / "export", [*people, *visits, *others]), mapping)


def reasons(account: ConversionAccount) -> dict[str, int]:
    """Reason -> count, over all tables and columns."""
    counts: dict[str, int] = {}
    for entry in account.left_out:
        counts[entry.code] = counts.get(entry.code, 0) + entry.count
    return counts


def write_omop(folder: Path, tables: Mapping[str, pd.DataFrame], form: str = "csv") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        if form == "parquet":
            table.to_parquet(folder / f"{name}.parquet", index=False)
        else:
            write_text(folder / f"{name}.{form}", table.to_csv(index=False))
    return folder


def write_text(path: Path, text: str) -> None:
    """Compressed by the suffix of the name."""
    packing = {".gz": "gzip", ".zst": "zstd"}.get(path.suffix)
    with pa.output_stream(path, compression=packing) as stream:
        stream.write(text.encode())


def write_meds(folder: Path, *shards: list[tuple[int, datetime | None, str, float | None]]) -> Path:
    """Shards of (subject_id, time, code, numeric_value)."""
    (folder / "data").mkdir(parents=True)
    for number, rows in enumerate(shards):
        subject, time, code, value = zip(*rows, strict=True)
        table = pa.table(
            {
                "subject_id": pa.array(subject, pa.int64()),
                "time": pa.array(time, pa.timestamp("us")),
                "code": pa.array(code, pa.string()),
                "numeric_value": pa.array(value, pa.float32()),
            }
        )
        parquet.write_table(table, folder / "data" / f"{number}.parquet")
    return folder
