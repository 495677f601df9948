"""The names that a study may use are those that meta_med has."""

from dashboard import wording
from dashboard.views import model
from meta_med.baselines.registry import BASELINES
from meta_med.evaluate.leakage import CLAIMS, HELD, VIOLATED
from meta_med.meta_train.predictors import CHOSEN_BASELINE
from orchestration.runs import leakage_verdict


def test_the_model_page_knows_and_names_every_baseline() -> None:
    """The dashboard reads only what is published, so it cannot ask the registry."""
    assert set(model.BASELINES) == {*BASELINES.built_in, CHOSEN_BASELINE}
    assert all(wording.predictor(name) != name for name in model.BASELINES)


def test_every_sentinel_is_a_check_with_the_same_claim() -> None:
    assert dict(leakage_verdict.SENTINELS) == CLAIMS
    assert (leakage_verdict.HELD, leakage_verdict.VIOLATED) == (HELD, VIOLATED)
