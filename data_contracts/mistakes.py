"""Gathering every mistake of a contract file, so that its author mends them in one go."""

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, TypeVar

from data_contracts.errors import ContractError

T = TypeVar("T")


class Mistakes:
    """The mistakes found so far in one file; `error` is what they end in."""

    def __init__(self, file: str, error: type[ContractError] = ContractError) -> None:
        self.file = file
        self._error = error
        self._found: list[str] = []

    def add(self, key: str, what: str) -> None:
        """Notes that `key` is wrong, and what would be right."""
        self._found.append(f"{key}: {what}")

    def unknown_keys(self, key: str, given: Iterable[str], known: set[str]) -> None:
        """Notes each key that nobody would read, with the nearest that is known."""
        for word in given:
            if word not in known:
                near = get_close_matches(str(word), sorted(known), n=1)
                hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(sorted(known))}"
                self.add(f"{key}.{word}", f"is no known key{hint}")

    def duplicates(self, key: str, names: Iterable[str]) -> None:
        """Notes each name that stands twice."""
        for name, count in Counter(names).items():
            if count > 1:
                self.add(f"{key}.{name}", f"stands {count} times")

    def expect(self, key: str, value: Any, kind: type[T], shape: str) -> T | None:
        """The value if it is of the kind; else None, and a mistake."""
        if isinstance(value, kind):
            return value
        self.add(key, f"must be {shape}")
        return None

    def raise_if_any(self) -> None:
        """Ends the reading if anything was wrong."""
        if self._found:
            raise self._error(self.file, self._found)


def is_number(value: Any) -> bool:
    """Whether it is a number that something can be compared with: no flag, no infinity, no NaN."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
