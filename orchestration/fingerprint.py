"""What a run's result depends on, as one short name: the same name means the same result."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

CODE_PACKAGES = ("meta_med", "data_contracts")
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
def code_version(without: frozenset[str] = frozenset()) -> str:
    """Hash of the science's and the gate's source, and of the libraries that could change a number.

    `without`: modules and packages of the science that are left out.
    """
    digest = hashlib.sha256()
    for package in CODE_PACKAGES:
        root = Path(str(files(package)))
        paths = sorted(path for path in root.rglob("*") if path.suffix in (".py", ".jinja"))
        for path in (p for p in paths if p.relative_to(root).parts[0].removesuffix(".py") not in without):
            digest.update(str(path.relative_to(root)).encode())
            digest.update(path.read_bytes())
    for library in LIBRARIES:
        # "+cpu" and the like name a build, not a version.
        digest.update(f"{library}=={version(library).split('+')[0]}".encode())
    return digest.hexdigest()[:LENGTH]


def fingerprint(data: Mapping[str, str], contract: str, study: str, code: str) -> str:
    """The run's name from the hashes of its inputs."""
    content = {"data": dict(data), "contract": contract, "study": study, "code": code}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:LENGTH]
