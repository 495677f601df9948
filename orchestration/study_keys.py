"""Which keys a study file may have: unknown ones are found before any value is judged."""

import dataclasses
import difflib
import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin, get_type_hints


def nearest(word: str, allowed: list[str]) -> str:
    """'; did you mean "scale"?' or the list of what is allowed."""
    close = difflib.get_close_matches(word, allowed, n=1, cutoff=0.5)
    return f'did you mean "{close[0]}"?' if close else f"allowed here: {', '.join(sorted(allowed))}."


def unknown_keys(value: Any, expected: Any, path: str = "") -> Iterator[str]:
    """One sentence for each key that the dataclass `expected` does not have, at any depth."""
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
