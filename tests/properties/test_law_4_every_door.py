"""Law 4 by every door: parts, files, Parquet or frames, rows and columns in any order: the same rows are in and out."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.contract.check_specs import CheckSpec, resolve_arguments
from data_contracts.contract.model import Table
from data_contracts.contract.parse import parse
from data_contracts.findings import Positions
from data_contracts.gate import validate, validate_frames
from data_contracts.validation import check_table
from data_contracts.validation.result import GateResult
from tests.examples import examples

NOW = datetime(2026, 1, 1, tzinfo=UTC)
COLUMNS = {"patient": "string", "day": "integer", "value": "number", "group": "string"}


def _contract() -> bytes:
    properties = [
        {"name": "patient", "logicalType": "string", "primaryKey": True, "primaryKeyPosition": 1,
         "customProperties": [{"property": "role", "value": "subject"}]},
        {"name": "day", "logicalType": "integer", "primaryKey": True, "primaryKeyPosition": 2,
         "customProperties": [{"property": "role", "value": "time"}]},
        {"name": "value", "logicalType": "number", "logicalTypeOptions": {"minimum": 0, "exclusiveMaximum": 100}},
        {"name": "group", "logicalType": "string", "logicalTypeOptions": {"maxLength": 2}},
    ]  # fmt: skip
    share = [{"property": "maxQuarantineFraction", "value": 1}]
    return yaml.safe_dump({
        "kind": "DataContract", "apiVersion": "v3.0.2", "id": "c", "name": "c", "version": "1.0.0", "status": "active",
        "schema": [{"name": "t", "customProperties": share, "properties": properties}],
    }).encode()  # fmt: skip


CONTRACT = parse(_contract(), file="c.yaml", sha256="")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["007", "7", "1e3", "1000", "P1", str(2**53), str(2**53 + 1)]),
        st.integers(0, 3) | st.just(2**53),
        st.sampled_from([0.0, 0.1, 99.9, 100.0, -1.0, 12.5]) | st.none(),
        st.sampled_from(["a", "bb", "ccc"]) | st.none(),
    ),
    min_size=4,
    max_size=12,
)


def told(result: GateResult) -> tuple[str, Counter[str], list[tuple[str, int]]]:
    """Verdict, accepted rows and findings, in no order, but for how a folder came."""
    assert result.rows_in == result.rows_accepted + result.rows_quarantined
    rows = result.valid["t"] if "t" in result.valid else pd.DataFrame(columns=list(COLUMNS))
    texts = Counter(str(tuple(row)) for row in rows[list(COLUMNS)].astype(object).itertuples(index=False))
    return (
        result.verdict,
        texts,
        sorted((f.code, f.count) for f in result.findings if f.code != "W_PART_REPEATED"),
    )


@pytest.fixture(autouse=True)
def plain_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules without Great Expectations around them, which takes most of the time and is held to them elsewhere."""
    from data_contracts.rules.gx_expectations import rows_that_break

    def failing(
        frame: pd.DataFrame, specs: Sequence[CheckSpec], table: Table, now: datetime
    ) -> dict[str, Positions]:
        return {
            s.name: rows_that_break(
                frame, s.rule, list(s.columns), resolve_arguments(s, table, now), dict(s.where)
            )
            for s in specs
            if s.level == "rows"
        }

    monkeypatch.setattr(check_table, "failing_rows", failing)


@examples(20)
@given(ROWS, st.sampled_from(["parquet", "parts", "frame"]), st.randoms(use_true_random=False))
def test_rows_columns_parts_and_forms_change_nothing(
    rows: list[tuple[object, ...]], door: str, random: Random
) -> None:
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"day": "int64"})
    names, places = list(COLUMNS), list(range(len(frame)))
    random.shuffle(names)
    random.shuffle(places)
    mixed = frame.iloc[places][names]
    with TemporaryDirectory() as name:
        folder = Path(name)
        frame.to_csv(folder / "t.csv", index=False)
        whole = told(validate(CONTRACT, {"t": folder / "t.csv"}, now=NOW))
        if door == "frame":
            assert told(validate_frames(CONTRACT, {"t": mixed}, now=NOW)) == whole
        else:
            assert told(validate(CONTRACT, {"t": delivered(mixed, door, folder, random)}, now=NOW)) == whole


def delivered(mixed: pd.DataFrame, door: str, folder: Path, random: Random) -> Path:
    """The table as one Parquet file, or as two parts whose columns stand in another order."""
    if door == "parquet":
        mixed.to_parquet(folder / "t.parquet", index=False)
        return folder / "t.parquet"
    cut = random.randint(1, len(mixed) - 1)
    (folder / "t").mkdir()
    mixed[:cut].to_csv(folder / "t" / "part-0.csv", index=False)
    mixed[cut:][mixed.columns[::-1]].to_csv(folder / "t" / "part-1.csv", index=False)
    return folder / "t"
