"""Digests of the inputs of meta-training: equal digests mean identical inputs.

Any object can be a source of episodes, so a digest covers its whole content recursively: numbers, tensors, arrays,
tables, and the attributes of every object, with the names of types. An object that cannot be inspected (a lock, an open
file) counts by its type only; `resumption` also compares the first episodes that a source draws. Only digests are
kept, never a value.
"""

import hashlib
import types
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

PACKAGE = Path(__file__).parents[1]
REFUSALS = (TypeError, ValueError, AttributeError, RuntimeError)  # raised by types that cannot be copied
PLAIN = (bool, int, float, complex, str, bytes, type(None), np.generic, torch.dtype, torch.device, torch.Size)


def digest(thing: object) -> str:
    """SHA-256 of the content of `thing`, the same in every process."""
    found = _Digest()
    found.add(thing)
    return found.hex()


@cache
def code_digest() -> str:
    """SHA-256 of this package's source and of the versions of torch and numpy."""
    found = hashlib.sha256("".join(f"{name}=={_version(name)}" for name in ("torch", "numpy")).encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        found.update(str(path.relative_to(PACKAGE)).encode() + path.read_bytes())
    return found.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library).split("+")[0]
    except PackageNotFoundError:
        return "unknown"


class _Digest:
    """A walk through an object: each part is hashed once, and by its number where it occurs again."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._seen: dict[int, int] = {}
        self._kept: list[object] = []  # keeps objects alive, so that no id is reused

    def hex(self) -> str:
        """The digest so far."""
        return self._hash.hexdigest()

    def add(self, thing: object) -> None:
        """Hash one more object."""
        if isinstance(thing, PLAIN):
            self._hash_words(type(thing).__name__, repr(thing))
            return
        if id(thing) in self._seen:
            self._hash_words("again", str(self._seen[id(thing)]))
            return
        self._seen[id(thing)] = len(self._seen)
        self._kept.append(thing)
        self._hash_words(type(thing).__module__, type(thing).__qualname__)
        self._hash_content(thing)

    def _hash_content(self, thing: object) -> None:
        if isinstance(thing, Tensor):
            self._tensor(thing)
        elif isinstance(thing, np.ndarray):
            self._array(thing)
        elif isinstance(thing, torch.Generator):
            self._tensor(thing.get_state())
        elif isinstance(thing, Mapping):
            self._each(part for pair in thing.items() for part in pair)
        elif isinstance(thing, (list, tuple)):
            self._each(thing)
        elif isinstance(thing, (set, frozenset)):
            self._hash_words("members", *sorted(digest(member) for member in thing))
        elif isinstance(thing, (type, types.ModuleType)):
            self._hash_words(
                "name", getattr(thing, "__module__", ""), getattr(thing, "__qualname__", thing.__name__)
            )
        elif isinstance(thing, types.FunctionType):
            self._function(thing)
        else:
            self._object(thing)

    def _each(self, parts: Iterable[object]) -> None:
        for part in parts:
            self.add(part)
        self._hash_words("end")

    def _tensor(self, tensor: Tensor) -> None:
        self._hash_words("tensor", str(tensor.dtype), str(tuple(tensor.shape)), str(tensor.requires_grad))
        if tensor.device.type != "meta" and tensor.layout == torch.strided:
            self._hash.update(_bytes_of(tensor))

    def _array(self, array: np.ndarray) -> None:
        self._hash_words("array", str(array.dtype), str(array.shape))
        if array.dtype.hasobject:
            self._each(array.ravel().tolist())
        else:
            self._hash.update(np.ascontiguousarray(array).data.cast("B") if array.size else b"")

    def _function(self, function: types.FunctionType) -> None:
        """A function by its code, defaults and closure, not by where it was defined."""
        self._code(function.__code__)
        cells = (cell.cell_contents for cell in function.__closure__ or ())
        self._each([function.__defaults__, function.__kwdefaults__, *cells])

    def _code(self, code: types.CodeType) -> None:
        self._hash_words("code", code.co_code.hex(), *code.co_names)
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                self._code(constant)
            else:
                self.add(constant)

    def _object(self, thing: object) -> None:
        """An object by its pickle protocol: constructor and state. One that cannot be copied counts by its type."""
        try:
            made: Any = thing.__reduce_ex__(4)
        except REFUSALS:
            self._hash_words("closed")
            return
        if isinstance(made, str):
            self._hash_words("named", made)
            return
        how, what, state, *items = (*made, None, None, None)[:5]
        self._methods(type(thing))
        self._each([how, what, _without_cached(thing, state), *(list(part or ()) for part in items)])

    def _methods(self, kind: type) -> None:
        """The code of a class from outside torch and this package, whose versions are hashed elsewhere."""
        if kind.__module__.split(".")[0] in {"torch", "meta_med", "builtins", "numpy", "pandas"}:
            return
        for name, member in sorted(vars(kind).items()):
            if isinstance(member, types.FunctionType):
                self._hash_words("method", name)
                self._code(member.__code__)

    def _hash_words(self, *words: str) -> None:
        self._hash.update("\x1f".join(words).encode("utf-8", "surrogatepass") + b"\x1e")


def _without_cached(thing: object, state: object) -> object:
    """The state without cached properties."""
    if not isinstance(state, dict):
        return state
    return {
        k: v for k, v in state.items() if not isinstance(getattr(type(thing), str(k), None), cached_property)
    }


def _bytes_of(tensor: Tensor) -> memoryview:
    plain = tensor.detach().cpu().contiguous().flatten()
    return plain.view(torch.uint8).numpy().data if plain.numel() else memoryview(b"")
