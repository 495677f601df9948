"""The cross-fitted results on the records of a run folder: every patient held out once, in all settings of a study."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meta_med import run_files
from orchestration import kept_evaluation
from orchestration.boundary import expected_errors
from orchestration.runs import stage_results
from orchestration.runs.run_folder import RunFolder, write_json
from orchestration.startup import limit_threads
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from meta_med.calibrate.record_scores import Scored
    from meta_med.evaluate.comparison.study_result import StudyResult
    from meta_med.study import StudySpec

KEPT_FACTS = ("seconds", "cpu_seconds", "peak_memory_mb", "processes")
Progress = Callable[[str, int, int, Mapping[str, float]], None]


def cross_fitted_of(
    run: RunFolder, study: LoadedStudy, workspace: Workspace, *, curve: bool = False
) -> "StudyResult":
    """The cross-fitted results on the records of a run folder; as `cross_fitted`."""
    limit_threads()
    with expected_errors():
        from meta_med.calibrate.crossfit import cross_fit
        from meta_med.cohorts.record_table import RecordTable
        from meta_med.evaluate.comparison.study_record import ABSENT
        from meta_med.evaluate.comparison.study_result import StudyResult, setting_result
        from meta_med.evaluate.horizon_check import OVER_TIME, over_time_fact
        from meta_med.evaluate.possible_settings import impossible_settings, possible_part

        folder = kept_evaluation.with_records(run, workspace)
        impossible = impossible_settings(RecordTable.load(folder / run_files.RECORDS), study.spec)
        spec = possible_part(study.spec, impossible)
        evaluated = cross_fit(folder, spec, workspace.listener.progress)
        settings = {name: setting_result(spec, name, s) for name, s in evaluated.settings.items()}
        facts = {name: evaluated.facts[name] for name in KEPT_FACTS if name in evaluated.facts}
        facts |= {"served": _served(evaluated.facts), "record_wise": _record_wise(run, study)}
        facts |= {ABSENT: impossible} if impossible else {}
        facts[OVER_TIME] = over_time_fact(evaluated.over_time, spec)
        points = _curve(folder, study, workspace.listener.progress, measure=curve)
        if remarks := stage_results.question_lines(stage_results.record_account(run)):
            facts["rows"] = remarks
        result = StudyResult(spec, settings, facts | {"curve": points})
        main = result.main.setting
        result = result.with_facts(ceiling=_ceiling(folder, spec, main, evaluated.settings[main]))
        kept_evaluation.keep(folder, result, workspace.now().date())
        return result


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
