"""Who is helped and who is harmed."""

import numpy as np

from meta_med.evaluate.comparison.compare import helped_and_harmed
from meta_med.evaluate.evaluation_table import POOLED
from tests.meta_med.scored_example import FACTOR, scored

BEST = {"marker": "last_value", "event": "last_value", "all": "last_value"}


def line(table, **wanted):
    found = table[(table[list(wanted)] == list(wanted.values())).all(axis=1)]
    assert len(found) == 1
    return found.iloc[0]


def test_a_clearly_better_champion_helps_nearly_everybody() -> None:
    table = helped_and_harmed(scored({**FACTOR, "champion": 0.5}), BEST)
    found = line(table, outcome="marker", support_size=POOLED, role="best_baseline")
    assert found["helped"] > 0.95
    assert found["harmed"] < 0.05
    assert found["harmed_low"] <= found["harmed"] <= found["harmed_high"]


def test_a_mean_that_falls_can_hide_patients_who_are_worse_off() -> None:
    """A fifth of the patients pay for the others: the mean is lower, and they are counted."""
    one = scored({**FACTOR, "champion": 0.7}, n=50)
    unlucky = one.subject < 10
    for key, score in one.scores["champion"].items():
        score[unlucky] = 1.5 * one.scores["last_value"][key][unlucky]
    found = line(helped_and_harmed(one, BEST), outcome="marker", support_size=POOLED, role="best_baseline")
    assert found["harmed"] == 0.2
    own = one.scores["champion"]["marker", "mae", "mmHg"].mean()
    assert own < one.scores["last_value"]["marker", "mae", "mmHg"].mean()


def test_less_than_the_margin_is_neither_help_nor_harm() -> None:
    one = scored()
    for key in one.scores["champion"]:
        one.scores["champion"][key] = one.scores["last_value"][key] * 1.0001
    found = line(helped_and_harmed(one, BEST), outcome="marker", support_size=POOLED, role="best_baseline")
    assert (found["helped"], found["harmed"]) == (0.0, 0.0)


def test_there_is_nobody_to_compare_with_where_nothing_was_adapted() -> None:
    table = helped_and_harmed(scored(), BEST)
    assert set(table[table["support_size"] == 0]["role"]) == {"best_baseline"}
    assert np.all(table["n_patients"] == 60)
