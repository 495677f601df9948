"""Batch normalisation by the statistics of the records in hand, padding left out."""

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

MASK = "record_is_present"


class MaskedBatchNorm(nn.Module):
    """(x - mean) / sqrt(variance + eps) * weight + bias, over the present records of x (N, C, ...).

    The statistics are those of the N records given, never running ones, and so are the same at training and
    afterwards. With every record present this is `torch.nn.BatchNorm*` in training mode.
    """

    def __init__(self, like: _BatchNorm) -> None:
        super().__init__()
        self.weight, self.bias, self.eps = like.weight, like.bias, like.eps
        self.register_buffer(MASK, torch.ones(1, dtype=torch.bool), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """Normalised x (N, C, ...)."""
        spatial = list(range(2, x.ndim))
        if spatial:  # (N, C) of each record first, so that the mask never meets the large tensor
            within, mean = torch.var_mean(x, spatial, correction=0)
        else:
            within, mean = torch.zeros_like(x), x
        share = self.get_buffer(MASK).to(x.dtype).unsqueeze(1)
        share = share / share.sum().clamp(min=1.0)
        centre = (mean * share).sum(0)
        variance = ((within + (mean - centre).square()) * share).sum(0)
        scale = torch.rsqrt(variance + self.eps)
        scale = scale if self.weight is None else scale * self.weight
        shift = -centre * scale
        shift = shift if self.bias is None else shift + self.bias
        places = (-1, *(1 for _ in spatial))
        return torch.addcmul(shift.reshape(places), x, scale.reshape(places))


def with_batch_statistics(module: nn.Module) -> nn.Module:
    """The module with every batch normalisation in it replaced; changes its tree, so give it a copy."""
    if isinstance(module, _BatchNorm):
        return MaskedBatchNorm(module)
    for name, child in module.named_children():
        setattr(module, name, with_batch_statistics(child))
    return module
