"""What is found does not depend on how a table is cut: row groups, pieces, or a frame in memory."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from data_contracts.bench.visits import CONTRACT, visits, write_visits
from data_contracts.contract import load
from data_contracts.gate import validate, validate_frames
from data_contracts.reading import delivery, parquet_reader
from data_contracts.validation.result import GateResult
from tests.data_contracts.speed.corrupted_visits import NOW, SEEDS, WHICH, as_parquet, corrupted, written
from tests.examples import WHOLE_RUN, examples

VISITS = load(CONTRACT)


def judged(content: bytes, piece: int) -> GateResult:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(delivery, "PIECE_ROWS", piece)
        patch.setattr(parquet_reader, "PIECE_ROWS", piece)
        path = Path(folder) / "visits.parquet"
        path.write_bytes(content)
        return validate(VISITS, {"visits": path}, now=NOW)


def said(result: GateResult) -> dict[str, object]:
    """Everything about the data; the file's own hash and size belong to its layout."""
    return {k: v for k, v in result.to_dict().items() if k != "sources"}


def assert_same(one: GateResult, other: GateResult) -> None:
    assert said(one) == said(other)
    assert one.withheld_subjects == other.withheld_subjects
    without_file = [r.quarantined.drop(columns=["file", "raw"]) for r in (one, other)]
    pd.testing.assert_frame_equal(*without_file)
    assert list(one.valid) == list(other.valid)
    for table in one.valid:
        pd.testing.assert_frame_equal(one.valid[table], other.valid[table])


@examples(4, WHOLE_RUN)
@given(seed=SEEDS, which=WHICH, piece=st.sampled_from([1, 7, 64, 100]), group=st.sampled_from([5, 64, 1000]))
def test_pieces_and_row_groups_say_what_the_whole_says(
    seed: int, which: list[int], piece: int, group: int
) -> None:
    table = written(corrupted(seed, which))
    whole, cut = judged(as_parquet(table, 10**6), 10**6), judged(as_parquet(table, group), piece)
    assert_same(whole, cut)
    assert whole.quarantined["raw"].tolist() == cut.quarantined["raw"].tolist()


@examples(4, WHOLE_RUN)
@given(seed=SEEDS, which=WHICH)
def test_a_frame_in_memory_is_judged_as_its_file(seed: int, which: list[int]) -> None:
    table = written(corrupted(seed, which))
    in_memory = validate_frames(VISITS, {"visits": table}, now=NOW)
    assert_same(judged(as_parquet(table, 10**6), 10**6), in_memory)


def test_categories_in_memory_are_texts() -> None:
    table = visits(400)
    coded = table.astype(dict.fromkeys(("patient_id", "cohort_id", "sex"), "category"))
    one, other = (validate_frames(VISITS, {"visits": t}, now=NOW) for t in (table, coded))
    assert_same(one, other)
    assert one.verdict == "accept"


def test_the_frame_that_was_given_stays_as_it_was() -> None:
    table = written(corrupted(3, [0, 0, 8]))
    before = table.copy(deep=True)
    validate_frames(VISITS, {"visits": table}, now=NOW)
    pd.testing.assert_frame_equal(table, before)


def test_a_previous_frame_is_compared_as_a_previous_file() -> None:
    table = visits(400)
    result = validate_frames(VISITS, {"visits": table.head(80)}, previous={"visits": table}, now=NOW)
    assert "E_ROWCOUNT_DROP" in [f.code for f in result.findings]


def test_accepted_rows_written_piece_by_piece_are_the_accepted_rows(tmp_path: Path) -> None:
    write_visits(tmp_path / "in.parquet", 1600)
    result = validate(VISITS, {"visits": tmp_path / "in.parquet"}, now=NOW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data_contracts.validation.result._ROWS_WRITTEN", 300)
        (out,) = result.valid.write(tmp_path / "accepted")
    pd.testing.assert_frame_equal(pd.read_parquet(out), result.valid["visits"])
    assert result.valid.count("visits") == 1600


def test_damage_inside_a_column_is_found_even_if_nobody_uses_the_column(tmp_path: Path) -> None:
    content = bytearray(as_parquet(visits(800).assign(unused=range(800)), 10**6))
    unused = parquet.ParquetFile(io.BytesIO(content)).metadata.row_group(0).column(12)
    start = unused.dictionary_page_offset
    content[start : start + 64] = bytes(64)
    path = tmp_path / "visits.parquet"
    path.write_bytes(bytes(content))
    result = validate(VISITS, {"visits": path}, now=NOW)
    assert (result.verdict, [f.code for f in result.findings]) == ("reject", ["E_UNREADABLE"])
