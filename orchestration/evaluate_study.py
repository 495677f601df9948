"""The evaluation of a study: on its own fold as a table, or cross-fitted in all its settings as pages of results."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meta_med import run_files
from orchestration import kept_evaluation
from orchestration.boundary import expected_errors
from orchestration.errors import InterruptedRunError, MetaMedError
from orchestration.execution import run_graph
from orchestration.runs import stage_results
from orchestration.runs.run_folder import RunFolder, write_json
from orchestration.startup import limit_threads
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from meta_med.calibrate.record_scores import Scored
    from meta_med.evaluate.comparison.study_result import StudyResult
    from meta_med.study import StudySpec
    from orchestration.results.verdict import StudyVerdict

KEPT_FACTS = ("seconds", "cpu_seconds", "peak_memory_mb", "processes")
Say = Callable[[str], None]
Progress = Callable[[str, int, int, Mapping[str, float]], None]


def evaluation_on_own_fold(study: LoadedStudy, workspace: Workspace) -> RunFolder:
    """The run folder with the table of the `evaluate` stage; missing stages before it are run."""
    return run_graph(study, workspace, last="evaluate").folder


def cross_fitted(study: LoadedStudy, workspace: Workspace, *, curve: bool = False) -> "StudyResult":
    """The cross-fitted results of a study in all its settings; resumable. The main one is kept for publication.

    Args:
        study: the study.
        workspace: where runs and fits are kept.
        curve: also measure the learning curve, unless it is there already.

    """
    outcome = run_graph(study, workspace, last="cohorts")
    limit_threads()
    with expected_errors():
        from meta_med.calibrate.crossfit import cross_fit
        from meta_med.cohorts.record_table import RecordTable
        from meta_med.evaluate.comparison.study_record import ABSENT
        from meta_med.evaluate.comparison.study_result import StudyResult, setting_result
        from meta_med.evaluate.horizon_check import OVER_TIME, over_time_fact
        from meta_med.evaluate.possible_settings import impossible_settings, possible_part

        folder = kept_evaluation.with_records(outcome.folder, workspace)
        impossible = impossible_settings(RecordTable.load(folder / run_files.RECORDS), study.spec)
        spec = possible_part(study.spec, impossible)
        evaluated = cross_fit(folder, spec, workspace.listener.progress)
        settings = {name: setting_result(spec, name, s) for name, s in evaluated.settings.items()}
        facts = {name: evaluated.facts[name] for name in KEPT_FACTS if name in evaluated.facts}
        facts |= {"served": _served(evaluated.facts), "record_wise": _record_wise(outcome.folder, study)}
        facts |= {ABSENT: impossible} if impossible else {}
        facts[OVER_TIME] = over_time_fact(evaluated.over_time, spec)
        points = _curve(folder, study, workspace.listener.progress, measure=curve)
        if remarks := stage_results.question_lines(stage_results.record_account(outcome.folder)):
            facts["rows"] = remarks
        result = StudyResult(spec, settings, facts | {"curve": points})
        main = result.main.setting
        result = result.with_facts(ceiling=_ceiling(folder, spec, main, evaluated.settings[main]))
        kept_evaluation.keep(folder, result, workspace.now().date())
        return result


@dataclass
class Pages:
    """The result of evaluating several studies: pages and verdicts by study, and why others have none."""

    written: dict[str, Path] = field(default_factory=dict)
    verdicts: dict[str, "StudyVerdict"] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    failed: dict[str, MetaMedError] = field(default_factory=dict)
    summary: Mapping[str, Any] = field(default_factory=dict)


def write_pages(
    studies: Iterable[LoadedStudy],
    workspace: Workspace,
    out: Path,
    known: Iterable[str],
    *,
    curve: bool = False,
    say: Say = lambda _: None,
) -> Pages:
    """Evaluate each study and write its page, and after each the summary.

    A study that fails does not stop the others: it is named in the summary and in `Pages.failed`.

    Args:
        studies: to evaluate.
        workspace: where runs and fits are kept.
        out: folder of the pages.
        known: names of the studies that the summary includes if they have results.
        curve: also measure learning curves.
        say: is called with messages of progress.

    """
    from orchestration.results.summary import write_study, write_summary
    from orchestration.results.verdict import verdict_of

    pages, names = Pages(), list(known)
    for study in studies:
        if study.missing_files:
            pages.absent[study.name] = (
                f"its data are not there: {', '.join(study.missing_files)} (see --data)"
            )
            continue
        say(f"{study.name}: {study.spec.title}")
        try:
            result = cross_fitted(study, workspace, curve=curve)
            with expected_errors():
                pages.written[study.name] = write_study(result, out)
                pages.verdicts[study.name] = verdict_of(result)
                pages.summary = write_summary(out, pages.absent, names)
        except InterruptedRunError:
            raise
        except MetaMedError as error:
            pages.failed[study.name] = error
            pages.absent[study.name] = f"its evaluation failed ({error.family})"
            say(f"{study.name}: {error}")
    pages.summary = write_summary(out, pages.absent, names)
    return pages


def _record_wise(run: RunFolder, study: LoadedStudy) -> dict[str, Any]:
    """The result of a record-wise split, measured once for these records."""
    from meta_med.cohorts.assemble import as_delivered
    from meta_med.evaluate.comparison.record_wise import record_wise_claim

    kept = run.path / run_files.CROSSFIT / "record_wise.json"
    if not kept.is_file():
        rows = as_delivered(stage_results.valid_tables(run), study.spec)
        write_json(kept, record_wise_claim(rows, study.spec))
    found: dict[str, Any] = json.loads(kept.read_text())
    return found


def _ceiling(folder: Path, spec: "StudySpec", main: str, scored: "Scored") -> dict[str, Any]:
    """The ceiling of the main setting, computed once for these records and this code; empty where there is none."""
    from meta_med.evaluate.comparison.ceiling import MODEL, ceiling, errors_with_later_records

    if MODEL not in spec.baselines or main not in spec.evaluation.settings or not scored.size.any():
        return {}
    kept = kept_evaluation.tables_folder(folder) / "ceiling.json"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_json(kept, ceiling(scored, errors_with_later_records(folder, spec), spec))
    found: dict[str, Any] = json.loads(kept.read_text())
    return found


def _curve(folder: Path, study: LoadedStudy, progress: Progress, *, measure: bool) -> dict[str, Any]:
    """Columns and rows of the learning curve: kept, or measured if `measure`; else empty."""
    kept = folder / run_files.CROSSFIT / "curve.json"
    if measure and not kept.is_file():
        from meta_med.evaluate.comparison.learning_curve import learning_curve

        table = learning_curve(folder, study.spec, progress=progress)
        rows = table.astype(object).where(table.notna(), None).to_numpy().tolist()
        write_json(kept, {"columns": list(table.columns), "rows": rows})
    found: dict[str, Any] = json.loads(kept.read_text()) if kept.is_file() else {}
    return found


def _served(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One entry per setting, outcome and support size: in how many folds each predictor was champion, mean weights."""
    rows: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for setting, parts in facts.get("champion", {}).items():
        for decisions in parts.values():
            for decision in decisions:
                key = (setting, decision["outcome"], str(decision["support_size"]))
                rows.setdefault(key, []).append(decision)
    return [
        {"setting": s, "outcome": o, "support_size": k, "parts": len(found), **_summary(found)}
        for (s, o, k), found in rows.items()
    ]


def _summary(decisions: list[dict[str, Any]]) -> dict[str, Any]:
    champions: dict[str, int] = {}
    weights: dict[str, float] = {}
    for decision in decisions:
        champions[decision["predictor"]] = champions.get(decision["predictor"], 0) + 1
        for name, weight in decision["weights"].items():
            weights[name] = weights.get(name, 0.0) + weight / len(decisions)
    return {"champions": champions, "weights": {n: round(w, 3) for n, w in weights.items()}}
