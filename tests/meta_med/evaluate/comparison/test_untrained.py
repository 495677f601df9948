"""Nothing trained: only the lenders' records are known, and the page says who had what."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from meta_med import run_files
from meta_med.bench import untrained as page
from meta_med.evaluate.comparison import untrained as module
from meta_med.evaluate.comparison.untrained import Untrained, untrained, why_not
from meta_med.study_core.training import TrainingConfig, new_core
from tests import scenario


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """One draw, two quick predictors: what is tested is who lends."""
    monkeypatch.setattr(module, "DRAWS", 1)
    monkeypatch.setattr(module, "FROM_LENDERS", ("shrunk_mean", "last_value"))
    monkeypatch.setattr(module, "FROM_EVERYBODY", ("shrunk_mean", "boosted_lags"))


def test_the_errors_are_those_of_twenty_patients_and_of_everybody() -> None:
    found = untrained(scenario.table(), scenario.study())
    told = {(one.predictor, one.patients > module.LENDERS, one.untrained) for one in found}
    assert told == {
        ("shrunk_mean", True, False),
        ("boosted_lags", True, False),
        ("hierarchical_mixed", False, True),
        ("shrunk_mean", False, False),
        ("last_value", False, False),
    }
    assert all(0.05 < one.error < 2.0 for one in found)


def test_other_patients_records_change_nothing_of_what_twenty_tell() -> None:
    table, study = scenario.table(), scenario.study()
    splits = module.split_subjects(table, replace(study.splits, parts=1))
    held_out = splits.subjects("held_out")
    lenders = module._drawn(~held_out, np.random.default_rng([study.seed, 0]))
    others = table.rows_of(~held_out & ~lenders)
    changed = table.y.copy()
    changed[others, 0] += 5.0
    first, second = (
        module._prepared(t, study, lenders, held_out) for t in (table, replace(table, y=changed))
    )
    assert first.scaling == second.scaling
    assert np.array_equal(first.context.y, second.context.y)


def test_studies_that_cannot_be_asked_say_why() -> None:
    table, study = scenario.table(), scenario.study()
    assert why_not(table, study) is None
    only_events = replace(study, outcomes=tuple(o for o in study.outcomes if o.kind == "binary"))
    assert why_not(table, only_events) == "no continuous outcome"


def test_the_page_has_the_smallest_error_first_and_names_what_was_left_out(tmp_path: Path) -> None:
    (tmp_path / run_files.RECORDS).mkdir()
    scenario.table().save(tmp_path / run_files.RECORDS)
    text = page.run(tmp_path / "page.md", [(scenario.study(), tmp_path)], ["absent"])
    assert "`absent`: its data are not there" in text
    rows = [
        line.split(" | ") for line in text.splitlines() if line.startswith("| `") and "predictor" not in line
    ]
    errors = [float(row[3]) for row in rows]
    assert errors == sorted(errors)
    assert {row[2] for row in rows} == {"as it comes", "fitted on them"}
    standard = page.section(
        scenario.study(), [Untrained("boosted_lags", 9, False, 0.5, 1.0), Untrained("x", 2, True, 0.55, 0.1)]
    )
    assert "| `x` | 2 | as it comes | 0.550 | 0.1 | +10.0% |" in standard


def test_the_core_counts_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    core = new_core(TrainingConfig(models=4, width=8, heads=2, blocks=1)).eval().requires_grad_(False)
    monkeypatch.setattr("meta_med.study_core.weights.load", lambda: core)
    monkeypatch.setattr(module, "FROM_LENDERS", ("study_core",))
    found = {one.predictor: one for one in untrained(scenario.table(), scenario.study())}
    assert found["study_core"].untrained
    assert found["study_core"].patients == module.LENDERS
