"""Records, and rows that are none, are found alike in one pass over the bytes or block by block."""

import csv
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.findings import RejectedError
from data_contracts.reading import csv_layout, csv_text
from data_contracts.reading.csv_layout import layout, row_faults


def layout_or_note(content: bytes, block: int) -> list[object]:
    """Everything that the layout says, or why the bytes are refused."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_layout, "_BLOCK", block)
        try:
            found = layout(content, ",")
        except RejectedError as refused:
            return [refused.note]
    values = (getattr(found, f.name) for f in fields(found))
    return [v.tolist() if isinstance(v, np.ndarray) else v for v in values]


def test_lines_and_fields_of_a_drawn_file() -> None:
    found = layout(b'a,b\n\n"1,\n1",2\n3\n', ",")
    assert [found.record(i) for i in range(len(found.starts))] == ["a,b", '"1,\n1",2', "3"]
    assert (found.lines.tolist(), found.fields.tolist()) == ([1, 3, 5], [2, 2, 1])
    assert found.quoted_newlines


@given(
    st.lists(st.sampled_from(["a", ",", "\n", '"', '""', '"x,\n"', "1,2\n"]), max_size=30), st.integers(1, 9)
)
def test_blocks_of_any_size_say_what_the_whole_says(pieces: list[str], block: int) -> None:
    content = "".join(pieces).encode()
    assert layout_or_note(content, block) == layout_or_note(content, 10**6)


@given(st.text("aé€😀\n", max_size=20), st.integers(1, 7), st.booleans())
def test_a_character_may_stand_across_two_blocks(text: str, block: int, cut: bool) -> None:
    content = text.encode()[: -1 if cut else None] or b"a"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "_BLOCK", block)
        if cut and text[-1:] not in {"", "a", "\n"}:
            with pytest.raises(RejectedError) as refused:
                csv_text.plain_text(content)
            assert refused.value.note.lines == (text.count("\n") + 1,)
        else:
            assert csv_text.plain_text(content) == (content, [])


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
