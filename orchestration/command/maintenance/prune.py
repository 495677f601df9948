"""`meta-med prune`: remove old releases, model versions, run folders, held rows and Dagster's history."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.command.options import AnyStudyOption, HomeOption, JsonOption
from orchestration.startup import require_home

if TYPE_CHECKING:
    from orchestration.maintenance.old import Old

KeepOption = Annotated[
    int | None, typer.Option(min=1, help="Keep so many. Default: its META_MED_KEEP_ variable.")
]
DaysOption = Annotated[
    int | None, typer.Option(min=0, help="Keep what is younger, too. Default: its variable.")
]


def prune(
    study: AnyStudyOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would go, with sizes; remove nothing.")
    ] = False,
    runs: KeepOption = None,
    models: KeepOption = None,
    releases: KeepOption = None,
    days: DaysOption = None,
    quarantine_days: Annotated[
        int | None, typer.Option(min=0, help="Keep held rows without a decision so many days; 0: always.")
    ] = None,
    history_days: Annotated[
        int | None, typer.Option(min=0, help="Keep Dagster's runs and ticks so many days; 0: always.")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Your name, for the journals. Default: the program.")] = "",
    why: Annotated[str, typer.Option("--why", help="Your reason, for the journals.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remove what is kept no longer: old releases, model versions, run folders, undecided held rows, Dagster's history.

    Never the release that is served, a withdrawn one, the champion, a version that a kept release names, what a run
    works in, or the freshest run of a Dagster job. The journals keep every removal but that of run folders and history.
    """
    require_home(home)
    from orchestration.command.output.terminal import Terminal
    from orchestration.maintenance import prune as pruning
    from orchestration.maintenance.retention import Retention
    from orchestration.models.journal import PROGRAM
    from orchestration.workspace import open_workspace

    given = {
        "runs": runs,
        "models": models,
        "releases": releases,
        "days": days,
        "quarantine_days": quarantine_days,
        "history_days": history_days,
    }
    keep = replace(Retention.of_environment(), **{k: v for k, v in given.items() if v is not None})
    workspace = open_workspace(home)
    if dry_run:
        found = pruning.plan(workspace, keep, study)
    else:
        found = pruning.prune(
            workspace, keep, by.strip() or PROGRAM, why.strip() or pruning.reason(keep), study
        )
    total = sum(old.bytes for old in found)
    content = {
        "dry_run": dry_run,
        "keep": asdict(keep),
        "removed": [asdict(o) for o in found],
        "bytes": total,
    }
    Terminal(as_json=as_json).result(content, *_lines(found, total, dry_run=dry_run))


def _lines(found: "Sequence[Old]", total: int, *, dry_run: bool) -> Iterator[str]:
    from orchestration.maintenance.old import COUNTED, number

    for old in found:
        size = f"{old.bytes / 1e6:,.1f} MB" if old.bytes else ""
        count = f"{old.count:,} {COUNTED[old.kind]}" if old.count else ""
        whose = f"{old.study}: " if old.study else ""
        more = ", ".join(part for part in (count, size) if part)
        yield f"{whose}{old.kind} {old.name} of {old.since}  {more}".rstrip()
    if not found:
        yield "Nothing to remove."
    else:
        verb = "would be removed" if dry_run else "removed"
        yield f"{sum(map(number, found)):,} {verb}, about {total / 1e6:,.1f} MB."
