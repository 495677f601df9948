"""Learned sizes of the inner steps: one a layer and step, or one a parameter."""

from collections.abc import Mapping, Sequence
from typing import Literal

import torch
from torch import Tensor, nn

StepSizes = Literal["layer", "parameter"]


def rates_of(
    kind: StepSizes, levels: Mapping[str, int], adapting: Mapping[str, Tensor], step_size: float
) -> "LayerRates | ParameterRates":
    """Step sizes of the tensors that adapt, by level with its number of steps; all start at `step_size`.

    Raises:
        ValueError: an unknown kind.

    """
    if kind not in ("layer", "parameter"):
        raise ValueError(f"step_sizes: must be 'layer' or 'parameter', got {kind!r}")
    return (LayerRates if kind == "layer" else ParameterRates)(levels, adapting, float(step_size))


class LayerRates(nn.Module):
    """Positive step sizes, one for each level, step and layer (Antoniou et al. 2019, MAML++).

    Attributes:
        log: by level (steps, layers): logarithms. Linear layers first, then an encoder's.

    """

    def __init__(self, levels: Mapping[str, int], adapting: Mapping[str, Tensor], step_size: float) -> None:
        super().__init__()
        owners = [name.rpartition(".")[0] for name in adapting]
        order = list(dict.fromkeys(owners))
        self.layer_of = tuple(order.index(owner) for owner in owners)
        self.log = nn.ParameterDict(
            {k: torch.full((max(n, 1), len(order)), step_size).log() for k, n in levels.items()}
        )

    def forward(self, level: str, step: int) -> Sequence[Tensor]:
        """A scalar for each tensor that adapts; steps beyond the last meta-trained one are like that one."""
        log = self.log[level]
        of_layer = log[min(step, len(log) - 1)].exp().unbind()
        return [of_layer[i] for i in self.layer_of]


class ParameterRates(nn.Module):
    """Step sizes of either sign for every single weight, the same at every step (Li et al. 2017, Meta-SGD).

    Attributes:
        of: by level, one tensor shaped like each tensor that adapts.

    """

    def __init__(self, levels: Mapping[str, int], adapting: Mapping[str, Tensor], step_size: float) -> None:
        super().__init__()
        self.of = nn.ModuleDict(
            {k: nn.ParameterList(torch.full(t.shape, step_size) for t in adapting.values()) for k in levels}
        )

    def forward(self, level: str, _step: int) -> Sequence[Tensor]:
        """A tensor shaped like each tensor that adapts."""
        return list(self.of[level].parameters())
