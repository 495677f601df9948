"""One person under two identifiers is found, one name in two spellings too; patients or names alike are not."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from data_contracts.contract import Contract, load
from data_contracts.gate import validate_frames
from data_contracts.rules.identity_rules import normalise_spelling

CONTRACT = """
kind: DataContract
apiVersion: v3.0.2
id: ward
name: ward
version: 1.0.0
status: active
schema:
  - name: visits
    quality:
      - {type: custom, engine: meta-med, implementation: {rule: no_twins, columns: [day, pulse]}}
    properties:
      - {name: patient, logicalType: string, customProperties: [{property: role, value: subject}]}
      - {name: day, logicalType: integer}
      - {name: pulse, logicalType: number}
"""


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    (tmp_path / "ward.yaml").write_text(CONTRACT)
    return load(tmp_path / "ward.yaml")


def linked(contract: Contract, traces: dict[str, str]) -> list[tuple[str, ...]]:
    """The groups found among patients of whom each letter is a record."""
    rows = [(who, ord(record), float(ord(record))) for who, trace in traces.items() for record in trace]
    frame = pd.DataFrame(rows, columns=["patient", "day", "pulse"])
    found = validate_frames(contract, {"visits": frame}, now=datetime(2024, 1, 1, tzinfo=UTC))
    return list(found.linked_subjects)


@pytest.mark.parametrize(
    ("traces", "found"),
    [
        ({"A": "abcd", "B": "abcd", "C": "xyz"}, [("A", "B")]),
        ({"A": "abcd", "B": "dcba"}, [("A", "B")]),
        ({"A": "abcd", "B": "bcd"}, [("A", "B")]),
        ({"A": "abcd", "B": "xbcd"}, [("A", "B")]),
        ({"A": "abcd", "B": "abcd", "C": "bcd"}, [("A", "B"), ("A", "C"), ("B", "C")]),
        ({"A": "ab", "B": "ab"}, [("A", "B")]),
        ({"A": "a", "B": "a"}, []),
        ({"A": "abcd", "B": "abxy"}, []),
        ({"A": "abcdefg", "B": "abc"}, []),
        ({"A": "abcd", "B": "abcd", "C": "abcd", "D": "abcd"}, []),
        ({"A": "abcd", "B": "abcx", "C": "abcy", "D": "abcz"}, []),
    ],
)
def test_who_is_told(contract: Contract, traces: dict[str, str], found: list[tuple[str, ...]]) -> None:
    assert linked(contract, traces) == found


@pytest.mark.parametrize(("one", "other"), [("007", "7"), ("P0012", "p12"), ("C3", "c3"), ("A-01", "a-1")])
def test_capitals_and_leading_zeros_may_change_on_the_way(one: str, other: str) -> None:
    first, second = normalise_spelling(pd.Index([one, other]))
    assert first == second


@pytest.mark.parametrize(("one", "other"), [("10", "1"), ("0", "00a"), ("1.05", "1.5"), ("P-1", "P1")])
def test_other_differences_are_other_names(one: str, other: str) -> None:
    first, second = normalise_spelling(pd.Index([one, other]))
    assert first != second
