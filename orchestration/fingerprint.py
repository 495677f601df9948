"""What a run's result depends on, as one short name: the same name means the same result."""

import hashlib
import json
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

SCIENCE = ("meta_med", "data_contracts")
EVERYTHING = (*SCIENCE, "orchestration")
NO_CODE = frozenset({"bundled", "contracts", "bench", "command", "results", "studies"})
"""What is hashed by itself where a run uses it (tables, contracts, studies), or only shows what a run has left."""
LIBRARIES = ("numpy", "pandas", "scipy", "scikit-learn", "torch", "pyarrow", "great-expectations")
LENGTH = 16
AFTER_SCORES = frozenset({"evaluate", "judging", "watching", "release_frames", "bench", "published"})
"""Modules of the science that only read scores, or work elsewhere: changing them changes no cross-fitted score."""


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes; of a folder, that of its files' names and hashes."""
    if path.is_dir():
        listed = "".join(f"{sha256_of(part)}  {part.name}\n" for part in sorted(path.iterdir()))
        return hashlib.sha256(listed.encode()).hexdigest()
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@cache
def code_version(without: frozenset[str] = frozenset(), packages: tuple[str, ...] = EVERYTHING) -> str:
    """Hash of all that decides a result: the packages' source, the weights that come with them, and libraries.

    `without`: modules and packages that are left out.
    """
    digest = hashlib.sha256()
    for package in packages:
        root = Path(str(files(package)))
        for path in _files_of(root, without | NO_CODE):
            digest.update(f"{package}/{path.relative_to(root)}".encode())
            digest.update(path.read_bytes())
    digest.update(f"python=={sys.version_info.major}.{sys.version_info.minor}".encode())
    for library in LIBRARIES:
        # "+cpu" and the like name a build, not a version.
        digest.update(f"{library}=={version(library).split('+')[0]}".encode())
    return digest.hexdigest()[:LENGTH]


def _files_of(root: Path, without: frozenset[str]) -> list[Path]:
    """Every file of a package, also those that are no Python: learners begin with weights that were shipped."""
    found = sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return [p for p in found if p.relative_to(root).parts[0].removesuffix(".py") not in without]


def fingerprint(data: Mapping[str, str], contract: str, study: str, code: str) -> str:
    """The run's name from the hashes of its inputs."""
    content = {"data": dict(data), "contract": contract, "study": study, "code": code}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:LENGTH]
