"""Known cases of wrong numbers in the evaluation table and in its strongest simple opponent."""

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from scipy.optimize import minimize
from scipy.special import expit, logit

from meta_med.baselines.mixed_model import MixedModel
from meta_med.calibrate.record_scores import Scored
from meta_med.episodes.episode_arrays import Episodes
from meta_med.evaluate.evaluation_table import evaluate
from meta_med.outcomes import Outcome, OutcomeLayout
from orchestration.command.output.run_report import evaluation_rows
from orchestration.command.output.terminal import machine_json
from tests import scenario

Now = Callable[[str], None]


def scored(
    subject: np.ndarray, scores: dict, y: np.ndarray | None = None, p: np.ndarray | None = None
) -> Scored:
    """One predictor's scores of records of k = 1 in one cohort."""
    n = len(subject)
    return Scored(
        size=np.ones(n, dtype=int),
        subject=subject,
        cohort=np.zeros(n, dtype=int),
        cohort_names=("c",),
        scores={"champion": scores},
        events={} if y is None else {"e": y},
        probabilities={"champion": {} if p is None else {"e": p}},
    )


def lines(one: Scored) -> pd.DataFrame:
    """Of everybody at k = 1, by metric."""
    table = evaluate("s", one)
    return table[(table["cohort"] == "all") & (table["support_size"] == 1)].set_index("metric")


@pytest.mark.case("science/03_calibration_slope")
def test_the_calibration_slope_of_overconfident_predictions_is_that_of_maximum_likelihood(now: Now) -> None:
    rng, furthest = np.random.default_rng(0), 0.0
    for far in (0.9, 0.95, 0.98):
        for slope in (0.0, 0.2):
            p = np.where(rng.random(300) < 0.5, far, 1 - far)
            x = logit(p)
            y = (rng.random(300) < expit(slope * x)).astype(float)
            found = lines(scored(np.arange(300), {("e", "brier", "1"): (y - p) ** 2}, y, p)).loc[
                "calibration_slope"
            ]
            best = minimize(
                lambda b, x=x, y=y: np.sum(np.logaddexp(0, b[0] + b[1] * x) - y * (b[0] + b[1] * x)), [0, 0]
            )
            furthest = max(furthest, abs(found["value"] - best.x[1]))
            assert found["ci_low"] < found["value"] < found["ci_high"] < 1
    assert furthest < 1e-3
    now(f"six tables: at most {furthest:.0e} from the slope of maximum likelihood")


def world(n: int, seed: int, noise: float, support: int = 5) -> tuple[Episodes, pd.DataFrame]:
    """Patients of one covariate with effect 0.5, a random intercept of sd 1 and this noise; as episodes and as rows."""
    rng, rows, long = np.random.default_rng(seed), [], []
    for i in range(n):
        k, x = int(rng.integers(2, support + 2)), rng.normal()
        t, y = np.arange(k) * 1.0, 0.5 * x + rng.normal() + noise * rng.standard_normal(k)
        for j in range(k):
            own_y, own_x, own_t = (
                np.full((support, 1), np.nan),
                np.full((support, 2), np.nan),
                np.full(support, np.nan),
            )
            if j:
                own_y[support - j :, 0], own_x[support - j :, 0] = y[:j], x
                own_x[support - j :, 1], own_t[support - j :] = t[:j], t[:j] - t[j]
            rows.append((own_y, own_x, own_t, [x, t[j]], [y[j]]))
            long.append((i, x, t[j], y[j]))
    arrays = [np.array(c, dtype=float) for c in zip(*rows, strict=True)]
    who = np.array([r[0] for r in long])
    return Episodes(*arrays, np.zeros(len(who), dtype=int), who), pd.DataFrame(
        long, columns=["id", "x", "t", "y"]
    )


@pytest.mark.case("science/04_mixed_model_fixed_effects")
def test_the_mixed_model_uses_the_effect_that_statsmodels_finds_however_stable_patients_are(now: Now) -> None:
    said = []
    for ratio in (1, 30):
        (train, frame), (test, _) = world(200, 1, 1 / ratio), world(100, 2, 1 / ratio)
        mean = MixedModel(OutcomeLayout.of([Outcome("y")])).fit(train).forecast(test).mean[:, 0]
        new = test.size == 0
        used = float(np.polyfit(test.x[new, 0], mean[new], 1)[0])
        theirs = float(smf.mixedlm("y ~ x + t", frame, groups=frame["id"]).fit().params["x"])
        assert used == pytest.approx(theirs, rel=0.05)
        said.append(f"{used:.2f} (statsmodels {theirs:.2f}) at {ratio}")
    now("effect used: " + ", ".join(said))


@pytest.mark.case("science/07_small_units")
@pytest.mark.parametrize("unit", [1e-9, 1e-12, 1e12])
def test_a_table_in_another_unit_is_the_same_to_every_learner_and_baseline(now: Now, unit: float) -> None:
    table = scenario.table()
    other = replace(table, y=np.where([True, True, False], table.y * unit, table.y), x=table.x * unit)
    one, changed = scenario.prepared(), scenario.prepare(other)
    apart = 0.0
    for name in ("x", "y", "time"):
        known, found = (getattr(p.records, name).double().numpy() for p in (one, changed))
        apart = max(apart, float(np.abs(found - known).max()))
    assert apart < 1e-6
    back = changed.scaling.clinical(changed.records.y.double().numpy()[:, 1], 1)
    seen = ~np.isnan(table.y[:, 1])
    np.testing.assert_allclose(back[seen] / unit, table.y[seen, 1], rtol=1e-6)
    now(f"unit {unit:g}: what models see differs by at most {apart:.0e} standard deviations")


@pytest.mark.case("science/19_intervals_without_width")
def test_ten_patients_who_are_all_inside_leave_doubt(now: Now) -> None:
    subject = np.repeat(np.arange(10), 2)
    found = lines(scored(subject, {("y", "coverage_90", "share"): np.ones(20)})).loc["coverage_90"]
    assert (found["value"], found["ci_high"]) == (1.0, 1.0)
    assert found["ci_low"] == pytest.approx(10 / (10 + 1.959964**2), abs=1e-6)  # Wilson, 10 of 10
    now(f"all of 10 patients inside: [{found['ci_low']:.2f}, 1]")


@pytest.mark.case("science/19_intervals_without_width")
def test_one_patient_has_no_interval(now: Now) -> None:
    rng, y = np.random.default_rng(0), (np.arange(12) < 5) * 1.0
    scores = {("y", "mae", "u"): rng.random(12), ("y", "coverage_90", "share"): (np.arange(12) % 4 > 0) * 1.0}
    table = lines(scored(np.zeros(12, dtype=int), scores, y, rng.random(12))).drop(index="events")
    assert table[["ci_low", "ci_high"]].isna().all(axis=None)
    now(f"one patient: no interval for {', '.join(table.index)}")


@pytest.mark.case("science/19_intervals_without_width")
def test_separated_classes_have_an_auroc_with_doubt_and_no_calibration_line(now: Now) -> None:
    y = (np.arange(12) < 5) * 1.0
    p = np.where(y > 0, 0.6, 0.4)
    table = lines(scored(np.arange(12), {("e", "brier", "1"): (y - p) ** 2}, y, p))
    assert table.loc["auroc", "value"] == 1.0
    assert 0.5 < table.loc["auroc", "ci_low"] < 0.8
    assert (
        table.loc[["calibration_slope", "calibration_intercept"], ["value", "ci_low", "ci_high"]]
        .isna()
        .all(axis=None)
    )
    now(f"AUROC 1 of twelve patients: [{table.loc['auroc', 'ci_low']:.2f}, 1]; no calibration line")


@pytest.mark.case("science/20_infinite_width_json")
def test_an_infinite_width_is_null_in_the_table_and_in_json(now: Now) -> None:
    scores = {
        ("y", "width_90", "u"): np.array([1.0, np.inf, 2.0]),
        ("y", "mae", "u"): np.array([1.0, 2.0, 4.0]),
    }
    table = evaluate("s", scored(np.arange(3), scores))
    assert not np.isinf(table[["value", "ci_low", "ci_high"]].to_numpy(float)).any()
    rows = json.loads(machine_json({"evaluation": evaluation_rows(table)}))["evaluation"]
    assert {row["value"] for row in rows if row["metric"] == "width_90"} == {None}
    assert all(row["value"] > 0 for row in rows if row["metric"] == "mae")
    now("width null in the table and in JSON, the error beside it kept")
