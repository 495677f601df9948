"""The keys that a study file may have: unknown ones are found before values are checked."""

import dataclasses
import difflib
import math
import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin, get_type_hints

TOO_LARGE = 2**53
"""From here on a floating-point number is no longer exact."""


def nearest(word: str, allowed: list[str]) -> str:
    """'; did you mean "scale"?' or the list of what is allowed."""
    if not allowed:
        return "there is none."
    close = difflib.get_close_matches(word, allowed, n=1, cutoff=0.5)
    return f'did you mean "{close[0]}"?' if close else f"allowed here: {', '.join(sorted(allowed))}."


def is_plain(value: Any) -> bool:
    """Whether JSON can represent the tree: text, numbers, booleans, null, lists, and mappings with text keys."""
    return not any(unplain_values(value)) and isinstance(
        value, (dict, list, str, int, float, bool, type(None))
    )


def unplain_values(value: Any, path: str = "") -> Iterator[str]:
    """One message for each value or key that JSON cannot represent, such as a date that YAML has parsed."""
    if isinstance(value, dict):
        for key, inner in value.items():
            dotted = f"{path}.{key}".lstrip(".")
            if not isinstance(key, str):
                yield f'"{dotted}": a key must be text; put it in quotes.'
            yield from unplain_values(inner, dotted)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from unplain_values(item, f"{path}[{position}]")
    elif isinstance(value, float) and not math.isfinite(value):
        yield f'"{path}" is {value}: it must be a finite number.'
    elif isinstance(value, int) and abs(value) >= TOO_LARGE:
        yield f'"{path}" is too large a number.'
    elif not isinstance(value, (str, int, float, type(None))):
        yield f'"{path}" must be text; put it in quotes.'


def unknown_keys(value: Any, expected: Any, path: str = "") -> Iterator[str]:
    """One message for each key that the dataclass `expected` does not have, at any depth."""
    for inner in _dataclasses_in(expected):
        if isinstance(value, dict):
            yield from _unknown_in_mapping(value, inner, path)
    for inner in _items_of(expected):
        if isinstance(value, list):
            for position, item in enumerate(value):
                yield from unknown_keys(item, inner, f"{path}[{position}]")


def _unknown_in_mapping(value: dict[Any, Any], expected: type, path: str) -> Iterator[str]:
    hints = get_type_hints(expected)
    for key, inner in value.items():
        dotted = f"{path}.{key}".lstrip(".")
        if key in hints:
            yield from unknown_keys(inner, hints[key], dotted)
        else:
            yield f'"{dotted}" is not a key of a study: {nearest(str(key), list(hints))}'


def _dataclasses_in(expected: Any) -> list[type]:
    if dataclasses.is_dataclass(expected) and isinstance(expected, type):
        return [expected]
    if get_origin(expected) in (Union, types.UnionType):
        return [kind for option in get_args(expected) for kind in _dataclasses_in(option)]
    return []


def _items_of(expected: Any) -> list[Any]:
    return [get_args(expected)[0]] if get_origin(expected) in (tuple, list) else []
