"""Whether a night would publish what is served already, told without reading, copying or hashing a file.

A run leaves two notes in its folder. `as_read` has the states of the source files as they were when the run copied
them; `sound` has the states of the run's and the model's files as they were when all of them had their hashes. Where
everything is in the same state, and study, contract, code, corrections and champion are those of the served release,
a run has nothing to do.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from data_contracts.contract import load as load_contract
from meta_med import run_files
from meta_med.model_version.sealed_folder import ModelDamaged, verify
from meta_med.plug_ins.code import plug_in_facts
from meta_med.published import heads
from orchestration.models.champion import champion_of
from orchestration.models.versions import version_folder
from orchestration.preflight.clock import clock_remarks
from orchestration.runs.file_states import prove_unchanged, states_of, taken
from orchestration.runs.run_folder import NIGHTLY, RunFolder, code_version, write_json
from orchestration.runs.run_outcome import Published, RunOutcome
from orchestration.stages.validate import CORRECTED, copy_corrections
from orchestration.study.load import LoadedStudy
from orchestration.working_folder import working_folder
from orchestration.workspace import Workspace

NOTES = (run_files.AS_READ, run_files.SOUND)


def note_sources(folder: RunFolder, states: Mapping[str, object]) -> None:
    """Note in which states the source files were when they were copied into this run folder."""
    write_json(_note(folder, run_files.AS_READ), states)


def note_sound(folder: RunFolder, model: Path) -> None:
    """Note the states of the files of a run and its model, after each was compared with its hash."""
    files = _own_states(folder, model)
    if _read(folder, run_files.SOUND).get("states") == files:
        return
    with suppress(ModelDamaged):
        verify(model)
        if folder.marker(NIGHTLY[-2]) is not None:
            write_json(_note(folder, run_files.SOUND), {"states": files})


def unchanged_outcome(
    study: LoadedStudy, workspace: Workspace, sources: Mapping[str, Path]
) -> RunOutcome | None:
    """The outcome of a night that has nothing to do; None where there may be something, or a night is at work."""
    head = heads.head(workspace.store_url, study.name)
    if head is None:
        return None
    folder = RunFolder(workspace.runs / str(head.manifest.get("fingerprint")))
    model = version_folder(workspace, study.name, str(head.manifest.get("model")))
    try:
        with FileLock(workspace.locks / f"{study.name}.run.lock", timeout=0):
            same = (
                champion_of(study, workspace) == folder.night_model == model.name
                and _same_inputs(study, workspace, folder.facts())
                and prove_unchanged(_read(folder, run_files.AS_READ), read_from(study, sources))
                and _read(folder, run_files.SOUND).get("states") == _own_states(folder, model)
            )
    except (OSError, ValueError, KeyError, Timeout):
        return None
    if not same:
        return None
    remarks = clock_remarks(workspace, study.name, sources.values())
    published = Published(head.release_id, head.sequence, changed=False)
    return RunOutcome(folder, published, remarks=tuple(remarks))


def read_from(study: LoadedStudy, sources: Mapping[str, Path]) -> dict[str, Path]:
    """The files that decide what a run reads: the sources, and the mappings of those that are converted."""
    return {**sources, **{f"{table}, mapping": path for table, path in study.mappings.items()}}


def note_of(study: LoadedStudy, sources: Mapping[str, Path]) -> dict[str, object]:
    """The states of these files, for `note_sources`; to be taken before they are copied."""
    with suppress(OSError):  # the copy says what is missing
        return taken(read_from(study, sources))
    return {}


def _same_inputs(study: LoadedStudy, workspace: Workspace, facts: Mapping[str, Any]) -> bool:
    """Whether study, contract, code and corrections are those of a run with these facts."""
    with working_folder() as place:
        corrections = copy_corrections(study, workspace, place)
    today = {
        "study_sha256": study.sha256,
        "contract_sha256": load_contract(study.contract).sha256,
        "code": code_version(),
        CORRECTED: corrections.get(CORRECTED),
        "plug_ins": plug_in_facts(study.spec).get("plug_ins"),
    }
    return all(facts.get(name) == value for name, value in today.items())


def _own_states(folder: RunFolder, model: Path) -> dict[str, object]:
    return {"run": states_of(folder.path, NOTES), "model": states_of(model)}


def _note(folder: RunFolder, name: str) -> Path:
    return folder.path / run_files.MARKERS / name


def _read(folder: RunFolder, name: str) -> dict[str, Any]:
    """A note; empty where there is none."""
    try:
        found: dict[str, Any] = json.loads(_note(folder, name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
