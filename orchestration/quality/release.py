"""What a release says of its data's quality: findings, counts by rule and cohort, and a remark per patient.

The report is written again with it, for now the predictions that it speaks of are there.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from meta_med import run_files
from orchestration.quality.report import append_history, history, title_of
from orchestration.runs import stage_results
from orchestration.runs.run_folder import RunFolder
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from data_contracts.contract.loading import Contract
    from data_contracts.report.tally import DeliveryCounts


@dataclass(frozen=True)
class Quality:
    """What a release says of its data, and the report of it.

    Attributes:
        findings: as they are published.
        tables: published tables of counts, by name.
        remarks: patient -> what was held back or doubted of their records. Holds identifiers.
        batch: what later reports remember of the delivery.
        content: what the page tells.

    """

    findings: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    remarks: Mapping[str, str]
    batch: "DeliveryCounts"
    content: Mapping[str, Any]


def release_quality(study: LoadedStudy, workspace: Workspace, folder: RunFolder) -> Quality:
    """The delivery's quality, told of the patients and predictions that this run is about to publish."""
    from data_contracts.contract.loading import load
    from data_contracts.report.findings import PatientFindings, by_study_cohort, reach
    from data_contracts.report.page import with_sections
    from data_contracts.report.tally import DeliveryCounts
    from meta_med import stages

    contract, touched = load(study.contract), pd.read_parquet(folder.path / run_files.TOUCHED)
    predictions = pd.read_parquet(folder.path / run_files.PREDICTIONS, columns=["subject_id", "status"])
    # the gate knows patients; a study may part their rows into series
    predictions = predictions.assign(subject=predictions["subject_id"].map(stages.patients(folder.path)))
    cohorts = stages.entry_cohorts(folder.path)
    patients = PatientFindings(
        predictions=predictions[["subject", "status"]],
        cohorts=cohorts,
        says="published with this delivery",
    )
    batch = DeliveryCounts.from_json(folder.read(run_files.BATCH))
    batch = by_study_cohort(batch, touched, stage_results.valid_tables(folder), contract, cohorts)
    reached = reach(touched, patients)
    told = stage_results.record_account(folder)
    content = {**folder.read(run_files.REPORT_CONTENT), "records": told}
    found = findings(stage_results.gate_findings(folder), reached)
    before = history(workspace, study.name)
    return Quality(
        findings=pd.concat(
            [part for part in (found, stage_results.record_findings(told)) if len(part)] or [found]
        ),
        tables=tables(batch, contract),
        remarks=remarks(touched, set(predictions["subject"])),
        batch=batch,
        content=with_sections(content, replace(batch, label=""), contract, before, reached),
    )


def write_published_report(study: LoadedStudy, workspace: Workspace, told: Quality) -> None:
    """Write the report again, now that the predictions it speaks of are there."""
    from data_contracts.report.page import write_facts

    write_facts(told.content, title_of(study), workspace.reports(study.name))
    append_history(workspace, study.name, told.batch)


_HELD, _KEPT = "Held back and not used", "Kept, look at it"


def findings(found: pd.DataFrame, reached: Mapping[str, Any]) -> pd.DataFrame:
    """The findings with their names, and the patients and predictions that each touches."""
    from data_contracts.report.tally import key_of
    from data_contracts.report.words import title

    keys = [key_of(rule, code) for rule, code in zip(found["rule"], found["code"], strict=True)]
    each = [reached["findings"].get(key, {}) for key in keys]
    columns = {"patients": "patients", "predictions": "touched", "withheld": "withheld"}
    return found.assign(
        title=[title(code) for code in found["code"]],
        **{name: pd.array([e.get(key) for e in each], dtype="Int64") for name, key in columns.items()},
    )


def tables(batch: "DeliveryCounts", contract: "Contract") -> dict[str, pd.DataFrame]:
    """Published tables of counts; a small count of a cohort is left out, as is a small bar's."""
    return {
        "quality_rules": pd.DataFrame(
            _rules(batch), columns=["source", "rule", "code", "title", "cohort", "unit", "count", "size"]
        ).astype({"count": "Int64", "size": "Int64"}),
        "quality_missing": pd.DataFrame(
            _missing(batch, contract), columns=["source", "column", "unit", "cohort", "count", "size"]
        ).astype({"count": "Int64", "size": "Int64"}),
        "quality_shapes": pd.DataFrame(
            _shapes(batch), columns=["source", "column", "part", "unit", "axis", "labels", "counts"]
        ),
    }


def _rules(batch: "DeliveryCounts") -> Iterator[tuple[Any, ...]]:
    from data_contracts.report.words import title

    for key, cells in batch.broken.items():
        rule, code = key.rsplit(" ", 1)
        source = rule.split(".", 1)[0]
        for cohort, counted in cells.items():
            unit = batch.units.get(source, "rows") if cohort else "rows"
            told = _told(*counted) if cohort else counted
            yield source, rule, code, title(code), cohort, unit, *told


def _missing(batch: "DeliveryCounts", contract: "Contract") -> Iterator[tuple[Any, ...]]:
    for key, cells in batch.missing.items():
        source, column = key.split(".", 1)
        unit = contract.tables[source].column(column).unit
        for cohort, counted in cells.items():
            yield source, column, unit, cohort, *_told(*counted)


def _shapes(batch: "DeliveryCounts") -> Iterator[tuple[str, ...]]:
    from data_contracts.report.tally import is_small

    for shape in batch.shapes.values():
        counts = [None if is_small(count) else count for count in shape.counts]
        labels, bins = json.dumps(shape.labels), json.dumps(counts)
        yield shape.table, shape.column, shape.of, shape.unit, shape.axis, labels, bins


def _told(count: int, size: int) -> tuple[int | None, int | None]:
    """Count and size of a cohort, each left out where it is small."""
    from data_contracts.report.tally import is_small

    return None if is_small(count) else count, None if is_small(size) else size


def remarks(touched: pd.DataFrame, subjects: set[str]) -> dict[str, str]:
    """Subject -> which of their delivered rows were held back, and which were kept in doubt, in words."""
    from data_contracts.report.words import title

    names = {code: title(code).lower() for code in touched["code"].unique() if code[0] != "N"}
    own = touched[touched["subject"].isin(subjects) & touched["code"].isin(list(names))]
    if own.empty:
        return {}
    counted = (
        own.assign(name=own["code"].map(names))
        .groupby(["subject", "holds", "name"], as_index=False, sort=True)["rows"]
        .sum()
    )
    rows = counted["rows"].astype("str") + counted["rows"].eq(1).map({True: " row (", False: " rows ("})
    parts = counted.assign(text=rows + counted["name"] + ")")
    joined = parts.groupby(["subject", "holds"])["text"].agg(", ".join).reset_index()
    joined["text"] = joined["holds"].map({True: _HELD, False: _KEPT}) + ": " + joined["text"] + "."
    # what was held back first
    ordered = joined.sort_values(["subject", "holds"], ascending=[True, False], kind="stable")
    return {str(k): str(v) for k, v in ordered.groupby("subject")["text"].agg(" ".join).items()}
