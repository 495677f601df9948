"""The weights that ship with the package: a `SeriesCore` pretrained on simulated patients, no real one among them.

`python -m meta_med.pretraining` writes them again; the exact command stands in their facts.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from torch import nn

from meta_med import checkpoints
from meta_med.learners.series_core import Describe, SeriesCore
from meta_med.randomness import OwnRandomness

WEIGHTS = Path(__file__).parent / "weights" / "neural_process"


class WeightsDoNotFit(RuntimeError):
    """Pretrained weights that are missing, damaged or made for another form of the network."""


class Pretrained(nn.Module):
    """A core and what describes series to it."""

    def __init__(self, series: SeriesCore, describe: Describe) -> None:
        super().__init__()
        self.series, self.describe = series, describe


@lru_cache(maxsize=4)
def load(folder: Path = WEIGHTS) -> Pretrained:
    """The pretrained network of a folder; read once, so copy before changing it. No network access.

    Raises:
        WeightsDoNotFit: the weights are missing or damaged, or are not those of this version's network.

    """
    try:
        tensors, facts = checkpoints.load(folder)
        found = _blank(facts)
        found.load_state_dict(tensors)
    except (checkpoints.CheckpointError, RuntimeError, TypeError, KeyError) as error:
        raise WeightsDoNotFit(
            "neural_process: the pretrained weights do not fit this version's network; make them anew by "
            f"`python -m meta_med.pretraining`, or choose `pretrained: false` ({type(error).__name__}: {error})"
        ) from None
    return found.eval().requires_grad_(False)


def _blank(facts: dict[str, Any]) -> Pretrained:
    sizes: dict[str, int] = facts["sizes"]
    with OwnRandomness(0).lent():  # the weights that are drawn here are replaced by those that were read
        describe = Describe(len(facts["hyper_parameters"]), sizes["descriptor"])
        return Pretrained(SeriesCore(**sizes), describe)
