"""The ceiling of a study: the gain of a predictor that also sees the next two records after the predicted one.

How much lower than the baselines' can an error be? The part of a value that neither the records before it nor those
after it tell is noise to everybody. So the linear mixed model that was fitted on training patients is asked once more
about the same held-out records, with the next two records in the support beside the earlier ones, never the predicted
one itself. Its error against the cross-chosen baseline's is the study's ceiling. **No prediction can attain it**: those
records lie in the future. The share of it that the champion reaches says how much is left.

It is a ceiling of this model, not of every possible one: where covariates tell more than the patient's own records, the
champion may gain more. It is computed on the records that have two later ones of the same patient, of which one at
least has the outcome; the champion's share is of the same records.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from meta_med import run_files
from meta_med.baselines.baseline import Baseline
from meta_med.calibrate.crossfit import FoldFit, fitted_patient_folds
from meta_med.calibrate.record_scores import ALL, Scored
from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable, newest_usable
from meta_med.episodes.episode_arrays import Episodes
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import USUAL_SIZES, Queries, main_setting, queries_of
from meta_med.evaluate.comparison.compare import CHAMPION
from meta_med.evaluate.comparison.cross_chosen import CrossChosen, cross_chosen
from meta_med.evaluate.comparison.study_record import MIN_PATIENTS
from meta_med.evaluate.mean_of_cells import MeanOfCells, mean_of_cells
from meta_med.forecast import bounded
from meta_med.meta_train.predictors import BLOCK, forecast_of, load_fits
from meta_med.outcomes.registry import headlines
from meta_med.study import StudySpec

LATER = 2  # records after the predicted one that the ceiling's predictor sees
MODEL = "mixed_model"


@dataclass(frozen=True)
class LaterRecords:
    """Rows of the LATER records after each query.

    Attributes:
        rows: (R, LATER) rows, those after the patient's last one included.
        present: (R, LATER) whether it is a record of the same patient.

    """

    rows: Ints
    present: Bools

    @classmethod
    def of(cls, prepared: Prepared, queries: Queries) -> "LaterRecords":
        """The first ones that lie at least `records.gap_days` after the predicted record, as those before it do."""
        table = prepared.table
        first = oldest_after(table.offsets, table.time, prepared.study.records.gap_days)[queries.rows]
        rows = first[:, None] + np.arange(LATER)
        return cls(rows, rows < np.asarray(table.offsets)[table.subject[queries.rows] + 1][:, None])


def oldest_after(offsets: Ints, time: Floats, gap_days: float = 0.0) -> Ints:
    """(n,) the oldest own record that lies at least `gap_days` after each record: the mirror image of `newest_usable`.

    One past the subject's last row where there is none.
    """
    n = len(time)
    return np.asarray(n - newest_usable((n - offsets)[::-1], -time[::-1], gap_days)[::-1])


def with_later_records(prepared: Prepared, queries: Queries, later: LaterRecords) -> Episodes:
    """The queries' episodes with the later records after their support (S + LATER columns)."""
    episodes, records = prepared.episodes(queries), prepared.records
    device = records.time.device
    rows, present, queried = (
        torch.as_tensor(part, device=device) for part in (later.rows, later.present, queries.rows)
    )
    found = records.gather(rows, present, records.time[queried])
    y, x = (
        np.where(_array(seen) & later.present[..., None], _array(values), np.nan)
        for values, seen in ((found.y, found.y_observed), (found.x, found.x_observed))
    )
    time = np.where(later.present, _array(found.time), np.nan)
    return replace(
        episodes,
        support_y=np.concatenate([episodes.support_y, y], 1),
        support_x=np.concatenate([episodes.support_x, x], 1),
        support_time=np.concatenate([episodes.support_time, time], 1),
    )


def _array(tensor: torch.Tensor) -> Any:
    return tensor.cpu().numpy()


def errors_with_later_records(folder: Path, study: StudySpec) -> dict[str, Floats]:
    """Outcome -> (R,) error of each held-out record of the main setting, in the order of its cross-fitted scores.

    NaN where the record has no two later ones, or none of them has the outcome.

    Args:
        folder: of the cross-fitted evaluation.
        study: the configuration; the mixed model is among its baselines.

    """
    table = RecordTable.load(folder / run_files.RECORDS)
    parts = [_fold_errors(table, fold, models) for fold, models in fitted_patient_folds(folder, study)]
    whole = np.concatenate(parts)
    return {outcome.name: whole[:, d] for d, outcome in enumerate(study.outcomes)}


def _fold_errors(table: RecordTable, fold: FoldFit, models: Path) -> Floats:
    prepared = Prepared.of(fold.study, table, fold.splits(table))
    fits = load_fits(models, MODEL, prepared)
    queries = queries_of(prepared, "held_out", main_setting(fold.study))
    pieces = np.array_split(np.arange(len(queries)), max(1, -(-len(queries) // BLOCK)))
    return np.concatenate([later_errors(prepared, fits, queries.take(piece)) for piece in pieces])


def later_errors(prepared: Prepared, fits: Sequence[Baseline], queries: Queries) -> Floats:
    """(R, D) errors of a model that sees later records, the mean of its fits, in clinical units; NaN without two."""
    later = LaterRecords.of(prepared, queries)
    forecast = forecast_of(fits, with_later_records(prepared, queries, later))
    mean = bounded(forecast, prepared.scaling.limits(queries.cohort(prepared.table))).mean
    y = prepared.truth(queries.rows)
    errors = np.full(y.shape, np.nan)
    observed = ~np.isnan(prepared.table.y[later.rows.clip(max=prepared.table.n_records - 1)])
    told = later.present.all(1, keepdims=True) & observed.any(1)
    for d, kind in enumerate(prepared.layout.kinds):
        clinical = (prepared.scaling.clinical(v[:, d], d) for v in (y, mean))
        errors[:, d] = np.where(told[:, d], kind.error(*clinical), np.nan)
    return errors


def ceiling(scored: Scored, errors: dict[str, Floats], study: StudySpec) -> dict[str, Any]:
    """The ceiling of the main setting, as JSON; empty where no cell has enough patients with own and later records.

    Args:
        scored: the cross-fitted scores.
        errors: of `errors_with_later_records`.
        study: the configuration.

    Returns:
        ceiling, champion: mean relative difference to the cross-chosen baseline over the cells (outcome, k >= 1), each
        with *_low and *_high (95 %, over patients); share: of the ceiling's gain that the champion reaches, None where
        there is no gain; cells; n_patients.

    """
    keys = [k for k in scored.scores[CHAMPION] if k[1] in headlines() and k[0] != ALL]
    ahead = {key: errors[key[0]] for key in keys}
    own = {key: np.where(np.isnan(ahead[key]), np.nan, scored.scores[CHAMPION][key]) for key in keys}
    found = [
        cross_chosen(replace(scored, scores={**scored.scores, CHAMPION: scores}), study.baselines)
        for scores in (ahead, own)
    ]
    sizes = study.evaluation.support_sizes or USUAL_SIZES
    cells = [_cells(one, [k for k in sizes if k > 0]) for one in found]
    if not all(map(len, cells)):
        return {}
    top, champion = map(_mean, found, cells)
    return {
        **dict(_named("ceiling", top)),
        **dict(_named("champion", champion)),
        "share": champion.mean.value / top.mean.value if top.mean.high < 0 else None,
        "cells": len(cells[0]),
        "n_patients": top.n_units,
    }


def _cells(found: CrossChosen, sizes: list[int]) -> Ints:
    rows = found.table
    return np.flatnonzero(rows["support_size"].isin(sizes) & (rows["n_patients"] >= MIN_PATIENTS))


def _mean(found: CrossChosen, cells: Ints) -> MeanOfCells:
    values = found.table["relative"].to_numpy(np.float64)[cells]
    return mean_of_cells(values, found.influence.of_rows(cells), over_cohorts=False)


def _named(name: str, found: MeanOfCells) -> Iterator[tuple[str, float | None]]:
    for end, value in (("", found.mean.value), ("_low", found.mean.low), ("_high", found.mean.high)):
        yield f"{name}{end}", float(value) if np.isfinite(value) else None
