"""For any bytes in an export's files, a conversion ends with a table or with one error message."""

import random
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.standards.convert import ConversionError
from tests.data_contracts.standards import test_meds
from tests.data_contracts.standards.exports import (
    FHIR_MAPPING,
    condition,
    converted,
    encounter,
    observation,
    patient,
    write_meds,
    write_ndjson,
    write_omop,
)
from tests.data_contracts.standards.omop import test_export as test_omop

CASES = 25
JUNK = (
    b"null",
    b"{",
    b"}",
    b'"',
    b":",
    b",",
    b"\x00",
    b"\xff",
    b"1e999",
    b"\n",
    b"NaN",
    b"9" * 25,
    b"2020-02-30",
)
MAPPINGS = {"fhir": FHIR_MAPPING, "omop": test_omop.MAPPING, "meds": test_meds.MAPPING}


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    values = [observation(f"o{i}", value=float(i)) for i in range(5)]
    write_ndjson(folder / "fhir", [patient(), patient("p2"), encounter(), *values, condition()])
    write_omop(
        folder / "omop", test_omop.tables() | {"condition_occurrence": test_omop.condition(1, "2019-01-01")}
    )
    write_meds(folder / "meds", test_meds.EVENTS)
    return folder


def changed(content: bytes, chance: random.Random) -> bytes:
    """A few bytes removed, replaced, doubled or inserted."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        place, kind = chance.randrange(len(found) + 1), chance.random()
        if kind < 0.5:
            found[place : place + chance.randint(0, 4)] = chance.choice(JUNK)
        elif kind < 0.8:
            del found[place : place + chance.randint(1, 60)]
        else:
            found[place:place] = found[chance.randrange(len(found) + 1) :][:50]
    return bytes(found)


@pytest.mark.parametrize("standard", MAPPINGS)
def test_damaged_bytes_give_a_table_or_a_sentence(exports: Path, tmp_path: Path, standard: str) -> None:
    chance = random.Random(standard)
    for case in range(CASES):
        folder = shutil.copytree(exports / standard, tmp_path / str(case) / "export")
        file = chance.choice(sorted(path for path in folder.rglob("*") if path.is_file()))
        file.write_bytes(changed(file.read_bytes(), chance))
        ends_well(folder, MAPPINGS[standard])


@pytest.mark.parametrize("column", ["subject_id", "time", "code", "numeric_value"])
def test_columns_of_another_type_give_a_table_or_a_sentence(tmp_path: Path, column: str) -> None:
    table = pd.DataFrame(test_meds.EVENTS, columns=["subject_id", "time", "code", "numeric_value"])
    strange = {
        "text": table[column].astype(str), "category": table[column].astype("category"), "list": [[1]] * len(table),
        "boolean": True, "float": np.linspace(-1e300, 1e300, len(table)), "none": None, "large": 2**63 - 1,
        "bytes": b"\xff", "old": pd.Timestamp("1700-01-01"), "zone": pd.Timestamp("2020-01-01", tz="Europe/Paris"),
    }  # fmt: skip
    for name, values in strange.items():
        (tmp_path / name / "export").mkdir(parents=True)
        table.assign(**{column: values}).to_parquet(tmp_path / name / "export" / "0.parquet")
        ends_well(tmp_path / name / "export", test_meds.MAPPING)


def ends_well(folder: Path, mapping: str) -> None:
    try:
        records, account = converted(folder, mapping)
    except ConversionError as error:
        assert str(error).startswith("E_")  # noqa: PT017 - refusing is as right as reading
    else:
        assert len(records) == account.rows
