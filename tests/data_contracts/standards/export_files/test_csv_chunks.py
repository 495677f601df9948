"""A CSV file of an export gives the rows that the gate gives for the same bytes, in pieces of any size."""

import csv
import io
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.findings import RejectedError
from data_contracts.reading.csv_layout import layout
from data_contracts.reading.csv_text import plain_text
from data_contracts.standards.export_files import csv_chunks
from tests.examples import examples

HEADER = ["a", "b", "c"]
cells = st.text(alphabet='xyz é"\n,;7', max_size=6)


def rows_of(content: bytes, size: int) -> tuple[list[tuple[str | None, ...]], int, int]:
    """The rows, the number of lost lines, and the number of repeated headers."""
    with patch.object(csv_chunks, "CHUNK_BYTES", size):
        found = list(
            csv_chunks.chunks(io.BytesIO(content), lambda names: {n: n for n in HEADER if n in names}, HEADER)
        )
    rows = [
        row for chunk in found for row in zip(*(chunk.columns[n].to_pylist() for n in HEADER), strict=True)
    ]
    return rows, sum(len(chunk.unreadable) for chunk in found), sum(chunk.headers for chunk in found)


@examples(30)
@given(
    st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.integers(0, 2),
    st.integers(40, 400),
)
def test_pieces_of_any_size_give_every_row_whatever_ends_the_lines(
    rows: list[list[str]], line_end: str, marks: int, size: int
) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([HEADER, *rows])
    content = b"\xef\xbb\xbf" * marks + buffer.getvalue().replace("\n", line_end).encode()
    wanted = [tuple(cell or None for cell in row) for row in rows]
    assert len(layout(plain_text(content)[0], ",").starts) == len(rows) + 1, "as many as the gate counts"
    assert rows_of(content, size) == (wanted, 0, 0)


def test_lines_that_are_no_rows_are_counted_with_their_number() -> None:
    content = b"a,b,c\n1,2,3\na,b,c\n4,5\n6,7,8\n\n9,\x00,9\n10,11,12\n13,14,15\n"
    with patch.object(csv_chunks, "CHUNK_BYTES", 12):
        found = list(csv_chunks.chunks(io.BytesIO(content), lambda names: {"b": "b"}, ["b"]))
    assert [n for chunk in found for n in chunk.unreadable] == [4, 7]
    assert sum(chunk.headers for chunk in found) == 1
    assert [cell for chunk in found for cell in chunk.columns["b"].to_pylist()] == ["2", "7", "11", "14"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'a,b,c\n1,"2,3\n4,5,6\n', "E_PARSE"),
        (b"a,b,c\n1,2\n3,4\n5,6\n", "E_PARSE"),
        (b"sep=,\na,b,c\n1,2,3\n", "E_COLUMNS_MISSING"),
        ("a,b,c\n1,2,3\n".encode("utf-16"), "E_ENCODING"),
        (b"\n\n", "E_FILE_EMPTY"),
    ],
)
def test_what_the_gate_refuses_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(RejectedError) as error:
        rows_of(content, 1 << 20)
    assert error.value.note.code == code
