"""The time zone of a site whose tables write local times: said by the contract, or at the call."""

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches

from data_contracts.errors import ContractError
from data_contracts.terms import Column, Contract, Table


def in_timezone(contract: Contract, timezone: str) -> Contract:
    """The contract with `timezone` for every timestamp column that names none of its own.

    Times without an offset are then read as local times of the site. A local time that does not exist, or
    exists twice, on the day the clocks change is held back. Raises `ContractError` for an unknown zone.
    """
    from zoneinfo import available_timezones

    known = available_timezones()
    if timezone not in known:
        near = get_close_matches(timezone, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "write e.g. Europe/Paris."
        raise ContractError(contract.name, [f"timezone: {timezone!r} is no time zone; {hint}"])
    tables: Mapping[str, Table] = {
        name: replace(table, columns=tuple(_placed(c, timezone) for c in table.columns))
        for name, table in contract.tables.items()
    }
    return replace(contract, tables=tables)


def _placed(column: Column, timezone: str) -> Column:
    if column.kind != "timestamp" or column.timezone:
        return column
    return replace(column, timezone=timezone)
