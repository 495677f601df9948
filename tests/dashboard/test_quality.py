"""Data quality on the page: small counts are hidden, and releases are compared as in the report."""

import json

import numpy as np
import pandas as pd
import pytest

from dashboard.quality import Distribution, by_cohort, distributions, psi, psi_text, share_text, trends
from tests.dashboard.synthetic_release import COHORTS, made_release


@pytest.mark.parametrize(
    ("count", "size", "shown"),
    [
        (0, 15, "none"),
        (None, 15, "1 to 10"),
        (12, 15, "80 %"),
        (None, None, "1 to 10"),
        (12, None, "few rows"),
    ],
)
def test_a_cell_in_words(count: int | None, size: int | None, shown: str) -> None:
    assert share_text(count, size) == shown


def test_rules_by_cohort_have_a_column_a_cohort() -> None:
    wide = by_cohort(made_release().frames["quality_rules"], ("title", "rule"))
    assert set(wide.columns) == {"title", "rule", *COHORTS}
    held = wide.set_index("rule").loc["visits.platelet.hard_range", list(COHORTS)]
    assert held.tolist() == ["none", "1 to 10", "80 %", "none", "1 to 10", "none"]


def test_a_release_without_cohorts_has_no_table_by_cohort() -> None:
    rules = made_release().frames["quality_rules"]
    assert by_cohort(rules[rules["cohort"] == ""], ("title", "rule")).empty


def test_a_rule_that_was_not_broken_counts_as_0() -> None:
    rules = made_release().frames["quality_rules"].query("cohort == ''")
    first = rules[rules["code"] != "Q_HARD_RANGE"].assign(release_id="a")
    found = trends(pd.concat([first, rules.assign(release_id="b")]), ["a", "b"])
    assert found.loc[("visits.platelet.hard_range", "Q_HARD_RANGE"), "trend"] == [0.0, 10 / 640]


def shape(values: np.ndarray) -> Distribution:
    counts = np.histogram(np.clip(values, 40, 200), bins=np.linspace(40, 200, 33))[0]
    shown = tuple(None if 0 < c <= 10 else int(c) for c in counts)
    return Distribution("t", "weight", "", "kg", "linear", ("40", "200"), shown)


def test_the_distance_is_that_of_the_report_but_for_bars_that_are_not_told() -> None:
    from data_contracts.report.shapes import AxisCounts as ReportCounts
    from data_contracts.report.shapes import drift

    drawn = np.random.default_rng(0).normal(90, 15, 8_000)
    for new, old in ((drawn[:4_000], drawn[4_000:]), (drawn[:4_000] + 6, drawn[4_000:])):
        shown = [
            ReportCounts(table="t", column="weight", axis="linear", labels=("40", "200"),
                 counts=tuple(np.histogram(np.clip(v, 40, 200), bins=np.linspace(40, 200, 33))[0].tolist()))
            for v in (new, old)
        ]  # fmt: skip
        index = psi(shape(new), shape(old))
        assert index == pytest.approx(drift(*shown), abs=0.01)
        shift = "No shift" if index < 0.1 else "Moderate shift"
        assert psi_text(index) == f"{shift} (population stability index {index:.2f})"


def test_other_axes_and_few_values_are_not_compared() -> None:
    many, few = shape(np.full(500, 90.0)), shape(np.full(60, 90.0))
    assert psi(many, few) is None
    assert psi(many, Distribution("t", "weight", "", "kg", "log", ("40", "200"), many.counts)) is None
    assert psi_text(None) == ""


def test_published_shapes_come_back_as_they_were() -> None:
    rows = made_release().frames["quality_shapes"]
    bili, sex = distributions(rows)
    assert bili.name == "bili (mg/dL)"
    assert list(bili.counts) == json.loads(rows["counts"].iloc[0])
    assert sex.shares.tolist() == pytest.approx([540 / 626, 86 / 626])


def test_a_distribution_is_drawn_as_bars_from_0_with_the_release_before_as_an_outline() -> None:
    from dashboard.charts.quality import distribution

    bili, sex = distributions(made_release().frames["quality_shapes"])
    bars, outline = distribution(bili, bili).to_dict()["layer"]
    assert (bars["mark"]["type"], bars["encoding"]["y2"]["field"]) == ("rect", "zero")
    assert outline["mark"]["interpolate"] == "step-after"
    assert len(distribution(bili, None).to_dict()["layer"]) == 1
    assert len(distribution(sex, None).to_dict()["layer"]) == 1
    filled, hollow = distribution(sex, sex).to_dict()["layer"]
    assert (filled["mark"]["type"], hollow["mark"]["type"], hollow["mark"]["filled"]) == ("bar", "bar", False)
