"""The names that a study may use are those that meta_med has."""

from typing import get_args

from dashboard import figures, outcome_kinds
from dashboard.wording.names import METRICS, predictor_label
from meta_med.baselines.registry import BASELINES
from meta_med.cohorts import account
from meta_med.evaluate.leakage import CLAIMS, HELD, VIOLATED
from meta_med.meta_train.predictors import CHOSEN_BASELINE
from meta_med.outcomes.registry import KINDS
from meta_med.study_parts.outcomes import Kind
from orchestration.runs import model_results, stage_results


def test_the_model_page_knows_and_names_every_baseline() -> None:
    """The dashboard reads only what is published, so it cannot ask the registry."""
    assert set(figures.BASELINES) == {*BASELINES.built_in, CHOSEN_BASELINE}
    assert all(predictor_label(name) != name for name in figures.BASELINES)


def test_every_leakage_check_is_a_check_with_the_same_claim() -> None:
    assert dict(model_results.LEAKAGE_CHECKS) == CLAIMS
    assert (model_results.HELD, model_results.VIOLATED) == (HELD, VIOLATED)
    assert stage_results.PROMINENT == account.PROMINENT


def test_every_kind_of_outcome_that_a_study_may_name_is_scored_and_shown() -> None:
    """A study's `kind` is typed by hand, for a type cannot be made of the registry."""
    scored = {name for name, kind in KINDS.items() if kind.metrics}
    assert scored == set(get_args(Kind)) == set(outcome_kinds.KINDS)
    for name, shown in outcome_kinds.KINDS.items():
        assert set(shown.measures) <= set(METRICS)
        assert shown.measures[0] == KINDS[name].metrics[0].name
