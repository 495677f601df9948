"""One JSON object as a row of a schema, where a server has written it otherwise than the standard says.

Taken is only what has one meaning: the digits of a number where a text should be, a number in quotation marks, a
list of one where one thing should be, one thing where a list should be. An object that names a part twice, and says
two things about it, has no meaning.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$")
_BLANK = " \t\r\n\ufeff\u00a0"


class UnfitError(ValueError):
    """The object says nothing that the schema can hold."""


class _Number(str):
    """The digits of a number as they are written."""


class _Twice:
    """Stands for a part that is named twice."""


def fitted(line: bytes, schema: Any) -> dict[str, Any] | None:
    """The row; None for a blank line.

    Raises `UnfitError` where the line is no JSON object that fits.
    """
    try:
        text = line.decode("utf-8").strip(_BLANK)
        found = (
            json.loads(
                text,
                object_pairs_hook=_without_twins,
                parse_int=_Number,
                parse_float=_Number,
                parse_constant=_refused,
            )
            if text
            else None
        )
        if not text:
            return None
        if not isinstance(found, dict):
            raise UnfitError
        return {field.name: _fit(found.get(field.name), field.type) for field in schema}
    except (ValueError, RecursionError):
        raise UnfitError from None


def _without_twins(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = value if name not in found or found[name] == value else _Twice()
    return found


def _refused(_: str) -> Any:
    raise UnfitError


def _fit(value: Any, kind: Any) -> Any:
    import pyarrow as pa

    if value is None:
        return None
    if pa.types.is_list(kind):
        return [_fit(item, kind.value_type) for item in (value if isinstance(value, list) else [value])]
    if pa.types.is_struct(kind):
        return _struct(_the_one(value), kind)
    return _scalar(_the_one(value), kind)


def _the_one(value: Any) -> Any:
    """What a list of one holds; a list of several has no one meaning."""
    if not isinstance(value, list):
        return value
    held = [item for item in value if item is not None]
    if len(held) > 1:
        raise UnfitError
    return held[0] if held else None


def _struct(value: Any, kind: Any) -> Any:
    names = {field.name for field in kind}
    if type(value) is str and "coding" in names:
        # a status that was a mere code in earlier versions of FHIR
        value = {"coding": [{"code": value}]}
    if value is None:
        return None
    if not isinstance(value, dict):
        raise UnfitError
    if "code" in names and "coding" not in names and "code" not in value and "coding" in value:
        # a coding that has become a concept in later versions of FHIR
        return _struct(_the_one(value["coding"]), kind)
    return {field.name: _fit(value.get(field.name), field.type) for field in kind}


def _scalar(value: Any, kind: Any) -> Any:
    import pyarrow as pa

    if value is None:
        return None
    if pa.types.is_string(kind) and isinstance(value, str):
        value.encode("utf-8")
        return str(value)
    if pa.types.is_floating(kind) and isinstance(value, str) and _NUMBER.match(value):
        return float(value)
    if pa.types.is_boolean(kind) and (isinstance(value, bool) or value in ("true", "false")):
        return value in (True, "true")
    raise UnfitError
