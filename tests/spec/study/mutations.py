"""Every value of a study written otherwise: of a wrong kind, out of all measure, empty, or something else's."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from orchestration.study.bundled import bundled_studies

EXAMPLE = Path(__file__).parents[3] / "docs" / "example" / "asthma_study.yaml"
FILES = {**bundled_studies(), "asthma": EXAMPLE}
Key = tuple[str | int, ...]

TO: dict[str, Any] = {
    "nothing": None,
    "true": True,
    "a word": "zzz",
    "an empty text": "",
    "a blank": " ",
    "a control character": "a\x00b",
    "a number in quotes": "3",
    "minus one": -1,
    "minus a half": -0.5,
    "zero": 0,
    "a third": 1 / 3,
    "three": 3,
    "NaN": float("nan"),
    "infinity": float("inf"),
    "minus infinity": float("-inf"),
    "a billion": 10**9,
    "beyond all numbers": 10**400,
    "an empty list": [],
    "a list of it": ...,
    "an empty mapping": {},
    "a mapping": {"zzz": 1},
    "a path upwards": "../../../etc/passwd",
    "a path in full": "/etc/passwd",
    "a URL": "https://example.org/x.csv",
}


@dataclass(frozen=True)
class Mutation:
    """One value of one bundled study, and what is written in its place."""

    study: str
    key: Key
    to: str

    @property
    def dotted(self) -> str:
        return "".join(f"[{k}]" if isinstance(k, int) else f".{k}" for k in self.key).lstrip(".")

    @property
    def pattern(self) -> str:
        """The key without positions, and without names that the study's author chose."""
        free = {"sources", "mappings", "where", "where_not", "between", "unit_days", "person", "groups", "values",
                "bands", "per_minute"}  # fmt: skip
        parts: list[str] = []
        for k in self.key:
            if isinstance(k, str) and not (parts and parts[-1] in free):
                parts.append(k)
        return ".".join(parts)

    def tree(self) -> dict[str, Any]:
        """The study, so changed."""
        changed = copy.deepcopy(tree_of(self.study))
        place: Any = changed
        for part in self.key[:-1]:
            place = place[part]
        value = TO[self.to]
        place[self.key[-1]] = [place[self.key[-1]]] if value is ... else copy.deepcopy(value)
        return changed


_trees: dict[str, dict[str, Any]] = {}


def tree_of(study: str) -> dict[str, Any]:
    if study not in _trees:
        _trees[study] = yaml.safe_load(FILES[study].read_text())
    return _trees[study]


def keys(value: Any, path: Key = ()) -> Iterator[Key]:
    """Every place in the tree that holds something, the leaves and what holds them."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from keys(inner, (*path, key))
    if isinstance(value, list):
        for position, inner in enumerate(value):
            yield from keys(inner, (*path, position))


def mutations(study: str) -> list[Mutation]:
    return [Mutation(study, key, to) for key in keys(tree_of(study)) for to in TO]
