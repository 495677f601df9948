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
        others = [d for d in range(x.ndim) if d != 1]
        present = self.get_buffer(MASK).to(x.dtype).reshape(-1, *(1 for _ in x.shape[1:]))
        places = x[0, 0].numel()
        count = (present.sum() * places).clamp(min=1.0)
        mean = (x * present).sum(others, keepdim=True) / count
        centred = (x - mean) * present
        variance = centred.square().sum(others, keepdim=True) / count
        scale, shift = (None if t is None else t.reshape(mean.shape) for t in (self.weight, self.bias))
        normal = centred * torch.rsqrt(variance + self.eps)
        normal = normal if scale is None else normal * scale
        return normal if shift is None else normal + shift


def with_batch_statistics(module: nn.Module) -> nn.Module:
    """The module with every batch normalisation in it replaced; changes its tree, so give it a copy."""
    if isinstance(module, _BatchNorm):
        return MaskedBatchNorm(module)
    for name, child in module.named_children():
        setattr(module, name, with_batch_statistics(child))
    return module
