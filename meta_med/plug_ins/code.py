"""Versions and file hashes of the other distributions that a result depends on.

Their own dependencies are not hashed: a distribution should pin them in its own version.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from pathlib import Path

from meta_med.baselines.registry import BASELINES
from meta_med.learners.registry import LEARNERS
from meta_med.study import StudySpec


@dataclass(frozen=True)
class PlugIn:
    """A learner or baseline of another distribution.

    Attributes:
        kind: learner or baseline; name: as studies write it.
        distribution, version: which one provides it; sha256: of the distribution's files.

    """

    kind: str
    name: str
    distribution: str
    version: str
    sha256: str


def plug_ins_of(study: StudySpec) -> tuple[PlugIn, ...]:
    """The learners and baselines of a study that other distributions provide.

    Raises:
        PlugInError: a name is taken twice.

    """
    learners = LEARNERS.plug_ins(spec.name for spec in study.learners)
    baselines = BASELINES.plug_ins(study.baselines)
    return (
        *(_plug_in(LEARNERS.kind, entry) for entry in learners),
        *(_plug_in(BASELINES.kind, entry) for entry in baselines),
    )


def plug_in_facts(study: StudySpec) -> dict[str, list[dict[str, str]]]:
    """A study's plug-ins for the facts of a run and a release; empty where there are none."""
    found = [asdict(plug_in) for plug_in in plug_ins_of(study)]
    return {"plug_ins": found} if found else {}


def code_of_class(kind: type) -> str:
    """SHA-256 of each distribution that adds learners from this class's package; empty where none does."""
    package = kind.__module__.partition(".")[0]
    found = {_code(entry) for entry in LEARNERS.added() if entry.module.partition(".")[0] == package}
    return "".join(sorted(found))


def _plug_in(kind: str, entry: EntryPoint) -> PlugIn:
    return PlugIn(kind, entry.name, *_name_and_version(entry), _code(entry))


@cache
def _code(entry: EntryPoint) -> str:
    found = hashlib.sha256("".join(_name_and_version(entry)).encode())
    for name, path in sorted(_files(entry).items()):
        found.update(f"{name}\x1f{hashlib.sha256(path.read_bytes()).hexdigest()}\x1e".encode())
    return found.hexdigest()


def _name_and_version(entry: EntryPoint) -> tuple[str, str]:
    return ("", "") if entry.dist is None else (entry.dist.name, entry.dist.version)


def _files(entry: EntryPoint) -> dict[str, Path]:
    """Name -> file of the installed distribution and of the entry point's package.

    An editable installation lists no source files, so the package is looked up as well.
    """
    listed = () if entry.dist is None else (f for f in entry.dist.files or () if ".." not in f.parts)
    found = {str(file): Path(str(file.locate())) for file in listed}
    found |= {
        f"{root.name}/{path.relative_to(root)}": path for root in _roots(entry) for path in _below(root)
    }
    return {name: path for name, path in found.items() if path.is_file() and _is_code(path)}


def _is_code(path: Path) -> bool:
    """Whether a file is not one that an installer adds: bytecode, metadata, links of editable installations."""
    return not any(
        p == "__pycache__" or p.startswith("__editable__") or p.endswith(".dist-info") for p in path.parts
    )


def _below(root: Path) -> Iterator[Path]:
    return root.rglob("*") if root.is_dir() else iter((root,))


def _roots(entry: EntryPoint) -> list[Path]:
    """The outermost folder or file of the entry point's package that is not a namespace package."""
    parts = entry.module.split(".")
    for depth in range(1, len(parts) + 1):
        spec = find_spec(".".join(parts[:depth]))
        if spec is not None and spec.origin is not None:
            return [Path(place) for place in spec.submodule_search_locations or (spec.origin,)]
    return []
