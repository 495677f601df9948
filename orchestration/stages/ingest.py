"""Ingest: copy every source file into the run folder, so that one version is hashed, validated and used.

A source that is an export in a clinical standard is converted to a table by its mapping first.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data_contracts.contract import load as load_contract
from data_contracts.standards.mapping.parse import load as load_mapping
from meta_med import run_files
from meta_med.plug_ins.code import plug_in_facts
from orchestration.deltas.compose import Deltas, watched
from orchestration.errors import DataError
from orchestration.runs.arriving import arriving_folder
from orchestration.runs.copy_sources import copy_source
from orchestration.runs.inbox import deliveries
from orchestration.runs.previous_delivery import COMPARED, copy_previous, previous_unchanged
from orchestration.runs.run_folder import (
    RunFolder,
    code_version,
    fingerprint,
    plug_in_code,
    sha256_of,
    write_json,
)
from orchestration.stages.nothing_new import note_of, note_sources
from orchestration.stages.validate import CORRECTED, copy_corrections, corrections_unchanged
from orchestration.study.load import DATA_VARIABLE, LoadedStudy
from orchestration.working_folder import remove_whole, working_folder
from orchestration.workspace import OWNER_ONLY, Workspace

if TYPE_CHECKING:
    from data_contracts.standards.convert import ConversionAccount
    from orchestration.study.load import LoadedStudy


def is_export(study: "LoadedStudy", table: str, path: Path) -> bool:
    """Whether the source is converted: a folder, for a table that has a mapping. A file is a table already."""
    return table in study.mappings and path.is_dir()


def converted(
    study: "LoadedStudy", table: str, folder: Path, place: Path
) -> tuple[Path, "ConversionAccount"]:
    """Convert an export to a Parquet file in `place`; the file and the account of its entries.

    Raises:
        ConversionError: the export cannot be trusted.

    """
    from data_contracts.standards.convert import convert

    place.mkdir(parents=True, exist_ok=True)
    out = place / f"{table}.parquet"
    return out, convert(load_mapping(study.mappings[table]), folder, out)


@contextmanager
def as_tables(
    study: "LoadedStudy", files: Mapping[str, Path]
) -> Iterator[tuple[dict[str, Path], dict[str, Any]]]:
    """The files with every export converted for the duration of the block, and the accounts by table."""
    with working_folder() as place:
        tables, accounts = dict(files), {}
        for table, path in files.items():
            if is_export(study, table, path):
                tables[table], account = converted(study, table, path, place / table)
                accounts[table] = account.to_dict()
        yield tables, accounts


@contextmanager
def delivered_tables(
    study: "LoadedStudy", workspace: Workspace
) -> Iterator[tuple[dict[str, Path], dict[str, Any]]]:
    """The tables that a run would validate now, for the duration of the block, and the accounts of exports by table."""
    if study.spec.delivery == "full":
        files = source_files(study, workspace)
        require_data(study, files)
        with as_tables(study, files) as found:
            yield found
        return
    with working_folder() as place:
        tables, _ = _tables(study, workspace, place)
        yield tables, RunFolder(place).conversions()


def account_lines(accounts: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The account of each export for a terminal: its records, and warnings about entries that were left out."""
    lines = []
    for table, account in accounts.items():
        seen = sum(account["seen"].values())
        lines.append(
            f"{table}: {account['rows']:,} records of {account['patients']:,} patients, made from {seen:,} entries "
            f"in {len(account['files']):,} files by mapping {account['mapping']}."
        )
        lost = [entry for entry in account["left_out"] if entry["code"].startswith("W_")]
        lines += [f"  {entry['code']}: {entry['message']}" for entry in lost]
    return lines


def ingest(study: LoadedStudy, workspace: Workspace) -> RunFolder:
    """Copy the sources into a run folder whose name is a hash of all inputs: the same inputs, the same folder."""
    workspace.runs.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    with arriving_folder(workspace) as arriving:
        states = note_of(study, watched_files(study, workspace))
        files, deltas = _tables(study, workspace, arriving)
        facts = {**_facts(study, files), **copy_corrections(study, workspace, arriving)}
        facts |= copy_previous(study, workspace, facts["data_sha256"], arriving)
        write_json(arriving / run_files.FACTS, facts)
        folder = _moved(arriving, workspace.runs / _name(facts))
        note_sources(folder, states)
        if deltas is not None:
            deltas.note(folder).write(folder)
        return folder


def _tables(
    study: LoadedStudy, workspace: Workspace, arriving: Path
) -> tuple[dict[str, Path], Deltas | None]:
    """Table -> the run's own file, or the deliveries that it is made of; with these, where the study has such ones."""

    def copy(table: str, path: Path, place: Path) -> Path:
        return _copied(study, table, path, place, arriving)

    place, files = arriving / run_files.SOURCES, source_files(study, workspace)
    if study.spec.delivery == "full":
        require_data(study, files)
        return {table: copy(table, path, place / table) for table, path in files.items()}, None
    deltas = Deltas.of(study, workspace)
    if deltas.base.run is None:
        require_data(study, files)
    return deltas.compose(place, copy), deltas


def _copied(study: LoadedStudy, table: str, path: Path, place: Path, arriving: Path) -> Path:
    """Copy a source file, or convert an export and write its account; the run's own file."""
    if not is_export(study, table, path):
        return copy_source(table, path, place)
    file, account = converted(study, table, path, place)
    name = table if place.name == table else f"{table} {place.name}"  # one of several deliveries has a number
    write_json(arriving / run_files.CONVERSIONS / f"{name}.json", account.to_dict())
    return file


def source_files(study: LoadedStudy, workspace: Workspace) -> dict[str, Path]:
    """Table -> the file it is read from: given in the command, else from the inbox, else the study's own."""
    delivered = deliveries(workspace.inbox(study.name), study.sources, workspace.now())
    return {
        name: workspace.given.get(name) or delivered.get(name) or own for name, own in study.sources.items()
    }


def watched_files(study: LoadedStudy, workspace: Workspace) -> dict[str, Path]:
    """Name -> each file whose change is news: the sources, or every delivery of changed patients."""
    return source_files(study, workspace) if study.spec.delivery == "full" else watched(study, workspace)


def left_out_remarks(study: LoadedStudy, workspace: Workspace) -> list[str]:
    """A sentence for each table with delivered files that will not be part of it."""
    return [] if study.spec.delivery == "full" else list(Deltas.of(study, workspace).remarks())


def require_data(study: LoadedStudy, files: Mapping[str, Path]) -> None:
    """Check that the files below the data folder exist.

    Raises:
        DataError: names the missing files and the folder.

    """
    missing = [name for name in study.data if files[name] == study.sources[name] and not files[name].exists()]
    if not missing:
        return
    first = study.sources[missing[0]]
    folder = first.parents[len(Path(study.data[missing[0]]).parts) - 1]
    where = (
        f"below the data folder {folder}" if first.is_absolute() else "below a data folder; none was named"
    )
    raise DataError(
        f'E_SOURCE_MISSING: study "{study.name}" reads {", ".join(study.data[name] for name in missing)} {where}. '
        f"The data of this study are not part of the product: name their folder with --data DIR or "
        f"{DATA_VARIABLE}."
    )


def _facts(study: LoadedStudy, files: Mapping[str, Path]) -> dict[str, Any]:
    contract = load_contract(study.contract)
    return {
        "study": study.name,
        "study_sha256": study.sha256,
        "contract": contract.name,
        "contract_version": contract.version,
        "contract_sha256": contract.sha256,
        "data_sha256": {name: sha256_of(path) for name, path in files.items()},
        "files": {name: path.name for name, path in files.items()},
        "code": code_version(),
        **plug_in_facts(study.spec),
    }


def _name(facts: Mapping[str, Any]) -> str:
    # released rows and the previous delivery are inputs too, so they are part of the name
    released = {key: facts[key] for key in (CORRECTED,) if key in facts}
    before = {f"{table}, before": digest for table, digest in facts.get(COMPARED, {}).items()}
    data = {**facts["data_sha256"], **released, **before, **plug_in_code(facts)}
    return fingerprint(data, facts["contract_sha256"], facts["study_sha256"], facts["code"])


def _moved(arriving: Path, place: Path) -> RunFolder:
    """Move the new folder to `place`, or keep an earlier run's folder there if its copies are unchanged."""
    folder = RunFolder(place)
    if place.is_dir() and not _is_unchanged(folder):
        remove_whole(place)
    if not place.is_dir():
        arriving.chmod(OWNER_ONLY)
        arriving.replace(place)
    return folder


def _is_unchanged(folder: RunFolder) -> bool:
    try:
        return folder.sources_unchanged() and corrections_unchanged(folder) and previous_unchanged(folder)
    except (OSError, ValueError, KeyError):
        return False
