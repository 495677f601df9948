"""Champion and challenger: what is promoted, what is refused, and what a person may decide."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from meta_med.study import LearnerSpec
from orchestration.errors import ModelError
from orchestration.execution import run_graph
from orchestration.models import promotion
from orchestration.models.journal import CANDIDATE, CHAMPION, REFUSED, RETIRED, ModelJournal, Signature
from orchestration.models.versions import DRAFT, study_folder, write_version
from orchestration.runs import model_results
from orchestration.runs.run_outcome import RunOutcome
from orchestration.runs.stage_run import StageRun
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace
from tests.orchestration.small_study import Finished, small_study, workspace_at

ONE_STEP, ENOUGH = 1, 200


def with_steps(study: LoadedStudy, steps: int) -> LoadedStudy:
    """The study with one learner that learns for so many steps, and a baseline that knows no own records."""
    budget = replace(study.spec.budget, evaluate_every=25, patience=8)
    learners = (LearnerSpec(name="neural_process", steps=steps),)
    return replace(
        study, spec=replace(study.spec, learners=learners, baselines=("population",), budget=budget)
    )


@pytest.fixture
def trained(tmp_path: Path) -> Callable[[int], RunOutcome]:
    """Trains the same study anew, on a delivery that is one visit shorter each time."""
    study, home = small_study(tmp_path / "study"), tmp_path / "home"
    visits = study.sources["visits"].read_text().splitlines()

    def train(steps: int) -> RunOutcome:
        visits.pop()
        path = tmp_path / "visits.csv"
        path.write_text("\n".join(visits) + "\n")
        own = with_steps(study, steps)
        return run_graph(own, workspace_at(home, own, visits=path), last="promote")

    return train


def journal_at(tmp_path: Path) -> ModelJournal:
    return ModelJournal(tmp_path / "home" / "models")


def test_a_challenger_of_one_step_is_refused_with_its_evidence(
    trained: Callable[[int], RunOutcome], tmp_path: Path
) -> None:
    first, second = trained(ENOUGH), trained(ONE_STEP)
    assert (first.promoted["state"], second.promoted["state"]) == (CHAMPION, REFUSED)
    journal = journal_at(tmp_path)
    champion = journal.champion("asthma")
    assert champion is not None
    assert champion.version == first.promoted["model"]
    last = journal.entries("asthma", str(second.promoted["model"]))[-1]
    compared = last.evidence["comparison"]
    cohorts = second.folder.marker("cohorts")
    assert cohorts is not None
    # splits stay, so that all who are held out were held out of the champion's training too
    assert compared["held_out_patients"] == cohorts["summary"]["counts"]["held_out"]
    overall = compared["differences"][0]
    assert overall["outcome"] == "all"
    assert overall["high"] > compared["margin"] == 0.02
    assert overall["value"] > 0
    assert set(last.evidence["leakage_checks"]) == set(model_results.LEAKAGE_CHECKS)
    assert "Not shown to be no worse" in last.why or "Worse than the champion" in last.why


def test_a_better_challenger_replaces_the_champion_which_is_retired(
    trained: Callable[[int], RunOutcome], tmp_path: Path
) -> None:
    first, second = trained(ONE_STEP), trained(ENOUGH)
    assert second.promoted["state"] == CHAMPION
    states = {version: entry.state for (_, version), entry in journal_at(tmp_path).latest().items()}
    assert states == {first.promoted["model"]: RETIRED, second.promoted["model"]: CHAMPION}
    better = journal_at(tmp_path).champion("asthma")
    assert better is not None
    assert better.evidence["comparison"]["differences"][0]["high"] <= 0.02
    assert better.evidence["comparison"]["differences"][0]["value"] < 0


def step_of(run: Finished) -> StageRun:
    return StageRun(run.study, run.workspace(), run.folder)


def signed(workspace: Workspace, who: str = "Ann") -> Signature:
    return Signature(who, "trying", "account", workspace.now())


def test_a_model_that_leaks_is_refused_in_the_journal_and_there_is_no_champion(
    copied: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = copied.workspace()
    ModelJournal(workspace.models).path.unlink()

    def leaking(place: Path):
        import pandas as pd

        found = pd.read_parquet(place / "leakage.parquet")
        return found.assign(verdict=model_results.VIOLATED)

    monkeypatch.setattr(model_results, "leakage_findings", leaking)
    with pytest.raises(ModelError, match="E_LEAK"):
        run_graph(copied.study, workspace)
    (last,) = ModelJournal(workspace.models).latest().values()
    assert last.state == REFUSED
    assert last.why.startswith("E_LEAK")
    assert ModelJournal(workspace.models).champion(copied.study.name) is None


def test_the_same_training_again_changes_nothing(copied: Finished) -> None:
    before = ModelJournal(copied.workspace().models).entries()
    again = promotion.promote(step_of(copied))
    assert (again.state, again.decided_now) == (CHAMPION, False)
    assert ModelJournal(copied.workspace().models).entries() == before


def test_what_a_person_retired_stays_retired_and_what_the_program_replaced_may_come_back(
    copied: Finished,
) -> None:
    workspace = copied.workspace()
    journal = ModelJournal(workspace.models)
    champion = journal.champion(copied.study.name)
    assert champion is not None
    journal.record(copied.study.name, champion.version, RETIRED, signed(workspace))
    assert promotion.promote(step_of(copied)).state == RETIRED
    journal.record(copied.study.name, champion.version, RETIRED, signed(workspace, promotion.PROGRAM))
    assert promotion.promote(step_of(copied)).state == CHAMPION


@pytest.mark.fault("P12", "I3")
def test_a_training_killed_before_its_decision_is_decided_by_the_next(copied: Finished) -> None:
    workspace = copied.workspace()
    journal = ModelJournal(workspace.models)
    journal.path.unlink()
    version = write_version(copied.study, workspace, copied.folder).name
    journal.record(copied.study.name, version, CANDIDATE, signed(workspace, promotion.PROGRAM))
    assert promotion.promote(step_of(copied)).state == CHAMPION


@pytest.mark.fault("P12", "I4")
def test_a_draft_that_a_killed_training_left_is_no_version_and_is_removed(copied: Finished) -> None:
    workspace = copied.workspace()
    left = study_folder(workspace, copied.study.name) / f"{DRAFT}99"
    left.mkdir()
    (left / "champion.json").write_text("{")
    version = write_version(copied.study, workspace, copied.folder)
    assert [path.name for path in study_folder(workspace, copied.study.name).iterdir()] == [version.name]


def test_two_champions_are_impossible_and_entries_are_only_added(copied: Finished) -> None:
    import sqlite3

    workspace = copied.workspace()
    journal = ModelJournal(workspace.models)
    journal.record(copied.study.name, "f" * 16, CHAMPION, signed(workspace))
    states = [entry.state for entry in journal.latest(copied.study.name).values()]
    assert states.count(CHAMPION) == 1
    with sqlite3.connect(journal.path) as connection:
        for statement in ("UPDATE entry SET state = 'champion'", "DELETE FROM entry"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                connection.execute(statement)
