"""The fast rules find exactly the rows that plain loops find, and that plain Great Expectations finds."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given

from data_contracts.bench import visits
from data_contracts.contract.check_specs import resolve_arguments, table_specs
from data_contracts.rules.cell_rules import pattern
from data_contracts.rules.gx_engine import failing_rows
from data_contracts.rules.slices import whole_table_notes
from data_contracts.validation.check_table import cast, read
from tests.data_contracts.speed.corrupted_visits import NOW, SEEDS, TABLE, WHICH, corrupted, written
from tests.data_contracts.speed.slow_rules import broken, counted, rows_of
from tests.examples import WHOLE_RUN, examples

SPECS = tuple(table_specs(TABLE))


def typed(seed: int, which: list[int]) -> pd.DataFrame:
    """The corrupted table under its types, held rows and all."""
    found = cast(read(TABLE, written(corrupted(seed, which))))
    assume(len(found.frame.columns) > 0)
    return found.frame


@examples(8, WHOLE_RUN)
@given(seed=SEEDS, which=WHICH)
def test_rules_of_rows_find_what_plain_loops_find(seed: int, which: list[int]) -> None:
    frame = typed(seed, which)
    rows = rows_of(frame)
    for name, positions in failing_rows(frame, SPECS, TABLE, NOW).items():
        spec = next(s for s in SPECS if s.name == name)
        assert positions.tolist() == broken(rows, spec, resolve_arguments(spec, TABLE, NOW)), name


@examples(8, WHOLE_RUN)
@given(seed=SEEDS, which=WHICH)
def test_rules_about_the_whole_count_what_plain_loops_count(seed: int, which: list[int]) -> None:
    frame = typed(seed, which)
    kept = np.random.default_rng(seed).random(len(frame)) < 0.9
    rows = rows_of(frame[kept])
    for spec in SPECS:
        slow = counted(rows, spec, "patient_id")
        if slow is not None:
            notes = whole_table_notes(frame, kept, [spec], TABLE, NOW)
            assert [n.count for n in notes] == ([slow] if slow else []), spec.name


@examples(3, 50)
@given(seed=SEEDS, which=WHICH)
def test_plain_great_expectations_finds_the_same_rows(seed: int, which: list[int]) -> None:
    frame = typed(seed, which)
    ours = failing_rows(frame, SPECS, TABLE, NOW)
    theirs = visits.failing(frame.astype({"sex": "str", "patient_id": "str", "cohort_id": "str"}), [
        e for e in visits.expectations(TABLE, NOW) if "unique" not in e.meta["check"]
    ])  # fmt: skip
    assert len(theirs) >= 15
    for name, rows in theirs.items():
        assert ours[name].tolist() == rows, name


REGEXES = (
    r"[A-Z0-9]{2,4}", r"\d+", r"[^;]*", r"(?:a|b)+c?", r"\w+", r"a.b", r"(?i)abc", r"(?=a)ab", r"a++",
    r"[[:alpha:]]+", r"x$", r"\.", r"[a\-c]+",
)  # fmt: skip
TEXTS = (
    "AB", "ABCDE", "12", "\u0661\u0662", "a;b", "", "abab", "abc", "ABC", "a\nb", "\u00e4", "aa", "ab", ":l", "x",
    "x\n", ".", "a-c",
)  # fmt: skip


@pytest.mark.parametrize("regex", REGEXES)
def test_a_pattern_means_what_it_means_to_python(regex: str) -> None:
    frame = pd.DataFrame({"id": pd.Categorical(TEXTS)})
    found = pattern(frame, {"column": "id", "regex": regex})
    assert found.tolist() == [re.fullmatch(regex, text) is not None for text in TEXTS]
