"""Made-up tables of the shapes that people have, each with its contract."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

Column = tuple[str, str, str]
"""Name, type, role."""


def contract(
    tables: Mapping[str, Sequence[Column]],
    keys: Mapping[str, Sequence[str]],
    allowed: Mapping[str, Sequence[Any]] | None = None,
    units: Mapping[str, str] | None = None,
) -> str:
    """A contract's text; `allowed` and `units` are by column name."""
    schema = []
    for table, columns in tables.items():
        entries = []
        for name, kind, role in columns:
            entry: dict[str, Any] = {"name": name, "logicalType": kind}
            if name in keys.get(table, ()):
                entry |= {"primaryKey": True, "primaryKeyPosition": list(keys[table]).index(name) + 1}
            custom = {"role": role, "unit": (units or {}).get(name, "")}
            if any(custom.values()):
                entry["customProperties"] = [{"property": k, "value": v} for k, v in custom.items() if v]
            if name in (allowed or {}):
                rule = {"rule": "allowed", "values": list((allowed or {})[name])}
                entry["quality"] = [{"type": "custom", "engine": "meta-med", "implementation": rule}]
            entries.append(entry)
        schema.append({"name": table, "properties": entries})
    head = {"kind": "DataContract", "apiVersion": "v3.0.2", "id": "made-up", "name": "made_up"}
    return yaml.safe_dump({**head, "version": "1.0.0", "status": "active", "schema": schema}, sort_keys=False)


VISITS: Sequence[Column] = (
    ("patient", "string", "subject"),
    ("day", "integer", "time"),
    ("site", "string", "cohort"),
    ("sample", "string", "identifier"),
    ("sex", "string", ""),
    ("age", "integer", ""),
    ("smoker", "integer", ""),
    ("pressure", "number", ""),
    ("pressure_kpa", "number", ""),
    ("pain", "integer", ""),
    ("visit_no", "integer", ""),
    ("died", "integer", ""),
    ("batch", "string", ""),
    ("note", "string", ""),
)
VISITS_ALLOWED = {"sex": ["f", "m"], "smoker": [0, 1], "pain": [0, 1], "died": [0, 1]}


def visits(patients: int = 60, records: int = 5, seed: int = 0) -> pd.DataFrame:
    """Visits every 90 days at three sites: a measurement twice in two units, a yes/no, static and useless columns."""
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(patients), records)
    n = len(who)
    level = rng.normal(130, 12, patients)[who]
    pressure = (level + rng.normal(0, 6, n)).round(1)
    number = np.tile(np.arange(records), patients)
    return pd.DataFrame(
        {
            "patient": [f"P{i:03d}" for i in who],
            "day": 90 * number,
            "site": np.array(["north", "south", "west"])[who % 3],
            "sample": [f"S{i}" for i in range(n)],
            "sex": np.array(["f", "m"])[(who // 3) % 2],
            "age": 40 + who % 40,
            "smoker": (who // 2) % 2,
            "pressure": pressure,
            "pressure_kpa": (pressure * 0.1333).round(9),
            "pain": (rng.random(n) < 0.4).astype(int),
            "visit_no": number + 1,
            "died": (who % 7 == 0).astype(int),
            "batch": "one",
            "note": [f"text {i}" for i in rng.integers(0, 10**6, n)],
        }
    )


def delivered(folder: Path, text: str, **tables: pd.DataFrame) -> tuple[Path, dict[str, Path]]:
    """The contract's file, and the file of each table, in the folder."""
    path = folder / "made_up.yaml"
    path.write_text(text)
    files = {name: folder / f"{name}.csv" for name in tables}
    for name, frame in tables.items():
        frame.to_csv(files[name], index=False)
    return path, files
