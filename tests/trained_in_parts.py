"""A model of sixty patients in two parts, a third of them held out, and a night of it: made once in a test run."""

import os
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

import numpy as np
import pandas as pd
from filelock import FileLock

from meta_med import nightly, run_files, stages
from meta_med.explain.explained import Explained
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
AGED = "P000"


@cache
def late() -> str:
    """A patient with five visits or more."""
    counts = scenario.visits(60).groupby("id").size()
    return str(counts.index[counts >= 5][1])


def visits() -> pd.DataFrame:
    """One patient is older than anybody in training; another's pressure was not measured at the newest visits."""
    found = scenario.visits(60)
    found.loc[found["id"] == AGED, "age"] = 140.0
    rows = found.index[found["id"] == late()]
    found.loc[rows[-2:], "pressure"], found.loc[rows[:-2], "pressure"] = np.nan, 120.0
    return found


class Night:
    """A night of some visits: its predictions by patient and outcome, the replay, and what explains them."""

    def __init__(
        self,
        folder: Path,
        delivered: pd.DataFrame,
        earlier: Path | None = None,
        withheld: Iterable[str] = (),
    ) -> None:
        tables = {"visits": delivered}
        nightly.adapt(folder, model(), tables, withheld=frozenset(withheld), earlier=earlier)
        nightly.predict(folder, model())
        self.folder, self.replay = folder, pd.read_parquet(folder / run_files.REPLAY)
        found, status = (pd.read_parquet(folder / n) for n in (run_files.PREDICTIONS, run_files.STATUSES))
        self.predicted = found.assign(instead=status["instead"]).set_index(["subject_id", "outcome"])
        self.tables = Explained.load(folder).tables


@cache
def folder() -> Path:
    """Where all stages of training ran, once for all processes of a test run."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
    place = Path(gettempdir()) / f"meta-med-parts-{run}"
    with FileLock(f"{place}.lock"):
        if not (place / run_files.EVALUATION).exists():
            place.mkdir()
            _train(place)
            model_of(place, STUDY)
    return place


def _train(place: Path) -> None:
    stages.assemble(place, STUDY, {"visits": scenario.visits(60)})
    stages.cohorts(place, STUDY)
    stages.episodes(place, STUDY)
    fit_all(stages.prepared(place, STUDY), place / run_files.MODELS, processes=1)
    for stage in (stages.meta_train, stages.calibrate, stages.evaluate):
        stage(place, STUDY)


@cache
def model() -> ServingModel:
    """The model version of the training."""
    return model_of(folder(), STUDY)


@cache
def night() -> Night:
    """A night of `visits`."""
    return Night(folder() / f"night-{os.getpid()}", visits())
