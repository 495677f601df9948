"""Only a checkpoint of the very same inputs is resumed; one that is damaged or another's is set aside."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from meta_med.episodes.batch import EpisodeBatch, EpisodeSource
from meta_med.learners import create
from meta_med.meta_train.outer_loop import MetaTrainConfig, Trained, meta_train
from meta_med.outcomes import Outcome
from tests.meta_med.few_shot import episodes, records
from tests.meta_med.meta_train.test_outer_loop import CONFIG, Interrupted, interrupt_at, same_weights, train


def interrupted(folder: Path) -> None:
    with pytest.raises(Interrupted):
        train(replace(CONFIG, checkpoint=folder), on_step=interrupt_at(17))


@pytest.mark.fault("M04", "I3")
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


class Lines:
    """y = slope x + noise, as a hospital's records: the slope is the source's own."""

    def __init__(self, slope: float) -> None:
        self.slope = slope

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """`n_cohorts` tasks of four own records and four asked."""
        x = torch.randn(n_cohorts, 8, 1, generator=generator)
        y = self.slope * x[..., 0] + 0.05 * torch.randn(n_cohorts, 8, generator=generator)
        return episodes(records(x[:, :4], y[:, :4], -1.0), records(x[:, 4:], y[:, 4:], 0.0))


class Closed:
    """A source that cannot be looked into: a generator of Python's own."""

    def __init__(self, slope: float) -> None:
        self.drawn = self._draw(slope)

    def _draw(self, slope: float) -> Iterator[EpisodeBatch]:
        lines = Lines(slope)
        generator = torch.Generator().manual_seed(0)
        while True:
            yield lines.sample(16, generator)

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """The next batch."""
        return next(self.drawn)


SHORT = MetaTrainConfig(
    steps=20, cohorts_per_step=16, evaluate_every=10, checkpoint_every=10, learning_rate=0.02
)


def trained(folder: Path | None, **changed) -> tuple[Trained, int]:
    """A short training with these inputs, and how many steps it took."""
    steps: list[int] = []
    given = {"source": Lines(1.0), "config": SHORT, "tuning": (), "seed": 0, "moved": 0, "name": "protonet"}
    given |= changed
    torch.manual_seed(0)
    learner = create(given["name"], [Outcome("y")], 1, width=16)
    generator = torch.Generator().manual_seed(given["seed"])
    torch.rand(given["moved"], generator=generator)
    found = meta_train(
        learner,
        given["source"],
        replace(given["config"], checkpoint=folder),
        generator=generator,
        tuning=given["tuning"],
        on_step=lambda step, *_: steps.append(step),
    )
    return found, len(steps)


OTHERS: dict[str, tuple[str, dict[str, object]]] = {
    "source": ("another source", {"source": Lines(-1.0)}),
    "tuning": (
        "another tuning episodes",
        {"tuning": [Lines(-1.0).sample(8, torch.Generator().manual_seed(5))]},
    ),
    "configuration": ("another configuration", {"config": replace(SHORT, learning_rate=0.01)}),
    "seed": ("another .*generator", {"seed": 1}),
    "a generator that has moved": ("another .*generator", {"moved": 1}),
    "learner": ("another learner", {"name": "siamese"}),
}


@pytest.mark.parametrize("what", OTHERS)
def test_a_run_with_other_inputs_starts_afresh_and_says_why(
    tmp_path: Path, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    why, changed = OTHERS[what]
    trained(tmp_path / "ckpt")
    found, steps = trained(tmp_path / "ckpt", **changed)
    assert steps == SHORT.steps
    assert same_weights(found, trained(None, **changed)[0])
    assert [r for r in caplog.messages if "starts afresh" in r and "checkpoint ckpt" in r] != []
    assert re.search(why, caplog.text)
    assert (tmp_path / "ckpt.other-1").is_dir()


def test_the_very_same_inputs_are_resumed_without_a_step(tmp_path: Path) -> None:
    first, _ = trained(tmp_path / "ckpt")
    again, steps = trained(tmp_path / "ckpt")
    assert steps == 0
    assert same_weights(first, again)


@pytest.mark.parametrize("source", [Lines, Closed])
@pytest.mark.case("science/08_resume_other_data")
def test_a_folder_shared_by_folds_gives_each_its_own_model(
    tmp_path: Path, source: Callable[[float], EpisodeSource], now: Callable[[str], None]
) -> None:
    def slope(found: Trained) -> float:
        asked = Lines(0.0).sample(64, torch.Generator().manual_seed(3))
        own = asked.support.without_records()
        mean, x = found.adapt(asked.context, asked.cohort, own).predict(asked.query).mean, asked.query.x
        return float((x * mean).sum() / (x * x).sum())

    config = replace(SHORT, steps=150, checkpoint_every=50)
    learned = [slope(trained(tmp_path / "ckpt", source=source(s), config=config)[0]) for s in (1.0, -1.0)]
    assert learned[0] > 0.8
    assert learned[1] < -0.8
    now(f"slopes +1 and -1 in one folder: learned {learned[0]:+.2f} and {learned[1]:+.2f}")
