"""Recalibration: a trained model's predictors, chosen among and calibrated again on the records of a later delivery.

Nothing is fitted but the choice of the champion, the intervals and the guards: on the same patients as at the training,
with the records that they have by now, and on patients who came since, whom no predictor has been fitted on. Patients
of a cohort, and levels of a category, that the model has not met are left out: they need a training.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from meta_med import run_files, stages
from meta_med.cohorts.assemble import assemble_with_account
from meta_med.cohorts.persons import merge_persons
from meta_med.cohorts.record_table import RecordTable
from meta_med.cohorts.splits import SPLITS, Splits, split_subjects
from meta_med.episodes.withheld import require_enough
from meta_med.model_version.people import NOBODY, TrainedPeople
from meta_med.model_version.serving_model import ServingModel, gather
from meta_med.stages import StageSummary


def recalibrate(
    work: Path,
    place: Path,
    model: ServingModel,
    valid: Mapping[str, pd.DataFrame],
    one_person: Sequence[Sequence[str]] = (),
) -> StageSummary:
    """Write the files of a model version with the model's predictors, calibrated on valid rows.

    Args:
        work: an empty folder for files on the way; place: an empty folder for the files of the version.
        model: the trained model.
        valid: source -> rows that passed the gate; one_person: groups of subjects who may be one person.

    Returns:
        Counts of people by split and of those left out, and the tables of calibration and evaluation.

    Raises:
        StudyMismatch: too few patients are left to choose, calibrate or evaluate on.

    """
    found = assemble_with_account(valid, model.study, model.columns)
    whole = merge_persons(found.table, one_person)
    table = model.columns.only(whole)
    splits = splits_today(model, table)
    ready = replace(model.prepared(table), splits=splits)
    require_enough(ready)
    found.newest.to_parquet(work / run_files.NEWEST)
    shutil.copytree(model.folder / run_files.MODELS, work / run_files.MODELS)
    shutil.copyfile(model.folder / run_files.SCALING, work / run_files.SCALING)
    told = [step(work, model.study, ready) for step in (stages.calibrate, stages.evaluate)]
    gather(work, ready, place, model.people.joined_by(TrainedPeople.of(table, splits)))
    counts = {**_counts(whole, table, splits), **told[0].counts, **told[1].counts}
    return StageSummary(counts, {**told[0].tables, **told[1].tables})


def splits_today(model: ServingModel, table: RecordTable) -> Splits:
    """Splits of a later delivery: as at the training, and for new people as a training would deal them.

    People who were dealt otherwise at the training, because they were linked to other people, are in no split.
    """
    then = model.people.splits_of(table).of_subject
    now = split_subjects(table, model.study.splits)
    of = np.where((then == NOBODY) | (then == now.of_subject), now.of_subject, NOBODY)
    return replace(now, of_subject=of)


def _counts(whole: RecordTable, table: RecordTable, splits: Splits) -> dict[str, int | float | str]:
    by_split: dict[str, int | float | str] = {
        split: len(np.unique(table.person[splits.subjects(split)])) for split in splits.distinct
    }
    in_none = len(np.unique(table.person[~np.isin(splits.of_subject, range(len(SPLITS)))]))
    return {**by_split, "in_no_split": in_none, "of_new_cohorts": whole.n_persons - table.n_persons}
