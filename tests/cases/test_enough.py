"""Known cases of numbers that rest on too few patients, and their neighbours."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from meta_med import stages
from meta_med.calibrate.calibration import LEVELS, calibrate
from meta_med.cohorts.record_table import RecordTable
from meta_med.cohorts.splits import SPLITS, Splits
from meta_med.enough import needed_by, needed_for_level
from meta_med.forecast import NORMAL, Forecast
from meta_med.meta_train.fit import fit_all
from meta_med.outcomes import Outcome, OutcomeLayout
from meta_med.published.content.release_content import content_of
from meta_med.study import (
    BudgetSpec,
    CohortsSpec,
    LearnerSpec,
    OutcomeSpec,
    SplitsSpec,
    StudyMismatch,
    StudySpec,
)
from orchestration.boundary import translated
from tests import scenario
from tests.examples import WHOLE_RUN, examples
from tests.served_model import release_of, serve

Now = Callable[[str], None]
FINDINGS = pd.DataFrame(
    columns=["code", "severity", "rule", "source", "column", "cohort", "count", "share", "message"]
)
Y = OutcomeSpec(name="pressure", unit="mmHg")
QUICK = scenario.study(
    outcomes=(Y,),
    cohorts=CohortsSpec(),
    splits=SplitsSpec(),
    learners=(LearnerSpec(name="protonet", options={"width": 8, "embedding": 4}),),
    baselines=("last_value",),
    budget=BudgetSpec(
        steps=2, batch_subjects=16, context_records=4, max_support=3, evaluate_every=1, max_query=1
    ),
)


def split(folder: Path, visits: pd.DataFrame, study: StudySpec) -> pd.Series:
    """Patient -> split, after the first two stages."""
    stages.assemble(folder, study, {"visits": visits})
    stages.cohorts(folder, study)
    of = Splits.load(folder / "splits.json").of_subject
    return pd.Series(np.asarray(SPLITS)[of], index=RecordTable.load(folder / "records").subject_ids)


def published(folder: Path, study: StudySpec, visits: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The frames of the release, by all stages that follow."""
    stages.episodes(folder, study)
    fit_all(stages.prepared(folder, study), folder / "models", processes=1)
    stages.meta_train(folder, study)
    stages.calibrate(folder, study)
    stages.evaluate(folder, study)
    serve(folder, study, {"visits": visits})
    release = release_of(folder, study, {}, FINDINGS)
    content_of(release)
    assert release.manifest["too_few"] == json.loads((folder / "too_few.json").read_text())
    return dict(release.frames)


@pytest.fixture(scope="module")
def rarely_measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """Eighty patients: sodium in two held-out ones only, a yes or no so too, iron in all but most calibration ones."""
    folder, visits = tmp_path_factory.mktemp("rarely"), scenario.visits(80).dropna(subset=["pressure"])
    names = ("sodium", "event", "iron")
    kinds = {"event": "binary"}
    study = replace(
        QUICK, outcomes=(Y, *(OutcomeSpec(name=n, kind=kinds.get(n, "continuous")) for n in names))
    )
    of = split(folder, visits.assign(**dict.fromkeys(names, 1.0)), study)[visits["id"]].to_numpy()
    rng, who = np.random.default_rng(0), visits["id"].to_numpy()
    few = {s: np.isin(who, np.unique(who[of == s])[:n]) for s, n in (("held_out", 2), ("calibration", 5))}
    visits = visits.assign(
        sodium=np.where(few["held_out"], 140 + rng.normal(size=len(who)), np.nan),
        event=np.where(few["held_out"], rng.random(len(who)) < 0.5, np.nan),
        iron=np.where((of != "calibration") | few["calibration"], 15 + rng.normal(size=len(who)), np.nan),
    )
    split(folder, visits, study)
    return published(folder, study, visits)


@pytest.mark.case("science/01_outcome_nobody_trained_on")
@pytest.mark.parametrize("outcome", ["sodium", "event"])
def test_an_outcome_nobody_trained_on_is_withheld_for_everybody(
    rarely_measured: dict[str, pd.DataFrame], outcome: str, now: Now
) -> None:
    frames = rarely_measured
    rows = frames["predictions"][frames["predictions"]["outcome"] == outcome]
    assert set(rows["status"]) == {"withheld"}
    assert rows["reason"].str.contains("Fewer than 5 training patients have this value").all()
    numbers = rows[[c for c in rows if c.startswith(("mean", "prob", "lower", "upper", "unadapted"))]]
    assert numbers.isna().all(axis=None)
    assert outcome not in set(frames["evaluation"]["outcome"])
    evidence = frames["champions"].set_index("outcome")["evidence"][outcome]
    assert evidence.str.startswith("Withheld.").all()
    assert (frames["predictions"].query("outcome == 'pressure'")["mean"].notna()).all()
    now(f"{outcome}: {len(rows)} of {len(rows)} predictions withheld, the other outcomes told")


@pytest.mark.case("science/06_tiny_calibration")
def test_an_interval_that_too_few_calibration_patients_vouch_for_is_not_told_and_the_row_says_so(
    rarely_measured: dict[str, pd.DataFrame], now: Now
) -> None:
    rows = rarely_measured["predictions"].query("outcome == 'iron' and status != 'withheld'")
    assert rows[["mean", "lower_50", "upper_80"]].notna().all(axis=None)
    assert rows[["lower_90", "upper_90", "unadapted_lower_90"]].isna().all(axis=None)
    assert (
        rows["reason"]
        .str.contains("No 90 % interval: fewer than 9 calibration patients have this value")
        .all()
    )
    judged = rarely_measured["evaluation"].query("outcome == 'iron' and predictor == 'champion'")
    assert "mae" in set(judged["metric"])
    assert not {"coverage_90", "width_90"} & set(judged["metric"])
    now(
        f"5 calibration patients: 50 and 80 % intervals, no 90 % one, with the reason in all {len(rows)} rows"
    )


@pytest.mark.case("science/06_tiny_calibration")
def test_a_level_that_is_told_holds_on_average_from_any_number_of_patients(now: Now) -> None:
    layout, told = OutcomeLayout.of([Outcome("y")]), {}
    for n in (1, 2, 3, 4, 6, 8, 9, 20):
        rng, held = np.random.default_rng(0), np.zeros((100, len(LEVELS)))
        for draw in held:
            forecast = Forecast(np.zeros((n, 1)), np.ones((n, 1)), np.array([NORMAL]))
            y, size = rng.standard_normal((n, 1)), np.full((n, 1), 2)
            found = calibrate(forecast, y, size, np.zeros(n, dtype=int), np.arange(n), layout, 1)
            draw[:] = 2 * stats.norm.cdf(found.multipliers[0, 0, 2]) - 1
        share = held.mean(0)
        for level, found_share in zip(LEVELS, share, strict=True):
            assert np.isnan(found_share) == (n < needed_for_level(level))
            assert np.isnan(found_share) or found_share > level - 0.05
        told[n] = share
    least = min(float(np.nanmin(share - LEVELS)) for share in told.values())
    now(
        f"what is told holds its level to within {abs(least):.1%} over 100 draws, from 1 to 20 patients".replace(
            "%", " %"
        )
    )


@pytest.mark.case("science/27_very_few_patients")
@pytest.mark.parametrize("n", [1, 2, 4, 5, 6, 8, 9])
def test_very_few_patients_are_refused_with_what_is_lacking(n: int, tmp_path: Path, now: Now) -> None:
    split(tmp_path, scenario.visits(n), QUICK)
    with pytest.raises(
        StudyMismatch, match="too few patients to train, tune, calibrate and evaluate on"
    ) as caught:
        stages.episodes(tmp_path, QUICK)
    error = translated(caught.value)
    assert error.exit_code == 2
    assert "needed)" in str(error)
    assert re.search(r"of the seeds 0 to 99, \d+ comes nearest to these shares", str(error))
    now(
        f"{n} patients: exit {error.exit_code}, {str(error).partition('outcome pressure: ')[2].partition('. More')[0]}"
    )


@pytest.mark.case("science/29_personalised_by_nothing")
def test_a_support_size_nobody_was_judged_at_is_not_called_personalised(tmp_path: Path, now: Now) -> None:
    visits = scenario.visits(60).drop_duplicates("id")
    split(tmp_path, visits, QUICK)
    rows = published(tmp_path, QUICK, visits)["predictions"]
    assert set(rows["status"]) == {"cohort"}
    assert set(rows["support_size"]) == {0}
    assert rows["reason"].str.startswith("Too few held-out patients with own records were evaluated").all()
    now(f"{len(rows)} cohort estimates from 0 own records, none personalised")


@pytest.mark.case("science/28_rare_event_floor")
@pytest.mark.parametrize(("patients", "events"), [(60, 0), (60, 1), (60, 4), (20, 1), (300, 2)])
def test_the_floor_under_a_rare_risk_does_not_exceed_what_was_observed(
    patients: int, events: int, now: Now
) -> None:
    n = 8 * patients
    y = np.zeros((n, 1))
    y[np.arange(events) * (n // max(events, 1))] = 1
    forecast = Forecast(np.full((n, 1), 1e-6), np.full((n, 1), np.nan), np.array([NORMAL]))
    layout, nil = OutcomeLayout.of([Outcome("event", "binary")]), np.zeros(n, dtype=int)
    found = calibrate(forecast, y, nil[:, None], nil, np.repeat(np.arange(patients), 8), layout, 1)
    risk = found.centre(forecast, 0, layout.kinds[0])
    floor = found.bounds[0, 0]
    assert 0 < floor <= (y.mean() or 0.5 / (n + 1))
    assert risk.max() < 10 * max(y.mean(), 1 / n)
    now(f"{events} events in {n} visits: floor {100 * floor:.2f} %, observed {100 * y.mean():.2f} %")


@pytest.mark.case("science/05_conformal_ties")
@pytest.mark.parametrize("by", ["support size", "cohort"])
@pytest.mark.parametrize("share", [0.0, 0.85, 0.99])
@pytest.mark.parametrize("values", ["smooth", "rounded"])
def test_a_small_group_beside_one_of_unchanged_values_holds_its_levels(
    by: str, share: float, values: str, now: Now
) -> None:
    rng, held = np.random.default_rng(0), []
    layout = OutcomeLayout.of([Outcome("y")])

    def draw(n: int) -> tuple[np.ndarray, np.ndarray]:
        kind = np.repeat([0, 1], [n // 8, n - n // 8])
        change = 2 * rng.standard_normal(n)
        change = np.round(change) if values == "rounded" else change
        return kind, np.where(rng.random(n) < np.array([0.5, share])[kind], 0.0, change)

    for _ in range(60):
        (kind, error), (of, new) = draw(160), draw(2000)
        nil = np.zeros(160, dtype=int)
        size, cohort = (np.array([1, 4])[kind], nil) if by == "support size" else (nil + 4, kind)
        forecast = Forecast(np.zeros((160, 1)), np.ones((160, 1)), np.array([NORMAL]))
        found = calibrate(
            forecast, error[:, None], size[:, None], cohort, np.arange(160), layout, 2
        ).multipliers
        own = found[:2, 0, 3] if by == "cohort" else found[-1, 0, [1, 3]]
        held.append(
            [[np.mean(np.abs(new[of == g]) <= own[g, i]) for g in (0, 1)] for i in range(len(LEVELS))]
        )
    mean = np.mean(held, 0)
    assert (mean >= np.asarray(LEVELS)[:, None] - 0.025).all()
    if share == 0.99:
        now(f"{values} values, by {by}: 80 and 90 % intervals of the small group hold "
            f"{100 * mean[1, 0]:.0f} and {100 * mean[2, 0]:.0f} %")  # fmt: skip


@examples(3, WHOLE_RUN)
@given(st.integers(4, 40), st.integers(0, 99), st.integers(1, 5))
def test_any_few_patients_are_refused_or_every_number_rests_on_enough(
    tmp_path_factory: pytest.TempPathFactory, n: int, seed: int, most_visits: int
) -> None:
    folder, visits = tmp_path_factory.mktemp("few"), scenario.visits(n, seed, most_visits)
    study = replace(QUICK, outcomes=(Y, OutcomeSpec(name="swelling", kind="binary")))
    of = split(folder, visits, study)
    known = visits.dropna(subset=["pressure"])["id"].unique()
    own = {s: int((of[known] == s).sum()) for s in SPLITS}
    has_swelling = {s: int((of == s).sum()) for s in SPLITS}  # every visit has it
    if all(any(own_n[s] < needed_by(s) for s in SPLITS) for own_n in (own, has_swelling)):
        with pytest.raises(StudyMismatch, match=r"needed\)"):
            published(folder, study, visits)
        return
    rows = published(folder, study, visits)["predictions"]
    rows = rows[rows["outcome"] == "pressure"]
    if any(own[s] < needed_by(s) for s in SPLITS):
        assert set(rows["status"]) == {"withheld"}
    for level in LEVELS:
        if own["calibration"] < needed_for_level(level):
            assert rows[f"lower_{100 * level:.0f}"].isna().all()
    told = rows[rows["status"] != "withheld"]
    assert told["mean"].notna().all()
    assert (told["lower_90"].notna() | told["reason"].str.contains("interval")).all()
