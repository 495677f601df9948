"""Real tables are small, lopsided and constant in places: the whole way ends in a release all the same."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from meta_med import stages
from meta_med.meta_train.fit import fit_all
from meta_med.published.content.release_content import content_of
from meta_med.study import CohortFactor, CohortsSpec, SplitsSpec, StudySpec
from tests import scenario
from tests.served_model import release_of, serve

FINDINGS = pd.DataFrame(
    columns=["code", "severity", "rule", "source", "column", "cohort", "count", "share", "message"]
)
VISITS = scenario.visits(100)
QUICK = scenario.quick_study(baselines=("last_value", "mixed_model", "boosted_lags"))
BY_SITE = CohortsSpec(factors=(CohortFactor(column="site"),), min_subjects=1)
AWKWARD: dict[str, tuple[pd.DataFrame, StudySpec]] = {
    "an event that never happens": (VISITS.assign(swelling=0.0), QUICK),
    "an event that happened three times": (VISITS.assign(swelling=np.arange(len(VISITS)) < 3), QUICK),
    "an outcome that never varies": (VISITS.assign(pressure=100.0), QUICK),
    "few patients": (scenario.visits(24), QUICK),
    "one visit each": (VISITS.drop_duplicates("id"), QUICK),
    "one cohort": (VISITS, replace(QUICK, cohorts=CohortsSpec())),
    "covariates that are always missing": (VISITS.assign(dose=np.nan, age=np.nan), QUICK),
    "thirty cohorts of three": (
        VISITS.assign(site=[f"ward {int(i[1:]) % 30}" for i in VISITS["id"]]),
        replace(QUICK, cohorts=BY_SITE),
    ),
    "a whole cohort held out": (
        VISITS,
        replace(QUICK, splits=SplitsSpec(folds=2, leave_cohorts_out=1, tuning=0.1, calibration=0.1)),
    ),
}


EVERY_TIME = {"few patients", "one visit each"}


@pytest.mark.parametrize(
    "name", [n if n in EVERY_TIME else pytest.param(n, marks=pytest.mark.nightly) for n in AWKWARD]
)
def test_it_ends_in_a_release(name: str, tmp_path: Path) -> None:
    visits, study = AWKWARD[name]
    stages.assemble(tmp_path, study, {"visits": visits})
    stages.cohorts(tmp_path, study)
    stages.episodes(tmp_path, study)
    fit_all(stages.prepared(tmp_path, study), tmp_path / "models", processes=1)
    stages.meta_train(tmp_path, study)
    stages.calibrate(tmp_path, study)
    stages.evaluate(tmp_path, study)
    serve(tmp_path, study, {"visits": visits})
    release = release_of(tmp_path, study, {}, FINDINGS)
    content_of(release)
    rows = release.frames["predictions"]
    continuous = rows[rows["outcome"] != "swelling"]
    assert continuous[["mean", "unadapted_mean"]].notna().all(axis=None)
    bare = continuous["lower_90"].isna() & ~continuous["reason"].str.contains(
        "No 90 % interval|80 % and 90 %"
    )
    assert not bare.any()
    assert rows[rows["outcome"] == "swelling"]["probability"].between(0, 1).all()
