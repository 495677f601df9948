"""The table of a file by its name, and missing parts of a table."""

from pathlib import PurePath

import pytest

from data_contracts.standards.omop.tables import missing_parts, partitions, table_of

UUID = "3f0c1b1e-1111-4c4c-9d9d-000000000001"


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("CDM.dbo.MEASUREMENT.CSV", "measurement"),
        ("mimic_omop.measurement.parquet", "measurement"),
        ("measurement.csv.0", "measurement"),
        ("measurement (1).csv", "measurement"),
        ("MEASUREMENT_part_1_of_3.tsv.gz", "measurement"),
        ("measurement_2024Q1.csv", "measurement"),
        (f"visit_occurrence.parquet/part-00000-{UUID}-c000.snappy.parquet", "visit_occurrence"),
        ("observation_period_1.csv", "observation_period"),
        ("note_nlp.csv", "note_nlp"),
        ("cdm_source.csv", "cdm_source"),
    ],
)
def test_a_name_says_its_table(name: str, table: str) -> None:
    named = table_of(PurePath(name))
    assert (named.table, named.clear) == (table, True)


@pytest.mark.parametrize(
    "name",
    [
        "measurement_old.csv",
        "test_measurement.csv",
        "backup/measurement.csv",
        "person_measurement.csv",
        "measurement_x_final.csv",
    ],
)
def test_a_name_that_may_mean_something_else_is_not_clear(name: str) -> None:
    assert not table_of(PurePath(name)).clear


@pytest.mark.parametrize(
    ("names", "missing"),
    [
        (["measurement_0", "measurement_1", "measurement_3"], 1),
        (["measurement", "measurement_2", "measurement_4"], 1),
        (["measurement", "measurement_2"], 0),
        (["measurement_3"], 2),
        (["measurement_2024-01-31", "measurement_2024-03-31"], 0),
        (["data_0_0_0", "data_0_1_0", "data_0_3_0", "data_1_0_0"], 1),
        (["m-00000-of-00004", "m-00003-of-00004"], 2),
        ([f"part-00000-{UUID}-c000", f"part-00002-{UUID}-c000"], 1),
        ([f"year=2020/part-00003-{UUID}-c000", f"year=2020/part-00007-{UUID}-c000"], 0),
    ],
)
def test_a_gap_in_a_run_of_parts_is_found(names: list[str], missing: int) -> None:
    assert missing_parts([PurePath(f"{name}.csv") for name in names]) == missing


def test_columns_stand_in_names_of_folders() -> None:
    found = partitions(
        PurePath("measurement/year=2020/Site=north%20wing/x=__HIVE_DEFAULT_PARTITION__/0.parquet")
    )
    assert found == {"year": "2020", "site": "north wing", "x": None}
