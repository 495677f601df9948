"""Types of a study's values and missing keys, checked by pydantic, and their mistakes in plain words."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from meta_med.study import StudySpec


@cache
def adapter() -> TypeAdapter[StudySpec]:
    """The parser of a study; built once, because that takes longer than to read a study."""
    return TypeAdapter(StudySpec)


def typed_mistakes(error: ValidationError, tree: dict[str, Any]) -> list[str]:
    """One message for each key; what each type of a union wants is one message together."""
    found: dict[str, list[str]] = {}
    for one in error.errors():
        found.setdefault(_dotted(one["loc"], tree), []).append(_advice(one["type"], one["msg"]))
    return [f'"{key}": {", or ".join(a.rstrip(".") for a in advice)}.' for key, advice in found.items()]


def _dotted(location: tuple[int | str, ...], tree: Any) -> str:
    """The path of a value in the tree; pydantic's names for the types of a union are no part of it."""
    shown, node = "", tree
    for part in location:
        if isinstance(node, dict):
            shown, node = f"{shown}.{part}", node.get(str(part))
        elif isinstance(node, list) and isinstance(part, int):
            # a tuple that is too short has no value at the place of the mistake
            shown, node = f"{shown}[{part}]", node[part] if part < len(node) else None
    return shown.lstrip(".")


def _advice(kind: str, message: str) -> str:
    if kind in ("missing", "missing_keyword_only_argument"):
        return "is required and missing; add it."
    if kind == "string_type":
        return 'must be text; put it in quotes, as in "0".'
    return f"{message[0].lower()}{message[1:]}.".replace("a valid array", "a list")
