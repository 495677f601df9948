"""Checkpoints: tensors as safetensors, everything else as JSON, and a manifest with the SHA-256 of both.

Nothing is unpickled. A file whose hash differs from the manifest's is refused.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from meta_med.study import ModelFailure

TENSORS, FACTS, MANIFEST = "tensors.safetensors", "facts.json", "manifest.json"


class CheckpointError(ModelFailure, RuntimeError):
    """A checkpoint is missing or partial, or a file differs from its manifest."""


def sha256(path: Path) -> str:
    """SHA-256 of a file, as hex digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def save(folder: Path, tensors: Mapping[str, Tensor], facts: Mapping[str, Any]) -> None:
    """Write a checkpoint folder; each file is renamed into place, the manifest last."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file({k: v.detach().contiguous().cpu() for k, v in tensors.items()}, folder / f".{TENSORS}")
    (folder / f".{FACTS}").write_text(json.dumps(dict(facts), sort_keys=True))
    manifest = {name: sha256(folder / f".{name}") for name in (TENSORS, FACTS)}
    (folder / f".{MANIFEST}").write_text(json.dumps(manifest, sort_keys=True))
    (folder / MANIFEST).unlink(missing_ok=True)
    for name in (TENSORS, FACTS, MANIFEST):
        os.replace(folder / f".{name}", folder / name)


def write_json(path: Path, facts: Mapping[str, Any]) -> None:
    """Write a JSON file and rename it into place, so that a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}")
    draft.write_text(json.dumps(facts))
    os.replace(draft, path)


def exists(folder: Path) -> bool:
    """Whether the folder holds a complete checkpoint."""
    return (folder / MANIFEST).is_file()


def load(folder: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Read a checkpoint.

    Returns:
        Tensors by name, and the JSON facts.

    Raises:
        CheckpointError: there is no manifest, a file differs from it, or is of another format.

    """
    if not exists(folder):
        raise CheckpointError(f"checkpoint {folder.name}: no manifest; the checkpoint is missing or partial")
    for name, expected in _manifest(folder).items():
        if not (folder / name).is_file() or sha256(folder / name) != expected:
            raise CheckpointError(f"checkpoint {folder.name}: {name} is not the file its manifest names")
    try:
        return load_file(folder / TENSORS), json.loads((folder / FACTS).read_bytes())
    except (SafetensorError, ValueError):
        raise CheckpointError(
            f"checkpoint {folder.name}: its files are no safetensors and JSON, and nothing else is read"
        ) from None


def _manifest(folder: Path) -> dict[str, str]:
    """File name -> SHA-256; a manifest must name exactly the two files of a checkpoint."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except ValueError:
        found = None
    if not isinstance(found, dict) or set(found) != {TENSORS, FACTS}:
        raise CheckpointError(f"checkpoint {folder.name}: the manifest is damaged")
    return found
