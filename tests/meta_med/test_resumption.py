"""A damaged checkpoint does not stop a run: it is set aside, and training starts afresh."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.meta_med.test_meta_train import CONFIG, Interrupted, interrupt_at, same_weights, train


def interrupted(folder: Path) -> None:
    with pytest.raises(Interrupted):
        train(replace(CONFIG, checkpoint=folder), on_step=interrupt_at(17))


@pytest.mark.parametrize("file", ["tensors.safetensors", "facts.json", "manifest.json"])
def test_a_damaged_checkpoint_is_set_aside_with_a_warning(
    tmp_path: Path, file: str, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "unfinished"
    interrupted(folder)
    whole = (folder / file).read_bytes()
    (folder / file).write_bytes(whole[: len(whole) // 2])
    assert same_weights(train(replace(CONFIG, checkpoint=folder)), train())
    assert "starts afresh" in caplog.text
    assert (tmp_path / "unfinished.damaged-1" / file).read_bytes() == whole[: len(whole) // 2]


def test_each_damaged_checkpoint_gets_a_name_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "unfinished"
    for _ in range(2):
        interrupted(folder)
        (folder / "facts.json").write_text("{")
    train(replace(CONFIG, checkpoint=folder))
    assert {p.name for p in tmp_path.iterdir()} == {
        f"unfinished{s}" for s in ("", ".damaged-1", ".damaged-2")
    }
