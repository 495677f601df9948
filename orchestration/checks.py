"""The contract's rules and the leakage checks as Dagster asset checks, known without loading GX or torch.

On `validate` one check blocks: "delivery_accepted". The others report what the gate found by each rule; rows that
break a rule are already held back, so those checks warn and the run continues without the rows. What is only unusual,
such as a value outside a soft range, holds nothing back: its check passes and says how many rows. A violated leakage
check of `evaluate` fails; `promote` then refuses the model, keeps the evidence and ends the run, so that a model which
has seen what it must not see makes no predictions.
"""

from collections.abc import Iterator

import pandas as pd
from dagster import (
    AssetCheckExecutionContext,
    AssetCheckResult,
    AssetChecksDefinition,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetKey,
    MetadataValue,
    ResourceParam,
    multi_asset_check,
)

from data_contracts.contract import Contract
from data_contracts.contract.check_specs import check_specs as contract_check_specs
from orchestration.assets.dagster_run import folder_of
from orchestration.assets.stage_asset import dagster_failures
from orchestration.runs import model_results, stage_results
from orchestration.runs.run_folder import RunFolder
from orchestration.workspace import Workspace

GATE = "delivery_accepted"
GATE_DESCRIPTION = "The gate did not reject the delivery; if it did, everything stops here."
HELD, UNUSUAL = "critical", "warning"
"""Severities of findings: the rows are held back, or are used all the same."""
RULE = "rule"
"""Of a check's metadata: the rule's name in the contract."""


def check_specs(study: str, contract: Contract) -> list[AssetCheckSpec]:
    """The blocking check, and one check per rule of the contract."""
    asset = AssetKey([study, "validate"])
    gate = AssetCheckSpec(GATE, asset=asset, blocking=True, description=GATE_DESCRIPTION)
    names: set[str] = set()
    rules = []
    for rule in contract_check_specs(contract):
        name = rule.key
        while name in names:
            # `a b` and `a_b` have the same key
            name += "_"
        names.add(name)
        rules.append(
            AssetCheckSpec(name, asset=asset, description=rule.description, metadata={RULE: rule.name})
        )
    return [gate, *rules]


def checks_of(study: str, contract: Contract) -> AssetChecksDefinition:
    """The contract's checks for one study."""
    specs = check_specs(study, contract)

    @multi_asset_check(name=f"{study}_contract", specs=specs)
    def contract_checks(
        context: AssetCheckExecutionContext, workspace: ResourceParam[Workspace]
    ) -> Iterator[AssetCheckResult]:
        with dagster_failures():
            folder = folder_of(study, context.run.run_id, context.instance, workspace)
            results = list(check_results(specs, folder))
        yield from results

    return contract_checks


def check_results(specs: list[AssetCheckSpec], folder: RunFolder) -> Iterator[AssetCheckResult]:
    """The result of each check, from the gate's results in the run folder."""
    found = stage_results.gate_findings(folder)
    yield _gate_result(specs[0].asset_key, folder)
    # findings of the reader have the table in `source` only
    whole = found["rule"].where(
        found["rule"].str.contains(".", regex=False), found["source"] + "." + found["rule"]
    )
    for spec in specs[1:]:
        yield _rule_result(spec, found[(whole == spec.metadata[RULE]).to_numpy(bool)])


def _gate_result(asset: AssetKey, folder: RunFolder) -> AssetCheckResult:
    verdict = stage_results.gate_verdict(folder)
    rejected = verdict["verdict"] == stage_results.REJECTED
    return AssetCheckResult(
        asset_key=asset,
        check_name=GATE,
        passed=not rejected,
        severity=AssetCheckSeverity.ERROR,
        description=stage_results.rejection_message(verdict) if rejected else None,
        metadata={
            name: verdict[name] for name in ("verdict", "rows_in", "rows_accepted", "rows_quarantined")
        },
    )


def _rule_result(spec: AssetCheckSpec, found: pd.DataFrame) -> AssetCheckResult:
    rows = {kind: int(found.loc[found["severity"] == kind, "count"].sum()) for kind in (HELD, UNUSUAL)}
    return AssetCheckResult(
        asset_key=spec.asset_key,
        check_name=spec.name,
        passed=not (found["severity"] == HELD).any(),
        severity=AssetCheckSeverity.WARN,
        description=_told(rows),
        metadata={
            "rows": MetadataValue.int(int(found["count"].sum())),
            "codes": MetadataValue.text(", ".join(sorted(set(found["code"])))),
        },
    )


def _told(rows: dict[str, int]) -> str | None:
    """How many rows are held back and how many are unusual; None where all are as they should be."""
    told = {
        HELD: "held back",
        UNUSUAL: "unusual, and used: the data-quality report has them",
    }
    return "; ".join(f"{number:,} {told[kind]}" for kind, number in rows.items() if number) or None


def leakage_specs(study: str) -> list[AssetCheckSpec]:
    """One Dagster check per leakage check; `promote` acts on them."""
    asset = AssetKey([study, "evaluate"])
    claims = model_results.LEAKAGE_CHECKS.items()
    return [AssetCheckSpec(name, asset=asset, description=claim) for name, claim in claims]


def leakage_checks_of(study: str) -> AssetChecksDefinition:
    """The leakage checks of one study."""
    specs = leakage_specs(study)

    @multi_asset_check(name=f"{study}_leakage", specs=specs)
    def leakage_checks(
        context: AssetCheckExecutionContext, workspace: ResourceParam[Workspace]
    ) -> Iterator[AssetCheckResult]:
        with dagster_failures():
            folder = folder_of(study, context.run.run_id, context.instance, workspace)
            results = list(leakage_results(specs, folder))
        yield from results

    return leakage_checks


def leakage_results(specs: list[AssetCheckSpec], folder: RunFolder) -> Iterator[AssetCheckResult]:
    """The results of the leakage checks, from the run folder; one that was not run has failed."""
    found = {
        str(row["sentinel"]): row for row in model_results.leakage_findings(folder.path).to_dict("records")
    }
    for spec in specs:
        row = found.get(spec.name, {"verdict": "not run", "evidence": "It was not run.", "n_patients": 0})
        verdict = str(row["verdict"])
        yield AssetCheckResult(
            asset_key=spec.asset_key,
            check_name=spec.name,
            passed=spec.name in found and verdict != model_results.VIOLATED,
            severity=AssetCheckSeverity.ERROR,
            description=str(row["evidence"]),
            metadata={"verdict": verdict, "patients": int(row["n_patients"])},
        )
