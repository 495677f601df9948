"""JSON Schema of a contract file, for editors that complete and check while the author types.

It is the model of the Open Data Contract Standard, restricted to what this gate supports: types, rule words with
their arguments, custom properties. `meta-med contract check` finds what a schema cannot express, such as a column
that does not exist or a bound of the wrong type.
"""

import json
from collections.abc import Mapping
from typing import Any, get_args

from data_contracts.contract.known_keys import FLAGS, INFORMATIVE_QUALITY_KEYS, NESTED, QUALITY_KEYS
from data_contracts.contract.logical_options import FORMATS, OPTIONS
from data_contracts.contract.model import Kind, Outcome, Role
from data_contracts.contract.rule_word import ArgumentKind, RuleWord, Scope
from data_contracts.contract.vocabulary import codes, vocabulary

_DRAFT = "http://json-schema.org/draft-07/schema#"
_BOUND = r"^(now(\s*[+-]\s*\d+\s*days?)?|\d{4}-\d{2}-\d{2}.*)$"
_VALUES = {"type": "array", "minItems": 1, "items": {"type": ["string", "number"]}}
_ARGUMENTS: dict[ArgumentKind, dict[str, Any]] = {
    "number": {"type": "number"},
    "share": {"type": "number", "minimum": 0, "maximum": 1},
    "bound": {
        "description": "A number, an ISO date in quotes, or now + N days.",
        "anyOf": [{"type": "number"}, {"type": "string", "pattern": _BOUND}],
    },
    "text": {"type": "string"},
    "column": {"type": "string", "description": "A column of this table."},
    "columns": {"type": "array", "items": {"type": "string"}, "description": "Columns of this table."},
    "values": _VALUES,
    "table": {"type": "string", "description": "Another table of this contract."},
    "flag": {"type": "boolean"},
    "any": {},
}
COMMON_ARGUMENTS: dict[str, dict[str, Any]] = {
    "where": {
        "type": "object",
        "description": "Only rows whose column has this value, or one of these.",
        "additionalProperties": {"anyOf": [{"type": ["string", "number"]}, _VALUES]},
    },
    "each_cohort": {
        "type": "boolean",
        "description": "Check each cohort by itself; for rules about whole tables.",
    },
    "outcome": {"enum": list(get_args(Outcome)), "description": "What happens if the rule is broken."},
    "code": {"enum": codes(), "description": "The code of its findings."},
    "counts_towards_limit": {
        "type": "boolean",
        "description": "false: rows held by this rule do not count towards maxQuarantineFraction.",
    },
    "releasable": {
        "type": "boolean",
        "description": "true: a named person may confirm rows held by this rule.",
    },
}
"""Arguments of every rule."""
TABLE_CUSTOM: dict[str, dict[str, Any]] = {
    "delimiter": {
        "type": "string",
        "minLength": 1,
        "maxLength": 1,
        "description": "Separator of the fields of a CSV file.",
    },
    "maxQuarantineFraction": {
        "type": "number",
        "minimum": 0,
        "maximum": 1,
        "description": "Largest share of rows that may be held back; with more, the delivery is rejected.",
    },
    "nullTokens": {"type": "array", "items": {"type": "string"}, "description": "Words read as missing."},
    "sentinels": {
        "type": "array",
        "items": {"type": "number"},
        "description": "Numbers that mean missing, if the hard range excludes them.",
    },
    "finalNewline": {
        "enum": ["required", "optional"],
        "description": "Whether the last line of a CSV file must end with a newline.",
    },
}
COLUMN_CUSTOM: dict[str, dict[str, Any]] = {
    "role": {
        "enum": [r for r in get_args(Role) if r],
        "description": "Subject, time, cohort, outcome, other identifier, follow-up time or its event.",
    },
    "optional": {"type": "boolean", "description": "true: the whole column may be missing."},
    "unit": {"type": "string"},
    "timezone": {"type": "string", "description": "Time zone of times without offset, e.g. Europe/Paris."},
    "alternativeUnits": {
        "type": "object",
        "additionalProperties": {"type": "number"},
        "description": "Other unit: factor from the column's unit to the other unit.",
    },
    "spellings": {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "description": "Spelling: the category it stands for.",
    },
}


_EXCLUSIVE = {"type": ["number", "boolean"]}
_OPTIONS_OF_NUMBERS: dict[str, dict[str, Any]] = {
    "minimum": {"type": "number"},
    "maximum": {"type": "number"},
    "exclusiveMinimum": _EXCLUSIVE,
    "exclusiveMaximum": _EXCLUSIVE,
    "multipleOf": {"type": "number", "exclusiveMinimum": 0},
}
_OPTIONS_OF_TEXT: dict[str, dict[str, Any]] = {
    "minLength": {"type": "integer", "minimum": 0},
    "maxLength": {"type": "integer", "minimum": 0},
    "pattern": {
        "type": "string",
        "format": "regex",
        "description": "Searched anywhere in the text; anchor it with ^ and $.",
    },
}
_OPTIONS_OF_TIME: dict[str, dict[str, Any]] = {
    "format": {"type": "string", "description": "A JDK format (dd.MM.yyyy) or a strptime format (%d.%m.%Y)."},
    "minimum": {"type": "string"},
    "maximum": {"type": "string"},
    "exclusiveMinimum": {"type": ["string", "boolean"]},
    "exclusiveMaximum": {"type": ["string", "boolean"]},
    "timezone": {"type": "boolean", "description": "true requires an offset in every cell."},
    "defaultTimezone": {
        "type": "string",
        "description": "Time zone of times without offset, e.g. Europe/Paris.",
    },
}


def editor_schema() -> dict[str, Any]:
    """The schema as plain values; deterministic."""
    from open_data_contract_standard.model import OpenDataContractStandard

    schema: dict[str, Any] = _plain(OpenDataContractStandard.model_json_schema())
    definitions = schema["$defs"]
    schema |= {
        "$schema": _DRAFT,
        "title": "Data contract of Meta-Med (Open Data Contract Standard v3)",
        "required": ["kind", "apiVersion", "id", "name", "version", "status", "schema"],
    }
    schema["properties"] |= {
        "kind": {"const": "DataContract"},
        "apiVersion": {"type": "string", "pattern": r"^v3\."},
        "schema": _list_of("SchemaObject", minItems=1, description="The tables."),
    }
    _narrow(definitions["SchemaObject"], "table", TABLE_CUSTOM, required=["name", "properties"])
    _narrow(definitions["SchemaProperty"], "column", COLUMN_CUSTOM, required=["name"])
    _narrow_columns(definitions["SchemaProperty"])
    definitions["Relationship"] |= {"additionalProperties": False, "required": ["to"]}
    definitions["SchemaObject"]["properties"]["logicalType"] = {"const": "object"}
    definitions["SchemaObject"]["properties"] |= {
        "properties": _list_of("SchemaProperty", minItems=1, description="The columns, in any order.")
    }
    definitions |= {_any_rule(name): shape for name, shape in COMMON_ARGUMENTS.items()}
    definitions |= {f"{scope} rule": _quality(scope, definitions["DataQuality"]) for scope in get_args(Scope)}
    return schema


def editor_schema_text() -> str:
    """The schema as the text of a JSON file."""
    return json.dumps(editor_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _plain(node: Any) -> Any:
    """Remove the generated titles and defaults, which would clutter an editor's hints."""
    if isinstance(node, list):
        return [_plain(n) for n in node]
    if not isinstance(node, dict):
        return node
    kept = {k: v for k, v in node.items() if not (k == "default" or (k == "title" and isinstance(v, str)))}
    return {k: _plain(v) for k, v in kept.items()}


def _narrow(definition: dict[str, Any], scope: Scope, custom: Mapping[str, Any], required: list[str]) -> None:
    """Allow only supported keys, and only the custom properties and rules of this scope."""
    definition |= {"additionalProperties": False, "required": required}
    definition["properties"] |= {
        "name": {"type": "string", "minLength": 1},
        "customProperties": {"type": "array", "items": _choice("property", "value", custom)},
        "quality": {"type": "array", "items": {"$ref": f"#/$defs/{scope} rule"}},
    }


def _narrow_columns(definition: dict[str, Any]) -> None:
    """Allow only flat columns of supported types, each type with its supported options."""
    properties = definition["properties"]
    for word in NESTED:
        del properties[word]
    properties |= {flag: {"type": "boolean"} for flag in FLAGS}
    properties["logicalType"] = {
        "enum": list(get_args(Kind)),
        "description": "How cells are read; the default is string.",
    }
    definition["allOf"] = [
        {
            "if": {"properties": {"logicalType": {"const": kind}}, "required": ["logicalType"]},
            "then": {"properties": {"logicalTypeOptions": _options(kind)}},
        }
        for kind in get_args(Kind)
    ]


def _options(kind: Kind) -> dict[str, Any]:
    shapes = {"date": _OPTIONS_OF_TIME, "timestamp": _OPTIONS_OF_TIME, "string": _OPTIONS_OF_TEXT}
    known = shapes.get(kind, _OPTIONS_OF_NUMBERS)
    format = {"format": {"enum": sorted(FORMATS[kind])}} if kind in FORMATS else {}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: known[name] for name in sorted(OPTIONS[kind]) if name in known} | format,
    }


def _choice(key: str, value: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """An object whose `key` is one of the known names and whose `value` has the schema of that name."""
    return {
        "type": "object",
        "required": [key, value],
        "properties": {key: {"enum": list(known)}},
        "allOf": [
            {"if": {"properties": {key: {"const": name}}}, "then": {"properties": {value: shape}}}
            for name, shape in known.items()
        ],
    }


def _quality(scope: Scope, standard: Mapping[str, Any]) -> dict[str, Any]:
    """One entry under `quality`: a rule of this gate, or a text for people."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["type"],
        "properties": {
            **{
                k: v
                for k, v in standard["properties"].items()
                if k in QUALITY_KEYS | INFORMATIVE_QUALITY_KEYS
            },
            "type": {"enum": ["custom", "text"]},
        },
        "if": {"properties": {"type": {"const": "custom"}}},
        "then": {
            "required": ["engine", "implementation"],
            "properties": {"engine": {"const": "meta-med"}, "implementation": _implementation(scope)},
        },
    }


def _implementation(scope: Scope) -> dict[str, Any]:
    words = {name: word for name, word in vocabulary().items() if word.scope == scope}
    return {
        "type": "object",
        "required": ["rule"],
        "properties": {
            "rule": {
                "enum": list(words),
                "description": "\n".join(f"{n}: {w.promise}" for n, w in words.items()),
            }
        },
        "allOf": [
            {"if": {"properties": {"rule": {"const": name}}, "required": ["rule"]}, "then": _arguments(word)}
            for name, word in words.items()
        ],
    }


def _arguments(word: RuleWord) -> dict[str, Any]:
    takes = {name: _ARGUMENTS[argument.kind] for name, argument in word.takes.items()}
    return {
        "description": f"{word.promise}; {word.code}, {word.outcome}",
        "additionalProperties": False,
        "required": list(word.required_arguments),
        "properties": {
            "rule": {},
            **takes,
            **{n: {"$ref": f"#/$defs/{_any_rule(n)}"} for n in COMMON_ARGUMENTS},
        },
    }


def _any_rule(argument: str) -> str:
    return f"{argument} of any rule"


def _list_of(definition: str, **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{definition}"}, **more}
