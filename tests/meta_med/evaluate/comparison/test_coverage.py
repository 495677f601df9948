"""Coverage and reliability, part by part of the patients."""

import numpy as np
import pytest

from meta_med.evaluate.comparison.coverage import coverage, reliability
from tests.meta_med.scored_example import scored

BEST = {"marker": "last_value", "all": "last_value"}


def test_coverage_is_shown_overall_by_k_cohort_and_group_with_its_width() -> None:
    one = scored(n=200)
    table = coverage(one, BEST)
    own = table[(table["outcome"] == "all") & (table["predictor"] == "champion")]
    assert own["by"].drop_duplicates().tolist() == ["overall", "support_size", "cohort", "sex", "age"]
    overall = own[own["by"] == "overall"].iloc[0]
    assert overall["value"] == pytest.approx(one.scores["champion"]["all", "coverage_90", "share"].mean())
    assert overall["low"] < overall["value"] < overall["high"]
    assert overall["width"] == pytest.approx(3.2)
    assert own[own["by"] == "sex"]["n_patients"].sum() == 200


def test_bands_stand_in_their_order() -> None:
    table = coverage(scored(), BEST)
    assert table[table["by"] == "age"]["level"].drop_duplicates().tolist() == ["under 50", "50 and over"]


def test_a_study_without_continuous_outcomes_has_no_intervals() -> None:
    one = scored()
    for scores in one.scores.values():
        for key in [k for k in scores if k[0] != "event"]:
            del scores[key]
    assert coverage(one, {}).empty


def test_probabilities_that_are_too_low_are_seen_to_be() -> None:
    one = scored(n=300)
    one.probabilities["champion"]["event"] = np.full(len(one.size), 0.2)
    table = reliability(one)
    overall = table[table["by"] == "overall"].iloc[0]
    assert overall["predicted"] == pytest.approx(0.2)
    assert overall["difference"] == pytest.approx(one.events["event"].mean() - 0.2)
    assert overall["low"] > 0
