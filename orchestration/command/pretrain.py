"""`meta-med pretrain`: pretrain a core on simulated patients or studies."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.command.options import JsonOption


class Core(StrEnum):
    """What is pretrained: the core of `neural_process`, or the study-in-context core."""

    SERIES = "series"
    STUDY = "study"


OutOption = Annotated[
    Path,
    typer.Option("--out", help="The folder to write weights and facts to; a study core continues there."),
]
StepsOption = Annotated[int | None, typer.Option("--steps", min=1, help="Steps of training.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of weights and simulated patients.")]
CoreOption = Annotated[Core, typer.Option("--core", help="What is pretrained.")]


def pretrain(
    out: OutOption,
    steps: StepsOption = None,
    seed: SeedOption = 0,
    core: CoreOption = Core.SERIES,
    as_json: JsonOption = False,
) -> None:
    """Pretrain the neural process, or the study-in-context core, on simulated patients; no real patient is used.

    With the default steps about half an hour on one core for `series`, ten minutes for `study`. An interrupted training
    of `study` continues from its checkpoint. The weights of `series` that ship are in meta_med/learners/weights; their
    facts.json holds the command that made them.
    """
    from orchestration.writable import require_writable

    require_writable(out.absolute())
    from orchestration.command.output.terminal import machine_json

    facts = _pretrained(core, out, {"seed": seed} | ({} if steps is None else {"steps": steps}))
    if as_json:
        typer.echo(machine_json(facts))
    else:
        typer.echo(
            f"{out}: " + ", ".join(f"{name} {value:.4f}" for name, value in facts["simulated"].items())
        )


def _pretrained(core: Core, out: Path, chosen: dict[str, Any]) -> dict[str, Any]:
    report = partial(typer.echo, err=True)
    if core is Core.STUDY:
        from meta_med.study_core import training, weights

        return weights.pretrain_into(out, training.TrainingConfig(**chosen), report)
    from meta_med.pretraining.pretrain import PretrainingConfig, pretrain_into

    return pretrain_into(out, PretrainingConfig(**chosen), report)
