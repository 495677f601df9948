"""Ingest: take the run's own copy of every source file, so that one version is hashed, checked and used.

A source that is an export in a clinical standard becomes a table by its mapping, before the gate looks at it.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data_contracts.contract.loading import load as load_contract
from data_contracts.standards.mapping.parse import load as load_mapping
from meta_med import run_files
from meta_med.plug_ins.code import plug_in_facts
from orchestration.errors import DataError
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
from orchestration.stages.validate import CORRECTED, copy_corrections, corrections_unchanged
from orchestration.study.load import DATA_VARIABLE, LoadedStudy
from orchestration.workspace import OWNER_ONLY, Workspace

if TYPE_CHECKING:
    from data_contracts.standards.convert import ConversionAccount
    from orchestration.study.load import LoadedStudy


def is_export(study: "LoadedStudy", table: str, path: Path) -> bool:
    """Whether the source is converted: a folder, of a table that has a mapping. A file is a table already."""
    return table in study.mappings and path.is_dir()


def converted(
    study: "LoadedStudy", table: str, folder: Path, place: Path
) -> tuple[Path, "ConversionAccount"]:
    """The table as a Parquet file in `place`, and the account of what became of every event.

    Raises `ConversionError` where the export cannot be trusted.
    """
    from data_contracts.standards.convert import convert

    place.mkdir(parents=True, exist_ok=True)
    out = place / f"{table}.parquet"
    return out, convert(load_mapping(study.mappings[table]), folder, out)


@contextmanager
def as_tables(
    study: "LoadedStudy", files: Mapping[str, Path]
) -> Iterator[tuple[dict[str, Path], dict[str, Any]]]:
    """The files with every export converted, for as long as the block lasts; and the accounts by table."""
    with tempfile.TemporaryDirectory(prefix="meta-med-") as place:
        tables, accounts = dict(files), {}
        for table, path in files.items():
            if is_export(study, table, path):
                tables[table], account = converted(study, table, path, Path(place) / table)
                accounts[table] = account.to_dict()
        yield tables, accounts


def account_lines(accounts: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What became of each export, for a reader: its records, and what was asked for and could not be used."""
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
    """Copy the sources into a run folder that is named by what they hold; the same files, the same folder."""
    workspace.runs.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    arriving = Path(tempfile.mkdtemp(prefix=".arriving-", dir=workspace.runs))
    try:
        wanted = source_files(study, workspace)
        require_data(study, wanted)
        files = {name: _taken(study, name, path, arriving) for name, path in wanted.items()}
        facts = {**_facts(study, files), **copy_corrections(study, workspace, arriving)}
        facts |= copy_previous(study, workspace, facts["data_sha256"], arriving)
        write_json(arriving / run_files.FACTS, facts)
        return _settled(arriving, workspace.runs / _name(facts))
    finally:
        shutil.rmtree(arriving, ignore_errors=True)


def _taken(study: LoadedStudy, table: str, path: Path, arriving: Path) -> Path:
    """The run's own file: a copy, or the table that an export becomes, with its account beside the sources."""
    place = arriving / run_files.SOURCES / table
    if not is_export(study, table, path):
        return copy_source(table, path, place)
    file, account = converted(study, table, path, place)
    write_json(arriving / run_files.CONVERSIONS / f"{table}.json", account.to_dict())
    return file


def source_files(study: LoadedStudy, workspace: Workspace) -> dict[str, Path]:
    """The file each table is read from: given by hand, else from the inbox, else the study's own."""
    delivered = deliveries(workspace.inbox(study.name), study.sources, workspace.now())
    return {
        name: workspace.given.get(name) or delivered.get(name) or own for name, own in study.sources.items()
    }


def require_data(study: LoadedStudy, files: Mapping[str, Path]) -> None:
    """Raise `DataError` if a file that should lie below the data folder does not, and say which and where."""
    lacking = [name for name in study.data if files[name] == study.sources[name] and not files[name].exists()]
    if not lacking:
        return
    first = study.sources[lacking[0]]
    folder = first.parents[len(Path(study.data[lacking[0]]).parts) - 1]
    where = (
        f"below the data folder {folder}" if first.is_absolute() else "below a data folder; none was named"
    )
    raise DataError(
        f'E_SOURCE_MISSING: study "{study.name}" reads {", ".join(study.data[name] for name in lacking)} {where}. '
        f"The data of this study do not come with the product: name their folder with --data DIR or "
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
    # rows that a person let in are data like any other: with them, it is another run
    let_in = {key: facts[key] for key in (CORRECTED,) if key in facts}
    before = {f"{table}, before": digest for table, digest in facts.get(COMPARED, {}).items()}
    data = {**facts["data_sha256"], **let_in, **before, **plug_in_code(facts)}
    return fingerprint(data, facts["contract_sha256"], facts["study_sha256"], facts["code"])


def _settled(arriving: Path, place: Path) -> RunFolder:
    """Move to `place`, or keep what an earlier run left there if its copies are still whole."""
    folder = RunFolder(place)
    if place.is_dir() and not _is_whole(folder):
        shutil.rmtree(place)
    if not place.is_dir():
        arriving.chmod(OWNER_ONLY)
        arriving.replace(place)
    return folder


def _is_whole(folder: RunFolder) -> bool:
    try:
        return folder.sources_unchanged() and corrections_unchanged(folder) and previous_unchanged(folder)
    except (OSError, ValueError, KeyError):
        return False
