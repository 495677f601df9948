"""Local times are placed by the site's time zone, said by the contract or at the call; doubtful ones are held."""

from pathlib import Path

import pytest

from data_contracts.contract import load
from data_contracts.contract.date_format import in_timezone
from data_contracts.errors import ContractError
from data_contracts.gate import validate
from tests.bad_inputs.base_table import base_table
from tests.bad_inputs.cases import csv

CONTRACT = load(Path(__file__).parents[2] / "bad_inputs" / "contract.yaml")


def test_a_local_time_that_does_not_exist_or_exists_twice_is_held_and_the_others_become_utc(
    tmp_path: Path,
) -> None:
    table = base_table()
    table["time"] = table["time"].str.removesuffix("Z")
    table.loc[[0, 1, 2], "time"] = ["2024-03-31T02:30:00", "2024-10-27T02:30:00", "2022-07-01T12:00:00"]
    table.loc[2, "age"] = (2022.5 - float(table.loc[2, "date_of_birth"][:4])) // 1
    path = tmp_path / "records.csv"
    path.write_bytes(csv(table))
    result = validate(in_timezone(CONTRACT, "Europe/Paris"), {"records": path})
    held = [f for f in result.findings if f.code == "Q_TIME_AMBIGUOUS"]
    assert [f.lines for f in held] == [(2, 3)]
    assert str(result.valid["records"]["time"].iloc[0]) == "2022-07-01 10:00:00"


def test_a_zone_that_the_contract_names_is_kept() -> None:
    paris = in_timezone(CONTRACT, "Europe/Paris")
    assert in_timezone(paris, "Asia/Tokyo") == paris


def test_a_zone_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(ContractError, match=r"did you mean 'Europe/Paris'"):
        in_timezone(CONTRACT, "Europe/Pariss")
