"""`meta-med lineage`: from a published prediction back to the lines of the delivered files."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from orchestration.command.options import DataOption, HomeOption, JsonOption, StudyOption
from orchestration.startup import require_home

if TYPE_CHECKING:
    from orchestration.lineage.origin import Origin

PatientArgument = Annotated[
    str, typer.Argument(metavar="PATIENT", help="The patient, or the series, as the dashboard names it.")
]
Purpose = Literal["treatment", "data quality", "research", "audit", "operation"]
"""As the dashboard's roles have them; of a fixed list, because free text could tell of a patient."""
PurposeOption = Annotated[
    Purpose,
    typer.Option("--purpose", help="What you read it for; written to the audit."),
]
OutcomeArgument = Annotated[str, typer.Argument(metavar="OUTCOME", help="The outcome's name in the study.")]


def lineage(
    patient: PatientArgument,
    outcome: OutcomeArgument,
    study: StudyOption,
    purpose: PurposeOption = "data quality",
    home: HomeOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Trace a served prediction: release, model version, contract, files with their hashes, and the patient's lines.

    Shows one patient's data, for whoever may read the home folder. That it is shown is an entry of the audit.
    """
    require_home(home)
    from orchestration.boundary import expected_errors
    from orchestration.command.output.terminal import Terminal
    from orchestration.lineage.audited import note_traced
    from orchestration.lineage.origin import origin_of
    from orchestration.study.load import load
    from orchestration.workspace import open_workspace

    with expected_errors():
        workspace = open_workspace(home)
        found = origin_of(load(study, data), workspace, patient, outcome)
        note_traced(found, workspace.home, purpose, workspace.now())
    Terminal(as_json=as_json).result(found.content(), *_lines(found))


def _lines(found: "Origin") -> list[str]:
    told = found.prediction
    number = told["probability"] if told["probability"] is not None else told["mean"]
    low, high = told["lower_90"], told["upper_90"]
    interval = "" if low is None else f", 90 % interval {low:.4g} to {high:.4g}"
    value = "none" if number is None else f"{number:.4g}{interval}"
    release, model, contract = found.release, found.model, found.contract
    return [
        f"{found.outcome}: {value} ({told['status']}; by {told['predictor']} from {told['support_size']} own records)",
        f"  release   {release['release_id']}, number {release['sequence']}, of {release['published_at']}",
        f"  model     {model['version']}, predictors of training {model['predictors_of']}",
        f"  contract  {contract['contract']} {contract['contract_version']}, {contract['contract_sha256']}",
        *(f"  file      {file['table']}: {file['file']}, sha256 {file['sha256']}" for file in found.files),
        *_own(found),
    ]


def _own(found: "Origin") -> list[str]:
    if found.lines is None:
        return [f"  lines     not known. {found.why_no_lines}"]
    return [
        f"  line      {line.table}: {line.file}:{line.line} {line.state}"
        + (f" ({', '.join(line.rules)})" if line.rules else "")
        + (f", let in by {line.decided_by}" if line.decided_by else "")
        for line in found.lines
    ]
