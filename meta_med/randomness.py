"""Random numbers that leave everybody else's alone: a stream of one's own behind the name of torch's global one.

Layers of `torch.nn` draw their first weights and their dropout from torch's global generators, and take no other. So
that no call moves a caller's random numbers, these generators are lent: `OwnRandomness` puts its own state there and
puts back what it found. (`torch.manual_seed` would not do: it seeds every GPU too.) Nothing here draws from the global
generators of numpy and Python.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor


class OwnRandomness:
    """A stream of random numbers that goes on from one `with` to the next; outside of it nothing has happened.

    Args:
        seed: where torch's generators start, on the CPU and on `device`.
        device: where else numbers are drawn, e.g. "cuda".

    """

    def __init__(self, seed: int, device: str | torch.device = "cpu") -> None:
        self._generators = [torch.default_generator, *_of_device(torch.device(device))]
        self._states = [torch.Generator(g.device).manual_seed(seed).get_state() for g in self._generators]

    def state(self) -> dict[str, Tensor]:
        """Where the stream stands, by the kind of device."""
        places = (generator.device.type for generator in self._generators)
        return dict(zip(places, self._states, strict=True))

    def restore(self, state: dict[str, Tensor]) -> None:
        """Go on from where `state` stood."""
        self._states = [
            state.get(generator.device.type, now)
            for generator, now in zip(self._generators, self._states, strict=True)
        ]

    @contextmanager
    def active(self) -> Iterator[None]:
        """Within it torch draws from this stream."""
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
