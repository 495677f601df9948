"""What the gate reads and what the inbox takes for a delivery are one list."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from data_contracts.reading.file_format import take_snapshot
from data_contracts.reading.file_names import PACKINGS, PARQUET, TEXT, UNFINISHED, extension, is_table
from orchestration.runs.inbox import deliveries

LATER = datetime.now(UTC) + timedelta(hours=1)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("visits.csv", ".csv"), ("VISITS.CSV", ".csv"), ("visits.csv.gz", ".csv"), ("visits.tab.ZSTD", ".tab"),
        ("visits", ""), ("visits_2027.03.01", ""), ("visits.2.parquet", ".parquet"), ("visits.gz", ""),
        ("visits.xlsx", ".xlsx"), ("visits.tar.gz", ".tar"),
    ],
)  # fmt: skip
def test_the_extension_is_without_compression_and_is_no_number(name: str, wanted: str) -> None:
    assert extension(name) == wanted
    assert is_table(name) == (wanted not in {".xlsx", ".tar"})


@pytest.mark.parametrize("ending", sorted(TEXT))
@pytest.mark.parametrize("packing", ["", *PACKINGS])
def test_text_of_every_name_is_read_by_the_gate_and_taken_by_the_inbox(
    tmp_path: Path, ending: str, packing: str
) -> None:
    path = tmp_path / f"visits_1{ending}{packing}"
    compression = {"": None, "gzip": "gzip", "zstandard": "zstd"}[PACKINGS.get(packing, "")]
    with pa.output_stream(path, compression=compression) as stream:
        stream.write(b"id,value\nA,1\n")
    assert take_snapshot(path).form == "csv"
    assert deliveries(tmp_path, ["visits"], LATER) == {"visits": path}


@pytest.mark.parametrize("ending", sorted(PARQUET))
def test_parquet_of_every_name_is_read_by_the_gate_and_taken_by_the_inbox(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"visits{ending}"
    pd.DataFrame({"id": ["A"]}).to_parquet(path)
    assert take_snapshot(path).form == "parquet"
    assert deliveries(tmp_path, ["visits"], LATER) == {"visits": path}


@pytest.mark.parametrize("name", ["visits.csv.part", "visits.csv.download", "visits.csv.TMP", "visits.csv~"])
def test_a_file_on_its_way_is_told_by_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("id\nA\n")
    assert UNFINISHED.search(name)
    assert deliveries(tmp_path, ["visits"], LATER) == {}
