"""From a gate result to the page and its JSON twin. Neither holds a cell's value or an identifier."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data_contracts.atomic_write import write_text
from data_contracts.contract.model import Contract
from data_contracts.report.completeness import cohort_tables, missing_tables
from data_contracts.report.distributions import deliveries, distributions
from data_contracts.report.findings import PatientFindings, by_study_cohort, findings_by_severity, reach
from data_contracts.report.summary import (
    Accounts,
    causes,
    conversion_tables,
    kahn_classes,
    source_rows,
    verdict_words,
)
from data_contracts.report.tally import DeliveryCounts, batch_of, earlier, percent
from data_contracts.validation.result import GateResult

_HERE = Path(__file__).parent
_FOR_EYES = ("words", "causes", "groups")
"""What the page words for a reader; the twin has the same facts plain."""


def facts(
    result: GateResult,
    contract: Contract,
    before: Sequence[DeliveryCounts] = (),
    patients: PatientFindings | None = None,
    accounts: Accounts = MappingProxyType({}),
) -> dict[str, Any]:
    """Everything that page and twin tell, as JSON-able values.

    `before` are the deliveries so far, oldest first; `patients` is what is published of the patients; `accounts`
    tell how tables were made from exports.
    """
    batch = batch_of(result, contract)
    if patients is not None and patients.cohorts is not None:
        batch = by_study_cohort(batch, result.touched, result.valid, contract, patients.cohorts)
    # of a rejected delivery nothing is used: what is published rests on earlier ones
    reached = reach(result.touched, None if result.verdict == "reject" else patients)
    content = {
        **result.to_dict(),
        "contract_title": contract.title,
        "words": verdict_words(result),
        "causes": causes(result),
        "tables": source_rows(result, contract),
        "kahn": kahn_classes(result, contract),
        "conversions": conversion_tables(accounts),
        # what a study makes of the accepted rows is told by those who make it, once it is known
        "records": None,
    }
    return with_sections(content, batch, contract, before, reached)


def with_sections(
    content: Mapping[str, Any],
    batch: DeliveryCounts,
    contract: Contract,
    before: Sequence[DeliveryCounts],
    reached: Mapping[str, Any],
) -> dict[str, Any]:
    """The facts of a delivery, with what compares cohorts, columns and deliveries, and whom it reaches."""
    before = earlier(tuple(before), batch.delivery)
    return {
        **content,
        "groups": findings_by_severity(content["findings"], batch, before, reached),
        "reach": dict(reached),
        "cohorts": cohort_tables(batch, before),
        "completeness": missing_tables(batch, before, contract),
        "distributions": distributions(batch, before),
        "deliveries": deliveries([*before, batch]),
    }


def page(content: Mapping[str, Any], title: str = "Data quality") -> str:
    """The page as HTML: no script, no font, no image and no style from elsewhere."""
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


def render(
    result: GateResult,
    contract: Contract,
    title: str = "Data quality",
    before: Sequence[DeliveryCounts] = (),
    patients: PatientFindings | None = None,
) -> str:
    """The page of a gate result."""
    return page(facts(result, contract, before, patients), title)


def twin_of(content: Mapping[str, Any]) -> str:
    """The facts for machines; the same delivery after the same ones gives the same bytes."""
    return json.dumps({k: v for k, v in content.items() if k not in _FOR_EYES}, indent=2, ensure_ascii=False)


def twin(
    result: GateResult,
    contract: Contract,
    before: Sequence[DeliveryCounts] = (),
    patients: PatientFindings | None = None,
) -> str:
    """The same facts as the page, for machines."""
    return twin_of(facts(result, contract, before, patients))


def write(result: GateResult, contract: Contract, title: str, folder: Path) -> list[Path]:
    """Writes `data_quality.html` and `data_quality.json`."""
    return write_facts(facts(result, contract), title, folder)


def write_facts(
    content: Mapping[str, Any], title: str, folder: Path, name: str = "data_quality"
) -> list[Path]:
    """Writes page and twin; a reader finds the old one or the new one, never a half."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for ending, text in (("html", page(content, title)), ("json", twin_of(content))):
        written.append(folder / f"{name}.{ending}")
        write_text(written[-1], text)
    return written
