"""The evaluation table, on examples small enough to compute by hand."""

import numpy as np
import pandas as pd
import pytest

from meta_med.calibrate.calibration import LEVELS, Calibration
from meta_med.calibrate.record_scores import EvaluatedRecords, concatenate, score
from meta_med.calibrate.strata import STRATA
from meta_med.episodes.scaling import Scaling
from meta_med.evaluate.evaluation_table import POOLED, by_support_size, evaluate, headline_outcomes
from meta_med.forecast import NORMAL, Forecast
from meta_med.outcomes import Outcome, OutcomeLayout

DESIGN = ["study", "outcome", "predictor", "cohort", "support_size", "metric", "value", "ci_low", "ci_high",
          "n_patients", "n_predictions"]  # fmt: skip
CONTINUOUS = {"mae", "rmse", "crps", "log_score", "coverage_90", "width_90"}
BINARY = {"auroc", "brier", "log_loss", "calibration_slope", "calibration_intercept", "events"}


def judged(
    y: list[list[float]], size: list[int], subject: list[int], cohort: list[int], **changes
) -> EvaluatedRecords:
    """Outcome a (mmHg; one unit on model scale is ten) and, if there is a second column, binary b."""
    outcomes = [Outcome("a", unit="mmHg"), Outcome("b", "binary")][: len(y[0])]
    n = len(outcomes)
    scaling = Scaling([], [], [], [], [False] * n, [100.0, 0.0][:n], [10.0, 1.0][:n])
    settings = {
        "y": np.array(y), "size": np.array(size), "subject": np.array(subject), "cohort": np.array(cohort),
        "cohort_names": ("north", "south"), "scaling": scaling, "layout": OutcomeLayout.of(outcomes),
        "units": ["mmHg", ""][:n], "own": np.repeat(np.array(size)[:, None], n, 1),
    }  # fmt: skip
    return EvaluatedRecords(**{**settings, **changes})


def plain_calibration(outcomes: int) -> Calibration:
    """An interval of one, two and three scales."""
    multipliers = np.ones((3, outcomes, len(STRATA), len(LEVELS))) * [1.0, 2.0, 3.0]
    return Calibration(multipliers, np.tile([0.0, 1.0], (outcomes, 1)), np.tile([0.0, 1.0], (outcomes, 1)))


def table_of(example: EvaluatedRecords, mean: list[list[float]], scale: float = 0.5) -> pd.DataFrame:
    d = len(mean[0])
    forecast = Forecast(np.array(mean), np.full((len(mean), d), scale), np.full(d, NORMAL))
    return evaluate("hand", score(example, {"p": forecast}, {"p": plain_calibration(d)}))


def line(table: pd.DataFrame, outcome: str, metric: str, size: int, cohort: str = "all") -> pd.Series:
    keys = ["outcome", "metric", "support_size", "cohort"]
    found = table[(table[keys] == [outcome, metric, size, cohort]).all(axis=1)]
    assert len(found) == 1
    return found.iloc[0]


@pytest.fixture(scope="module")
def three_rows() -> pd.DataFrame:
    """Errors on model scale 1, -2 and 0.5: 10, 20 and 5 mmHg; the third row is another patient's first."""
    example = judged([[1.0], [0.0], [0.5]], size=[1, 2, 0], subject=[3, 3, 8], cohort=[0, 0, 1])
    return table_of(example, [[0.0], [2.0], [0.0]])


def test_the_columns_are_those_of_the_design(three_rows: pd.DataFrame) -> None:
    assert list(three_rows.columns) == [*DESIGN, "unit", "setting"]


@pytest.mark.parametrize(
    ("metric", "size", "cohort", "value"),
    [
        ("mae", 1, "all", 10.0),
        ("mae", 2, "all", 20.0),
        ("mae", 0, "all", 5.0),
        ("mae", POOLED, "all", 15.0),
        ("mae", POOLED, "north", 15.0),
        ("mae", 0, "south", 5.0),
        ("rmse", POOLED, "all", np.sqrt((100 + 400) / 2)),
        ("coverage_90", POOLED, "all", 0.5),  # half widths are 15 mmHg
        ("width_90", POOLED, "all", 30.0),
    ],
)
def test_values_are_what_one_computes_by_hand(
    three_rows: pd.DataFrame, metric: str, size: int, cohort: str, value: float
) -> None:
    assert line(three_rows, "a", metric, size, cohort)["value"] == pytest.approx(value)


def test_all_outcomes_together_are_in_training_standard_deviations(three_rows: pd.DataFrame) -> None:
    pooled = line(three_rows, "all", "mae", POOLED)
    assert pooled["value"] == pytest.approx(1.5)
    assert pooled["unit"] == "sd"
    assert line(three_rows, "a", "mae", POOLED)["unit"] == "mmHg"


def test_patients_and_predictions_are_counted(three_rows: pd.DataFrame) -> None:
    pooled = line(three_rows, "a", "mae", POOLED)
    assert (pooled["n_patients"], pooled["n_predictions"]) == (1, 2)


def test_an_outcome_that_was_not_measured_is_not_judged() -> None:
    example = judged([[1.0], [np.nan], [2.0]], size=[1, 1, 1], subject=[0, 1, 2], cohort=[0, 0, 0])
    found = line(table_of(example, [[0.0], [0.0], [0.0]]), "a", "mae", 1)
    assert (found["value"], found["n_patients"], found["n_predictions"]) == (15.0, 2, 2)


def many(seed: int = 0, n: int = 60, visits: int = 4):
    """A forecast that is right about an average patient."""
    rng = np.random.default_rng(seed)
    subject, size = np.repeat(np.arange(n), visits), np.tile(np.arange(visits), n)
    p = rng.uniform(0.1, 0.9, n * visits)
    y = np.stack([rng.normal(size=n * visits), (rng.random(n * visits) < p) * 1.0], 1)
    example = judged(y.tolist(), size.tolist(), subject.tolist(), (subject % 2).tolist())
    return example, np.stack([np.zeros_like(p), p], 1).tolist()


def test_every_metric_of_the_design_is_there_and_inside_its_interval() -> None:
    table = table_of(*many())
    assert set(table[table["outcome"] == "a"]["metric"]) == CONTINUOUS
    assert set(table[table["outcome"] == "b"]["metric"]) == BINARY
    table = table[table["metric"] != "events"]  # a count has no interval
    assert ((table["ci_low"] <= table["value"]) & (table["value"] <= table["ci_high"])).all()
    wide = table[(table["metric"] == "mae") & (table["support_size"] == POOLED)]
    assert (wide["ci_low"] < wide["ci_high"]).all()


def test_intervals_resample_patients_so_that_copies_of_records_do_not_narrow_them() -> None:
    rng = np.random.default_rng(0)
    y = rng.normal(size=40)
    widths = []
    for copies in (1, 25):
        rows = np.repeat(np.arange(40), copies)
        example = judged(y[rows][:, None].tolist(), [1] * len(rows), rows.tolist(), [0] * len(rows))
        found = line(table_of(example, [[0.0]] * len(rows)), "a", "mae", 1)
        widths.append(found["ci_high"] - found["ci_low"])
    assert widths[1] == pytest.approx(widths[0], rel=0.2)


def test_the_interval_of_a_mean_covers_the_truth_as_often_as_it_says() -> None:
    covered = []
    for seed in range(60):
        example, mean = many(seed, n=40, visits=2)
        found = line(table_of(example, mean), "a", "mae", POOLED)
        covered.append(found["ci_low"] <= 10 * np.sqrt(2 / np.pi) <= found["ci_high"])
    assert np.mean(covered) > 0.85


def test_too_few_events_give_no_auroc_instead_of_a_misleading_one() -> None:
    example = judged([[0.0, float(i < 2)] for i in range(30)], [1] * 30, list(range(30)), [0] * 30)
    table = table_of(example, [[0.0, 0.1]] * 30)
    assert set(table[table["outcome"] == "b"]["metric"]) == {"brier", "log_loss", "events"}
    counted = line(table, "b", "events", 1)
    assert (counted["value"], counted["n_predictions"]) == (2.0, 30)


def test_the_headlines_are_the_averaged_outcomes_and_each_other_one() -> None:
    example, mean = many()
    assert headline_outcomes(table_of(example, mean)) == ["all", "b"]


def test_scores_of_folds_are_joined_as_if_they_had_been_one() -> None:
    example, mean = many()
    forecast = Forecast(np.array(mean), np.full((len(mean), 2), 0.5), np.full(2, NORMAL))
    whole = score(example, {"p": forecast}, {"p": plain_calibration(2)})
    parts = []
    for half in (slice(0, 120), slice(120, None)):
        columns = (example.y, example.size, example.subject, example.cohort)
        part = judged(*(column[half].tolist() for column in columns))
        parts.append(score(part, {"p": forecast.take(np.arange(240)[half])}, {"p": plain_calibration(2)}))
    pd.testing.assert_frame_equal(evaluate("s", concatenate(parts)), evaluate("s", whole))


def test_a_predictor_by_support_size_shows_the_mean_over_one_to_five() -> None:
    example = judged([[1.0]] * 3, size=[0, 1, 2], subject=[0, 1, 2], cohort=[0, 0, 0])
    wide = by_support_size(table_of(example, [[0.0], [0.0], [2.5]]))
    assert list(wide.columns) == [0, 1, 2, "1-5"]
    assert wide.loc["p"].tolist() == pytest.approx([1.0, 1.0, 1.5, 1.25])
