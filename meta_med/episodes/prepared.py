"""A study's records on model scale, with the contexts and the scaling that training subjects alone determine."""

import hashlib
import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from meta_med import run_files
from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable
from meta_med.cohorts.splits import Split, Splits
from meta_med.episodes.batch import Records
from meta_med.episodes.episode_arrays import Episodes
from meta_med.episodes.patient_episodes import ModelRecords, cohort_context, cohort_context_rows, episodes_at
from meta_med.episodes.queries import Queries, most_recent
from meta_med.episodes.scaling import Scaling, fit_scaling
from meta_med.episodes.withheld import patients_by_split, withheld_outcomes
from meta_med.outcomes import Outcome, OutcomeLayout
from meta_med.study import StudySpec


@dataclass(frozen=True)
class Prepared:
    """A study's records on model scale, with what training subjects alone determined.

    Attributes:
        study, table, splits: what was configured; scaling: fitted on training subjects;
        records: the table as tensors; context: each cohort's fixed context records; layout: the outcomes;
        lenders: (K, C) the person who lends each record of the context, -1 where there is none;
        withheld: outcome -> why nothing is told of it: too few patients have it. Its values are masked in `records`,
            so that nothing learns from them, and `truth` holds none.

    """

    study: StudySpec
    table: RecordTable
    splits: Splits
    scaling: Scaling
    records: ModelRecords
    context: Records
    layout: OutcomeLayout
    lenders: Ints
    withheld: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, study: StudySpec, table: RecordTable, splits: Splits) -> "Prepared":
        """Fit the scaling and draw the contexts."""
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
        """The same with a scaling that is already fitted; `withheld` where the records are not those of the fit.

        Where cohorts are left out of training, `lent` subjects of each (None: as many as there are) lend the
        context, and the scale of what is standardised by cohort.
        """
        lenders = lending_subjects(splits, lent)
        scaling = _with_lent_scales(scaling, table, splits, lenders)
        records = ModelRecords.of(table, scaling, gap_days=study.records.gap_days)
        records = records.without(_places(study, withheld or {}))
        borrowed = splits.subjects("train") | lenders
        size = context_size(study, splits)
        lent_rows = cohort_context_rows(records, borrowed, len(table.cohort_names), size, study.seed)
        context = cohort_context(records, lent_rows)
        layout = OutcomeLayout.of([Outcome(o.name, o.kind, unit=o.unit) for o in study.outcomes])
        who = np.where(lent_rows >= 0, table.person[table.subject[lent_rows]], -1)
        found = cls(study, table, splits, scaling, records, context, layout, who, withheld or {})
        if withheld is None and (few := withheld_outcomes(found, patients_by_split(found))):
            return cls.with_scaling(study, table, splits, scaling, lent, few)
        return found

    def lending(self, m: int) -> "Prepared":
        """The same with m subjects of each left-out cohort as its context."""
        return Prepared.with_scaling(self.study, self.table, self.splits, self.scaling, m, self.withheld)

    def rows(self, split: Split) -> Ints:
        """Rows of a split's subjects."""
        return self.table.rows_of(self.splits.subjects(split))

    def truth(self, rows: Ints) -> Floats:
        """(R, D) outcomes of these rows on model scale, NaN where not observed or withheld."""
        y = self.scaling.outcomes(self.table.y[rows], self.table.cohort[rows])
        y[:, self.hidden] = np.nan
        return y

    @property
    def hidden(self) -> list[int]:
        """Places of the withheld outcomes."""
        return _places(self.study, self.withheld)

    def episodes(self, queries: Queries) -> Episodes:
        """Episodes for baselines."""
        batch = episodes_at(self.records, self.context, queries, self.study.budget.max_support)
        subject = self.table.subject[queries.rows]
        return Episodes.of(batch, subject, self.table.person[subject], self.lenders)

    def support_size(self, rows: Ints) -> Ints:
        """(R,) own records that a prediction of these rows may use."""
        return most_recent(self, rows).size


def _places(study: StudySpec, outcomes: Container[str]) -> list[int]:
    return [i for i, o in enumerate(study.outcomes) if o.name in outcomes]


def lending_subjects(splits: Splits, lent: int | None) -> Bools:
    """(n_subjects,) the first `lent` (None: all) of those who lend records to a left-out cohort."""
    if not len(splits.lends):
        return np.zeros(len(splits.of_subject), dtype=bool)
    most = int(splits.lends.max()) + 1 if lent is None else lent
    return np.asarray((splits.lends >= 0) & (splits.lends < most))


def context_size(study: StudySpec, splits: Splits) -> int:
    """Records in a cohort's context: the budget's, but room for each lending subject where cohorts are left out."""
    most = int(splits.lends.max(initial=-1)) + 1
    return max(study.budget.context_records, most)


def _with_lent_scales(scaling: Scaling, table: RecordTable, splits: Splits, lenders: Bools) -> Scaling:
    if scaling.cohorts is None or not len(splits.lends):
        return scaling
    trained = np.unique(table.entry_cohort[splits.subjects("train")])
    for cohort in np.setdiff1d(np.arange(len(table.cohort_names)), trained):
        rows = table.rows_of(lenders & (table.entry_cohort == cohort))
        scaling = scaling.with_cohort(table, rows, int(cohort))
    return scaling


_LATEST: dict[str, Prepared] = {}
"""What this process prepared last, by the content of all that it was made of."""


def prepared(folder: Path, study: StudySpec) -> Prepared:
    """The study's records on model scale, from what `assemble` and `cohorts` left.

    Made once in a process: it is made again where the study, or one byte of the files it is made of, has changed.
    """
    content = _content_of(folder, study)
    if content not in _LATEST:
        _LATEST.clear()  # before the next is made: two are too many for a small machine
        made = _prepared(folder, study)
        if _content_of(folder, study) != content:  # somebody wrote while it was made
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
