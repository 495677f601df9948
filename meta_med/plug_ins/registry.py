"""Classes by name: the built-in ones, and those that other distributions add by entry points.

An entry point (packaging.python.org, "Entry points specification") is a line `name = module:Class` in another
distribution's metadata. Its module is imported only when that name is loaded.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Generic, TypeVar

from meta_med.study import StudyMismatch

T = TypeVar("T")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
TAKEN = frozenset({"champion", "un_adapted", "chosen_baseline", "blend", "fallback"})
"""Reserved: predictors that combine others."""


class PlugInError(StudyMismatch):
    """A learner or baseline of another distribution cannot be used; the message names the distribution."""


@dataclass(frozen=True)
class Registry(Generic[T]):
    """Classes of one kind by name.

    Attributes:
        kind: the word for messages; group: of entry points.
        base: "module:Class" that every class derives from.
        built_in: name -> "module:Class" of the built-in ones.

    """

    kind: str
    group: str
    base: str
    built_in: Mapping[str, str]

    def names(self) -> tuple[str, ...]:
        """All names, the built-in ones first."""
        added = {entry.name for entry in self.added()}
        return (*self.built_in, *sorted(added - set(self.built_in)))

    def added(self) -> tuple[EntryPoint, ...]:
        """The entry points of all other distributions, including invalid ones."""
        return _entries(self.group, tuple(sys.path))

    def load(self, name: str) -> type[T]:
        """The class of this name, imported now.

        Raises:
            StudyMismatch: an unknown name; the known ones are listed.
            PlugInError: the class of another distribution cannot be loaded, does not derive from `base`, or its name
                is taken.

        """
        entry = self.plug_in(name)
        if entry is not None:
            return self._load(entry)
        if name not in self.built_in:
            raise StudyMismatch(f"{self.kind} {name!r} is unknown; known: {', '.join(self.names())}")
        found: type[T] = _object(self.built_in[name])
        return found

    def plug_in(self, name: str) -> EntryPoint | None:
        """The entry point that adds this name; None where it is built in or unknown.

        Raises:
            PlugInError: the name is taken or invalid.

        """
        found = [entry for entry in self.added() if entry.name == name]
        if not found:
            return None
        whose = " and ".join(sorted(distribution_of(entry) for entry in found))
        advice = "rename its entry point or uninstall it"
        if name in self.built_in:
            raise PlugInError(
                f"{self.kind} {name!r} comes with Meta-Med, and {whose} adds another: {advice}."
            )
        if len(found) > 1:
            raise PlugInError(f"{self.kind} {name!r} is added by {whose}: rename one, or uninstall it.")
        if name in TAKEN or not NAME.fullmatch(name):
            raise PlugInError(
                f"{self.kind} {name!r} of {whose}: a name has at most 40 lower-case letters, digits and _, begins "
                f"with a letter, and is none of {', '.join(sorted(TAKEN))}: {advice}."
            )
        return found[0]

    def plug_ins(self, names: Iterable[str]) -> list[EntryPoint]:
        """The entry points that add these names; built-in names are skipped.

        Raises:
            PlugInError: as `plug_in`.

        """
        found = (self.plug_in(name) for name in names)
        return [entry for entry in found if entry is not None]

    def _load(self, entry: EntryPoint) -> type[T]:
        who = f"{self.kind} {entry.name!r} of {distribution_of(entry)}"
        try:
            found = entry.load()
        except Exception as error:
            raise PlugInError(f"{who} cannot be loaded: {type(error).__name__}: {error}") from error
        if not (isinstance(found, type) and issubclass(found, _object(self.base))):
            raise PlugInError(f"{who}: {entry.value} is no subclass of {self.base.replace(':', '.')}.")
        return found


@cache
def _entries(group: str, path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    """All entry points of a group, cached per search path: reading takes tens of milliseconds."""
    del path
    return tuple(entry_points(group=group))


def distribution_of(entry: EntryPoint) -> str:
    """Name and version of the distribution that an entry point belongs to."""
    return "an unknown distribution" if entry.dist is None else f"{entry.dist.name} {entry.dist.version}"


def _object(where: str) -> Any:
    module, _, name = where.partition(":")
    return getattr(import_module(module), name)
