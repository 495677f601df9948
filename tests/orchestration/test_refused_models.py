"""A model that is worse than a baseline, or that leaks: remarked on or refused, and the release before stays."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from meta_med import run_files
from meta_med.published import reader
from orchestration.errors import ModelError
from orchestration.execution import run_graph
from orchestration.health import health_of
from orchestration.models import promotion
from orchestration.models.journal import REFUSED
from orchestration.models.promotion import Promotion
from orchestration.runs import model_results
from orchestration.runs.stage_run import StageRun
from orchestration.stages import publish
from orchestration.study.load import LoadedStudy
from tests.orchestration.small_study import Finished, Heard

SURELY_WORSE = {
    "outcome": "peak_flow",
    "support_size": 1,
    "sizes": [1, 2],
    "sure": True,
    "told": "With 1 own record the mean absolute error is 28 % higher than that of last value.",
}


def judged_again(run: Finished, study: LoadedStudy, *found: dict[str, object]) -> Promotion:
    """What becomes of the run's model if the evaluation has found this of its champion and the baselines."""
    (run.folder.path / run_files.WORSE).write_text(json.dumps(found), encoding="utf-8")
    return promotion.promote(StageRun(study, run.workspace(), run.folder))


def refusing(study: LoadedStudy) -> LoadedStudy:
    """The study, but one that refuses a champion worse than a baseline."""
    spec = study.spec
    return replace(study, spec=replace(spec, serve=replace(spec.serve, worse_than_baseline="refuse")))


def test_a_champion_worse_than_a_baseline_is_published_with_that_remark_and_refused_where_the_study_says_so(
    copied: Finished,
) -> None:
    workspace = copied.workspace()
    assert judged_again(copied, copied.study, SURELY_WORSE).promoted
    published = run_graph(copied.study, workspace).published
    assert published is not None
    head = reader.head(workspace.store_url, copied.study.name)
    assert head is not None
    assert head.manifest["worse_than_baseline"] == [SURELY_WORSE]
    told = health_of(copied.study.name, workspace).lines()
    assert f"  worse than a baseline: peak_flow. {SURELY_WORSE['told']}" in told
    strict = refusing(copied.study)
    with pytest.raises(ModelError, match=r"E_WORSE.*peak_flow: With 1 own record.*is still served"):
        publish.publish(strict, workspace, copied.folder)
    refused = judged_again(copied, strict, SURELY_WORSE, SURELY_WORSE)
    assert refused.state == REFUSED
    assert refused.why.startswith("E_WORSE")
    again = reader.head(workspace.store_url, copied.study.name)
    assert again is not None
    assert again.release_id == published.release_id


def test_a_difference_that_may_be_chance_refuses_nothing(copied: Finished) -> None:
    perhaps = [{**SURELY_WORSE, "sure": False}]
    assert judged_again(copied, refusing(copied.study), *perhaps).promoted
    published = run_graph(copied.study, copied.workspace()).published
    assert published is not None
    assert published.changed
    assert model_results.worse_lines([SURELY_WORSE, *perhaps])[0].startswith(
        "Worse than a baseline: peak_flow."
    )
    assert model_results.worse_lines(perhaps)[0].startswith("Perhaps worse than a baseline: peak_flow.")


def leaking(place: Path) -> pd.DataFrame:
    """The leakage checks' findings of this run, but one of them is violated."""
    found = pd.read_parquet(place / run_files.LEAKAGE)
    found.loc[found["sentinel"] == "changed_future", "verdict"] = model_results.VIOLATED
    return found


def test_a_violated_leakage_check_stops_the_run_before_anything_is_served(
    finished: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_results, "leakage_findings", leaking)
    heard = Heard()
    with pytest.raises(
        ModelError, match=r"E_LEAK.*later records change no prediction.*release before is still"
    ):
        run_graph(finished.study, finished.workspace(heard), train=True)
    assert list(heard.reused)[-1] == "evaluate"
    with pytest.raises(ModelError, match="E_LEAK"):
        publish.publish(finished.study, finished.workspace(), finished.outcome.folder)
    head = reader.head(finished.workspace().store_url, finished.study.name)
    assert head is not None
    assert head.release_id == finished.release_id


def test_a_release_holds_what_leakage_checks_and_guards_found(finished: Finished) -> None:
    url = finished.workspace().store_url
    found = reader.sentinels(url, finished.release_id)
    assert set(found["sentinel"]) == set(model_results.LEAKAGE_CHECKS)
    assert model_results.VIOLATED not in set(found["verdict"])
    guards = reader.guards(url, finished.release_id).set_index("guard")
    assert (guards["n_calibration"] > 0).all()
    assert guards["false_alarms"].max() <= 0.05
