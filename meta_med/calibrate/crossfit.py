"""Cross-fitting: everybody held out, by folds of patients and of whole cohorts, again and again if asked.

Each part of it fits every predictor on its own training subjects, chooses the champion on its tuning subjects,
calibrates on its calibration subjects and looks at its held-out subjects once, at the end: nothing is chosen on
them. Parts are independent, so one process a core works on them; what is finished is kept and not done again.
"""

import hashlib
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from meta_med import checkpoints, run_files
from meta_med.calibrate.champion import describe
from meta_med.calibrate.choose_and_calibrate import held_out_records, judge
from meta_med.calibrate.record_scores import Scored, join, score
from meta_med.cohorts.cohort_folds import cohort_folds, cohort_sizes, leave_cohorts_out
from meta_med.cohorts.record_table import RecordTable
from meta_med.cohorts.splits import SPLITS, Splits, split_subjects
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import main_setting, settings_of
from meta_med.episodes.withheld import FITTED_ON, require_enough
from meta_med.meta_train.fit import fit_all
from meta_med.meta_train.outer_loop import choose_device
from meta_med.meta_train.predictors import FittedPredictors
from meta_med.study import Setting, StudySpec
from meta_med.workers import Progress, in_processes, measure_resources, peak_mb

NEW_COHORT = "new_cohort"
FOUND = "found.json"


@dataclass(frozen=True)
class Evaluated:
    """Of one study, over all folds and repeats.

    Attributes:
        settings: the scores of all held-out records by setting: "next", "recent", "later", and "new_cohort_m" for
            each number m of subjects of a new cohort that lend context.
        facts: JSON. `seconds` by the clock of all calls that did something; `cpu_seconds`; `peak_memory_mb` of all
            processes at a time, at most; `parts`: name -> subjects by split, what fitting took, and what judging
            each setting took; `champion`: setting -> part -> the decisions.

    """

    settings: Mapping[str, Scored]
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Assessment:
    """One judgement of a fit: its name, how it asks, and how many subjects of a new cohort lend context."""

    name: str
    setting: Setting
    lent: int | None = None


@dataclass(frozen=True)
class FoldFit:
    """One fit of all predictors and what is asked of it: a repeat and fold of patients, or a fold of cohorts."""

    name: str
    study: StudySpec
    questions: tuple[Assessment, ...]
    cohort_fold: int | None = None

    def splits(self, table: RecordTable) -> Splits:
        """Who is in which split."""
        if self.cohort_fold is None:
            return split_subjects(table, self.study.splits)
        return leave_cohorts_out(table, self.study, self.cohort_fold)


def cross_fit(folder: Path, study: StudySpec, progress: Progress | None = None) -> Evaluated:
    """Evaluate a study in all its settings, from the records that `assemble` left in `folder`.

    Resumable: what an interrupted call has fitted or judged lies under `crossfit/`, by a hash of the study and its
    records, and is not done again. Results are the same whatever the number of processes.

    Raises:
        StudyMismatch: splits or cohorts that leave too few patients to learn, choose or calibrate from.

    """
    home = folder / run_files.CROSSFIT / _key(folder, study)
    parts = parts_of(RecordTable.load(folder / run_files.RECORDS), study)
    todo = [(home, part, folder / run_files.RECORDS) for part in parts if _missing(home, part)]
    wanted = study.budget.processes or os.cpu_count() or 1
    at_once = 1 if choose_device("auto") != "cpu" else min(wanted, len(parts))
    workers = min(at_once, len(todo))
    clock = _Clock(home)
    if workers <= 1:
        for arguments in todo:
            _finish(*arguments, progress)
            clock.tell()
    else:
        in_processes(_finish, todo, workers, progress, clock.tell)
    # not `workers`: a call that finds everything done must tell the memory of those that did it
    return _gathered(home, parts, at_once)


def parts_of(table: RecordTable, study: StudySpec) -> list[FoldFit]:
    """Everything that is to be fitted: repeats x folds of patients, then folds of cohorts."""
    asked = study.evaluation.settings
    parts = []
    if any(s != NEW_COHORT for s in asked):
        questions = tuple(Assessment(s, s) for s in settings_of(study))
        for r in range(study.evaluation.repeats):
            parts += [_patients(study, r, f, questions) for f in range(study.splits.folds)]
    if NEW_COHORT in asked:
        main = main_setting(study)
        questions = tuple(Assessment(f"{NEW_COHORT}_{m}", main, m) for m in cohort_sizes(study))
        folds = range(cohort_folds(table, study))
        parts += [FoldFit(f"cohorts-{f}", study, questions, f) for f in folds]
    return parts


def _patients(study: StudySpec, repeat: int, fold: int, questions: tuple[Assessment, ...]) -> FoldFit:
    seed = study.splits.seed + 1000 * repeat
    splits = replace(study.splits, fold=fold, seed=seed, leave_cohorts_out=0)
    return FoldFit(f"patients-{repeat}-{fold}", replace(study, splits=splits), questions)


def _key(folder: Path, study: StudySpec) -> str:
    """Of everything that decides a result: the study, but for its words, costs and whom it serves, and its records."""
    plain = replace(
        study,
        title="",
        note="",
        evaluation=replace(study.evaluation, claims=True),
        splits=replace(study.splits, fold=0),
        budget=replace(study.budget, processes=0),
        serve=type(study.serve)(),
    )
    digest = hashlib.sha256(repr(plain).encode())
    for path in sorted((folder / run_files.RECORDS).iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _missing(home: Path, part: FoldFit) -> list[Assessment]:
    return [q for q in part.questions if not checkpoints.exists(home / part.name / q.name)]


def _finish(home: Path, part: FoldFit, records: Path, progress: Progress | None) -> None:
    """Fit what is not fitted and judge what is not judged of one part."""
    table, folder = RecordTable.load(records), home / part.name
    prepared = Prepared.of(part.study, table, part.splits(table))
    require_enough(prepared, FITTED_ON)
    fitted_before = (folder / FOUND).exists()
    with measure_resources() as took:
        fit_all(prepared, folder / run_files.MODELS, _about(part, progress), processes=1)
    if not fitted_before:
        subjects = {s: int(prepared.splits.subjects(s).sum()) for s in SPLITS}
        lending = int((prepared.splits.lends >= 0).sum())
        checkpoints.write_json(folder / FOUND, {"subjects": {**subjects, "lending": lending}, "fit": took})
    fitted = FittedPredictors.load(folder / run_files.MODELS, prepared)
    for question in _missing(home, part):
        _judge(
            prepared if question.lent is None else prepared.lending(question.lent), fitted, question, folder
        )


def _about(part: FoldFit, progress: Progress | None) -> Progress | None:
    """Progress that names the part."""
    if progress is None:
        return None
    return lambda name, step, steps, facts: progress(f"{part.name} {name}", step, steps, facts)


def _judge(prepared: Prepared, fitted: FittedPredictors, question: Assessment, folder: Path) -> None:
    with measure_resources() as took:
        champion, calibrations, forecasts = judge(prepared, fitted, question.setting)
        scored = score(held_out_records(prepared, question.setting), forecasts, calibrations)
    decisions = describe(champion, prepared.table.cohort_names, prepared.withheld)
    checkpoints.write_json(
        folder / f"{question.name}.json", {**took, "predictions": len(scored.size), "champion": decisions}
    )
    scored.save(folder / question.name)


class _Clock:
    """Seconds of each call that finished something, kept beside the results: a killed call counts until then."""

    def __init__(self, home: Path) -> None:
        self.home, self.start, self.call = home, time.perf_counter(), str(len(_calls(home)))

    def tell(self) -> None:
        """A part is finished."""
        known = _calls(self.home)
        checkpoints.write_json(
            self.home / "calls.json", known | {self.call: round(time.perf_counter() - self.start, 1)}
        )


def _calls(home: Path) -> dict[str, float]:
    path = home / "calls.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _gathered(home: Path, parts: Sequence[FoldFit], workers: int) -> Evaluated:
    asked: dict[str, list[FoldFit]] = {}
    for part in parts:
        for question in part.questions:
            asked.setdefault(question.name, []).append(part)
    scored = {name: join([Scored.load(home / p.name / name) for p in ps]) for name, ps in asked.items()}
    facts = _facts(home, {p.name: _part_facts(home / p.name, p) for p in parts}, workers)
    return Evaluated(scored, facts)


def _part_facts(folder: Path, part: FoldFit) -> dict[str, Any]:
    settings = {q.name: json.loads((folder / f"{q.name}.json").read_text()) for q in part.questions}
    return {**json.loads((folder / FOUND).read_text()), "settings": settings}


def _facts(home: Path, parts: Mapping[str, Any], workers: int) -> dict[str, Any]:
    champion: dict[str, dict[str, Any]] = {}
    cpu, peaks = 0.0, []
    for name, part in parts.items():
        for setting, judged in part["settings"].items():
            champion.setdefault(setting, {})[name] = judged.pop("champion")
        pieces = [part["fit"], *part["settings"].values()]
        cpu += sum(piece["cpu_seconds"] for piece in pieces)
        peaks.append(max(piece["peak_mb"] for piece in pieces))
    memory = max(peaks) if workers == 1 else peak_mb() + sum(sorted(peaks)[-workers:])
    return {
        "seconds": sum(_calls(home).values()),
        "cpu_seconds": round(cpu, 1),
        "peak_memory_mb": round(memory, 1),
        "processes": workers,
        "parts": dict(parts),
        "champion": champion,
    }
