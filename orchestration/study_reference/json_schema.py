"""JSON Schema of a study file, for editors that complete and check while the author types.

Types are pydantic's; ranges and meanings are those of `study_reference.key_docs`. `meta-med study check` finds what a
schema cannot express, such as a column that the contract does not have.
"""

import json
from typing import Any

from pydantic import TypeAdapter

from meta_med.baselines.registry import BASELINES, ON_SERIES
from meta_med.learners.options import Allowed, LearnerOptions, Range
from meta_med.learners.registry import BUILT_IN, LEARNERS, options_class
from meta_med.study import LearnerSpec, StudySpec
from orchestration.study.limits import ANY
from orchestration.study_reference.key_docs import Key, is_list, keys_of

SCHEMA_FILE = "study.schema.json"
_DRAFT = "http://json-schema.org/draft-07/schema#"


def editor_schema() -> dict[str, Any]:
    """The schema as plain values; deterministic for the learners and baselines that are installed."""
    head = {"$schema": _DRAFT, "title": "Study of Meta-Med"}
    schema = head | _section(StudySpec, "")
    schema["properties"]["baselines"]["items"] = {"enum": list(BASELINES.names())}
    return schema


def editor_schema_text() -> str:
    """The schema as the text of a JSON file."""
    return json.dumps(editor_schema(), indent=1, ensure_ascii=False) + "\n"


def _section(section: type, path: str) -> dict[str, Any]:
    own = list(keys_of(section, path))
    found = {
        "type": "object",
        "additionalProperties": False,
        "required": [key.name for key in own if key.required],
        "properties": {key.name: {"description": key.meaning, **_shape(key)} for key in own},
    }
    return found | (_learners(found) if section is LearnerSpec else {})


def _shape(key: Key) -> dict[str, Any]:
    if key.section is not None:
        below = _section(key.section, key.path)
        return {"type": "array", "items": below} if is_list(key.hint) else below
    shape: dict[str, Any] = _bounded(_without_null(TypeAdapter(key.hint).json_schema()), key.allowed)
    return shape if key.required or key.default is None else shape | {"default": key.default}


def _without_null(shape: dict[str, Any]) -> dict[str, Any]:
    """Without the alternative "null": a key without a value is left out of the file."""
    kinds = [kind for kind in shape.get("anyOf", []) if kind != {"type": "null"}]
    rest = {name: inner for name, inner in shape.items() if name != "anyOf"}
    return rest | (kinds[0] if len(kinds) == 1 else {"anyOf": kinds} if kinds else {})


def _bounded(node: Any, allowed: Range) -> Any:
    """With the range on every number in it, and lists of a fixed length in the words of draft 07."""
    if isinstance(node, list):
        return [_bounded(inner, allowed) for inner in node]
    if not isinstance(node, dict):
        return node
    bounds = _bounds(allowed) if node.get("type") in ("number", "integer") and allowed != ANY else {}
    words = {"items" if name == "prefixItems" else name: inner for name, inner in node.items()}
    return {name: _bounded(inner, allowed) for name, inner in words.items()} | bounds


def _bounds(allowed: Range) -> dict[str, float]:
    low = "exclusiveMinimum" if allowed.above else "minimum"
    high = "exclusiveMaximum" if allowed.below else "maximum"
    return {low: allowed.least, high: allowed.most}


def _learners(section: dict[str, Any]) -> dict[str, Any]:
    """The names of installed learners, and the options of each built-in one."""
    name = section["properties"]["name"] | {"enum": list(dict.fromkeys((*LEARNERS.names(), *ON_SERIES)))}
    return {
        "properties": section["properties"] | {"name": name},
        "allOf": [
            {
                "if": {"properties": {"name": {"const": learner}}, "required": ["name"]},
                "then": {"properties": {"options": _options(options_class(learner))}},
            }
            for learner in BUILT_IN
        ],
    }


def _options(known: type[LearnerOptions]) -> dict[str, Any]:
    defaults = known.defaults()
    return {
        "additionalProperties": False,
        "properties": {option: _option(known.allowed(option)) for option in defaults},
    }


def _option(allowed: Allowed) -> dict[str, Any]:
    if allowed.words:
        return {"enum": list(allowed.words)}
    if allowed.range is None:
        return {"type": "boolean"}
    return {"type": "integer" if allowed.is_whole else "number", **_bounds(allowed.range)}
