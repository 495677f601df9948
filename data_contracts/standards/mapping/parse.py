"""Parses a mapping file into a `RecordMapping`; all mistakes are collected and raised as one error.

Not pydantic models, because the keys of a column depend on its kind and on the standard, and pydantic stops at an entry
of a wrong type before its other mistakes are found.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from data_contracts.errors import ContractError
from data_contracts.standards.mapping.model import (
    STANDARDS,
    Column,
    RecordMapping,
    RecordRule,
    Standard,
    VisitFact,
)
from data_contracts.standards.mapping.parse_columns import column_of
from data_contracts.yaml_file import Mistakes, YamlMistakesError, read_yaml

_TOP = {
    "mapping",
    "standard",
    "records",
    "subject",
    "time",
    "visit",
    "identifier",
    "columns",
    "final_newline",
}
_RECORDS = {"by", "time", "timezone", "visits", "empty"}
_BUCKET = re.compile(r"([1-9]\d{0,4}) (minute|hour|day|week)s?$")
_SECONDS = {"minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}$")
_SIZE_LIMIT = 1_000_000


class MappingError(ContractError):
    """A mapping file is invalid; lists all of its mistakes, each with its key."""

    what = "mapping"


def load(path: Path) -> RecordMapping:
    """Loads a mapping file; raises `MappingError` with all of its mistakes."""
    if not path.is_file():
        raise MappingError(path.name, ["no such file"])
    if path.stat().st_size > _SIZE_LIMIT:
        raise MappingError(path.name, [f"has over {_SIZE_LIMIT:,} bytes; this is not a mapping file"])
    return parse(path.read_bytes(), file=path.name)


def parse(raw: bytes, *, file: str) -> RecordMapping:
    """Parses a mapping file.

    Args:
        raw: UTF-8 YAML.
        file: its name in messages.

    Raises:
        MappingError: with all mistakes.

    """
    document = _document(raw, file)
    mistakes = Mistakes(file, MappingError)
    mistakes.unknown_keys("mapping", document, _TOP)
    standard = _standard(document, mistakes)
    records = _records(document.get("records"), standard, mistakes)
    columns = tuple(_columns(document.get("columns"), standard, mistakes))
    mapping = RecordMapping(
        name=_name(document, "mapping", mistakes),
        standard=standard,
        sha256=hashlib.sha256(raw).hexdigest(),
        records=records,
        subject=_name(document, "subject", mistakes),
        time=_name(document, "time", mistakes),
        visit=_name(document, "visit", mistakes) if "visit" in document else "",
        identifier=str(document.get("identifier") or ""),
        final_newline=_final_newline(document, mistakes),
        columns=columns,
    )
    _check_whole(mapping, mistakes)
    mistakes.raise_if_any()
    return mapping


def _document(raw: bytes, file: str) -> dict[str, Any]:
    try:
        return read_yaml(raw)
    except YamlMistakesError as error:
        raise MappingError(file, error.mistakes) from None


def _standard(document: Mapping[str, Any], mistakes: Mistakes) -> Standard:
    written = str(document.get("standard", ""))
    found = next((standard for standard in STANDARDS if standard == written), None)
    if found is None:
        mistakes.add("standard", f"must be one of: {', '.join(STANDARDS)}")
    return found or "fhir-r4"


def _name(document: Mapping[str, Any], key: str, mistakes: Mistakes) -> str:
    written = document.get(key)
    if not isinstance(written, str) or not _NAME.match(written):
        mistakes.add(key, "must be a name: letters, digits and _, not beginning with a digit")
    return str(written)


def _final_newline(document: Mapping[str, Any], mistakes: Mistakes) -> bool:
    written = document.get("final_newline", "required")
    if written not in ("required", "optional"):
        mistakes.add("final_newline", "must be required or optional")
    return bool(written != "optional")


def _records(written: Any, standard: Standard, mistakes: Mistakes) -> RecordRule:
    rule = mistakes.expect("records", written, dict, "a mapping with the key 'by'")
    if rule is None:
        return RecordRule()
    mistakes.unknown_keys("records", rule, _RECORDS)
    zone = str(rule.get("timezone", "UTC"))
    mistakes.time_zone("records.timezone", zone)
    if rule.get("time", "end") not in ("start", "end"):
        mistakes.add("records.time", "must be start or end")
    empty = mistakes.expect("records.empty", rule.get("empty", False), bool, "true or false") or False
    classes = mistakes.expect("records.visits", rule.get("visits", []), list, "a list of visit classes") or []
    by = _by(rule.get("by"), standard, mistakes)
    if by != "visit":
        mistakes.unknown_keys("records", {"visits", "empty"} & set(rule), _RECORDS - {"visits", "empty"})
    return RecordRule(
        by=by,
        time="start" if rule.get("time") == "start" else "end",
        timezone=zone,
        visits=tuple(str(c) for c in classes),
        empty=empty,
    )


def _by(written: Any, standard: Standard, mistakes: Mistakes) -> Any:
    found = _BUCKET.match(str(written))
    if written == "visit" and standard == "meds":
        mistakes.add("records.by", "MEDS has no table of visits; use 'day' or e.g. '6 hours'")
    if found:
        return int(found[1]) * _SECONDS[found[2]] * 1_000_000
    if written not in ("visit", "day"):
        mistakes.add("records.by", "must be 'visit', 'day', or a length such as '6 hours'")
    return written


def _columns(written: Any, standard: Standard, mistakes: Mistakes) -> Iterator[Column]:
    entries = mistakes.expect("columns", written, dict, "a mapping: a column's name, and where it comes from")
    for name, entry in (entries or {}).items():
        key = f"columns.{name}"
        if not isinstance(name, str) or not _NAME.match(name):
            mistakes.add(key, "must be a name: letters, digits and _, not beginning with a digit")
        given = mistakes.expect(key, entry, dict, "a mapping, such as {codes: [...], unit: ...}")
        column = column_of(str(name), given, key, standard, mistakes) if given is not None else None
        if column is not None:
            yield column


def _check_whole(mapping: RecordMapping, mistakes: Mistakes) -> None:
    mistakes.duplicates("columns", mapping.column_names)
    if not mapping.columns:
        mistakes.add("columns", "is empty: name at least one")
    if mapping.records.by == "visit":
        return
    if mapping.visit:
        mistakes.add("visit", "needs records by visit")
    for column in mapping.columns:
        if isinstance(column, VisitFact):
            mistakes.add(f"columns.{column.name}.visit", "needs records by visit")
