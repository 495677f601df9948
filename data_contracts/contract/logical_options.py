"""`logicalTypeOptions` of the standard: each becomes a rule or a parsing option, or is refused. None is ignored."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from data_contracts.contract.date_format import FormatError, strptime_format
from data_contracts.contract.model import Kind
from data_contracts.yaml_file import Mistakes, is_number

_BOUNDS = {"minimum": "min", "maximum": "max", "exclusiveMinimum": "above", "exclusiveMaximum": "below"}
"""Option -> argument of `hard_range`."""
_NUMERIC = frozenset({*_BOUNDS, "multipleOf", "format"})
OPTIONS: dict[Kind, frozenset[str]] = {
    "string": frozenset({"minLength", "maxLength", "pattern", "format"}),
    "number": _NUMERIC,
    "integer": _NUMERIC,
    "date": frozenset({*_BOUNDS, "format"}),
    "timestamp": frozenset({*_BOUNDS, "format", "timezone", "defaultTimezone"}),
}
"""The supported options of each kind of column."""
_UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
FORMATS: dict[Kind, dict[str, Mapping[str, Any]]] = {
    "string": {"uuid": {"regex": _UUID}},
    "number": {"f64": {}, "f32": {"min": -3.4028234663852886e38, "max": 3.4028234663852886e38}},
    "integer": {
        **{f"i{n}": {"min": -(2 ** (n - 1)), "max": 2 ** (n - 1) - 1} for n in (8, 16, 32)},
        **{f"u{n}": {"min": 0, "max": 2**n - 1} for n in (8, 16, 32)},
        **{key: {} for key in ("i64", "i128")},
        **{key: {"min": 0} for key in ("u64", "u128")},
    },
}
"""Format -> arguments of the rule that checks it; {} if every value that the gate accepts has this format."""
RuleRequest = tuple[str, dict[str, Any]]
"""Name of a rule word, and its arguments."""


def options_of(entry: Mapping[str, Any], kind: Kind, key: str, mistakes: Mistakes) -> Mapping[str, Any]:
    """The column's options; an option that its kind does not have, or without a value, is a mistake."""
    written = entry.get("logicalTypeOptions") or {}
    mistakes.unknown_keys(f"{key}.logicalTypeOptions", written, set(OPTIONS[kind]))
    known = {k: v for k, v in written.items() if k in OPTIONS[kind]}
    for option in (k for k, v in known.items() if v is None):
        mistakes.add(f"{key}.logicalTypeOptions.{option}", "is empty; write its value or leave it out")
    return {k: v for k, v in known.items() if v is not None}


def time_format(options: Mapping[str, Any], kind: Kind, key: str, mistakes: Mistakes) -> str:
    """The `strptime` format of dates or timestamps; "" is ISO 8601."""
    if kind not in {"date", "timestamp"} or "format" not in options:
        return ""
    try:
        return strptime_format(str(options["format"]), kind)
    except FormatError as error:
        mistakes.add(f"{key}.logicalTypeOptions.format", str(error))
        return ""


def time_zone(options: Mapping[str, Any], own: str, format: str, key: str, mistakes: Mistakes) -> str:
    """Time zone of timestamps without offset: from `customProperties`, or the standard's `defaultTimezone`."""
    key = f"{key}.logicalTypeOptions"
    default, has_offset = options.get("defaultTimezone"), options.get("timezone")
    if default is not None:
        mistakes.time_zone(f"{key}.defaultTimezone", default)
    if default is not None and own and default != own:
        mistakes.add(f"{key}.defaultTimezone", f"contradicts the custom property timezone: {own}")
    zone = own or str(default or "")
    if has_offset is not None and not isinstance(has_offset, bool):
        mistakes.add(f"{key}.timezone", "must be true or false; the zone itself is defaultTimezone")
    elif has_offset is True and (zone or (format and "%z" not in format)):
        what = "a zone for times without offset" if zone else "a format without offset"
        mistakes.add(f"{key}.timezone", f"true requires an offset in every cell, which contradicts {what}")
    elif has_offset is False and not zone:
        mistakes.add(f"{key}.timezone", "false: times without offset need a time zone; add defaultTimezone")
    return zone


def rules_of_options(
    options: Mapping[str, Any], kind: Kind, key: str, mistakes: Mistakes
) -> Iterator[RuleRequest]:
    """The rules that follow from the options."""
    key = f"{key}.logicalTypeOptions"
    if bounds := _bounds(options, kind, key, mistakes):
        yield "hard_range", bounds
    if "multipleOf" in options and _is(options, "multipleOf", key, mistakes, _positive, "a number above 0"):
        yield "multiple_of", {"of": options["multipleOf"]}
    lengths = {
        argument: options[option]
        for option, argument in (("minLength", "min"), ("maxLength", "max"))
        if option in options and _is(options, option, key, mistakes, _length, "a whole number, 0 or more")
    }
    if lengths:
        if lengths.get("min", 0) > lengths.get("max", lengths.get("min", 0)):
            mistakes.add(key, "has a minLength above its maxLength: no text could satisfy both")
        yield "length", lengths
    if "pattern" in options and _is_regex(options["pattern"], f"{key}.pattern", mistakes):
        yield "pattern", {"regex": _whole(options["pattern"])}
    if "format" in options and kind in FORMATS:
        yield from _of_format(options["format"], kind, f"{key}.format", mistakes)


def _bounds(options: Mapping[str, Any], kind: Kind, key: str, mistakes: Mistakes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for option, argument in _BOUNDS.items():
        if option not in options:
            continue
        bound = options[option]
        if isinstance(bound, bool) and argument in {"above", "below"}:
            # version 3.0 of the standard: a flag that excludes the bound itself
            plain = {"above": "min", "below": "max"}[argument]
            if bound and plain in found:
                found[argument] = found.pop(plain)
            elif bound:
                mistakes.add(f"{key}.{option}", f"true needs {'minimum' if plain == 'min' else 'maximum'}")
        elif (usable := _bound(bound, kind)) is not None:
            found[argument] = usable
        else:
            what = "a number" if kind in {"number", "integer"} else "an ISO date in quotes"
            mistakes.add(f"{key}.{option}", f"must be {what}")
    return found


def _bound(bound: Any, kind: Kind) -> Any:
    """The bound as an argument of a rule; None if it does not have the column's kind."""
    if kind in {"number", "integer"}:
        return bound if is_number(bound) else None
    if isinstance(bound, date):  # YAML parses a date without quotes
        return bound.isoformat()
    try:
        return datetime.fromisoformat(bound).isoformat()
    except (TypeError, ValueError):
        return None


def _of_format(written: Any, kind: Kind, key: str, mistakes: Mistakes) -> Iterator[RuleRequest]:
    formats = FORMATS[kind]
    if not isinstance(written, str) or written not in formats:
        what = "write a rule 'pattern' instead" if kind == "string" else "leave it out"
        mistakes.add(key, f"{written!r} is not checked here; {what} (checked: {', '.join(formats)})")
    elif formats[written]:
        yield "pattern" if kind == "string" else "hard_range", dict(formats[written])


def _whole(pattern: str) -> str:
    """The standard searches its pattern anywhere in the text (ECMA-262); our rule matches the whole text."""
    inner = re.fullmatch(r"\^(.*(?<!\\))\$", pattern, re.DOTALL)
    ascii_only = "(?a:%s)" if "\\" in pattern else "(?:%s)"  # in ECMA-262, \d and \w match ASCII only
    if inner and "|" not in inner[1]:
        return ascii_only % inner[1] if "\\" in pattern else inner[1]
    return f"(?s:.*){ascii_only % pattern}(?s:.*)"


def _is_regex(pattern: Any, key: str, mistakes: Mistakes) -> bool:
    try:
        re.compile(pattern)
    except (re.error, TypeError) as error:
        mistakes.add(key, f"is not a regular expression of Python: {error}")
        return False
    return True


def _is(options: Mapping[str, Any], option: str, key: str, mistakes: Mistakes, fits: Any, what: str) -> bool:
    if not fits(options[option]):
        mistakes.add(f"{key}.{option}", f"must be {what}")
    return bool(fits(options[option]))


def _positive(value: Any) -> bool:
    return is_number(value) and value > 0


def _length(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
