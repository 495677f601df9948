"""Everybody's next record in the scenario, and how far each prediction of it is personal."""

from dataclasses import replace

import numpy as np
import pandas as pd

from meta_med.episodes.prepared import Prepared
from meta_med.serving.adapt import (
    AdaptedSubjects,
    Serving,
    next_records,
)
from meta_med.serving.statuses import statuses
from meta_med.study import ServeSpec
from tests import scenario

OUTCOMES = ["marker", "pressure", "swelling"]


def serving(ready: Prepared | None = None, **serve) -> Serving:
    ready = ready or scenario.prepared()
    study = replace(ready.study, serve=ServeSpec(**serve))
    return next_records(replace(ready, study=study), np.ones(ready.table.n_subjects, dtype=bool))


def frame_of(
    found: Serving, withheld: np.ndarray | None = None, done: AdaptedSubjects | None = None
) -> pd.DataFrame:
    shape = (len(found.rows), len(OUTCOMES))
    withheld = np.zeros(len(found.rows), dtype=bool) if withheld is None else withheld
    flags, lost = np.full(shape, ""), np.zeros(shape, dtype=bool) if done is None else done.lost
    return statuses(found, withheld, flags, lost)
