"""The champion: who is served, chosen on tuning patients only."""

import json

import numpy as np
import pytest

from meta_med.calibrate.champion import (
    BLEND,
    Champion,
    Tuning,
    choose_champion,
    describe,
)
from meta_med.calibrate.gate import MIN_COHORT_SUBJECTS
from meta_med.calibrate.strata import STRATA
from meta_med.cohorts.record_table import Floats
from meta_med.forecast import NORMAL, Forecast
from meta_med.outcomes import Outcome, OutcomeLayout

LAYOUT = OutcomeLayout.of([Outcome("a")])
SUBJECTS = 60


def forecast(mean: Floats, scale: float) -> Forecast:
    return Forecast(mean[:, None], np.full((len(mean), 1), scale), np.array([NORMAL]))


def choose(
    noise: dict[str, float], learners: tuple[str, ...], seed: int = 0, subjects: int = SUBJECTS
) -> Champion:
    """Each predictor sees the truth with this much independent noise and says so; one record a stratum."""
    rng = np.random.default_rng(seed)
    sizes = np.array([0, 1, 2, 4, 8])
    subject, size = np.repeat(np.arange(subjects), len(sizes)), np.tile(sizes, subjects)
    y = rng.normal(size=len(subject))
    forecasts = {n: forecast(y + s * rng.normal(size=len(y)), s) for n, s in noise.items()}
    baselines = [n for n in noise if n not in learners]
    return choose_champion(
        Tuning(forecasts, y[:, None], size[:, None], subject, 0 * size), LAYOUT, learners, baselines
    )


def test_a_clearly_better_learner_gets_most_of_the_weight_everywhere() -> None:
    champion = choose({"good": 0.2, "last_value": 1.0, "mixed_model": 1.0}, ("good",))
    for s in range(len(STRATA)):
        assert champion.decisions[s].predictor == BLEND
        assert champion.weights(0, s)[0] > 0.8


def test_learners_that_are_noise_get_next_to_nothing() -> None:
    """Noise whose forecasts claim to be sharp: the prior's weight on it would make the blend worse."""
    champion = choose(
        {"noise": 30.0, "rubbish": 30.0, "last_value": 0.05, "mixed_model": 0.5}, ("noise", "rubbish")
    )
    for decision in champion.decisions:
        assert decision.weights["last_value"] > 0.95
        assert decision.weights.get("noise", 0.0) + decision.weights.get("rubbish", 0.0) < 0.001


def test_a_learner_that_says_nothing_for_some_gets_no_weight() -> None:
    rng = np.random.default_rng(0)
    size = np.ones(SUBJECTS, dtype=np.int64)
    y = rng.normal(size=SUBJECTS)
    broken = np.where(np.arange(SUBJECTS) == 7, np.nan, y)
    forecasts = {
        "broken": forecast(broken, 0.1),
        "last_value": forecast(y + 0.5 * rng.normal(size=SUBJECTS), 0.5),
    }
    tuning = Tuning(forecasts, y[:, None], size[:, None], np.arange(SUBJECTS), 0 * size)
    champion = choose_champion(tuning, LAYOUT, ["broken"], ["last_value"])
    assert champion.weights(0, 1).tolist() == [0.0, 1.0]
    assert np.isfinite(champion.forecast(forecasts, LAYOUT, size[:, None], 0 * size).mean).all()


def test_a_baseline_that_is_nearly_exact_is_served_to_few_patients_too() -> None:
    """Without own records everybody errs by one; from one on `boosted_lags` errs by a hundredth, though it claims
    to know little: neither the large errors elsewhere nor its scale may hide that six patients all prefer it."""
    rng = np.random.default_rng(0)
    size = np.tile([0, 1, 1, 2, 2], 6)
    subject, y = np.repeat(np.arange(6), 5), rng.normal(size=30)
    error = {"good": 0.2, "boosted_lags": 0.01, "mixed_model": 0.3}
    forecasts = {
        name: forecast(np.where(size == 0, 0.0, y + e * rng.choice([-1, 1], size=30)), 0.3)
        for name, e in error.items()
    }
    tuning = Tuning(forecasts, y[:, None], size[:, None], subject, 0 * size)
    champion = choose_champion(tuning, LAYOUT, ["good"], ["boosted_lags", "mixed_model"])
    for s in (1, 2, 3, 4):
        assert champion.weights(0, s)[1] > 0.9


def test_the_best_baseline_is_named_whoever_wins() -> None:
    champion = choose({"good": 0.2, "last_value": 1.0, "mixed_model": 0.6}, ("good",))
    assert {d.best_baseline for d in champion.decisions} == {"mixed_model"}


@pytest.mark.parametrize("seed", range(3))
def test_weights_are_never_negative_and_sum_to_one(seed: int) -> None:
    noise = dict(zip("abcde", np.random.default_rng(seed).uniform(0.2, 2.0, 5), strict=True))
    champion = choose(noise, ("a", "b"), seed, subjects=25)
    for s in range(len(STRATA)):
        weights = champion.weights(0, s)
        assert (weights >= 0).all()
        assert weights.sum() == pytest.approx(1.0, abs=1e-5)


def test_too_few_tuning_patients_choose_nothing_and_say_so() -> None:
    champion = choose({"good": 0.1, "last_value": 1.0}, ("good",), subjects=4)
    assert all(d.predictor == "last_value" and d.n_subjects == 0 for d in champion.decisions)
    assert "tuning patient" in champion.decisions[0].evidence
    assert "the blend's" not in champion.decisions[0].evidence


def test_patients_with_records_never_decide_for_those_without() -> None:
    """The learner is right at k = 1 and nonsense at k = 0, where only a dozen patients are: too few to stand alone
    if any stratum could borrow from any other."""
    rng = np.random.default_rng(0)
    size = np.r_[np.zeros(12, dtype=np.int64), np.ones(60, dtype=np.int64)]
    n = len(size)
    y = rng.normal(size=n)
    wrong = np.where(size == 0, y + 20 * rng.normal(size=n), y + 0.05 * rng.normal(size=n))
    forecasts = {"learner": forecast(wrong, 0.05), "last_value": forecast(y + 0.5 * rng.normal(size=n), 0.5)}
    tuning = Tuning(forecasts, y[:, None], size[:, None], np.arange(n), 0 * size)
    champion = choose_champion(tuning, LAYOUT, ["learner"], ["last_value"])
    assert champion.decisions[0].n_subjects == 12
    assert champion.decisions[1].n_subjects == 60
    assert champion.weights(0, 0)[0] < 0.1
    assert champion.weights(0, 1)[0] > 0.8


def test_a_binary_outcome_is_judged_by_its_log_loss() -> None:
    rng = np.random.default_rng(0)
    n = 300
    p = rng.uniform(0.05, 0.95, n)
    y = (rng.random(n) < p).astype(float)
    nothing = np.full((n, 1), np.nan)
    forecasts = {
        "good": Forecast(p[:, None], nothing, np.array([NORMAL])),
        "last_value": Forecast(np.full((n, 1), 0.5), nothing, np.array([NORMAL])),
    }
    layout = OutcomeLayout.of([Outcome("b", "binary")])
    size = np.ones(n, dtype=np.int64)
    tuning = Tuning(forecasts, y[:, None], size[:, None], np.arange(n), 0 * size)
    assert choose_champion(tuning, layout, ["good"], ["last_value"]).weights(0, 1)[0] > 0.8


def test_the_champions_forecast_pools_each_stratum_with_its_own_weights() -> None:
    champion = choose({"good": 0.2, "last_value": 1.0}, ("good",))
    one, other = forecast(np.array([1.0, 1.0]), 1.0), forecast(np.array([3.0, 3.0]), 2.0)
    found = champion.forecast(
        {"good": one, "last_value": other}, LAYOUT, np.array([[0], [4]]), np.zeros(2, dtype=np.int64)
    )
    for row, stratum in ((0, 0), (1, 3)):
        w, decision = champion.weights(0, stratum), champion.decisions[stratum]
        scale = decision.width * (w @ [1.0, 2.0])
        assert found.scale[row, 0] == pytest.approx(scale)
        assert found.mean[row, 0] == pytest.approx(w @ [1.0, 3.0] + decision.shift * scale)


def test_each_outcome_is_judged_and_served_by_its_own_number_of_values() -> None:
    """b was measured once in five visits, a at each: of b, nothing is known from the first value on."""
    layout = OutcomeLayout.of([Outcome("a"), Outcome("b")])
    rng = np.random.default_rng(0)
    own = np.stack([np.full(120, 5), np.tile([0, 1], 60)], 1)
    y = rng.normal(size=(120, 2))
    near, far = y + 0.1 * rng.normal(size=y.shape), y + rng.normal(size=y.shape)
    last = np.where(own > 0, near, far)
    forecasts = {
        "learner": Forecast(np.where(own > 0, far, near), np.full_like(y, 0.5), np.full(2, NORMAL)),
        "last_value": Forecast(last, np.full_like(y, 0.5), np.full(2, NORMAL)),
    }
    tuning = Tuning(forecasts, y, own, np.arange(120), np.zeros(120, dtype=np.int64))
    champion = choose_champion(tuning, layout, ["learner"], ["last_value"])
    assert champion.weights(1, 0)[0] > 0.8
    assert champion.weights(1, 1)[1] > 0.8
    served = champion.forecast(forecasts, layout, own, np.zeros(120, dtype=np.int64))
    assert np.abs(served.mean - y).mean() < 0.2


def harmed_cohort(subjects: int) -> tuple[Champion, dict[str, Forecast]]:
    """The learner is excellent in cohort 0 and bad in cohort 1, which has this many tuning patients."""
    rng = np.random.default_rng(0)
    cohort = np.r_[np.zeros(400, dtype=np.int64), np.ones(subjects, dtype=np.int64)]
    n = len(cohort)
    y = rng.normal(size=n)
    learner = forecast(y + np.where(cohort == 1, 2.0, 0.1) * rng.normal(size=n), 0.3)
    forecasts = {"learner": learner, "last_value": forecast(y + 0.5 * rng.normal(size=n), 0.5)}
    tuning = Tuning(forecasts, y[:, None], np.ones((n, 1), dtype=np.int64), np.arange(n), cohort)
    return choose_champion(tuning, LAYOUT, ["learner"], ["last_value"]), forecasts


def test_a_cohort_whose_own_patients_are_harmed_is_served_the_baseline() -> None:
    champion, forecasts = harmed_cohort(MIN_COHORT_SUBJECTS)
    assert [champion.predictor(0, 1, c) for c in (0, 1)] == [BLEND, "last_value"]
    ones = np.ones((3, 1), dtype=np.int64)
    rows = {name: f.take(np.array([0, 1, 2])) for name, f in forecasts.items()}
    served = champion.forecast(rows, LAYOUT, ones, np.array([0, 1, 7]))
    assert served.mean[1, 0] == pytest.approx(rows["last_value"].mean[1, 0])
    assert served.scale[1, 0] == pytest.approx(0.5)
    assert abs(served.mean[0, 0] - rows["learner"].mean[0, 0]) < 0.1
    evidence = describe(champion, ["north", "south"])[1]["evidence"]
    assert "In cohort south it harmed 60 tuning patients" in evidence
    assert "last value is served there" in evidence


def test_a_cohort_with_few_patients_decides_nothing_by_itself() -> None:
    champion, _ = harmed_cohort(MIN_COHORT_SUBJECTS - 1)
    assert champion.predictor(0, 1, 1) == BLEND


def test_a_baseline_that_is_better_only_by_luck_is_not_served_for_it() -> None:
    champion = choose(
        {"a": 0.5, "last_value": 0.5, "mixed_model": 0.5, "patient_mean": 0.5}, ("a",), subjects=25
    )
    assert all(d.predictor == BLEND for d in champion.decisions)


def test_a_champion_is_json_and_describes_itself() -> None:
    champion = choose({"good": 0.2, "last_value": 1.0}, ("good",))
    assert Champion.from_json(json.loads(json.dumps(champion.to_json()))) == champion
    harmed, _ = harmed_cohort(MIN_COHORT_SUBJECTS)
    assert Champion.from_json(json.loads(json.dumps(harmed.to_json()))) == harmed
    rows = describe(champion)
    assert [r["support_size"] for r in rows] == ["0", "1", "2", "3-5", "6+"]
    assert set(rows[0]) == {"outcome", "support_size", "predictor", "best_baseline", "weights", "evidence"}


FEW, MANY = 3, 12


def choose_for_new_cohorts(cohorts: int, noise: dict[str, float]) -> Champion:
    """`choose` with patients of so many cohorts that no predictor was trained on."""
    rng = np.random.default_rng(0)
    sizes = np.array([0, 1, 2, 4, 8])
    subject, size = np.repeat(np.arange(SUBJECTS), len(sizes)), np.tile(sizes, SUBJECTS)
    y = rng.normal(size=len(subject))
    forecasts = {n: forecast(y + s * rng.normal(size=len(y)), s) for n, s in noise.items()}
    tuning = Tuning(forecasts, y[:, None], size[:, None], subject, subject % cohorts, new_cohorts=True)
    learners = [n for n in noise if n in {"hierarchical_mixed", "good"}]
    return choose_champion(tuning, LAYOUT, learners, [n for n in noise if n not in learners])


def test_three_new_cohorts_cannot_choose_so_the_hierarchical_model_is_served_although_another_was_better() -> (
    None
):
    noise = {"good": 0.2, "hierarchical_mixed": 0.4, "last_value": 1.0}
    for decision in choose_for_new_cohorts(FEW, noise).decisions:
        assert decision.predictor == "hierarchical_mixed"
        assert decision.weights == {"hierarchical_mixed": 1.0}
        assert decision.evidence.startswith(
            "On 60 tuning patients of 3 new cohorts, too few to choose by, hierarchical mixed is served"
        )
    assert {d.predictor for d in choose_for_new_cohorts(MANY, noise).decisions} == {BLEND}


def test_the_hierarchical_model_is_not_served_to_new_cohorts_where_a_baseline_was_clearly_better() -> None:
    champion = choose_for_new_cohorts(FEW, {"hierarchical_mixed": 1.0, "last_value": 0.2})
    assert "hierarchical_mixed" not in {d.predictor for d in champion.decisions}


def test_of_three_new_cohorts_no_baseline_displaces_the_blend_but_of_twelve() -> None:
    noise = {"good": 1.0, "last_value": 0.2}
    few, many = (choose_for_new_cohorts(n, noise).decisions for n in (FEW, MANY))
    assert {(d.predictor, d.centre) for d in few} == {(BLEND, "")}
    assert all("of 3 new cohorts, too few to choose by, the blend is served" in d.evidence for d in few)
    assert all(d.predictor == "last_value" or d.centre or d.weights["last_value"] > 0.8 for d in many)


def test_a_champion_for_new_cohorts_comes_back_from_its_file_with_its_evidence() -> None:
    champion = choose_for_new_cohorts(FEW, {"hierarchical_mixed": 0.4, "last_value": 1.0})
    again = Champion.from_json(json.loads(json.dumps(champion.to_json())))
    assert [d.evidence for d in again.decisions] == [d.evidence for d in champion.decisions]
