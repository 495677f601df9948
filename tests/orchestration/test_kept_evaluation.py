"""A cross-fitted evaluation is kept in the home, and published with the release it belongs to and no other."""

import json
import shutil
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from meta_med import run_files
from meta_med.published import reader
from orchestration import kept_evaluation
from orchestration.runs.run_folder import RunFolder
from orchestration.stages.publish import publish
from orchestration.workspace import Workspace
from tests.orchestration.small_study import Finished


@pytest.fixture
def evaluated(finished: Finished, tmp_path) -> Finished:
    """The finished run with the run's own table kept as if every patient had been held out."""
    copy = finished.copied(tmp_path / "home")
    table = pd.read_parquet(copy.folder.path / run_files.EVALUATION)
    main = SimpleNamespace(evaluation=table, setting="next", n_patients=150)
    folder = kept_evaluation.with_records(copy.folder, copy.workspace())
    kept_evaluation.keep(folder, SimpleNamespace(main=main, spec=copy.study.spec), date(2027, 3, 1))
    return copy


def kept_of(run: RunFolder, workspace: Workspace) -> kept_evaluation.KeptEvaluation | None:
    """The evaluation of the run's records, if it is kept."""
    return kept_evaluation.kept_evaluation(kept_evaluation.evaluation_folder(run, workspace).name, workspace)


def test_a_release_without_one_has_no_cross_fitted_figures(finished: Finished) -> None:
    workspace = finished.workspace()
    assert kept_of(finished.folder, workspace) is None
    assert reader.evaluation(workspace.store_url, finished.release_id, cross_fitted=True).empty


def test_the_next_publication_shows_it_with_its_date_and_fingerprint(evaluated: Finished) -> None:
    workspace = evaluated.workspace()
    done = publish(evaluated.study, workspace, evaluated.folder)
    assert done.changed
    head = reader.head(workspace.store_url, evaluated.study.name)
    assert head is not None
    about = head.manifest["cross_fitted"]
    assert (about["evaluated_on"], about["folds"], about["n_patients"]) == ("2027-03-01", 5, 150)
    assert about["fingerprint"] == kept_evaluation.evaluation_folder(evaluated.folder, workspace).name
    rows = reader.evaluation(workspace.store_url, done.release_id, cross_fitted=True)
    own = reader.evaluation(workspace.store_url, done.release_id)
    pd.testing.assert_frame_equal(rows, own)
    again = publish(evaluated.study, workspace, evaluated.folder)
    assert (again.release_id, again.changed) == (done.release_id, False)


def test_an_evaluation_of_other_records_is_not_shown(evaluated: Finished) -> None:
    run, workspace = evaluated.folder, evaluated.workspace()
    assert kept_of(run, workspace) is not None
    facts = run.path / run_files.FACTS
    facts.write_text(json.dumps(run.facts() | {"study_sha256": "0" * 64}))
    assert kept_of(run, workspace) is None


def test_an_interrupted_write_leaves_none_and_a_second_one_keeps_the_first_date(evaluated: Finished) -> None:
    run, workspace = evaluated.folder, evaluated.workspace()
    folder = kept_evaluation.evaluation_folder(run, workspace)
    kept = kept_of(run, workspace)
    assert kept is not None
    result = SimpleNamespace(
        main=SimpleNamespace(evaluation=kept.table, setting="next", n_patients=150), spec=evaluated.study.spec
    )
    kept_evaluation.keep(folder, result, date(2028, 1, 1))
    again = kept_of(run, workspace)
    assert again is not None
    assert again.about == kept.about
    (about,) = folder.glob(f"{run_files.CROSSFIT}/*/{kept_evaluation.ABOUT}")
    about.unlink()
    assert kept_of(run, workspace) is None
    shutil.rmtree(about.parent)
    assert kept_of(run, workspace) is None
