"""A study's records on model scale, with contexts and a scaling from training subjects only."""

import hashlib
import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from meta_med import run_files
from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable
from meta_med.cohorts.splits import Split, Splits
from meta_med.episodes.batch import Records
from meta_med.episodes.contexts import ContextSize, context_of, fixed_rows
from meta_med.episodes.episode_arrays import Episodes
from meta_med.episodes.model_records import ModelRecords
from meta_med.episodes.patient_episodes import episodes_at
from meta_med.episodes.queries import Queries, most_recent
from meta_med.episodes.query_covariates import query_covariates
from meta_med.episodes.scaling import Scaling, fit_scaling
from meta_med.episodes.withheld import patients_by_split, withheld_outcomes
from meta_med.outcomes import Outcome, OutcomeLayout
from meta_med.study import StudySpec


@dataclass(frozen=True)
class StudyRecords:
    """A study's records and their split.

    Attributes:
        study, table, splits: the configuration, its records and their split; layout: the outcomes;
        withheld: outcome -> why it is withheld: too few patients have it.

    """

    study: StudySpec
    table: RecordTable
    splits: Splits
    layout: OutcomeLayout
    withheld: Mapping[str, str]

    @property
    def hidden(self) -> list[int]:
        """Indices of the withheld outcomes."""
        return _places(self.study, self.withheld)


@dataclass(frozen=True)
class Prepared(StudyRecords):
    """A study's records on model scale, with contexts and a scaling from training subjects only.

    Values of withheld outcomes are masked in `records` and NaN in `truth`, so that nothing is learned from them.

    Attributes:
        scaling: fitted on training subjects; records: the table as tensors; context: each cohort's fixed context.

    """

    scaling: Scaling
    records: ModelRecords
    context: Records

    @classmethod
    def of(cls, study: StudySpec, table: RecordTable, splits: Splits) -> "Prepared":
        """Fit the scaling on training subjects and draw the contexts."""
        scaling = fit_scaling(table, study.outcomes, splits.subjects("train"))
        return cls.with_scaling(study, table, splits, scaling)

    @classmethod
    def with_scaling(
        cls,
        study: StudySpec,
        table: RecordTable,
        splits: Splits,
        scaling: Scaling,
        lent: int | None = None,
        withheld: Mapping[str, str] | None = None,
    ) -> "Prepared":
        """The same with a fitted scaling.

        Args:
            study, table, splits, scaling: as the attributes.
            lent: where cohorts are left out of training, how many subjects of each lend the context and the cohort's
                scale; None: all that can.
            withheld: outcomes that are withheld; None: computed from the patients in these records.

        """
        lenders = lending_subjects(splits, lent)
        scaling = _with_lent_scales(scaling, table, splits, lenders)
        records = ModelRecords.of(table, scaling, gap_days=study.records.gap_days)
        records = records.without(_places(study, withheld or {}))
        borrowed = splits.subjects("train") | lenders
        size = ContextSize.of(study, table, splits)
        rows = fixed_rows(records, borrowed, len(table.cohort_names), size, study.seed)
        context = context_of(records, torch.as_tensor(rows, device=records.time.device))
        layout = layout_of(study)
        found = cls(study, table, splits, layout, withheld or {}, scaling, records, context)
        if withheld is None and (few := withheld_outcomes(found, patients_by_split(found))):
            return cls.with_scaling(study, table, splits, scaling, lent, few)
        return found

    def lending(self, m: int) -> "Prepared":
        """The same with m subjects of each left-out cohort as its context."""
        return Prepared.with_scaling(self.study, self.table, self.splits, self.scaling, m, self.withheld)

    def with_table(self, table: RecordTable) -> "Prepared":
        """The same with other records of the same columns and subjects; scaling and contexts stay."""
        records = ModelRecords.of(table, self.scaling, gap_days=self.study.records.gap_days)
        return replace(self, table=table, records=records.without(self.hidden))

    def of_part(self, part: int) -> "Prepared":
        """The same for the fit that predicts a part of the subjects: others train and lend the contexts.

        The scaling stays that of all subjects who are not held out, so that all parts are predicted on one scale.
        """
        splits = self.splits.of_part(part)
        return Prepared.with_scaling(self.study, self.table, splits, self.scaling, withheld=self.withheld)

    def rows(self, split: Split) -> Ints:
        """Rows of a split's subjects."""
        return self.table.rows_of(self.splits.subjects(split))

    def truth(self, rows: Ints) -> Floats:
        """(R, D) outcomes of these rows on model scale, NaN where not observed or withheld."""
        y = self.scaling.outcomes(self.table.y[rows], self.table.cohort[rows])
        y[:, self.hidden] = np.nan
        return y

    def episodes(self, queries: Queries) -> Episodes:
        """Episodes for baselines."""
        batch = episodes_at(self.records, self.context, queries, self.study.budget.max_support)
        subject = self.table.subject[queries.rows]
        return Episodes.of(batch, subject, self.table.person[subject])

    def covariates_of(self, queries: Queries) -> Floats:
        """(R, F) covariates of the predicted records as they are known when predicted; see `query_covariates`."""
        usable = self.records.end.cpu().numpy()
        return query_covariates(self.table, queries.rows, queries.end, usable)

    def own_values(self, queries: Queries) -> Ints:
        """(R, D) values of each outcome among the own records that the queries use."""
        return queries.own_values(self.records.y_observed.cpu().numpy())

    def support_size(self, rows: Ints) -> Ints:
        """(R,) number of own records that a prediction of these rows may use."""
        return most_recent(self, rows).size


def layout_of(study: StudySpec) -> OutcomeLayout:
    """The study's outcomes."""
    return OutcomeLayout.of([Outcome(o.name, o.kind, unit=o.unit) for o in study.outcomes])


def _places(study: StudySpec, outcomes: Container[str]) -> list[int]:
    return [i for i, o in enumerate(study.outcomes) if o.name in outcomes]


def lending_subjects(splits: Splits, lent: int | None) -> Bools:
    """(n_subjects,) mask of the first `lent` (None: all) subjects that lend records to a left-out cohort."""
    if not len(splits.lends):
        return np.zeros(len(splits.of_subject), dtype=bool)
    most = int(splits.lends.max()) + 1 if lent is None else lent
    return np.asarray((splits.lends >= 0) & (splits.lends < most))


def _with_lent_scales(scaling: Scaling, table: RecordTable, splits: Splits, lenders: Bools) -> Scaling:
    if scaling.cohorts is None or not len(splits.lends):
        return scaling
    trained = np.unique(table.entry_cohort[splits.subjects("train")])
    for cohort in np.setdiff1d(np.arange(len(table.cohort_names)), trained):
        rows = table.rows_of(lenders & (table.entry_cohort == cohort))
        scaling = scaling.with_cohort(table, rows, int(cohort))
    return scaling


_LATEST: dict[str, Prepared] = {}
"""The records that this process prepared last, by a hash of the study and its files."""


def prepared(folder: Path, study: StudySpec) -> Prepared:
    """The study's records on model scale, from the files of the stages `assemble` and `cohorts`.

    Cached in the process; prepared again where the study or a byte of the files has changed.
    """
    content = _content_of(folder, study)
    if content not in _LATEST:
        _LATEST.clear()  # free the last one first: two may not fit into memory
        made = _prepared(folder, study)
        if _content_of(folder, study) != content:  # the files changed meanwhile
            return made
        _LATEST[content] = made
    return _LATEST[content]


def _content_of(folder: Path, study: StudySpec) -> str:
    """Hash of a study and of the files that `_prepared` reads."""
    files = [
        *sorted((folder / run_files.RECORDS).rglob("*")),
        folder / run_files.SPLITS,
        folder / run_files.SCALING,
    ]
    found = hashlib.sha256(repr(study).encode())
    for path in (path for path in files if path.is_file()):
        found.update(f"{path.relative_to(folder)}\x1f{_digest(path)}\x1e".encode())
    return found.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _prepared(folder: Path, study: StudySpec) -> Prepared:
    table, splits = RecordTable.load(folder / run_files.RECORDS), Splits.load(folder / run_files.SPLITS)
    fitted = folder / run_files.SCALING
    if not fitted.exists():
        return Prepared.of(study, table, splits)
    return Prepared.with_scaling(study, table, splits, Scaling(**json.loads(fitted.read_text())))
