"""Checkpoints: whole or refused, and never a pickle."""

import json
from pathlib import Path

import pytest
import torch

from meta_med import checkpoints
from meta_med.checkpoints import FACTS, MANIFEST, TENSORS, CheckpointError

STATE = {"w": torch.arange(6.0).reshape(2, 3), "n": torch.tensor(3)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    checkpoints.save(tmp_path / "learner-0", STATE, {"step": 7})
    return tmp_path / "learner-0"


def test_what_was_saved_is_loaded(folder: Path) -> None:
    tensors, facts = checkpoints.load(folder)
    assert all(torch.equal(tensors[k], v) for k, v in STATE.items())
    assert facts == {"step": 7}


def test_only_safetensors_and_json_are_written(folder: Path) -> None:
    assert {p.name for p in folder.iterdir()} == {TENSORS, FACTS, MANIFEST}
    header = int.from_bytes((folder / TENSORS).read_bytes()[:8], "little")
    assert set(json.loads((folder / TENSORS).read_bytes()[8 : 8 + header])) - {"__metadata__"} == set(STATE)


@pytest.mark.parametrize("name", [TENSORS, FACTS])
def test_a_truncated_file_is_refused(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[:-1])
    with pytest.raises(CheckpointError, match=f"learner-0: {name} is not the file"):
        checkpoints.load(folder)


@pytest.mark.parametrize("name", [TENSORS, FACTS])
def test_a_single_flipped_bit_anywhere_is_refused(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    for place in range(0, len(content), max(1, len(content) // 12)):
        changed = bytearray(content)
        changed[place] ^= 1
        (folder / name).write_bytes(changed)
        with pytest.raises(CheckpointError):
            checkpoints.load(folder)


@pytest.mark.parametrize("name", [TENSORS, FACTS, MANIFEST])
def test_a_missing_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(CheckpointError):
        checkpoints.load(folder)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "\x00", '{"other": "00"}'])
def test_a_damaged_manifest_is_refused(folder: Path, content: str) -> None:
    (folder / MANIFEST).write_text(content)
    with pytest.raises(CheckpointError):
        checkpoints.load(folder)


def test_saving_again_replaces_everything(folder: Path) -> None:
    checkpoints.save(folder, {"v": torch.zeros(1)}, {"step": 8})
    tensors, facts = checkpoints.load(folder)
    assert set(tensors) == {"v"}
    assert facts == {"step": 8}


def test_the_same_state_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    checkpoints.save(tmp_path / "again", dict(reversed(STATE.items())), {"step": 7})
    assert (tmp_path / "again" / TENSORS).read_bytes() == (folder / TENSORS).read_bytes()
