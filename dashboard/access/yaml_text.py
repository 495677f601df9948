"""Reading YAML of which every mistake matters: a key twice, a word that YAML reads as something else.

A reader of its own, because the dashboard imports nothing of the contracts, whose `yaml_file` reads all other files.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

LARGEST = 1_000_000


class AccessFileError(Exception):
    """The access file cannot be used; nobody has access until it is mended."""

    code = "E_ACCESS_FILE"


class Mistakes:
    """Collects what is wrong with a file, each with its key; what is asked for is given back in a usable form."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[str] = []

    def add(self, place: str, text: str) -> None:
        """One mistake."""
        self.found.append(f"{self.file}: {place} {text}.")

    def refuse(self) -> None:
        """Raises `AccessFileError` where there is any mistake."""
        if self.found:
            raise AccessFileError("\n".join(self.found))

    def unknown(self, content: Mapping[str, Any], known: Iterable[str], place: str) -> None:
        """Keys that mean nothing."""
        for key in sorted(set(content) - set(known)):
            name = f"{place}.{key}" if place else key
            self.add(name, f"is unknown; known are {', '.join(sorted(known))}")

    def mapping(self, content: object, place: str) -> dict[str, Any]:
        """A mapping with texts as keys."""
        if not isinstance(content, dict):
            self.add(place, "is missing" if content is None else "is not a mapping of keys to values")
            return {}
        for key in content:
            if not isinstance(key, str):
                self.add(f"{place}.{key}", f'has a key that YAML does not read as text: write "{key}"')
        return {str(key): value for key, value in content.items()}

    def listed(self, content: object, place: str) -> list[Any]:
        """A list that is not empty."""
        if not isinstance(content, list) or not content:
            self.add(place, "is missing" if content is None else "is not a list with an entry")
            return []
        return content

    def text(self, content: object, place: str) -> str:
        """A text that is not empty."""
        if isinstance(content, str) and content.strip():
            return content.strip()
        self.add(place, "is missing" if content is None else f'is no text: write it in quotes, "{content}"')
        return ""

    def texts(self, content: object, place: str) -> tuple[str, ...]:
        """A text, or a list of texts."""
        several = content if isinstance(content, list) else [content]
        if not several:
            self.add(place, "is an empty list")
        return tuple(self.text(one, place) for one in several)

    def number(self, content: object, place: str) -> float:
        """A number above 0."""
        if isinstance(content, int | float) and not isinstance(content, bool) and 0 < content < float("inf"):
            return float(content)
        self.add(place, "is not a number above 0")
        return 0.0

    def choice(self, content: object, choices: Iterable[str], place: str) -> str:
        """One of the choices."""
        names = [str(choice) for choice in choices]
        if isinstance(content, str) and content in names:
            return content
        self.add(place, f"is {'missing' if content is None else 'unknown'}; write one of {', '.join(names)}")
        return ""


class _Strict(yaml.SafeLoader):
    """A safe loader that refuses a key that stands twice: the second would quietly win."""


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for key in keys:
        if not isinstance(key, str | int | float | bool | None) or keys.count(key) > 1:
            raise AccessFileError(f"line {node.start_mark.line + 1}: key {key!r} stands twice or is no text")
    return loader.construct_mapping(node, deep=True)


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_mapping(path: Path) -> dict[str, Any]:
    """The content of a YAML file, read without any code in it being run.

    Raises:
        AccessFileError: it cannot be read, or is no mapping.

    """
    try:
        content = path.read_bytes()
    except OSError:
        raise AccessFileError(
            f"{path}: the file cannot be read. Name the access file with --access."
        ) from None
    if len(content) > LARGEST:
        raise AccessFileError(f"{path.name}: the file is larger than 1 MB, so it is no access file.")
    try:
        found = _Strict(content).get_single_data()
    except AccessFileError as error:
        raise AccessFileError(f"{path.name}: {error}.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark is not None else ""
        raise AccessFileError(f"{path.name}{where}: this is not YAML, or has a tag of a program.") from None
    if not isinstance(found, dict):
        raise AccessFileError(f"{path.name}: the file is no mapping of keys to values.")
    return (
        Mistakes(path.name).mapping(found, path.name)
        if all(isinstance(k, str) for k in found)
        else _bad(path)
    )


def _bad(path: Path) -> dict[str, Any]:
    raise AccessFileError(
        f"{path.name}: a key is no text. Write keys in quotes where YAML reads them as others."
    )
