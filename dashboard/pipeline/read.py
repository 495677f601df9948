"""What the pipeline page reads, each behind `authorize`: releases and journal of the store, notes of the home folder.

Not cached: runs end and models are promoted while a release stays the same.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pandas as pd

from dashboard.access.authorize import Action, authorize
from dashboard.release import DEFAULT_HOME, Served
from meta_med.published import quality, reader
from meta_med.published.notes.inbox import arrivals
from meta_med.published.notes.last_runs import Kind, LastRun, last_good_night, last_runs, reports_of
from meta_med.published.notes.model_states import ModelState, model_states


@dataclass(frozen=True)
class Notes:
    """What the home folder says about a study.

    Attributes:
        runs: kind -> its last run.
        checked: when the last run ended well that left the shown release served; None where that is not known.
        models: the versions, the newest first.
        inbox: when each entry of the inbox was changed.

    """

    runs: Mapping[Kind, LastRun] = field(default_factory=dict)
    checked: datetime | None = None
    models: tuple[ModelState, ...] = ()
    inbox: tuple[datetime, ...] = ()

    def trained(self, served: Served) -> datetime | None:
        """When the model of the shown release was trained; None where that is not known."""
        made_with = served.head.manifest.get("model")
        times = (datetime.fromisoformat(one.trained) for one in self.models if one.version == made_with)
        return next(times, None)


def notes(served: Served) -> Notes:
    """The notes of the home folder; empty where this machine does not have it."""
    authorize(served.user, Action.PIPELINE, served.scope)
    home, study = _home(), served.head.study
    reports = reports_of(home, study)
    return Notes(
        runs=last_runs(reports),
        checked=last_good_night(reports, served.release_id),
        models=tuple(model_states(home / "models", study)),
        inbox=tuple(arrivals(home, study)),
    )


def trained(served: Served) -> datetime | None:
    """When the model of the shown release was trained; None where this machine does not know. Of no patient."""
    authorize(served.user, Action.STUDY, served.scope)
    return Notes(models=tuple(model_states(_home() / "models", served.head.study))).trained(served)


def _home() -> Path:
    return Path(os.environ.get("META_MED_HOME") or DEFAULT_HOME)


def releases(served: Served) -> pd.DataFrame:
    """The study's releases up to the shown one, the oldest first."""
    authorize(served.user, Action.PIPELINE, served.scope)
    return quality.deliveries(served.url, served.head.study, served.release_id)


def journal(served: Served) -> pd.DataFrame:
    """The study's journal up to the entry that made the shown release the served one, the oldest first."""
    authorize(served.user, Action.PIPELINE, served.scope)
    found = reader.history(served.url, served.head.study)
    return found[found["sequence"] <= served.head.sequence].reset_index(drop=True)


def held_back(served: Served) -> pd.DataFrame:
    """The findings for which rows of this release's delivery were held back, the most frequent first."""
    authorize(served.user, Action.PIPELINE, served.scope)
    found = reader.findings(served.url, served.release_id)
    kept = found[(found["severity"] == "critical") & (found["count"].fillna(0) > 0)]
    return kept.sort_values("count", ascending=False, kind="stable", ignore_index=True)
