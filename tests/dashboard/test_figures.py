"""The numbers of the model page."""

import pandas as pd

from dashboard import figures
from tests.dashboard.synthetic_release import made_release


def test_what_the_model_page_computes() -> None:
    rows = made_release().frames["evaluation"]
    bili = rows[rows["outcome"] == "bili"]
    assert figures.best_baseline(bili, "mae") == "boosted_lags"
    assert figures.default_predictors(bili, "mae") == [
        "champion", "neural_process", "bayesian_head", "boosted_lags", "mixed_model", "un_adapted"
    ]  # fmt: skip
    assert figures.best_baseline(rows.head(0), "mae") is None
    assert (figures.relative_change(0.8, 1.0), figures.relative_change(1.1, 1.0)) == (
        "20 % lower",
        "10 % higher",
    )
    assert figures.relative_change(1.0, 0.0) == "not available"
    assert len(figures.cohort_table(bili, "mae")) == 6
    assert figures.cohort_table(bili[bili["predictor"] != "champion"], "mae").empty
    assert figures.relative_change(1.001, 1.0) == "no difference"


def once(release_rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a study in which nobody has an own record."""
    return release_rows[release_rows["support_size"] == 0]


def test_where_nobody_has_an_own_record_the_headlines_are_those_without_one() -> None:
    rows = made_release().frames["evaluation"].query("outcome == 'edema'")
    assert figures.pooled_size(rows) == figures.POOLED
    alone = once(rows)
    assert figures.pooled_size(alone) == 0
    values = figures.values_of(figures.pooled(alone, "brier"))
    assert set(values) == set(alone["predictor"])
    table = figures.predictor_table(alone[alone["metric"] == "auroc"], "auroc")
    shown = [float(text) for text in table["Ranking (AUROC, higher is better)"]]
    assert shown == sorted(shown, reverse=True)


def test_a_binary_outcome_has_no_column_of_intervals_by_cohort() -> None:
    rows = made_release().frames["evaluation"].query("outcome == 'edema'")
    one = rows[rows["support_size"] == -1].assign(cohort="placebo, stage 3")
    table = figures.cohort_table(pd.concat([rows, one]), "brier")
    assert table["Cohort"].tolist() == ["placebo, stage 3"]
    assert "90 % interval covers" not in table
