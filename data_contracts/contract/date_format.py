"""Formats of dates and timestamps, and the time zone of a site that writes local times.

The Open Data Contract Standard has formats of the JDK; they are translated to `strptime`. A format that does not
determine the day is refused, because dates are never guessed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from zoneinfo import available_timezones

from data_contracts.contract.model import Column, Contract, Kind, Table
from data_contracts.errors import ContractError
from data_contracts.yaml_file import is_time_zone

_RUNS: dict[str, str] = {
    **dict.fromkeys(("yyyy", "uuuu", "y", "u"), "%Y"),
    **dict.fromkeys(("MM", "M", "LL", "L"), "%m"),
    **dict.fromkeys(("MMM", "LLL"), "%b"),
    **dict.fromkeys(("MMMM", "LLLL"), "%B"),
    **dict.fromkeys(("dd", "d"), "%d"),
    "DDD": "%j",
    **dict.fromkeys(("HH", "H"), "%H"),
    **dict.fromkeys(("hh", "h"), "%I"),
    "a": "%p",
    **dict.fromkeys(("mm", "m"), "%M"),
    **dict.fromkeys(("ss", "s"), "%S"),
    **{"S" * n: "%f" for n in range(1, 10)},
    **dict.fromkeys(("X", "XX", "XXX", "x", "xx", "xxx", "Z", "ZZZZZ"), "%z"),
}
"""Repeated letter in a JDK format (`java.time.format.DateTimeFormatter`) -> directive of strptime."""
_HINTS = {
    "Y": "YYYY is the year of the week; the year is yyyy",
    "D": "D is the day of the year; the day of the month is dd",
    "y": "a two-digit year does not name its century; use yyyy",
    "u": "a two-digit year does not name its century; use uuuu",
}
_PIECE = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[\[\]{}#]|[^A-Za-z'\[\]{}#]+")
_DIRECTIVE = re.compile(r"%(.?)", re.DOTALL)
_OF_CLOCK = {"H", "I", "M", "S", "f", "p", "z"}
_KNOWN = {"Y", "m", "b", "B", "d", "j", "%"} | _OF_CLOCK


class FormatError(ValueError):
    """The format cannot be used; the message gives the reason."""


def strptime_format(written: str, kind: Kind) -> str:
    """Translate a declared format to `strptime`.

    Args:
        written: `%d.%m.%Y`, or a JDK format such as `dd.MM.yyyy`.
        kind: "date" or "timestamp".

    Returns:
        The format; "" for the date of ISO 8601.

    Raises:
        FormatError: the format has an unsupported letter, or lacks the day or (for a timestamp) the time of day.

    """
    if "%" in written:
        _check(written, kind)
        return written
    made = "".join(_translated(written))
    _check(made, kind)
    return "" if kind == "date" and made == "%Y-%m-%d" else made


def _translated(written: str) -> Iterator[str]:
    at = 0
    while at < len(written):
        piece = _PIECE.match(written, at)
        if piece is None or piece[0] in {"[", "]", "{", "}", "#"}:
            raise FormatError("has optional parts or an open quote, which are not supported")
        at = piece.end()
        yield _of_piece(piece)


def _of_piece(piece: "re.Match[str]") -> str:
    text, quoted, letter = piece[0], piece[1], piece[2]
    if quoted is not None:
        return quoted.replace("''", "'") or "'"
    if letter is None:
        return text
    if text not in _RUNS:
        hint = _HINTS.get(letter, "known: " + ", ".join(dict.fromkeys(r[0] for r in _RUNS)))
        raise FormatError(f"has {text!r}, which is not supported: {hint}")
    return _RUNS[text]


def _check(format: str, kind: Kind) -> None:
    used = _DIRECTIVE.findall(format)
    if unknown := [f"%{d}" for d in used if d not in _KNOWN]:
        hint = "; a two-digit year does not name its century" if "%y" in unknown else ""
        raise FormatError(f"has {unknown[0]}, which is not supported{hint}")
    if len(set(used) - {"%"}) < len([d for d in used if d != "%"]):
        raise FormatError("repeats one part")
    if "Y" not in used or not ("j" in used or ("d" in used and {"m", "b", "B"} & set(used))):
        minutes = "; M is the month, m are minutes" if "M" in used and kind == "date" else ""
        raise FormatError(f"does not contain year, month and day{minutes}")
    clock = _OF_CLOCK & set(used)
    if kind == "date" and clock:
        raise FormatError("has a time of day, but a date has none: write logicalType: timestamp")
    if kind == "timestamp" and not ({"H", "M"} <= clock or {"I", "p", "M"} <= clock):
        raise FormatError("does not contain hour and minute: write logicalType: date")


def in_timezone(contract: Contract, timezone: str) -> Contract:
    """Set the time zone of all timestamp columns that do not declare one.

    Times without an offset are then read as local times of the site. Local times that do not exist or exist twice,
    on the days the clocks change, are quarantined.

    Raises:
        ContractError: the time zone is unknown.

    """
    if not is_time_zone(timezone):
        near = get_close_matches(timezone, available_timezones(), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "write e.g. Europe/Paris."
        raise ContractError(contract.name, [f"timezone: {timezone!r} is not a time zone; {hint}"])
    tables: Mapping[str, Table] = {
        name: replace(table, columns=tuple(_with_timezone(c, timezone) for c in table.columns))
        for name, table in contract.tables.items()
    }
    return replace(contract, tables=tables)


def _with_timezone(column: Column, timezone: str) -> Column:
    if column.kind != "timestamp" or column.timezone:
        return column
    return replace(column, timezone=timezone)
