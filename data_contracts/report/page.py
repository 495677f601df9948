"""From a gate result to the page and its JSON twin. Neither holds a cell's value or an identifier."""

import json
from pathlib import Path
from typing import Any

from data_contracts.report.distributions import distributions
from data_contracts.report.summary import (
    cohort_table,
    completeness,
    findings_by_severity,
    kahn_classes,
    source_rows,
    verdict_words,
)
from data_contracts.result import GateResult
from data_contracts.terms import Contract

_HERE = Path(__file__).parent


def render(result: GateResult, contract: Contract, title: str = "Data quality") -> str:
    """The page as HTML: no script, no font, no image and no style from elsewhere."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("page.html.jinja")
    return template.render(title=title, **_facts(result, contract))


def twin(result: GateResult, contract: Contract) -> str:
    """The same facts for machines; the same delivery gives the same bytes."""
    facts = _facts(result, contract)
    shown = {k: v for k, v in facts.items() if k not in {"result", "contract", "findings"}}
    return json.dumps({**result.to_dict(), **shown}, indent=2, ensure_ascii=False)


def write(result: GateResult, contract: Contract, title: str, folder: Path) -> list[Path]:
    """Writes `data_quality.html` and `data_quality.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    page, machine = folder / "data_quality.html", folder / "data_quality.json"
    page.write_text(render(result, contract, title), encoding="utf-8")
    machine.write_text(twin(result, contract), encoding="utf-8")
    return [page, machine]


def _facts(result: GateResult, contract: Contract) -> dict[str, Any]:
    return {
        "result": result,
        "contract": contract,
        "words": verdict_words(result),
        "tables": source_rows(result, contract),
        "findings": findings_by_severity(result),
        "kahn": kahn_classes(result, contract),
        "cohorts": cohort_table(result),
        "completeness": completeness(result, contract),
        "distributions": distributions(result, contract),
    }
