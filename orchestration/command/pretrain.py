"""`meta-med pretrain`: pretrain the initial weights of `neural_process` on simulated patients."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from orchestration.command.options import JsonOption

OutOption = Annotated[Path, typer.Option("--out", help="The folder to write weights and facts to.")]
StepsOption = Annotated[int, typer.Option("--steps", min=1, help="Steps of training.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of weights and simulated patients.")]


def pretrain(
    out: OutOption, steps: StepsOption = 12_000, seed: SeedOption = 0, as_json: JsonOption = False
) -> None:
    """Pretrain the neural process on simulated patients; no real patient is used.

    About half an hour on one core with the default steps. The weights of the product are in
    meta_med/learners/weights; their facts.json holds the command that made them.
    """
    from orchestration.writable import require_writable

    require_writable(out.absolute())
    from meta_med.pretraining.pretrain import PretrainingConfig, pretrain_into
    from orchestration.command.output.terminal import machine_json

    facts = pretrain_into(out, PretrainingConfig(steps=steps, seed=seed), partial(typer.echo, err=True))
    if as_json:
        typer.echo(machine_json(facts))
    else:
        typer.echo(
            f"{out}: " + ", ".join(f"{name} {value:.4f}" for name, value in facts["simulated"].items())
        )
