"""The work of each stage in a run folder: one function per stage, which calls the gate or `meta_med.stages`."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from meta_med import stages
from meta_med.stages import StageSummary
from orchestration.quality import report
from orchestration.runs import stage_results
from orchestration.runs.stage_run import StageRun
from orchestration.stages import night
from orchestration.stages.validate import validate as run_validate

LEFT_OUT = ["code", "severity", "table", "column", "count"]
FOUND = ["code", "severity", "rule", "column", "count", "share"]


def ingest(step: StageRun) -> StageSummary:
    """The run's own copies; for converted exports also the unused entries, by reason."""
    folder, files = step.folder, step.folder.facts()["files"]
    sizes = {name: _size(path) for name, path in folder.sources().items()}
    tables = {
        "sources": pd.DataFrame({"table": sizes.keys(), "file": files.values(), "bytes": sizes.values()})
    }
    left_out = [entry for account in folder.conversions().values() for entry in account["left_out"]]
    if left_out:
        tables["left_out"] = pd.DataFrame(left_out, columns=LEFT_OUT, dtype=object)
    return StageSummary({"files": len(sizes), "fingerprint": folder.fingerprint}, tables)


def _size(path: Path) -> int:
    """Bytes of a file, or of all parts in a folder."""
    return (
        sum(part.stat().st_size for part in path.rglob("*") if part.is_file())
        if path.is_dir()
        else path.stat().st_size
    )


def validate(step: StageRun) -> StageSummary:
    """The gate's verdict and findings."""
    verdict = run_validate(step.study, step.workspace, step.folder)
    verdict["rejected_because"] = " ".join(verdict["rejected_because"])
    found = stage_results.gate_findings(step.folder)
    return StageSummary(verdict, {"findings": found[[name for name in FOUND if name in found]]})


def cohorts(step: StageRun) -> StageSummary:
    """Records of the valid rows, their account in the data-quality report, and the split."""
    folder, spec = step.folder.path, step.study.spec
    valid, linked = stage_results.valid_tables(step.folder), stage_results.linked_subjects(step.folder)
    assembled = stages.assemble(folder, spec, valid, linked)
    report.add_records(step.study, step.workspace, step.folder)
    split = stages.cohorts(folder, spec)
    return StageSummary({**assembled.counts, **split.counts}, {**assembled.tables, **split.tables})


def meta_train(step: StageRun) -> StageSummary:
    """Meta-training, with progress to the listener."""
    return stages.meta_train(step.folder.path, step.study.spec, step.workspace.listener.progress)


WORK: dict[str, Callable[[StageRun], StageSummary]] = {
    "ingest": ingest,
    "validate": validate,
    "cohorts": cohorts,
    "episodes": lambda step: stages.episodes(step.folder.path, step.study.spec),
    "meta_train": meta_train,
    "calibrate": lambda step: stages.calibrate(step.folder.path, step.study.spec),
    "evaluate": lambda step: stages.evaluate(step.folder.path, step.study.spec),
    "adapt": night.adapt,
    "predict": night.predict,
}
"""Stage -> its work; without `promote` and `publish`: only the journal and the store know whether these are done."""
