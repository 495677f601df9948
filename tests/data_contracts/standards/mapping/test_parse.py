"""All mistakes of a mapping file are reported at once, each with its key and the valid form."""

from pathlib import Path

import pytest

from data_contracts.standards.mapping.model import Age, HistoryMapping, MeasuredValue
from data_contracts.standards.mapping.parse import MappingError, load, parse
from tests.data_contracts.standards.exports import FHIR_MAPPING

HEAD = """
mapping: visits
standard: {standard}
records: {{by: {by}}}
subject: patient_id
time: time
columns:
"""


def mistakes(columns: str, standard: str = "fhir-r4", by: str = "visit") -> list[str]:
    with pytest.raises(MappingError) as refused:
        parse((HEAD.format(standard=standard, by=by) + columns).encode(), file="my_map.yaml")
    return list(refused.value.mistakes)


def test_a_mapping_says_what_every_column_is() -> None:
    mapping = parse(FHIR_MAPPING.encode(), file="my_map.yaml")
    assert mapping.column_names[:4] == ("patient_id", "time", "systolic", "diastolic")
    by_name = {column.name: column for column in mapping.columns}
    creatinine = by_name["creatinine"]
    assert isinstance(creatinine, MeasuredValue)
    assert creatinine.units is not None
    assert creatinine.units["umol/L"].factor == 0.0113
    assert list(creatinine.codes) == ["http://loinc.org|2160-0"]
    assert isinstance(by_name["diabetes_before"], HistoryMapping)
    assert isinstance(by_name["age"], Age)


def test_all_mistakes_are_told_at_once() -> None:
    raw = b"""
mapping: visits
standard: fhir-r4
records: {by: visit, timezone: Europe/Pariss, tme: end}
subject: patient id
time: time
colums: {}
columns:
  systolic: {codes: ["loinc|8480-6"], unit: "mm[Hg]", take: lst}
  creatinine: {codes: ["loin|2160-0"], units: {umol/L: much}}
  sex: {patient: gendr}
  insulin: {had_before: ["rxnorm|5856"], within_day: 30}
"""
    with pytest.raises(MappingError) as refused:
        parse(raw, file="my_map.yaml")
    text = str(refused.value)
    assert text.startswith("my_map.yaml: 9 mistakes in the mapping")
    for key in ("colums", "records.timezone", "records.tme", "subject", "columns.systolic.take", "loin|2160-0",
                "columns.creatinine.units.umol/L", "columns.sex.patient", "columns.insulin.within_day"):  # fmt: skip
        assert key in text
    for hint in ("'columns'", "'time'", "'loinc'", "'within_days'"):
        assert f"did you mean {hint}" in text


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ('  a: {codes: ["loinc|1"]}\n', "needs either 'unit' or 'units'"),
        ('  a: {codes: ["loinc|1"], unit: }\n', "unit: must be text"),
        ('  a: {code: ["loinc|1"], unit: kg}\n', "did you mean 'codes'?"),
        ('  a: {codes: ["loinc|1"], patient: gender}\n', "exactly one of"),
        ("  a: {codes: [], unit: kg}\n", "is empty"),
        ('  a: {codes: ["loinc|1"], units: {kg: 0}}\n', "must be a factor"),
        ('  a: {codes: ["8480-6"], unit: kg}\n', "system|code"),
        ('  a: {codes: ["loinc|1"], take: mean, categories: {"snomed|1": x}}\n', "first or last"),
        ('  patient_id: {constant: "x"}\n', "appears 2 times"),
        ("  a: {static: [x]}\n", "is for MEDS"),
        ("  a: 7\n", "must be a mapping"),
        ("  a: {age: months}\n", "years or days"),
        ("  a: {constant: x}\n  a: {constant: y}\n", "is written twice"),
        ('  a: {codes: &x ["loinc|1"], unit: kg}\n  b: {codes: *x, unit: kg}\n', "aliases"),
    ],
)
def test_each_mistake_is_explained(columns: str, says: str) -> None:
    assert any(says in mistake for mistake in mistakes(columns))


def test_what_a_standard_has_not_cannot_be_asked_for() -> None:
    assert any("no table of visits" in m for m in mistakes('  a: {codes: ["LAB"]}\n', "meds"))
    assert any(
        "keeps the unit in the code" in m
        for m in mistakes('  a: {codes: ["LAB"], unit: kg}\n', "meds", "day")
    )
    assert any("needs records by visit" in m for m in mistakes("  a: {visit: class}\n", by="day"))
    assert any("concept id" in m for m in mistakes('  a: {codes: ["loinc|1"], unit: any}\n', "omop-cdm"))
    assert any("such as '6 hours'" in m for m in mistakes("  a: {age: years}\n", by="week"))


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"- a\n- b\n", b"a: [", b"", b"columns: 3\n", b"[" * 5000])
def test_what_is_no_mapping_is_refused(raw: bytes) -> None:
    with pytest.raises(MappingError):
        parse(raw, file="my_map.yaml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"gone\.yaml.*\n.*no such file"):
        load(tmp_path / "gone.yaml")
