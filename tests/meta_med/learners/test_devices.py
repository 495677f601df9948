"""Every learner runs where its tensors lie, in their dtype, and never reads a number on the host.

The meta device computes shapes only: a host read (`.item()`, a boolean index) or a tensor made on the CPU raises
there, so this stands guard over the GPU path where there is no GPU.
"""

from collections.abc import Iterator

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from meta_med.episodes.batch import EpisodeBatch
from meta_med.episodes.input_checks import VALUES, trusting
from meta_med.learners import create, names
from meta_med.learners.learner import Learner
from meta_med.outcomes import Outcome
from tests import scenario
from tests.meta_med.few_shot import Glyphs, small_encoder

HOST_READS = {"aten::_local_scalar_dense", "aten::nonzero", "aten::item", "aten::is_nonzero", "aten::equal"}


def a_learner(name: str, history: bool) -> Learner:
    torch.manual_seed(0)
    return create(name, scenario.MIXED, 3, history=history)


def run(learner: Learner, batch: EpisodeBatch) -> tuple[torch.Tensor, ...]:
    """Loss, its gradient, and the location and scale of the prediction."""
    learner.zero_grad()
    loss = learner.loss(batch)
    loss.backward()
    found = learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)
    gradient = [p.grad.flatten() for p in learner.parameters() if p.grad is not None]
    return loss.detach(), torch.cat(gradient), found.location.detach(), found.scale.detach()


def shapes_of(part: int) -> dict[str, int]:
    return [{}, {"context": 0}, {"support": 0}, {"context": 0, "support": 0}][part]


@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("history", [True, False])
@pytest.mark.parametrize("name", names())
def test_on_the_meta_device(name: str, history: bool, part: int) -> None:
    batch = scenario.random_batch(0, dtype=torch.float32, **shapes_of(part)).to("meta")
    for tensor in run(a_learner(name, history).to("meta"), batch):
        assert tensor.device.type == "meta"


@pytest.mark.parametrize("name", names())
def test_images_on_the_meta_device(name: str) -> None:
    learner = create(name, [Outcome("glyph", "categorical", n_classes=5)], (1, 8, 8), small_encoder())
    batch = Glyphs().sample(3, torch.Generator().manual_seed(0)).to("meta")
    assert all(tensor.device.type == "meta" for tensor in run(learner.to("meta"), batch))


class HostReads(TorchDispatchMode):
    """Collects the operations that read a number on the host."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):  # type: ignore[no-untyped-def]
        if func._schema.name in HOST_READS or any(
            isinstance(i, torch.Tensor) and i.dtype in (torch.bool, torch.uint8)
            for i in boolean_indices(func, args)
        ):
            self.found.append(func._schema.name)
        return func(*args, **(kwargs or {}))


def boolean_indices(func: object, args: tuple[object, ...]) -> Iterator[object]:
    if "index" in str(func) and len(args) > 1 and isinstance(args[1], (list, tuple)):
        yield from args[1]


@pytest.mark.parametrize("history", [True, False])
@pytest.mark.parametrize("name", names())
def test_a_step_reads_no_number_on_the_host(name: str, history: bool) -> None:
    """Apart from the checks of values at the door, which a batch on a GPU is spared."""
    learner, batch = a_learner(name, history), scenario.random_batch(0, dtype=torch.float32)
    with trusting(VALUES), HostReads() as reads:
        learner._loss(batch).backward()
    assert reads.found == []


@pytest.mark.parametrize("history", [True, False])
@pytest.mark.parametrize("name", names())
def test_in_float64_it_is_the_same_to_rounding(name: str, history: bool) -> None:
    """In evaluation mode: dropout would draw differently."""
    learner, batch = a_learner(name, history).eval(), scenario.random_batch(0, dtype=torch.float32)
    single = run(learner, batch)
    double = run(learner.double(), batch.to(dtype=torch.float64))
    for one, other in zip(single, double, strict=True):
        assert other.dtype == torch.float64
        torch.testing.assert_close(one.double(), other, rtol=1e-3, atol=1e-4)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
@pytest.mark.parametrize("history", [True, False])
@pytest.mark.parametrize("name", names())
def test_on_a_gpu_it_is_the_same_as_on_the_cpu(name: str, history: bool) -> None:
    learner, batch = a_learner(name, history), scenario.random_batch(0, dtype=torch.float32)
    here = run(learner, batch)
    there = run(learner.to("cuda"), batch.to("cuda"))
    for one, other in zip(here, there, strict=True):
        assert other.device.type == "cuda"
        torch.testing.assert_close(other.cpu(), one, rtol=1e-4, atol=1e-4)
