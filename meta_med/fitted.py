"""Everything a study has learned, and the one way any of its predictors is asked for a forecast."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import load_file, save_file

from meta_med import checkpoints
from meta_med.baselines.baseline import Baseline, Episodes
from meta_med.baselines.registry import create_baseline
from meta_med.chunks import Chunk, chunks
from meta_med.episodes import Records
from meta_med.forecast import Forecast, concatenate, from_prediction, nothing_asked, pool
from meta_med.lacking import patients_by_split, withheld_outcomes
from meta_med.learners import create
from meta_med.learners.learner import Learner
from meta_med.meta_train import Trained
from meta_med.outcomes import Outcome, OutcomeLayout
from meta_med.patient_episodes import ModelRecords, cohort_context, cohort_context_rows, episodes_at
from meta_med.queries import Queries, most_recent
from meta_med.randomness import OwnRandomness
from meta_med.records import Bools, Floats, Ints, RecordTable
from meta_med.scaling import Scaling, fit_scaling
from meta_med.splits import Split, Splits
from meta_med.study import LearnerSpec, StudySpec

UN_ADAPTED, CHAMPION, CHOSEN_BASELINE = "un_adapted", "champion", "chosen_baseline"
AT_A_TIME = 16384  # queries of a baseline


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


def new_learner(spec: LearnerSpec, prepared: Prepared, seed: int) -> Learner:
    """A learner of the study with fresh meta-parameters; own history is on unless the options say otherwise."""
    options: dict[str, Any] = {"history": True, **spec.options}
    with OwnRandomness(seed).lent():
        return create(spec.name, prepared.layout.outcomes, prepared.records.x.shape[1], **options)


@dataclass(frozen=True)
class Fitted:
    """All predictors of a study."""

    learners: Mapping[str, Sequence[Trained]]
    baselines: Mapping[str, Baseline]

    def learner_forecast(self, name: str, prepared: Prepared, queries: Queries) -> Forecast:
        """A learner's forecast, its seeds pooled."""
        cohort = torch.as_tensor(queries.cohort(prepared.table), device=prepared.records.cohort.device)
        parts, order = [], []
        for chunk in chunks(cohort):
            subjects = chunk.subjects.cpu().numpy()
            parts.append(self._chunk(name, prepared, queries.take(subjects), chunk))
            order.append(subjects)
        return concatenate(parts).take(np.argsort(np.concatenate(order)))

    def _chunk(self, name: str, prepared: Prepared, queries: Queries, chunk: Chunk) -> Forecast:
        context = prepared.context.select(chunk.cohorts)
        batch = episodes_at(prepared.records, context, queries, prepared.study.budget.max_support)
        batch = replace(batch, cohort=chunk.cohort)
        seeds = self.learners[name]
        device = next(seeds[0].learner.parameters()).device
        batch = batch.to(device)
        parts = []
        for trained in seeds:
            with torch.no_grad():
                adapted = trained.adapt(batch.context, batch.cohort, batch.support)
                parts.append(from_prediction(adapted.predict(batch.query)))
        return pool(parts, np.full((len(parts), len(prepared.layout.outcomes)), 1.0 / len(parts)))

    def forecasts(self, prepared: Prepared, queries: Queries) -> dict[str, Forecast]:
        """Every learner, every baseline, and `un_adapted`: the learners' pool with the support left out (k = 0)."""
        if not len(queries):
            return dict.fromkeys(
                (*self.learners, *self.baselines, UN_ADAPTED), nothing_asked(prepared.layout)
            )
        out = {name: self.learner_forecast(name, prepared, queries) for name in self.learners}
        out |= self.baseline_forecasts(prepared, queries)
        out[UN_ADAPTED] = self.un_adapted(prepared, queries)
        return out

    def baseline_forecasts(self, prepared: Prepared, queries: Queries) -> dict[str, Forecast]:
        """Every baseline's forecast, so many at a time that their episodes fit into memory."""
        pieces = np.array_split(np.arange(len(queries)), max(1, -(-len(queries) // AT_A_TIME)))
        found: dict[str, list[Forecast]] = {name: [] for name in self.baselines}
        for piece in pieces:
            episodes = prepared.episodes(queries.take(piece))
            for name, baseline in self.baselines.items():
                found[name].append(baseline.forecast(episodes))
        return {name: concatenate(parts) for name, parts in found.items()}

    def un_adapted(self, prepared: Prepared, queries: Queries) -> Forecast:
        """The cohort's prediction: learners with equal weights, no own record."""
        plain = queries.at_most(0)
        _, first, same = np.unique(plain.key, return_index=True, return_inverse=True)
        once = plain.take(first)  # without own records every support size asks the same
        parts = [self.learner_forecast(name, prepared, once).take(same) for name in self.learners]
        return pool(parts, np.full((len(parts), len(prepared.layout.outcomes)), 1.0 / len(parts)))

    def save(self, folder: Path) -> None:
        """Learners as checkpoints, baselines as arrays and JSON."""
        for name, seeds in self.learners.items():
            for i, trained in enumerate(seeds):
                history = [dict(h) for h in trained.history]
                facts = {"history": history, "stopped": trained.stopped}
                checkpoints.save(folder / f"{name}-{i}", trained.learner.state_dict(), facts)
        for name, baseline in self.baselines.items():
            save_baseline(folder / name, baseline)

    @classmethod
    def load(cls, folder: Path, prepared: Prepared) -> "Fitted":
        """Read what `save` wrote for the same study."""
        learners = {spec.name: _load_learner(folder, spec, prepared) for spec in prepared.study.learners}
        baselines = {n: load_baseline(folder / n, n, prepared.layout) for n in prepared.study.baselines}
        return cls(learners, baselines)


def _load_learner(folder: Path, spec: LearnerSpec, prepared: Prepared) -> list[Trained]:
    out = []
    for i in range(spec.seeds):
        tensors, facts = checkpoints.load(folder / f"{spec.name}-{i}")
        learner = new_learner(spec, prepared, 0)
        learner.load_state_dict(tensors)
        out.append(Trained(learner.eval().requires_grad_(False), tuple(facts["history"]), facts["stopped"]))
    return out


def save_baseline(folder: Path, baseline: Baseline) -> None:
    """Arrays and facts of a baseline as one checkpoint."""
    arrays, facts = baseline.state()
    arrays = {**arrays, "residual_scale": baseline.residual_scale}
    tensors = {k: torch.as_tensor(np.ascontiguousarray(v)) for k, v in arrays.items()}
    checkpoints.save(folder, tensors, facts)


def load_baseline(folder: Path, name: str, layout: OutcomeLayout) -> Baseline:
    """Read what `save_baseline` wrote."""
    tensors, facts = checkpoints.load(folder)
    arrays = {k: v.numpy() for k, v in tensors.items()}
    baseline = create_baseline(name, layout)
    baseline.residual_scale = arrays.pop("residual_scale")
    return baseline.restore(arrays, facts)


def save_forecasts(path: Path, forecasts: Mapping[str, Forecast]) -> None:
    """All forecasts of some rows in one file."""
    save_file(
        {f"{n}.{k}": np.ascontiguousarray(v) for n, f in forecasts.items() for k, v in vars(f).items()}, path
    )


def load_forecasts(path: Path) -> dict[str, Forecast]:
    """Read what `save_forecasts` wrote, in the order of names."""
    arrays = load_file(path)
    names = sorted({k.rsplit(".", 1)[0] for k in arrays})
    return {n: Forecast(**{k: arrays[f"{n}.{k}"] for k in ("mean", "scale", "df")}) for n in names}
