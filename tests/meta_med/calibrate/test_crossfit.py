"""Cross-fitting: everybody held out, in every setting, and nothing done twice."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from meta_med import stages
from meta_med.calibrate import crossfit
from meta_med.calibrate.crossfit import cross_fit
from meta_med.study import BudgetSpec, EvaluationSpec, LearnerSpec, SplitsSpec, StudySpec
from tests import scenario

SETTINGS = ("next", "recent", "later", "new_cohort")


def a_study(**evaluation: object) -> StudySpec:
    usual = {
        "settings": SETTINGS, "support_sizes": (0, 1, 2), "most_per_subject": 2, "cohort_sizes": (0, 3),
        "cohort_folds": 1, "groups": ("sex", "age"), "bands": {"age": (50.0,)},
    }  # fmt: skip
    return scenario.quick_study(
        learners=(LearnerSpec(name="bayesian_head", options=dict(scenario.SMALL["bayesian_head"])),),
        baselines=("last_value", "patient_mean"),
        splits=SplitsSpec(folds=2),
        budget=BudgetSpec(
            steps=6,
            batch_subjects=16,
            context_records=4,
            max_support=3,
            evaluate_every=6,
            max_query=1,
            processes=1,
        ),
        evaluation=EvaluationSpec(**{**usual, **evaluation}),
    )


def visits_of_four_sites():
    frame = scenario.visits(60)
    number = frame["id"].str[1:].astype(int)
    return frame.assign(site=np.where(number % 2 == 0, frame["site"], "far " + frame["site"]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("crossfit")
    stages.assemble(home, a_study(), {"visits": visits_of_four_sites()})
    return home


@pytest.fixture(scope="module")
def evaluated(folder: Path) -> crossfit.Evaluated:
    return cross_fit(folder, a_study())


def test_every_setting_has_its_scores(evaluated: crossfit.Evaluated) -> None:
    assert list(evaluated.settings) == ["next", "recent", "later", "new_cohort_0", "new_cohort_3"]
    for scored in evaluated.settings.values():
        assert {"bayesian_head", "last_value", "un_adapted", "champion"} <= set(scored.scores)
        assert len(scored.age) == len(scored.size)
        assert set(scored.groups["sex"]) <= {"f", "m"}
        assert set(scored.groups["age"]) <= {"under 50", "50 and over"}


def test_over_the_folds_everybody_is_held_out_once(evaluated: crossfit.Evaluated) -> None:
    first = evaluated.settings["next"]
    at_first = first.subject[first.size == 0]
    assert sorted(at_first) == list(range(60))


def test_asking_of_new_cohorts_is_about_the_same_patients_for_each_number_of_lenders(
    evaluated: crossfit.Evaluated,
) -> None:
    none, three = evaluated.settings["new_cohort_0"], evaluated.settings["new_cohort_3"]
    assert np.array_equal(none.subject, three.subject)
    assert len(set(none.cohort)) == 1
    key = next(iter(none.scores["un_adapted"]))
    one, other = none.scores["un_adapted"][key], three.scores["un_adapted"][key]
    assert not np.array_equal(one, other, equal_nan=True)  # the context did something


def test_what_it_took_and_what_was_decided_is_told(evaluated: crossfit.Evaluated) -> None:
    facts = evaluated.facts
    assert set(facts["parts"]) == {"patients-0-0", "patients-0-1", "cohorts-0"}
    assert facts["seconds"] > 0
    assert facts["cpu_seconds"] > 0
    assert facts["peak_memory_mb"] > 50
    decisions = facts["champion"]["later"]["patients-0-1"]
    assert {d["outcome"] for d in decisions} == {"marker", "pressure", "swelling"}
    assert facts["parts"]["cohorts-0"]["subjects"]["lending"] > 0


def test_what_is_finished_is_not_done_again(
    folder: Path, evaluated: crossfit.Evaluated, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = next((folder / "crossfit").iterdir())
    shutil.rmtree(home / "patients-0-1" / "later")
    fitted, judged = [], []
    monkeypatch.setattr("meta_med.meta_train.fit.fit_one", lambda fit, *_: fitted.append(fit))
    original = crossfit._assess
    monkeypatch.setattr(
        crossfit,
        "_assess",
        lambda p, f, parts, question, to: (judged.append(question.name), original(p, f, parts, question, to)),
    )
    again = cross_fit(folder, a_study())
    assert not fitted
    assert judged == ["later"]
    for name, scored in evaluated.settings.items():
        for predictor, scores in scored.scores.items():
            for key, values in scores.items():
                np.testing.assert_array_equal(again.settings[name].scores[predictor][key], values)


def test_a_call_that_finds_everything_done_tells_the_memory_of_all_processes(
    folder: Path, evaluated: crossfit.Evaluated
) -> None:
    study = a_study()
    again = cross_fit(folder, replace(study, budget=replace(study.budget, processes=2)))
    assert again.facts["processes"] == 2
    assert again.facts["peak_memory_mb"] > evaluated.facts["peak_memory_mb"]


def test_repeats_deal_patients_anew(folder: Path) -> None:
    parts = crossfit.fold_fits(scenario.table(), a_study(settings=("next",), repeats=2))
    one, other = (next(p for p in parts if p.name == f"patients-{r}-0") for r in range(2))
    table = scenario.table()
    assert not np.array_equal(one.splits(table).of_subject, other.splits(table).of_subject)


def test_another_study_or_other_records_are_not_taken_for_this_one(folder: Path) -> None:
    study = a_study()
    same = replace(study, title="Another title", budget=replace(study.budget, processes=7))
    other = replace(study, budget=replace(study.budget, steps=7))
    assert crossfit._key(folder, same) == crossfit._key(folder, study)
    assert crossfit._key(folder, other) != crossfit._key(folder, study)


def test_named_cohorts_are_held_out_once_in_each_repeat() -> None:
    table = scenario.table()
    name = table.cohort_names[1]
    study = replace(a_study(settings=("next",), repeats=2), splits=SplitsSpec(leave_cohorts_out=(name,)))
    parts = crossfit.fold_fits(table, study)
    assert [part.name for part in parts] == ["patients-0-0", "patients-1-0"]
    for part in parts:
        assert np.array_equal(part.splits(table).subjects("held_out"), table.entry_cohort == 1)
