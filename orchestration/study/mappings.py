"""TODO"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from data_contracts.contract.loading import Contract
from data_contracts.errors import ContractError
from data_contracts.standards.mapping.parse import load as load_mapping
from meta_med.study import StudySpec
from orchestration.study.keys import nearest

if TYPE_CHECKING:
    pass


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
