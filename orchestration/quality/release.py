"""The data quality of a release: findings, counts by rule and cohort, and a remark per patient.

The data-quality report is written again with the predictions that the findings affect.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from meta_med import run_files
from orchestration.quality.report import append_history, history, title_of
from orchestration.runs import stage_results
from orchestration.runs.run_folder import RunFolder
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from data_contracts.contract import Contract
    from data_contracts.report.tally import Cells, DeliveryCounts
    from meta_med.cohorts.record_table import RecordTable


@dataclass(frozen=True)
class Quality:
    """The published data quality, and the content of the report.

    Attributes:
        findings: rows of the published table.
        tables: published tables of counts, by name.
        remarks: patient -> what was held back or doubted of their records. Holds identifiers.
        batch: the delivery's counts, for the history of deliveries.
        content: the content of the report.

    """

    findings: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    remarks: Mapping[str, str]
    batch: "DeliveryCounts"
    content: Mapping[str, Any]


def release_quality(study: LoadedStudy, workspace: Workspace, folder: RunFolder) -> Quality:
    """The delivery's quality with respect to the patients and predictions that this run publishes."""
    from data_contracts.contract import load
    from data_contracts.report.findings import PatientFindings, reach, with_study_cohorts
    from data_contracts.report.page import with_sections
    from data_contracts.report.tally import DeliveryCounts
    from meta_med.cohorts.record_table import RecordTable

    contract, touched = load(study.contract), pd.read_parquet(folder.path / run_files.TOUCHED)
    predictions = pd.read_parquet(folder.night / run_files.PREDICTIONS, columns=["subject_id", "status"])
    # the gate's findings are by patient; a study may split a patient into several subjects
    table = RecordTable.load(folder.night / run_files.RECORDS)
    predictions = predictions.assign(subject=_patients(table, predictions["subject_id"]))
    cohorts = _entry_cohorts(table)
    patients = PatientFindings(
        predictions=predictions[["subject", "status"]],
        cohorts=cohorts,
        says="published with this delivery",
    )
    batch = DeliveryCounts.from_json(folder.read(run_files.BATCH))
    valid = stage_results.valid_tables(folder)
    batch = with_study_cohorts(batch, touched, valid, contract, cohorts)
    reached = reach(touched, patients)
    account = stage_results.record_account(folder, of_the_night=True)
    content = {**folder.read(run_files.REPORT_CONTENT), "records": account}
    few = few_patients(valid, contract, cohorts)
    found = findings(stage_results.gate_findings(folder), reached, few)
    before = history(workspace, study.name)
    return Quality(
        findings=pd.concat(
            [part for part in (found, stage_results.record_findings(account)) if len(part)] or [found]
        ),
        tables=tables(batch, contract, few),
        remarks=remarks(touched, predictions["subject"]),
        batch=batch,
        content=with_sections(content, replace(batch, label=""), contract, before, reached),
    )


def write_published_report(study: LoadedStudy, workspace: Workspace, data_quality: Quality) -> None:
    """Write the report again with the published predictions, and add the delivery to the history."""
    from data_contracts.report.page import write_facts

    write_facts(data_quality.content, title_of(study), workspace.reports(study.name))
    append_history(workspace, study.name, data_quality.batch)


def _patients(table: "RecordTable", subjects: pd.Series) -> pd.Series:
    """The patient identifier in the source table of each of these subjects."""
    if np.array_equal(table.patients, table.subject_ids):
        return subjects
    return subjects.map(pd.Series(table.patients, index=table.subject_ids))


def _entry_cohorts(table: "RecordTable") -> pd.Series:
    """Patient -> entry cohort of the first series, for all patients with records."""
    names = np.asarray(table.cohort_names, dtype=object)[table.entry_cohort]
    found = pd.Series(names, index=pd.Index(table.patients, dtype=object))
    return found[~found.index.duplicated()]


_HELD, _KEPT = "Held back and not used", "Kept, look at it"


def few_patients(
    valid: Mapping[str, pd.DataFrame], contract: "Contract", cohorts: pd.Series
) -> frozenset[str]:
    """The cohorts, of the study and of the contract's tables, whose patients are too few for figures of their own.

    Args:
        valid: table -> accepted rows.
        contract: names the columns of cohort and patient.
        cohorts: patient -> the study's cohort.

    """
    from data_contracts.validation.breakdown import declared_cohorts, named_cohorts
    from meta_med.enough import needed

    counts = [cohorts.value_counts()]
    for name, table in contract.tables.items():
        if table.cohort and table.subject and {table.cohort, table.subject} <= set(valid.get(name, ())):
            places, names = named_cohorts(valid[name][table.cohort], declared_cohorts(table))
            patients = valid[name][table.subject].groupby(places).nunique()
            counts.append(patients.set_axis([names[int(place)] for place in patients.index.tolist()]))
    least = pd.concat(counts).groupby(level=0).min()
    return frozenset(str(name) for name in least.index[least < needed("show a cohort")])


FEW_PATIENTS = "a cohort of few patients"


def findings(
    found: pd.DataFrame, reached: Mapping[str, Any], few: Collection[str] = frozenset()
) -> pd.DataFrame:
    """The findings with titles, and the numbers of patients and predictions that each affects.

    Cohorts of `few` patients are not named.
    """
    from data_contracts.report.findings import title
    from data_contracts.report.tally import reason_key

    keys = [reason_key(rule, code) for rule, code in zip(found["rule"], found["code"], strict=True)]
    each = [reached["findings"].get(key, {}) for key in keys]
    columns = {"patients": "patients", "predictions": "touched", "withheld": "withheld"}
    return found.assign(
        cohort=found["cohort"].mask(found["cohort"].isin(list(few)), FEW_PATIENTS),
        title=[title(code) for code in found["code"]],
        **{name: pd.array([e.get(key) for e in each], dtype="Int64") for name, key in columns.items()},
    )


def tables(
    batch: "DeliveryCounts", contract: "Contract", few: Collection[str] = frozenset()
) -> dict[str, pd.DataFrame]:
    """Published tables of counts; small counts of a cohort or a bin are missing, and cohorts of `few` patients."""
    return {
        "quality_rules": pd.DataFrame(
            _rules(batch, few),
            columns=["source", "rule", "code", "title", "cohort", "unit", "count", "size"],
        ).astype({"count": "Int64", "size": "Int64"}),
        "quality_missing": pd.DataFrame(
            _missing(batch, contract, few), columns=["source", "column", "unit", "cohort", "count", "size"]
        ).astype({"count": "Int64", "size": "Int64"}),
        "quality_shapes": pd.DataFrame(
            _shapes(batch, contract, few),
            columns=["source", "column", "part", "unit", "axis", "labels", "counts"],
        ),
    }


def _rules(batch: "DeliveryCounts", few: Collection[str]) -> Iterator[tuple[Any, ...]]:
    from data_contracts.report.findings import title

    for key, cells in batch.broken.items():
        rule, code = key.rsplit(" ", 1)
        source = rule.split(".", 1)[0]
        for cohort, counted in _of_many(cells, few):
            unit = batch.units.get(source, "rows") if cohort else "rows"
            shown = _without_small(*counted) if cohort else counted
            yield source, rule, code, title(code), cohort, unit, *shown


def _missing(
    batch: "DeliveryCounts", contract: "Contract", few: Collection[str]
) -> Iterator[tuple[Any, ...]]:
    for key, cells in batch.missing.items():
        source, column = key.split(".", 1)
        unit = contract.tables[source].column(column).unit
        for cohort, counted in _of_many(cells, few):
            yield source, column, unit, cohort, *_without_small(*counted)


def _of_many(cells: "Cells", few: Collection[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """The cells of all rows together and of every cohort but those of `few` patients."""
    return ((cohort, counted) for cohort, counted in cells.items() if cohort not in few)


def _shapes(batch: "DeliveryCounts", contract: "Contract", few: Collection[str]) -> Iterator[tuple[str, ...]]:
    from data_contracts.report.tally import is_small

    for shape in batch.shapes.values():
        labels, counts = list(shape.labels), list(shape.counts)
        if shape.axis == "categories" and shape.column == contract.tables[shape.table].cohort:
            many = [i for i, label in enumerate(labels) if label not in few]
            labels, counts = [labels[i] for i in many], [counts[i] for i in many]
        shown = [None if is_small(count) else count for count in counts]
        what = (shape.table, shape.column, shape.of, shape.unit, shape.axis)
        yield *what, json.dumps(labels), json.dumps(shown)


def _without_small(count: int, size: int) -> tuple[int | None, int | None]:
    """Count and size of a cohort, each missing where it is small."""
    from data_contracts.report.tally import is_small

    return None if is_small(count) else count, None if is_small(size) else size


def remarks(touched: pd.DataFrame, subjects: Collection[str]) -> dict[str, str]:
    """Subject -> a sentence about the rows that were held back, and those kept with a warning."""
    from data_contracts.report.findings import title

    names = {code: title(code).lower() for code in touched["code"].unique() if code[0] != "N"}
    own = touched[touched["code"].isin(list(names))]
    own = own[own["subject"].isin(subjects)] if len(own) else own
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
    # held rows first
    ordered = joined.sort_values(["subject", "holds"], ascending=[True, False], kind="stable")
    return {str(k): str(v) for k, v in ordered.groupby("subject")["text"].agg(" ".join).items()}
