"""Consistency of a study with its contract and mappings: tables and columns that are named but do not exist."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from data_contracts.contract import Contract
from data_contracts.contract.model import Table
from data_contracts.errors import ContractError
from data_contracts.standards.mapping.parse import load as load_mapping
from meta_med.cohorts.covariates import unmatched_words
from meta_med.study import DosesSpec, EventsSpec, RecordsSpec, StudySpec, SubjectsSpec
from orchestration.study.keys import nearest


def mistakes_against(spec: StudySpec, contract: Contract) -> Iterator[str]:
    """Every table and column of the study that its contract does not have."""
    tables = _mistaken_tables(spec, contract)
    yield from tables
    if not tables:
        yield from _keys(spec, contract)
        yield from _record_columns(spec, contract)
        yield from _levels(spec, contract)
        yield from _deltas(spec, contract)


def _deltas(spec: StudySpec, contract: Contract) -> Iterator[str]:
    """In a delivery of changed patients, the table of records must say whose its rows are."""
    if spec.delivery == "delta" and contract.tables[spec.records.source].subject is None:
        yield (
            f'"delivery" is "delta", but no column of table "{spec.records.source}" has the role "subject" in contract '
            f'"{contract.name}": give it to the column that names the patient.'
        )


def _mistaken_tables(spec: StudySpec, contract: Contract) -> list[str]:
    known = list(contract.tables)
    unknown = [
        f'"sources.{name}": contract "{contract.name}" has no such table: {nearest(name, known)}'
        for name in spec.sources
        if name not in known
    ]
    absent = [
        f'"sources" lacks table "{name}" of contract "{contract.name}"; name its file.'
        for name in known
        if name not in spec.sources
    ]
    return unknown + absent


def _keys(spec: StudySpec, contract: Contract) -> Iterator[str]:
    records = spec.records
    wanted = {"records.subject": records.subject, **_of_rows(records)}
    if records.time.column:
        wanted["records.time.column"] = records.time.column
    if records.long:
        wanted |= {"records.long.name": records.long.name, "records.long.value": records.long.value}
    yield from _absent(wanted, contract.tables[records.source])
    if records.subjects:
        yield from _absent(
            {"records.subjects.key": records.subjects.key}, contract.tables[records.subjects.source]
        )
    if records.events:
        yield from _absent(_of_events(records.events), contract.tables[records.events.source])


def _of_rows(records: RecordsSpec) -> dict[str, str]:
    """The columns that select rows, identify series and persons, and describe doses."""
    choices: dict[str, Iterable[str]] = {
        "where": records.where,
        "where_not": records.where_not,
        "between": records.between,
    }
    wanted = {f"records.{key}.{column}": column for key, chosen in choices.items() for column in chosen}
    wanted |= {f"records.series: {column}": column for column in records.series}
    wanted |= {f"records.person.{column}": column for column in records.person}
    wanted |= {"records.time.unit_column": records.time.unit_column} if records.time.unit_column else {}
    return wanted | (_of_doses(records.doses) if records.doses else {})


def _of_doses(doses: DosesSpec) -> dict[str, str]:
    named = {"amount": doses.amount, "rate": doses.rate, "at_start": doses.at_start}
    wanted = {f"records.doses.{key}": column for key, column in named.items() if column}
    return wanted | {f"records.doses.per_minute.{column}": column for column in doses.per_minute}


def _of_events(events: EventsSpec) -> dict[str, str]:
    return {
        "records.events.subject": events.subject,
        "records.events.time.column": events.time.column,
        "records.events.event": events.event,
    }


def _absent(wanted: Mapping[str, str], table: Table) -> Iterator[str]:
    known = [column.name for column in table.columns]
    for key, column in wanted.items():
        if column not in known:
            advice = nearest(column, known)
            yield f'"{key}": table "{table.name}" of the contract has no column "{column}": {advice}'


def _record_columns(spec: StudySpec, contract: Contract) -> Iterator[str]:
    known = _known_columns(spec, contract)
    if known is None:
        return
    for key, column in _named_columns(spec):
        if column not in known:
            yield f'"{key}": the contract has no column "{column}" for it: {nearest(column, known)}'


def _named_columns(spec: StudySpec) -> Iterator[tuple[str, str]]:
    for outcome in spec.outcomes:
        for column in outcome.any_positive or (outcome.source_column,):
            yield f"outcomes.{outcome.name}", column
    for covariate in spec.covariates:
        for column in covariate.columns:
            yield f"covariates.{covariate.name}", column
    for position, factor in enumerate(spec.cohorts.factors):
        yield f"cohorts.factors[{position}].column", factor.column
    for column in spec.serve.where:
        yield f"serve.where.{column}", column


def _known_columns(spec: StudySpec, contract: Contract) -> list[str] | None:
    """The columns of a record; None if the contract does not list the measurements."""
    table = contract.tables[spec.records.source]
    own = [column.name for column in table.columns]
    if spec.records.long:
        measured = _allowed(table, spec.records.long.name)
        if measured is None:
            return None
        own = [spec.records.subject, spec.records.time.column, *map(str, measured)]
    events = [covariate.name for covariate in spec.covariates if covariate.kind == "event"]
    return [*own, *_columns_of(spec.records.subjects, contract), *events]


def _levels(spec: StudySpec, contract: Contract) -> Iterator[str]:
    """Values in the study that a column cannot have, where the contract lists the allowed ones."""
    records = spec.records
    tables = [
        contract.tables[t] for t in (records.source, records.subjects.source if records.subjects else "") if t
    ]
    for key, column, values in _named_levels(spec):
        allowed = next((found for t in tables if (found := _allowed(t, column)) is not None), None)
        yield from _not_allowed(key, column, values, allowed)
    if records.events is not None:
        events = _allowed(contract.tables[records.events.source], records.events.event)
        for covariate in (c for c in spec.covariates if c.kind == "event"):
            yield from _not_allowed(
                f"covariates.{covariate.name}", records.events.event, [covariate.source_column], events
            )


def _named_levels(spec: StudySpec) -> Iterator[tuple[str, str, Iterable[str]]]:
    for key in ("where", "where_not"):
        for column, values in getattr(spec.records, key).items():
            yield f"records.{key}.{column}", column, values
    if spec.records.time.unit_column:
        yield "records.time.unit_days", spec.records.time.unit_column, spec.records.time.unit_days
    for covariate in spec.covariates:
        if covariate.values:
            yield f"covariates.{covariate.name}.values", covariate.source_column, covariate.values
    for position, factor in enumerate(spec.cohorts.factors):
        yield f"cohorts.factors[{position}].values", factor.column, factor.values
    for column, values in spec.serve.where.items():
        yield f"serve.where.{column}", column, values


def _not_allowed(key: str, column: str, values: Iterable[str], allowed: list[Any] | None) -> Iterator[str]:
    if allowed is None:
        return
    for value in unmatched_words(pd.Series(allowed), values):
        advice = nearest(value, [str(value) for value in allowed])
        yield f'"{key}": by the contract column "{column}" is never "{value}": {advice}'


def _columns_of(subjects: SubjectsSpec | None, contract: Contract) -> list[str]:
    return [column.name for column in contract.tables[subjects.source].columns] if subjects else []


def _allowed(table: Table, column: str) -> list[Any] | None:
    """The allowed values of a column by the contract; None where it lists none."""
    for rule in table.rules:
        if rule.column == column and rule.rule == "allowed":
            return list(rule.arguments["values"])
    return None


def mapping_mistakes(spec: StudySpec, mappings: Mapping[str, Path], contract: Contract) -> Iterator[str]:
    """Every mistake in the mappings, and every column of the contract that a mapping does not make."""
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
