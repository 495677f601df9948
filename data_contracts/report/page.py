"""Renders a gate result as an HTML page and as JSON. Neither holds a cell's value or an identifier."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data_contracts.atomic_write import write_text
from data_contracts.contract.model import Contract
from data_contracts.report.completeness import cohort_tables, missing_tables
from data_contracts.report.distributions import deliveries, distributions
from data_contracts.report.findings import PatientFindings, findings_by_severity, reach, with_study_cohorts
from data_contracts.report.summary import (
    Accounts,
    causes,
    conversion_tables,
    kahn_classes,
    source_rows,
    verdict_words,
)
from data_contracts.report.tally import DeliveryCounts, delivery_counts, earlier_deliveries, percent
from data_contracts.validation.result import GateResult

_HERE = Path(__file__).parent
_PAGE_ONLY = ("words", "causes", "groups")
"""Facts worded for the page; the JSON has the same ones as plain values."""


def facts(
    result: GateResult,
    contract: Contract,
    before: Sequence[DeliveryCounts] = (),
    patients: PatientFindings | None = None,
    accounts: Accounts = MappingProxyType({}),
) -> dict[str, Any]:
    """Everything on the page and in the JSON, as JSON-able values.

    Args:
        result: of the gate.
        contract: the one that was checked.
        before: counts of earlier deliveries, oldest first.
        patients: the study's published predictions, if there are any.
        accounts: table -> the account of its conversion from an export.

    Returns:
        Section -> content.

    """
    counts = delivery_counts(result, contract)
    if patients is not None and patients.cohorts is not None:
        counts = with_study_cohorts(counts, result.touched, result.valid, contract, patients.cohorts)
    # nothing of a rejected delivery is used, so it touches no published prediction
    reached = reach(result.touched, None if result.verdict == "reject" else patients)
    content = {
        **result.to_dict(),
        "contract_title": contract.title,
        "words": verdict_words(result),
        "causes": causes(result),
        "tables": source_rows(result, contract),
        "kahn": kahn_classes(result, contract),
        "conversions": conversion_tables(accounts),
        # filled in by the study once records are built from the accepted rows
        "records": None,
    }
    return with_sections(content, counts, contract, before, reached)


def with_sections(
    content: Mapping[str, Any],
    counts: DeliveryCounts,
    contract: Contract,
    before: Sequence[DeliveryCounts],
    reached: Mapping[str, Any],
) -> dict[str, Any]:
    """The facts of a delivery with the sections on findings, reach, cohorts, columns and earlier deliveries."""
    before = earlier_deliveries(tuple(before), counts.delivery)
    return {
        **content,
        "groups": findings_by_severity(content["findings"], counts, before, reached),
        "reach": dict(reached),
        "cohorts": cohort_tables(counts, before),
        "completeness": missing_tables(counts, before, contract),
        "distributions": distributions(counts, before),
        "deliveries": deliveries([*before, counts]),
    }


def page(content: Mapping[str, Any], title: str = "Data quality") -> str:
    """The page as self-contained HTML: without scripts and without external fonts, images or styles."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "number": lambda n: f"{n:,}"}
    return environment.get_template("page.html.jinja").render(title=title, facts=content, **content)


def json_text(content: Mapping[str, Any]) -> str:
    """The facts as JSON text; the same delivery after the same history gives the same bytes."""
    return json.dumps({k: v for k, v in content.items() if k not in _PAGE_ONLY}, indent=2, ensure_ascii=False)


def write_facts(
    content: Mapping[str, Any], title: str, folder: Path, name: str = "data_quality"
) -> list[Path]:
    """Writes `name`.html and `name`.json into `folder`, each atomically; returns both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for ending, text in (("html", page(content, title)), ("json", json_text(content))):
        written.append(folder / f"{name}.{ending}")
        write_text(written[-1], text)
    return written
