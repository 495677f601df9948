"""A record's time as inputs of a network."""

import torch
from torch import Tensor

from meta_med.episodes import Records

TIME_SCALES = (0.1, 0.5, 1.0, 2.0, 5.0)
TIME_WIDTH = len(TIME_SCALES) + 1


def elapsed(records: Records) -> Tensor:
    """(B, N, 6) smooth encodings of a record's time: exponentials of several scales (years) and a signed log."""
    distance = records.time.abs().unsqueeze(-1)
    signed = torch.sign(records.time).unsqueeze(-1) * torch.log1p(distance)
    # numbers, not a tensor of them: a tensor made here would be copied to a GPU, which waits
    return torch.cat([*(torch.exp(distance * (-1.0 / scale)) for scale in TIME_SCALES), signed], -1)
