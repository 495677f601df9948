"""Laws of exports of tables: the file format does not change the result, and every row is used or counted."""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from data_contracts.standards.convert import ConversionAccount, ConversionError, convert
from data_contracts.standards.export_files import csv_chunks
from data_contracts.standards.mapping.parse import parse
from tests.data_contracts.standards.any_form import Row, written
from tests.examples import WHOLE_RUN, examples

OMOP = parse(
    b"""
mapping: visits
standard: omop-cdm
records: {by: visit, timezone: Europe/Paris}
subject: patient_id
time: time
visit: visit_id
columns:
  creatinine: {codes: [3016723], units: {"8840": 1, "8749": 0.0113}, take: mean}
  latest: {codes: [3016723], unit: any}
  number: {codes: [3016723, 5], take: count}
  before: {count_before: [5]}
  sex: {patient: gender}
  age: {age: years}
  class: {visit: class}
""",
    file="mapping.yaml",
)
PEOPLE: list[Row] = [
    {"person_id": "1", "gender_concept_id": "8507", "year_of_birth": "1960", "month_of_birth": "5"},
    {"person_id": "2", "gender_concept_id": "8532", "year_of_birth": "1971", "month_of_birth": None},
]
VISITS: list[Row] = [
    {"visit_occurrence_id": str(number), "person_id": person, "visit_concept_id": "9202", "visit_start_date": day,
     "visit_start_datetime": clock, "visit_end_date": end, "visit_end_datetime": None}
    for number, person, day, clock, end in (
        (11, "1", "2020-01-10", "2020-01-10 09:00:00", "2020-01-12"),
        (12, "1", "2020-03-10", None, None),
        (13, "2", "2020-01-10", "2020-01-10 09:00:00", "2020-01-10"),
    )
]  # fmt: skip
UNREADABLE = ["x", "120,5", "11/03/2020", "24:00", "1970-01-01", "2099-01-01", "1e400", "007", '"', "1.0"]


@st.composite
def measurements(draw: st.DrawFn) -> list[Row]:
    def cell(*values: str | None) -> str | None:
        return draw(st.sampled_from(values))

    number = draw(st.integers(1, 12))
    return [
        {
            "measurement_id": str(draw(st.integers(1, 9))),
            "person_id": cell("1", "1", "2", "3"),
            "measurement_concept_id": cell("3016723", "3016723", "5", "6", "0"),
            "measurement_date": cell("2020-01-10", "2020-01-11", "2020-03-10"),
            "measurement_datetime": cell(
                None, "2020-01-10 09:30:00", "2020-01-11 00:00:00", "2020-03-10 12:00:00"
            ),
            "value_as_number": cell(None, "1.2", "80", "0.5", "1.25"),
            "unit_concept_id": cell("8840", "8749", "0", "7"),
            "visit_occurrence_id": cell("11", "11", "12", "13", "99", None),
        }
        for _ in range(number)
    ]


@contextmanager
def export(tables: dict[str, list[Row]]) -> Iterator[Path]:
    """Plain CSV, one file per table."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "export"
        folder.mkdir()
        for name, rows in tables.items():
            with (folder / f"{name}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        yield folder


def result(folder: Path) -> tuple[bytes, ConversionAccount]:
    """The bytes of the records (none without records), and the account."""
    out = folder.parent / "records.parquet"
    out.unlink(missing_ok=True)
    try:
        account = convert(OMOP, folder, out)
    except ConversionError as error:
        if error.account is None:
            raise
        return b"", error.account
    return out.read_bytes(), account


def of_rows(account: ConversionAccount) -> dict[tuple[str, str, str], int]:
    """The counts of rows, without those of their format."""
    about = {"cells", "files"}
    return {(e.table, e.code, e.column): e.count for e in account.left_out if e.table not in about}


@examples(6, WHOLE_RUN)
@given(measurements(), st.data())
def test_the_form_of_a_table_changes_no_byte_of_the_records(rows: list[Row], data: st.DataObject) -> None:
    tables = {"person": PEOPLE, "visit_occurrence": VISITS, "measurement": rows}
    with export(tables) as plain, tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "export"
        folder.mkdir()
        for name, own in tables.items():
            data.draw(written(folder, name, own))
        wanted, found = result(plain), result(folder)
        assert found[0] == wanted[0]
        assert of_rows(found[1]) == of_rows(wanted[1])
        assert (found[1].seen, found[1].used) == (wanted[1].seen, wanted[1].used)


@examples(8, WHOLE_RUN)
@given(measurements(), st.data(), st.integers(200, 2000))
def test_every_row_is_used_or_counted_whatever_stands_in_it(
    rows: list[Row], data: st.DataObject, chunk_bytes: int
) -> None:
    for row in rows:
        if data.draw(st.integers(0, 3)) == 0:
            row[data.draw(st.sampled_from(list(row)))] = data.draw(st.sampled_from(UNREADABLE))
    with (
        export({"person": PEOPLE, "visit_occurrence": VISITS, "measurement": rows}) as folder,
        patch.object(csv_chunks, "CHUNK_BYTES", chunk_bytes),
    ):
        _, account = result(folder)
    left = sum(e.count for e in account.left_out if e.table == "measurement")
    used = sum(account.used.get("measurement", {}).values())
    # a row that three columns want counts three times
    assert account.seen["measurement"] == used + left
    assert account.seen["measurement"] >= len(rows)
