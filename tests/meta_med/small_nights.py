"""A model of sixty patients in three small studies, and nights with it."""

from pathlib import Path

import numpy as np
import pandas as pd

from meta_med import nightly, stages
from meta_med.meta_train.fit import fit_all
from meta_med.model_version.serving_model import ServingModel
from meta_med.study import ServeSpec, SplitsSpec, StudySpec
from tests import scenario
from tests.served_model import model_of

STUDIES = {
    "the next record": scenario.quick_study(),
    "the newest record": scenario.quick_study(serve=ServeSpec(record="newest")),
    "patients in parts": scenario.quick_study(splits=SplitsSpec(folds=3, parts=2)),
}


def trained(folder: Path, study: StudySpec, visits: pd.DataFrame | None = None) -> ServingModel:
    stages.assemble(folder, study, {"visits": scenario.visits(60) if visits is None else visits})
    stages.cohorts(folder, study)
    stages.episodes(folder, study)
    fit_all(stages.prepared(folder, study), folder / "models", processes=1)
    stages.meta_train(folder, study)
    stages.calibrate(folder, study)
    stages.evaluate(folder, study)
    return model_of(folder, study)


def night(
    folder: Path, model: ServingModel, visits: pd.DataFrame, earlier: Path | None = None
) -> stages.StageSummary:
    told = nightly.adapt(folder, model, {"visits": visits}, earlier=earlier)
    nightly.predict(folder, model)
    return told


def changed(visits: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The visits with some patients' values edited, some patients gone, and some who join."""
    rng = np.random.default_rng(seed)
    ids = rng.permutation(visits["id"].unique())
    edited = visits.assign(pressure=visits["pressure"] + visits["id"].isin(ids[:3]))
    joined = scenario.visits(5, seed=seed + 10).assign(id=lambda rows: "N" + rows["id"])
    return pd.concat([edited[~edited["id"].isin(ids[3:5])], joined]).sort_values(["id", "day"])
