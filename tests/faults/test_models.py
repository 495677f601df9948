"""Training and models: no memory left, and a pickle in place of a model."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from meta_med import checkpoints
from meta_med.checkpoints import CheckpointError
from meta_med.episodes.batch import EpisodeBatch
from meta_med.learners.learner import Learner
from orchestration.boundary import translated
from tests.meta_med.meta_train.test_outer_loop import CONFIG, a_learner, same_weights, train


@pytest.mark.fault("M02", "I3")
@pytest.mark.parametrize("at", [1, 23])
def test_without_memory_training_goes_on_on_the_cpu_with_the_same_weights(
    at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, now
) -> None:
    undisturbed, calls, kind = train(), [], type(a_learner())
    whole = kind.loss

    def full(learner: Learner, batch: EpisodeBatch) -> torch.Tensor:
        calls.append(1)
        if len(calls) == at:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return whole(learner, batch)

    monkeypatch.setattr(kind, "loss", full)
    trained = train(replace(CONFIG, checkpoint=tmp_path / "checkpoint"))
    assert same_weights(trained, undisturbed)
    assert trained.device == "cpu"
    assert "goes on on the CPU" in caplog.text
    now("an OutOfMemoryError in one step: the CPU goes on from the checkpoint, with the same weights")


@pytest.mark.fault("M02", "I6")
@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("x"),
        MemoryError(),
        OSError(12, "x"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"),
    ],
)
def test_a_machine_without_memory_is_no_defect(error: Exception) -> None:
    told = translated(error)
    assert (told.code, told.exit_code) == ("E_MEMORY", 5)
    assert "run again" in str(told)


class Malicious:
    """Writes a file when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self):
        return Path.touch, (self.marker,)


@pytest.mark.fault("M05", "I6")
@pytest.mark.parametrize("name", [checkpoints.TENSORS, checkpoints.FACTS])
@pytest.mark.parametrize("signed", [False, True])
def test_a_pickle_in_place_of_a_model_file_is_never_executed(
    tmp_path: Path, name: str, signed: bool, now
) -> None:
    """`signed`: whoever put it there has changed the manifest too."""
    folder, marker = tmp_path / "model", tmp_path / "executed"
    checkpoints.save(folder, {"weight": torch.ones(2)}, {"step": 1})
    (folder / name).write_bytes(pickle.dumps(Malicious(marker)))
    if signed:
        digests = {
            part: checkpoints.sha256(folder / part) for part in (checkpoints.TENSORS, checkpoints.FACTS)
        }
        checkpoints.write_json(folder / checkpoints.MANIFEST, digests)
    with pytest.raises(CheckpointError):
        checkpoints.load(folder)
    assert not marker.exists()
    now(
        "a pickle as tensors or facts, with and without its hash in the manifest: refused, nothing is executed"
    )
