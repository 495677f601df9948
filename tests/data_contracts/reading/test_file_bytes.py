"""One file is read once and by what it is; whatever leads elsewhere, grows or was made to harm is refused."""

import gzip
import os
from pathlib import Path

import pyarrow as pa
import pytest

from data_contracts.findings import RejectedError
from data_contracts.reading.file_bytes import file_states
from data_contracts.reading.file_format import take_snapshot

TABLE = b"a,b\n1,2\n"


def packed(content: bytes) -> bytes:
    """Without the time of day, which would stand in the test's name: two workers must find the same tests."""
    return gzip.compress(content, mtime=0)


def zstd(content: bytes) -> bytes:
    out = pa.BufferOutputStream()
    with pa.CompressedOutputStream(out, "zstd") as stream:
        stream.write(content)
    packed: bytes = out.getvalue().to_pybytes()
    return packed


def code_of(path: Path) -> str:
    with pytest.raises(RejectedError) as refused:
        take_snapshot(path)
    return refused.value.note.code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", TABLE),
        ("t.txt", TABLE),
        ("t", TABLE),
        ("t.CSV.GZ", packed(TABLE)),
        ("t.csv.zst", zstd(TABLE)),
        ("t.csv.gz", packed(TABLE[:4]) + packed(TABLE[4:])),
        ("t.csv.zst", zstd(TABLE[:4]) + zstd(TABLE[4:])),
        ("t.csv.gz", packed(TABLE) + bytes(512)),
    ],
)
def test_text_is_read_packed_or_not_and_hashed_as_it_was_delivered(
    name: str, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    snapshot = take_snapshot(path)
    assert (snapshot.form, snapshot.content, snapshot.size) == ("csv", TABLE, len(content))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("t.csv", b"", "E_FILE_EMPTY"),
        ("t.csv.gz", packed(b"\n \n"), "E_FILE_EMPTY"),
        ("t.csv", packed(TABLE), "E_MAGIC_MISMATCH"),
        ("t.csv.gz", TABLE, "E_MAGIC_MISMATCH"),
        ("t.csv.zst", packed(TABLE), "E_MAGIC_MISMATCH"),
        ("t.csv.gz", packed(packed(TABLE)), "E_MAGIC_MISMATCH"),
        ("t.csv.gz", packed(TABLE)[:-4], "E_TRUNCATED"),
        ("t.csv.gz", packed(TABLE)[:6], "E_TRUNCATED"),
        ("t.csv.zst", zstd(TABLE)[:-4], "E_TRUNCATED"),
        ("t.csv.gz", packed(TABLE) + b"more", "E_UNREADABLE"),
        ("t.csv.zst", zstd(TABLE) + b"more", "E_UNREADABLE"),
        ("t.csv.gz", packed(bytes(2**24)), "E_TOO_LARGE"),
        ("t.csv.zst", zstd(bytes(2**24)), "E_TOO_LARGE"),
        ("t.parquet", TABLE, "E_MAGIC_MISMATCH"),
        ("t.csv", b"PAR1 and more", "E_MAGIC_MISMATCH"),
        ("t.parquet.gz", packed(b"PAR1 and more"), "E_UNSUPPORTED_FORMAT"),
        ("t.csv", b"PK\x03\x04 and more", "E_MAGIC_MISMATCH"),
        ("t.csv", b"\n<!DOCTYPE html><p>Please log in", "E_MAGIC_MISMATCH"),
        ("t.csv", b'{"resourceType": "Patient"}', "E_MAGIC_MISMATCH"),
        ("t.xlsx", b"PK\x03\x04 and more", "E_UNSUPPORTED_FORMAT"),
        ("t.xls", b"\xd0\xcf\x11\xe0 and more", "E_UNSUPPORTED_FORMAT"),
        ("t.ndjson", b'{"resourceType": "Patient"}', "E_UNSUPPORTED_FORMAT"),
    ],
)
def test_bytes_that_are_no_whole_table_are_refused_by_name(
    name: str, content: bytes, code: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert code_of(path) == code


def test_a_workbook_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "visits.xlsx"
    path.write_bytes(b"PK\x03\x04 and more")
    with pytest.raises(RejectedError) as refused:
        take_snapshot(path)
    assert "save the sheet as CSV" in refused.value.note.message


def test_links_pipes_devices_folders_and_ways_up_are_refused(tmp_path: Path) -> None:
    real = tmp_path / "t.csv"
    real.write_bytes(TABLE)
    (tmp_path / "link.csv").symlink_to(real)
    (tmp_path / "broken.csv").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "link.csv", tmp_path / "broken.csv", tmp_path / "pipe.csv", Path("/dev/zero")):
        assert code_of(path) == "E_PATH_REFUSED"
    assert code_of(tmp_path / "inner" / ".." / "t.csv") == "E_PATH_REFUSED"
    assert code_of(tmp_path / "t\0.csv") == "E_PATH_REFUSED"
    assert code_of(tmp_path / ("t" * 300)) == "E_PATH_REFUSED"
    assert code_of(tmp_path / "no.csv") == "E_FILE_MISSING"
    assert code_of(real / "no.csv") == "E_FILE_MISSING"


def test_a_size_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("wb") as stream:
        stream.truncate(3 * 1024**3)
    assert code_of(path) == "E_TOO_LARGE"


def test_two_looks_differ_once_somebody_wrote(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(TABLE)
    before = file_states(path)
    assert file_states(path) == before
    with path.open("ab") as stream:
        stream.write(TABLE)
    assert file_states(path) != before
    assert file_states(tmp_path / "none") == ()
