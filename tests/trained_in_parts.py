"""A model of sixty patients in two parts, a third of them held out: trained once in a process."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from meta_med import stages
from meta_med.meta_train.fit import fit_all
from meta_med.model_version.serving_model import ServingModel
from meta_med.study import ServeSpec, SplitsSpec
from tests import scenario
from tests.served_model import model_of

_QUICK = scenario.quick_study(
    splits=SplitsSpec(folds=3, parts=2), serve=ServeSpec(horizons_days=(365.25,), replay_records=3)
)
STUDY = replace(
    _QUICK, covariates=tuple(replace(c, modifiable=c.name in {"sex", "age"}) for c in _QUICK.covariates)
)
VISITS = scenario.visits(60)


@cache
def folder() -> Path:
    """Where all stages of training ran."""
    place = Path(mkdtemp(prefix="meta-med-parts-"))
    stages.assemble(place, STUDY, {"visits": VISITS})
    stages.cohorts(place, STUDY)
    stages.episodes(place, STUDY)
    fit_all(stages.prepared(place, STUDY), place / "models", processes=1)
    for stage in (stages.meta_train, stages.calibrate, stages.evaluate):
        stage(place, STUDY)
    return place


@cache
def model() -> ServingModel:
    """The model version of the training."""
    return model_of(folder(), STUDY)
