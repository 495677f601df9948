"""Whatever is let in: the gate judges as if the rows had come so, and no row is lost, doubled or touched besides."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.contract import load
from data_contracts.corrections.correction import Correction
from data_contracts.validation.check_table import read
from data_contracts.validation.result import GateResult
from tests.data_contracts.readmission.ward import CONTRACT, HEADER, Form, judged, written
from tests.examples import WHOLE_RUN, examples

RELEASABLE = "visits.pulse.hard_range"
CELLS = {
    "pulse": st.sampled_from(["70", "15", "900", "", "72.5"]),
    "weight": st.sampled_from(["80", "5000", "", "61"]),
    "note": st.sampled_from(["plain", 'say "x", y', "= a formula", ""]),
}
ROW = st.tuples(*(CELLS[name] for name in ("pulse", "weight", "note")))
TABLES = st.lists(ROW, min_size=2, max_size=8)


def table(cells: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Each row is another patient's, so that no two rows are the same."""
    return [(f"P{n}", "2024-01-01", *row) for n, row in enumerate(cells)]


def raw_rows(path: Path) -> list[str]:
    """Every row as the quarantine would have it."""
    (path.parent / "ward.yaml").write_text(CONTRACT)
    found = read(load(path.parent / "ward.yaml").tables["visits"], path)
    assert found.delivery is not None
    return found.delivery.raw.text(np.arange(found.facts.rows))


def changed(old: tuple[str, ...], new: tuple[str, ...]) -> dict[str, str]:
    return {c: n for c, n, o in zip(HEADER, new, old, strict=True) if n != o}


def held_lines(result: GateResult) -> dict[int, set[str]]:
    found = result.quarantined.groupby("line")["rule"].agg(set)
    return {int(line): rules for line, rules in found.items()}


def same_frames(one: GateResult, other: GateResult) -> None:
    """The same rows accepted; of a rejected delivery, none."""
    assert list(one.valid) == list(other.valid)
    for name, rows in one.valid.items():
        pd.testing.assert_frame_equal(rows, other.valid[name], check_dtype=False)


@examples(8, WHOLE_RUN)
@given(TABLES, st.data(), st.sampled_from(["csv", "parquet"]))
def test_corrected_rows_are_judged_as_if_they_had_come_so(
    cells: list[tuple[str, ...]], data: st.DataObject, form: Form
) -> None:
    rows = table(cells)
    chosen = data.draw(st.dictionaries(st.integers(0, len(rows) - 1), ROW, max_size=4))
    edited = [(*row[:2], *chosen.get(n, row[2:])) for n, row in enumerate(rows)]
    with TemporaryDirectory() as folder:
        path = written(Path(folder), form, rows)
        raws = raw_rows(path)
        corrections = [
            Correction(number=n + 1, source="visits", header=HEADER, raw=raws[n], changes=changes, by="Ada")
            for n in chosen
            if (changes := changed(rows[n], edited[n]))
        ]
        after = judged(path, corrections)
        as_if = judged(written(Path(folder), form, edited))
        assert held_lines(after) == held_lines(as_if)
        same_frames(after, as_if)
    assert after.rows_in == len(rows) == after.rows_accepted + after.rows_quarantined


@examples(8, WHOLE_RUN)
@given(TABLES, st.data())
def test_confirming_frees_rows_that_nothing_else_holds_and_no_other(
    cells: list[tuple[str, ...]], data: st.DataObject
) -> None:
    rows = table(cells)
    with TemporaryDirectory() as folder:
        path = written(Path(folder), "csv", rows)
        before = judged(path)
        held = before.quarantined.drop_duplicates("line")
        chosen = set(data.draw(st.lists(st.sampled_from([0, *held["line"]]), unique=True)))
        corrections = [
            Correction(
                number=n + 1, source="visits", header=HEADER, raw=str(row.raw), rules=(RELEASABLE,), by="Ada"
            )
            for n, row in enumerate(held.itertuples())
            if row.line in chosen
        ]
        after = judged(path, corrections)
    expected = {
        line: rules - ({RELEASABLE} if line in chosen else set())
        for line, rules in held_lines(before).items()
    }
    assert held_lines(after) == {line: rules for line, rules in expected.items() if rules}
    assert after.rows_in == len(rows) == after.rows_accepted + after.rows_quarantined
