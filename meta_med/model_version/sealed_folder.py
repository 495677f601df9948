"""A sealed folder: a manifest with the SHA-256 of every file and facts about their origin; its name is their hash.

The same training gives the same name. A folder is complete once its manifest is there, and is never changed after.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from meta_med.study import ModelFailure

MANIFEST, FILES = "manifest.json", "files"
NAME_LENGTH = 16
READ_ONLY = 0o400


class ModelDamaged(ModelFailure):
    """A file of a model version is missing, is not the one that was sealed, or was added."""


def seal(folder: Path, facts: Mapping[str, Any]) -> str:
    """Write the manifest of a folder whose files are complete, force everything to the disk; the folder's name.

    Args:
        folder: the folder; facts: JSON-able, about the origin of its files, without a clock time.

    """
    files = {str(path.relative_to(folder)): sha256(path) for path in _files(folder)}
    text = json.dumps({**facts, FILES: files}, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    for path in _files(folder):
        path.chmod(READ_ONLY)
        force_to_disk(path)
    for path in (*(p for p in folder.rglob("*") if p.is_dir()), folder):
        force_to_disk(path)
    return name_of(text)


def move(draft: Path, place: Path) -> None:
    """Rename a sealed folder to its place, and force both entries to the disk."""
    draft.rename(place)
    force_to_disk(place.parent)


def name_of(manifest: str) -> str:
    """The name of the folder with this manifest."""
    return hashlib.sha256(manifest.encode()).hexdigest()[:NAME_LENGTH]


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of a sealed folder.

    Raises:
        ModelDamaged: it is missing, or is not the one that gave the folder its name.
        OSError: the disk or its permissions refuse; the folder may be sound.

    """
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise damaged(folder, MANIFEST) from None
    if name_of(text) != folder.name:
        raise damaged(folder, MANIFEST)
    return found


def verify(folder: Path) -> dict[str, Any]:
    """The manifest of a sealed folder, every file of which still has its hash.

    Raises:
        ModelDamaged: with the first file that is missing, changed or too many.

    """
    manifest = manifest_of(folder)
    more = {str(p.relative_to(folder)) for p in _files(folder)} - {*manifest[FILES], MANIFEST}
    if more:
        raise damaged(folder, min(more))
    for name, digest in manifest[FILES].items():
        path = folder / name
        if not path.is_file() or sha256(path) != digest:
            raise damaged(folder, name)
    return manifest


def sha256(path: Path) -> str:
    """SHA-256 of a file, as hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def damaged(folder: Path, name: str) -> ModelDamaged:
    """The error for a file that is missing or changed."""
    return ModelDamaged(
        f"E_MODEL_DAMAGED: {name} of model version {folder.name} in {folder.parent} is missing, changed or too many. "
        "The version is not used; the release before is still served. Put the folder back from a backup, train again "
        "(meta-med run --train), or promote another version (meta-med models list)."
    )


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def force_to_disk(path: Path) -> None:
    """Wait until the content of a file, or the entries of a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
