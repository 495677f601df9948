"""A champion that is worse than a baseline on held-out patients is found, by outcome, own records and score."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.calibrate.record_scores import Scored
from meta_med.cohorts.record_table import Floats
from meta_med.evaluate.worse_than_baseline import Worse, worse_than_baseline
from meta_med.outcomes import Outcome, OutcomeLayout

PATIENTS = 120
SIZES = np.tile([0, 1, 2, 4, 8], PATIENTS)
LAYOUT = OutcomeLayout.of([Outcome("score", unit="points"), Outcome("death", "binary")])
KEYS = {"score": (("mae", "points"), ("crps", "points")), "death": (("brier", "1"), ("log_loss", "nats"))}


def scored(changes: dict[tuple[str, str], Floats], spread: float = 0.2, seed: int = 0) -> Scored:
    """Every predictor has the same error but for noise; `changes` multiply the champion's, by outcome and metric."""
    rng = np.random.default_rng(seed)
    n = len(SIZES)
    scores = {}
    for name in ("champion", "last_value", "mixed_model"):
        scores[name] = {
            (outcome, metric, unit): (1 + spread * rng.random(n))
            * (changes.get((outcome, metric), np.ones(n)) if name == "champion" else 1.0)
            for outcome, metrics in KEYS.items()
            for metric, unit in metrics
        }
    return Scored(
        size=SIZES,
        subject=np.repeat(np.arange(PATIENTS), 5),
        cohort=np.zeros(n, dtype=np.int64),
        cohort_names=("all patients",),
        scores=scores,
        events={},
        probabilities={name: {} for name in scores},
    )


def found(changes: dict[tuple[str, str], Floats], **noise: float) -> list[Worse]:
    return worse_than_baseline(scored(changes, **noise), LAYOUT, ["last_value", "mixed_model", "unknown"])


def test_a_champion_that_is_as_good_everywhere_is_told_nowhere_as_surely_worse() -> None:
    assert not any(w.sure for w in found({}))


def test_a_larger_error_at_one_number_of_records_is_told_there_and_with_its_size() -> None:
    larger = np.where(SIZES == 1, 1.277, 1.0)
    sure = [w for w in found({("score", "mae"): larger}) if w.sure]
    cells = {(w.outcome, w.own_records, w.score) for w in sure}
    assert cells == {("score", "1", "mean absolute error"), ("score", "1 or more", "mean absolute error")}
    (here,) = [w for w in sure if w.own_records == "1"]
    assert here.difference == pytest.approx(0.28, abs=0.03)
    assert here.low < here.difference < here.high
    assert here.told.startswith("With 1 own record the mean absolute error is 2")
    assert "% higher than that of" in here.told
    assert "120 held-out patients" in here.told
    assert here.to_json()["sizes"] == [1, 2]


def test_a_champion_that_adaptation_made_worse_is_told_although_every_baseline_is_worse_still() -> None:
    """The un-adapted prediction is a rival too, from one own record on."""
    of = scored({})
    better = {key: 0.5 * score for key, score in of.scores["last_value"].items()}
    of = replace(
        of, scores={**of.scores, "un_adapted": better}, probabilities={**of.probabilities, "un_adapted": {}}
    )
    sure = [w for w in worse_than_baseline(of, LAYOUT, ["last_value", "mixed_model"]) if w.sure]
    assert {w.baseline for w in sure} == {"un_adapted"}
    assert "0" not in {w.own_records for w in sure}


def test_a_better_distribution_does_not_hide_a_worse_error_nor_one_outcome_another() -> None:
    """The mean over continuous outcomes is better; the death outcome is worse from three records on."""
    n = len(SIZES)
    sure = [
        w
        for w in found(
            {
                ("score", "mae"): np.full(n, 0.5),
                ("score", "crps"): np.full(n, 0.5),
                ("death", "brier"): np.where(SIZES >= 3, 1.3, 1.0),
            }
        )
        if w.sure
    ]
    assert {(w.outcome, w.score) for w in sure} == {("death", "Brier score")}
    assert {w.own_records for w in sure} >= {"3-5", "6+"}


@pytest.mark.nightly
def test_a_difference_that_chance_explains_is_at_most_perhaps() -> None:
    """Over many draws without a difference, none stands after Holm's correction in more than one of twenty."""
    wrong = [any(w.sure for w in found({}, spread=1.0, seed=seed)) for seed in range(40)]
    assert np.mean(wrong) <= 0.1
    perhaps = Worse("score", 1, "1", "mean absolute error", "last_value", 0.1, 0.01, 0.2, 40, sure=False)
    assert "is perhaps 10 % higher" in perhaps.told


def test_without_a_baseline_or_a_record_there_is_nothing_to_tell() -> None:
    assert worse_than_baseline(scored({}), LAYOUT, ["unknown"]) == []
