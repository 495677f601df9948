"""Studies whose data do not come with the product: their contract and their study fit each other on made-up rows."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from data_contracts.contract import load as load_contract
from data_contracts.gate import validate
from meta_med.cohorts.assemble import assemble
from meta_med.cohorts.splits import split_subjects
from meta_med.study import StudySpec
from orchestration.study.bundled import bundled_studies
from orchestration.study.load import LoadedStudy, load
from tests.spec.study.made_up import made_up

OUTSIDE = sorted(name for name in bundled_studies() if load(name).data)


def valid_rows(study: LoadedStudy, folder: Path):
    contract = load_contract(study.contract)
    files = {}
    for number, (name, table) in enumerate(contract.tables.items()):
        files[name] = folder / f"{name}.parquet"
        made_up(table, np.random.default_rng(number)).to_parquet(files[name])
    return validate(contract, files)


def with_every_cohort(spec: StudySpec) -> StudySpec:
    """Made-up tables are small: their cohorts stay cohorts, and nobody is drawn out."""
    return replace(
        spec, cohorts=replace(spec.cohorts, min_subjects=1), records=replace(spec.records, share=1.0)
    )


def test_there_are_ten_of_them() -> None:
    assert len(OUTSIDE) == 10


@pytest.mark.parametrize("name", OUTSIDE)
def test_made_up_rows_pass_the_gate_and_become_records(name: str, tmp_path: Path) -> None:
    study = load(name)
    result = valid_rows(study, tmp_path)
    assert result.verdict == "accept", [f.message for f in result.findings if f.code.startswith(("E", "Q"))]
    table = assemble(result.valid, with_every_cohort(study.spec))
    assert table.n_subjects >= 30
    assert len(table.cohort_names) >= 2
    assert (np.diff(table.time)[table.subject[1:] == table.subject[:-1]] > 0).all()
    splits = split_subjects(table, study.spec.splits)
    assert all(splits.subjects(split).any() for split in ("train", "tuning", "calibration", "held_out"))


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_outcome_of_a_record_is_among_its_covariates(name: str) -> None:
    spec = load(name).spec
    outcomes = {o.source_column for o in spec.outcomes}
    assert outcomes.isdisjoint(c.source_column for c in spec.covariates)
