"""A private random stream for code that draws from torch's global generators.

Layers of `torch.nn` draw initial weights and dropout masks from torch's global generators only. `OwnRandomness` sets
its own state there for the length of a `with` block and restores the caller's state afterwards, so that no call changes
a caller's random numbers. (`torch.manual_seed` would seed every GPU too.) The global generators of numpy and Python are
not used.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor


class OwnRandomness:
    """A random stream that continues from one `with` block to the next.

    Args:
        seed: of torch's generators on the CPU and on `device`.
        device: a further device on which numbers are drawn, such as "cuda".

    """

    def __init__(self, seed: int, device: str | torch.device = "cpu") -> None:
        self._generators = [torch.default_generator, *_of_device(torch.device(device))]
        self._states = [torch.Generator(g.device).manual_seed(seed).get_state() for g in self._generators]

    def state(self) -> dict[str, Tensor]:
        """Generator states, by device type."""
        places = (generator.device.type for generator in self._generators)
        return dict(zip(places, self._states, strict=True))

    def restore(self, state: dict[str, Tensor]) -> None:
        """Continue from a saved `state`."""
        self._states = [
            state.get(generator.device.type, now)
            for generator, now in zip(self._generators, self._states, strict=True)
        ]

    @contextmanager
    def active(self) -> Iterator[None]:
        """Context in which torch draws from this stream."""
        found = [generator.get_state() for generator in self._generators]
        _set(self._generators, self._states)
        try:
            yield
        finally:
            self._states = [generator.get_state() for generator in self._generators]
            _set(self._generators, found)


def _of_device(device: torch.device) -> list[torch.Generator]:
    if device.type != "cuda":
        return []
    torch.cuda.init()  # type: ignore[no-untyped-call]
    place = torch.cuda.current_device() if device.index is None else device.index
    return [torch.cuda.default_generators[place]]


def _set(generators: list[torch.Generator], states: list[Tensor]) -> None:
    for generator, state in zip(generators, states, strict=True):
        generator.set_state(state)
