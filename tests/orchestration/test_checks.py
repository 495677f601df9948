"""What the contract's checks say in Dagster: what is held back fails its rule, what is only unusual does not."""

from pathlib import Path

import pandas as pd

from data_contracts.contract import load
from meta_med import run_files
from orchestration.checks import RULE, check_results, check_specs
from tests.orchestration.small_study import Finished

SOFT, HARD = "visits.age.hard_range", "visits.peak_flow.hard_range"


def test_an_unusual_value_passes_with_its_number_and_a_held_one_fails(
    finished: Finished, tmp_path: Path
) -> None:
    folder = finished.copied(tmp_path / "copy").folder
    found = {"source": "visits", "rule": [SOFT, HARD], "code": ["W_SOFT_RANGE", "Q_HARD_RANGE"],
             "severity": ["warning", "critical"], "count": [1_234, 2]}  # fmt: skip
    pd.DataFrame(found).to_parquet(folder.path / run_files.FINDINGS)
    specs = check_specs("asthma", load(finished.study.contract))
    names = {spec.metadata[RULE]: spec.name for spec in specs[1:]}
    results = {result.check_name: result for result in check_results(specs, folder)}
    soft, hard = results[names[SOFT]], results[names[HARD]]
    assert (soft.passed, soft.description) == (
        True,
        "1,234 unusual, and used: the data-quality report has them",
    )
    assert (hard.passed, hard.description) == (False, "2 held back")
    clean = [result for name, result in results.items() if name not in {names[SOFT], names[HARD]}]
    assert all(result.passed and result.description is None for result in clean)
