"""Rows that are no rows are found over the bytes, however long and whatever is in them."""

import csv

import pytest

from data_contracts.reading.csv_layout import layout, row_faults


def reasons(content: str, delimiter: str = ",") -> dict[str, list[int]]:
    """Code -> positions of the rows."""
    where = layout(content.encode(), delimiter)
    header = next(csv.reader([where.record(0)], delimiter=delimiter))
    return {h.code: h.positions.tolist() for h in row_faults(where, header, delimiter).held}


@pytest.mark.parametrize(
    "again",
    [
        "patient,day",
        '"patient","day"',
        "PATIENT,Day",
        " patient , day ",
        '"Patient ",day',
        "\ufeffpatient,day",
    ],
)
def test_the_header_again_is_no_row(again: str) -> None:
    assert reasons(f"patient,day\nA,1\n{again}\nB,2\n") == {"Q_HEADER_REPEATED": [1]}


@pytest.mark.parametrize("row", ["patient,1", "patients,day", "the patient,day"])
def test_a_row_that_only_resembles_the_header_is_a_row(row: str) -> None:
    assert reasons(f"patient,day\n{row}\n") == {}


def test_a_name_with_quotes_in_it_is_known_again() -> None:
    assert reasons('"a ""b""",day\n1,2\n"a ""b""",day\n') == {"Q_HEADER_REPEATED": [1]}


def test_names_between_tabs_are_known_again() -> None:
    assert reasons('patient\tday\nA\t1\n"patient"\t"day"\n', "\t") == {"Q_HEADER_REPEATED": [1]}


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_long_run_of_blanks_under_columns_without_name_is_looked_at_once(delimiter: str) -> None:
    # tried in every way to share the blanks out, this would never end
    header, blanks = delimiter * 40, " " * 900_000
    assert reasons(f"{header}\n{blanks}x\n{delimiter * 200}\n", delimiter) == {"Q_FIELD_COUNT": [0, 1]}
