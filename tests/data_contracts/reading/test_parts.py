"""A folder of parts is judged like the one file they could be, each row under its own file and line."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from data_contracts.contract import load
from data_contracts.gate import validate
from data_contracts.validation.result import GateResult
from tests.bad_inputs.base_table import base_table
from tests.bad_inputs.cases import csv

CONTRACT = load(Path(__file__).parents[2] / "bad_inputs" / "contract.yaml")


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    table = base_table()
    table["weight_kg"] = table["weight_kg"].astype(object)
    table.loc[[3, 500], "weight_kg"] = -5
    return table


@pytest.fixture
def folder(tmp_path: Path, table: pd.DataFrame) -> Path:
    """Three parts in the three forms of CSV, with what an engine leaves beside them."""
    place = tmp_path / "records"
    place.mkdir()
    (place / "part-0.csv").write_bytes(csv(table[:300]))
    (place / "part-1.csv.gz").write_bytes(gzip.compress(csv(table[300:600][table.columns[::-1]])))
    (place / "part-2.csv").write_bytes(csv(table[600:]).replace(b"\n", b"\r\n"))
    (place / "part-3.csv").write_bytes(csv(table[:0]))
    (place / "_SUCCESS").write_bytes(b"")
    (place / ".part-0.csv.crc").write_bytes(b"crc")
    return place


def judged(path: Path) -> GateResult:
    return validate(CONTRACT, {"records": path})


def test_parts_give_the_same_rows_as_one_file(folder: Path, table: pd.DataFrame, tmp_path: Path) -> None:
    whole = tmp_path / "records.csv"
    whole.write_bytes(csv(table))
    one, many = judged(whole), judged(folder)
    pd.testing.assert_frame_equal(one.valid["records"], many.valid["records"])
    told = [f for f in many.findings if f.code != "N_PASSED_OVER"]
    assert [(f.code, f.count) for f in one.findings] == [(f.code, f.count) for f in told]


def test_files_that_are_no_parts_are_named(folder: Path) -> None:
    (folder / ".records.csv").write_bytes(b"x")
    told = {f.code: f.message for f in judged(folder).findings if "PASSED_OVER" in f.code}
    assert "'.part-0.csv.crc', '_SUCCESS'" in told["N_PASSED_OVER"]
    assert "'.records.csv'" in told["W_PASSED_OVER"]


def test_a_part_that_stands_twice_is_told(folder: Path) -> None:
    (folder / "part-4.csv").write_bytes((folder / "part-0.csv").read_bytes())
    assert {"W_PART_REPEATED", "N_DEDUP"} <= {f.code for f in judged(folder).findings}


def test_each_held_row_is_told_with_its_own_file_and_line(folder: Path) -> None:
    result = judged(folder)
    held = result.quarantined
    assert list(zip(held["file"], held["line"], strict=True)) == [("part-0.csv", 5), ("part-1.csv.gz", 202)]
    [finding] = [f for f in result.findings if f.code == "Q_HARD_RANGE"]
    assert (finding.lines, finding.files) == ((5, 202), ("part-0.csv", "part-1.csv.gz"))


def test_every_part_is_hashed_and_any_change_changes_the_whole(folder: Path) -> None:
    [before] = judged(folder).sources
    assert [p.file for p in before.parts] == ["part-0.csv", "part-1.csv.gz", "part-2.csv", "part-3.csv"]
    (folder / "part-3.csv").rename(folder / "part-9.csv")
    [after] = judged(folder).sources
    assert after.sha256 != before.sha256


def test_parquet_parts_are_one_table_whatever_numbers_each_part_needed(
    table: pd.DataFrame, tmp_path: Path
) -> None:
    place = tmp_path / "records"
    place.mkdir()
    sound = base_table()
    sound[:300].to_parquet(place / "a.parquet")
    sound[300:].assign(on_drug=lambda f: f["on_drug"].astype(float), outcome=None).to_parquet(
        place / "b.parquet"
    )
    result = judged(place)
    assert (result.rows_in, result.rows_accepted) == (len(sound), len(sound))


def link(folder: Path) -> None:
    (folder / "part-4.csv").symlink_to(folder / "part-0.csv")


def deeper(folder: Path) -> None:
    (folder / "cohort=C1").mkdir()


def on_its_way(folder: Path) -> None:
    (folder / "part-4.csv.tmp").write_bytes(b"patient_id")


def other_columns(folder: Path) -> None:
    (folder / "part-4.csv").write_bytes(b"patient_id,other\n1,2\n")


def other_form(folder: Path) -> None:
    base_table().to_parquet(folder / "part-4.parquet")


def cut_off(folder: Path) -> None:
    (folder / "part-2.csv").write_bytes((folder / "part-2.csv").read_bytes()[:-9])


def empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


@pytest.mark.parametrize(
    ("spoil", "code", "named"),
    [
        (link, "E_PATH_REFUSED", "part-4.csv"),
        (deeper, "E_UNSUPPORTED_FORMAT", ""),
        (on_its_way, "E_UNSTABLE_FILE", ""),
        (other_columns, "E_PARTS_DIFFER", "part-4.csv"),
        (other_form, "E_PARTS_DIFFER", "part-4.parquet"),
        (cut_off, "E_TRUNCATED", "part-2.csv"),
        (empty, "E_FILE_EMPTY", ""),
    ],
)
def test_one_bad_part_rejects_the_delivery_and_is_named(
    spoil: Callable[[Path], None], code: str, named: str, folder: Path
) -> None:
    spoil(folder)
    result = judged(folder)
    assert [f.code for f in result.findings] == [code]
    assert named in result.findings[0].message


def test_a_folder_behind_a_link_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert [f.code for f in judged(tmp_path / "link").findings] == ["E_PATH_REFUSED"]
