"""The names that a study may use are those that meta_med has."""

from meta_med.baselines.registry import BASELINES
from meta_med.learners import names
from orchestration import study_meaning


def test_every_learner_of_a_study_exists_and_the_other_way_round() -> None:
    assert set(study_meaning.LEARNERS) == set(names())


def test_every_baseline_of_a_study_exists_and_the_other_way_round() -> None:
    assert set(study_meaning.BASELINES) == set(BASELINES)
