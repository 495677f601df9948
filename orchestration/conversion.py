"""Sources that are exports in a clinical standard: their mapping makes them a table before the gate looks at it."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data_contracts.contract import Contract
from data_contracts.errors import ContractError
from data_contracts.standards.mapping_file import load as load_mapping
from meta_med.study import StudySpec
from orchestration.study_keys import nearest

if TYPE_CHECKING:
    from data_contracts.standards.account import Account
    from orchestration.study_file import LoadedStudy


def mapping_mistakes(spec: StudySpec, mappings: Mapping[str, Path], contract: Contract) -> Iterator[str]:
    """Every mistake in the mappings, and every column that the contract promises and a mapping lacks."""
    for table, path in mappings.items():
        if table not in spec.sources:
            known = nearest(table, list(spec.sources))
            yield f'"mappings.{table}": there is no such table under "sources": {known}'
            continue
        try:
            made = load_mapping(path).column_names
        except ContractError as error:
            yield f'"mappings.{table}": {error}'
            continue
        for column in contract.tables[table].columns:
            if column.name not in made and not column.optional:
                yield (
                    f'"mappings.{table}": {path.name} makes no column "{column.name}", which contract '
                    f'"{contract.name}" promises: {nearest(column.name, list(made))}'
                )


def is_export(study: "LoadedStudy", table: str, path: Path) -> bool:
    """Whether the source is converted: a folder, of a table that has a mapping. A file is a table already."""
    return table in study.mappings and path.is_dir()


def converted(study: "LoadedStudy", table: str, folder: Path, place: Path) -> tuple[Path, "Account"]:
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
