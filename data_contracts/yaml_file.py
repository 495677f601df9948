"""Read YAML files, and collect every mistake in a file so that its author can correct them all at once.

Repeated keys, aliases and merge keys are refused: YAML keeps the last of two values of one key, an alias (`*name`)
can refer to itself or expand to a billion entries, and a merge key (`<<`) hides which of two values is used. So are
numbers that YAML 1.1 reads as others than they look: 010 is 8 there, 1:30 is 90, and both may be codes.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import yaml

from data_contracts.errors import ContractError

_MERGE = "tag:yaml.org,2002:merge"
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_DECIMAL = re.compile(r"[-+]?((0|[1-9][0-9]*)|([0-9]*\.[0-9]+|[0-9]+\.)([eE][-+]?[0-9]+)?|\.(inf|nan))", re.I)
# libyaml's parser where PyYAML was built with it: the bundled contracts are read nine times as fast.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 50


class YamlMistakesError(ValueError):
    """The text cannot be used; `mistakes` lists the reasons, each with its key or line."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(self.mistakes))


def read_yaml(raw: bytes | str) -> dict[str, Any]:
    """Read the mapping in a YAML file.

    Args:
        raw: the bytes or the text of the file.

    Returns:
        The mapping, with plain values only.

    Raises:
        YamlMistakesError: the bytes are not UTF-8 or not plain YAML, contain no mapping, use aliases or merge keys,
            or repeat a key; all repeated keys are listed at once.

    """
    text = _text(raw)
    try:
        _check_events(text)
        node = yaml.compose(text, Loader=_Loader)
        hidden = list(_hidden(node))
        if hidden:
            raise YamlMistakesError(hidden)
        document = None if node is None else yaml.SafeLoader("").construct_document(node)
    except yaml.YAMLError as error:
        raise YamlMistakesError([_not_yaml(error)]) from None
    except (ValueError, OverflowError) as error:
        if isinstance(error, YamlMistakesError):
            raise
        # an invalid date such as 2020-02-31 without quotes; the error's own text may contain the value
        raise YamlMistakesError(["is not plain YAML: a value is not valid for its type"]) from None
    if not isinstance(document, dict):
        raise YamlMistakesError(["holds no mapping of keys"])
    return document


def _text(raw: bytes | str) -> str:
    if isinstance(raw, str):
        return raw
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise YamlMistakesError(["is not UTF-8 text; save it as UTF-8"]) from None


def _check_events(text: str) -> None:
    """Refuse aliases and excessive nesting before anything is constructed."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise YamlMistakesError(["YAML aliases (*name) are not allowed; write the values out"])
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise YamlMistakesError([f"is not plain YAML: it nests deeper than {_DEEPEST} levels"])


def _not_yaml(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    problem = getattr(error, "problem", None) or "it cannot be read"
    return f"is not plain YAML{where}: {problem}. Check indentation, quotes and brackets there"


def _hidden(node: yaml.Node | None, path: str = "") -> Iterator[str]:
    """One message for each repeated key of a mapping, merge key and number in disguise, at any depth."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            spelled, line = _key_text(key), key.start_mark.line + 1
            dotted = f"{path}.{spelled}".lstrip(".")
            if key.tag == _MERGE:
                yield f'"{dotted}" is a merge key (line {line}): write the values out.'
            if spelled in seen:
                yield f'"{dotted}" is written twice (line {line}): keep one.'
            seen.add(spelled)
            yield from _disguised(key, dotted)
            yield from _hidden(value, dotted)
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            yield from _hidden(item, f"{path}[{position}]")
    else:
        yield from _disguised(node, path)


def _disguised(node: yaml.Node | None, path: str) -> Iterator[str]:
    if isinstance(node, yaml.ScalarNode) and node.tag in _NUMBERS and not _DECIMAL.fullmatch(node.value):
        read = yaml.SafeLoader("").construct_object(node)
        yield (
            f'"{path}" (line {node.start_mark.line + 1}): YAML reads {node.value[:20]} as {read:.15g}. '
            "Write a number in decimals, or a text in quotes."
        )


def _key_text(key: yaml.Node) -> str:
    """The key as text, so that 1 and "1", 1 and 01, yes and true count as the same key."""
    if not isinstance(key, yaml.ScalarNode) or key.tag == _MERGE:
        return str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
    loader = yaml.SafeLoader("")
    value = loader.construct_object(key)
    return str(value) if not isinstance(value, float) or not value.is_integer() else str(int(value))


T = TypeVar("T")


class Mistakes:
    """The mistakes found so far in one file, to be raised together as one `error`."""

    def __init__(self, file: str, error: type[ContractError] = ContractError) -> None:
        self.file = file
        self._error = error
        self._found: list[str] = []

    def add(self, key: str, what: str) -> None:
        """Add a mistake at `key`; `what` describes it and what would be right."""
        self._found.append(f"{key}: {what}")

    def unknown_keys(self, key: str, given: Iterable[str], known: set[str]) -> None:
        """Add a mistake for each unknown key, with the nearest known one."""
        for word in given:
            if word not in known:
                near = get_close_matches(str(word), sorted(known), n=1)
                hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(sorted(known))}"
                self.add(f"{key}.{word}", f"is not a known key{hint}")

    def duplicates(self, key: str, names: Iterable[str]) -> None:
        """Add a mistake for each repeated name."""
        for name, count in Counter(names).items():
            if count > 1:
                self.add(f"{key}.{name}", f"appears {count} times")

    def expect(self, key: str, value: Any, kind: type[T], shape: str) -> T | None:
        """Return the value if it has the type; otherwise add a mistake and return None."""
        if isinstance(value, kind):
            return value
        self.add(key, f"must be {shape}")
        return None

    def time_zone(self, key: str, name: Any) -> None:
        """Add a mistake if the value is not the name of a time zone."""
        if not (isinstance(name, str) and is_time_zone(name)):
            self.add(key, f"{name!r} is not a time zone; write e.g. Europe/Paris")

    def raise_if_any(self) -> None:
        """Raise the error if there are mistakes."""
        if self._found:
            raise self._error(self.file, self._found)


def is_time_zone(name: str) -> bool:
    """Whether the IANA database has this name. Looks up one name: listing all of them reads hundreds of files."""
    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


def is_number(value: Any) -> bool:
    """Whether the value is a finite number; True and False are not numbers."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
