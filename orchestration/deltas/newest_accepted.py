"""The run whose tables the next delivery of changed patients changes, and the files that never reach a table.

It is the newest run that the gate accepted and no person withdrew: that of the served release, or one that followed it
and was not published yet, because a store was away or a training came first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from meta_med import run_files
from meta_med.published import heads
from meta_med.published.holds import holds
from orchestration.deltas.note import DeltaNote, Files, merged
from orchestration.runs.run_folder import RunFolder
from orchestration.runs.study_runs import runs_of
from orchestration.workspace import Workspace


@dataclass(frozen=True)
class Base:
    """What the next delivery changes.

    Attributes:
        run: the run with the tables; None before the first delivery.
        note: the note of this run.
        rejected, withdrawn: files that followed this run in vain, by the gate and by a person.
        in_vain: names of the runs that tell so, until an accepted run has it in its own note.

    """

    run: RunFolder | None
    note: DeltaNote
    rejected: Files
    withdrawn: Files
    in_vain: tuple[str, ...] = ()


def base_of(study: str, workspace: Workspace) -> Base:
    """The run that the next delivery of the study changes.

    Raises:
        DeltaDamagedError: a run folder's note of its deliveries is damaged, so a withdrawn file could be applied again.

    """
    runs = [RunFolder(path) for path, _ in runs_of(workspace, study)]
    head = heads.head(workspace.store_url, study)
    start = str(head.manifest.get("fingerprint")) if head else ""
    # a release may be withdrawn for its model: the delivery that is served now is none to be left out
    gone = {str(hold.manifest.get("fingerprint")) for hold in holds(workspace.store_url, study)} - {start}
    # a withdrawn run is known by its name, also where its facts no longer say of which study it is
    runs += [RunFolder(workspace.runs / name) for name in sorted(gone - {run.path.name for run in runs})]
    notes = {run.path.name: DeltaNote.of(run) for run in runs}
    sound = {run.path.name: run for run in runs if run.path.name not in gone and _accepted(run)}
    name = _newest_after(start, list(sound), notes)
    note = notes.get(name, DeltaNote())
    after = [run for run in runs if notes[run.path.name].follows == name and run.path.name not in sound]
    news = {run.path.name: notes[run.path.name].new_beside(note) for run in after}
    rejected = {run.path.name: _at_fault(run, news[run.path.name]) for run in after}
    withdrawn = {run: files for run, files in news.items() if run in gone}
    told = (run for run in news if any(rejected[run].values()) or any(withdrawn.get(run, {}).values()))
    return Base(
        run=sound.get(name),
        note=note,
        rejected=merged(*rejected.values()),
        withdrawn=merged(*withdrawn.values()),
        in_vain=tuple(told),
    )


def _newest_after(start: str, sound: Iterable[str], notes: Mapping[str, DeltaNote]) -> str:
    """The last of the runs that followed each other from `start` on; `sound` are ordered from the oldest."""
    ordered, name, number = list(sound), start, notes[start].number if start in notes else -1
    while later := [run for run in ordered if notes[run].follows == name and notes[run].number > number]:
        name = later[-1]
        number = notes[name].number
    return name


def _accepted(run: RunFolder) -> bool:
    return _verdict(run) in {"accept", "quarantine"}


def _verdict(run: RunFolder) -> str:
    try:
        return str(run.read(run_files.JUDGEMENT)["verdict"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _at_fault(run: RunFolder, new: Files) -> Files:
    """Of the new files of a run that the gate rejected, those of the tables that it rejected."""
    if _verdict(run) != "reject":
        return {}
    findings = pd.read_parquet(run.path / run_files.FINDINGS)
    tables = set(findings.loc[findings["code"].str.startswith("E_"), "source"])
    return {table: states for table, states in new.items() if table in tables}
