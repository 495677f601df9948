"""Checkpoints: tensors as safetensors, everything else as JSON, both named by a manifest with their hashes.

Nothing is ever unpickled. A file whose SHA-256 differs from the manifest's is refused.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors.torch import load_file, save_file
from torch import Tensor

from meta_med.study import ModelFailure

TENSORS, FACTS, MANIFEST = "tensors.safetensors", "facts.json", "manifest.json"


class CheckpointError(ModelFailure, RuntimeError):
    """A checkpoint that is missing, partial or not what its manifest says."""


def sha256(path: Path) -> str:
    """SHA-256 of a file, as hex digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def save(folder: Path, tensors: Mapping[str, Tensor], facts: Mapping[str, Any]) -> None:
    """Write a checkpoint; each file appears whole or not at all, the manifest last."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file({k: v.detach().contiguous().cpu() for k, v in tensors.items()}, folder / f".{TENSORS}")
    (folder / f".{FACTS}").write_text(json.dumps(dict(facts), sort_keys=True))
    manifest = {name: sha256(folder / f".{name}") for name in (TENSORS, FACTS)}
    (folder / f".{MANIFEST}").write_text(json.dumps(manifest, sort_keys=True))
    (folder / MANIFEST).unlink(missing_ok=True)
    for name in (TENSORS, FACTS, MANIFEST):
        os.replace(folder / f".{name}", folder / name)


def write_json(path: Path, facts: Mapping[str, Any]) -> None:
    """Write facts by rename: whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}")
    draft.write_text(json.dumps(facts))
    os.replace(draft, path)


def exists(folder: Path) -> bool:
    """Whether a complete checkpoint is there."""
    return (folder / MANIFEST).is_file()


def load(folder: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Read a checkpoint.

    Raises:
        CheckpointError: no manifest, or a file that differs from it.

    """
    if not exists(folder):
        raise CheckpointError(f"checkpoint {folder.name}: no manifest; the checkpoint is missing or partial")
    for name, expected in _manifest(folder).items():
        if not (folder / name).is_file() or sha256(folder / name) != expected:
            raise CheckpointError(f"checkpoint {folder.name}: {name} is not the file its manifest names")
    return load_file(folder / TENSORS), json.loads((folder / FACTS).read_text())


def _manifest(folder: Path) -> dict[str, str]:
    """File name -> SHA-256. A manifest that names other files than a checkpoint's vouches for nothing."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except ValueError:
        found = None
    if not isinstance(found, dict) or set(found) != {TENSORS, FACTS}:
        raise CheckpointError(f"checkpoint {folder.name}: the manifest is damaged")
    return found
