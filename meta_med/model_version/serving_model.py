"""A model as serving needs it: predictors, champion, intervals, guards, and what they expect of new records."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from safetensors.torch import load_file, save_file

from meta_med import run_files
from meta_med.calibrate.calibration import Calibration, few_events, read_calibrations
from meta_med.calibrate.champion import Champion, read_champion
from meta_med.calibrate.over_time.horizon_calibration import HorizonCalibration, read_horizons
from meta_med.cohorts.columns.known_columns import KnownColumns
from meta_med.cohorts.record_table import Bools, RecordTable
from meta_med.episodes.batch import Records
from meta_med.episodes.model_records import ModelRecords
from meta_med.episodes.prepared import Prepared, StudyRecords, layout_of
from meta_med.episodes.scaling import Scaling
from meta_med.episodes.withheld import evaluated_sizes
from meta_med.meta_train.predictors import FittedPredictors, PartFit, averaged
from meta_med.meta_train.saved_predictors import part_folder
from meta_med.model_version.people import TrainedPeople
from meta_med.serving.blocks import block_for
from meta_med.serving.guards import Guards
from meta_med.study import StudySpec

KEPT = (
    run_files.CHAMPION, run_files.CALIBRATION, run_files.FITTED_GUARDS, run_files.TOO_FEW, run_files.SCALING,
    run_files.EVALUATION, run_files.LEAKAGE, run_files.WORSE, run_files.HORIZONS, run_files.HORIZON_CHECK,
    run_files.NARROWING,
)  # fmt: skip
"""Files of a training that a model version has as they are."""


def gather(folder: Path, ready: Prepared, place: Path, people: TrainedPeople | None = None) -> None:
    """Copy what serving needs of a training into the folder `place`.

    Args:
        folder: the run folder of the training, after its evaluation.
        ready: its records.
        place: an existing, empty folder.
        people: who was in which split; by default those of `ready`.

    """
    for name in KEPT:
        shutil.copyfile(folder / name, place / name)
    shutil.copytree(folder / run_files.MODELS, place / run_files.MODELS)
    facts = {
        "columns": KnownColumns.of(ready.table).to_json(),
        "withheld": dict(ready.withheld),
        "evaluated_sizes": evaluated_sizes(ready).tolist(),
        "few_events": few_events(ready),
        "parts": ready.splits.parts,
    }
    (place / run_files.SERVING).write_text(json.dumps(facts), encoding="utf-8")
    _save_context(ready.context, place / run_files.CONTEXTS)
    for part in range(ready.splits.parts) if ready.splits.cross_fitted else ():
        _save_context(ready.of_part(part).context, place / run_files.contexts_without(part))
    (people or TrainedPeople.of(ready.table, ready.splits)).save(place / run_files.PEOPLE)


def _save_context(context: Records, path: Path) -> None:
    save_file({f.name: getattr(context, f.name).contiguous() for f in fields(Records)}, path)


@dataclass(frozen=True)
class ServingModel:
    """A trained model.

    Attributes:
        folder: of its files; study: the configuration that it was trained with.
        columns: its cohorts and covariates; scaling: fitted on its training patients.
        context: (K, L, N) what patients of each cohort lend.
        withheld: outcome -> why it is withheld; few_events: outcome -> what is said of its rarity.
        evaluated: (D, max_support + 1) the support sizes at which it was evaluated.
        parts: into how many parts its patients were divided.

    """

    folder: Path
    study: StudySpec
    columns: KnownColumns
    scaling: Scaling
    context: Records
    withheld: Mapping[str, str]
    few_events: Mapping[str, str]
    evaluated: Bools
    parts: int

    @classmethod
    def load(cls, folder: Path, study: StudySpec) -> "ServingModel":
        """Read what `gather` wrote."""
        facts = json.loads((folder / run_files.SERVING).read_text(encoding="utf-8"))
        return cls(
            folder=folder,
            study=study,
            columns=KnownColumns.from_json(facts["columns"]),
            scaling=Scaling(**json.loads((folder / run_files.SCALING).read_text(encoding="utf-8"))),
            context=Records(**load_file(folder / run_files.CONTEXTS)),
            withheld=facts["withheld"],
            few_events=facts["few_events"],
            evaluated=np.asarray(facts["evaluated_sizes"], dtype=bool),
            parts=int(facts["parts"]),
        )

    @property
    def version(self) -> str:
        """Its name."""
        return self.folder.name

    @cached_property
    def champion(self) -> Champion:
        """The choice among its predictors."""
        return read_champion(self.folder)

    @cached_property
    def calibrations(self) -> dict[str, Calibration]:
        """Predictor -> its calibration."""
        return read_calibrations(self.folder)

    @cached_property
    def horizons(self) -> HorizonCalibration:
        """What each horizon changes in the champion's calibration."""
        return read_horizons(self.folder)

    @cached_property
    def horizon_check(self) -> pd.DataFrame:
        """Coverage of each horizon on held-out patients, and why one is not published."""
        return pd.read_parquet(self.folder / run_files.HORIZON_CHECK)

    @cached_property
    def people(self) -> TrainedPeople:
        """The split of each person at its training."""
        return TrainedPeople.load(self.folder / run_files.PEOPLE, self.parts)

    def guards(self, table: RecordTable) -> Guards:
        """Its guards, for a table of `prepared`: a level that it has not met is unseen."""
        text = (self.folder / run_files.FITTED_GUARDS).read_text(encoding="utf-8")
        return Guards.from_json(json.loads(text)).extended(table.covariates)

    def fitted(self, ready: Prepared) -> FittedPredictors:
        """Its predictors; where patients were divided into parts, the averages of the fits without each part."""
        once, place = replace(ready, splits=replace(ready.splits, parts=1)), self.folder / run_files.MODELS
        parts = [place] if self.parts == 1 else [place / part_folder(part) for part in range(self.parts)]
        fits = [FittedPredictors.load(folder, once) for folder in parts]
        block = block_for(len(self.people.split), len(self.columns.cohort_names))
        return replace(averaged(fits) if len(fits) > 1 else fits[0], block=block)

    def without_part(self, ready: Prepared, part: int) -> PartFit:
        """The fits without a part of the training's patients, and records with the contexts that the others lend."""
        new = len(ready.table.cohort_names) - len(self.columns.cohort_names)
        context = Records(**load_file(self.folder / run_files.contexts_without(part)))
        once = replace(ready, splits=replace(ready.splits, parts=1), context=_with_empty(context, new))
        return PartFit(once, FittedPredictors.load(self.folder / run_files.MODELS / part_folder(part), once))

    def prepared(self, table: RecordTable) -> Prepared:
        """Records of any delivery on the model's scale, with its contexts; of a cohort that it has not met, none.

        Args:
            table: records that were assembled with its `columns`.

        """
        more = len(table.covariates) - len(self.columns.covariates)
        new = len(table.cohort_names) - len(self.columns.cohort_names)
        scaling = self.scaling.extended(more, new)
        known = self.study_records(table)
        records = ModelRecords.of(table, scaling, gap_days=self.study.records.gap_days)
        return Prepared(
            **vars(known),
            scaling=scaling,
            records=records.without(known.hidden),
            context=_with_empty(self.context, new),
        )

    def study_records(self, table: RecordTable) -> StudyRecords:
        """Records of any delivery with the split of each subject; `table` as of `prepared`."""
        return StudyRecords(
            self.study, table, self.people.splits_of(table), layout_of(self.study), self.withheld
        )


def _with_empty(context: Records, cohorts: int) -> Records:
    """The contexts, and further ones without a record."""
    if not cohorts:
        return context
    parts = {f.name: getattr(context, f.name) for f in fields(context)}
    return Records(**{n: torch.cat([t, t.new_zeros((cohorts, *t.shape[1:]))]) for n, t in parts.items()})
