"""Every key of a study with its type, default, allowed range and meaning, from the dataclasses themselves.

A key's meaning is its line under `Attributes:` in the docstring of its dataclass. A key without one is an error, so no
key can be added that the reference and the schema do not explain.
"""

import dataclasses
import inspect
import re
from collections.abc import Iterator
from dataclasses import MISSING, dataclass
from typing import Any, Literal, get_args, get_origin, get_type_hints

from meta_med.learners.options import Range
from meta_med.study import StudySpec
from orchestration.study.limits import ANY, range_of

_ENTRY = re.compile(r"^    (\w+): (.*)$")
_CONTINUED = re.compile(r"^        (\S.*)$")
_TYPES = {str: "text", int: "whole number", float: "number", bool: "true or false", Any: "any value"}


class UndocumentedKeyError(Exception):
    """A dataclass of a study has a key without a meaning, or a meaning without a key."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """One key of a study file.

    Attributes:
        path: from the top of the file, with dots: `records.time.unit`.
        name: the last part of the path.
        hint: its type in Python; section: the dataclass of the keys below it, or None.
        required: whether a study needs it.
        default: its value where it is left out; None for no value.
        allowed: the range of its numbers; meaning: what it does.

    """

    path: str
    name: str
    hint: Any
    section: type | None
    required: bool
    default: Any
    allowed: Range
    meaning: str

    @property
    def type_text(self) -> str:
        """Its type in words."""
        return type_text(self.hint)


def keys(section: type = StudySpec, path: str = "") -> Iterator[Key]:
    """Every key of the section, each before the keys below it.

    Raises:
        UndocumentedKeyError: a key has no meaning, or a meaning no key.

    """
    for key in keys_of(section, path):
        yield key
        if key.section is not None:
            yield from keys(key.section, key.path)


def keys_of(section: type, path: str = "") -> Iterator[Key]:
    """The section's own keys, without those below them."""
    hints, said = get_type_hints(section), meanings(section)
    for field in dataclasses.fields(section):
        below = f"{path}.{field.name}".lstrip(".")
        required = field.default is MISSING and field.default_factory is MISSING
        yield Key(
            path=below,
            name=field.name,
            hint=hints[field.name],
            section=section_in(hints[field.name]),
            required=required,
            default=None if required else _default(field),
            allowed=range_of(below) if _is_number(hints[field.name]) else ANY,
            meaning=said[field.name],
        )


def meanings(section: type) -> dict[str, str]:
    """Key -> meaning, from the docstring of a dataclass.

    Raises:
        UndocumentedKeyError: they are not the dataclass's fields.

    """
    found: dict[str, str] = {}
    name = ""
    _, _, attributes = (inspect.getdoc(section) or "").partition("\nAttributes:\n")
    for line in attributes.splitlines():
        if entry := _ENTRY.match(line):
            name, found[entry[1]] = entry[1], entry[2]
        elif (more := _CONTINUED.match(line)) and name:
            found[name] += f" {more[1]}"
    known = [field.name for field in dataclasses.fields(section)]
    if wrong := sorted(set(known) ^ set(found)):
        raise UndocumentedKeyError(
            f"{section.__name__}: give each key a line under Attributes: in the docstring, and no other name; "
            f"these differ: {', '.join(wrong)}"
        )
    return {key: found[key] for key in known}


def section_in(hint: Any) -> type | None:
    """The dataclass in a type, also as an optional one or in a list; None where there is none."""
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return hint
    parts = () if get_origin(hint) is Literal else get_args(hint)
    return next((found for part in parts if (found := section_in(part)) is not None), None)


def is_list(hint: Any) -> bool:
    """Whether the file writes the type as a list."""
    return get_origin(hint) is tuple


def type_text(hint: Any) -> str:
    """A type in words: a list of numbers, one of `next`, `newest`."""
    if hint in _TYPES:
        return _TYPES[hint]
    if section_in(hint) is not None:
        return "list of sections" if is_list(hint) else "section"
    parts = [part for part in get_args(hint) if part not in (type(None), Ellipsis)]
    if get_origin(hint) is Literal:
        return "one of " + ", ".join(f"`{part}`" for part in parts)
    if get_origin(hint) is dict:
        return f"mapping of text to {type_text(parts[1])}"
    if is_list(hint):
        length = "" if Ellipsis in get_args(hint) else f"{len(parts)} "
        return f"list of {length}{_plural(type_text(parts[0]))}"
    return " or ".join(dict.fromkeys(type_text(part) for part in parts))


def _plural(words: str) -> str:
    if words.startswith("one of "):
        return words.removeprefix("one of ")
    return words if words == "text" else f"{words}s"


def _default(field: "dataclasses.Field[Any]") -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _is_number(hint: Any) -> bool:
    """Whether numbers are in the type: itself, in a list, or in a mapping."""
    if get_origin(hint) is Literal or section_in(hint) is not None:
        return False
    return hint in (int, float) or any(_is_number(part) for part in get_args(hint))
