"""Kernels of M target columns with learned amplitudes, over points of B subjects.

Amplitudes start small beside the random effects': a process in time that the data do not show (images, sinusoids)
widens every prediction until it is unlearned, while one that they do show is soon learned.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class RadialBasis(nn.Module):
    """k_m(z, z') = s_m exp(-|z - z'|^2 / (2 E)) on an embedding z of E numbers: smooth, of any shape.

    The embedding is learned, so it holds the length scales (deep kernel; Wilson, Hu, Salakhutdinov & Xing 2016).
    """

    def __init__(self, columns: int) -> None:
        super().__init__()
        self.raw_variance = nn.Parameter(torch.full((columns,), -3.0))

    def variance(self, dtype: torch.dtype) -> Tensor:
        """(M, 1): what it adds to the variance at any point."""
        return F.softplus(self.raw_variance.to(dtype)).unsqueeze(-1)

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        """Embeddings (B, N, E) and (B, n, E) -> (B, M, N, n)."""
        # by differences: |z|^2 - 2 z z' + |z'|^2 would round duplicated records apart
        distance = (first.unsqueeze(2) - second.unsqueeze(1)).square().mean(-1)
        shape = torch.exp(-0.5 * distance).unsqueeze(1)
        return self.variance(first.dtype).unsqueeze(-1) * shape


class OrnsteinUhlenbeck(nn.Module):
    """k_m(t, t') = sum_j s_jm exp(-|t - t'| / l_jm), times and lengths in years: levels that wander and return.

    The stationary Ornstein-Uhlenbeck process (Matern 1/2), the usual serial correlation of records of a subject
    (Diggle 1988). Lengths start a factor of four apart around one year.
    """

    def __init__(self, columns: int, scales: int) -> None:
        super().__init__()
        apart = 4.0 ** (torch.arange(scales, dtype=torch.get_default_dtype()) - (scales - 1) / 2)
        self.log_length = nn.Parameter(apart.log().unsqueeze(1).repeat(1, columns))
        self.raw_variance = nn.Parameter(torch.full((scales, columns), -4.0))

    def variance(self, dtype: torch.dtype) -> Tensor:
        """(M, 1): what it adds to the variance at any point."""
        return F.softplus(self.raw_variance.to(dtype)).sum(0).unsqueeze(-1)

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        """Times (B, N) and (B, n) -> (B, M, N, n)."""
        apart = (first.unsqueeze(2) - second.unsqueeze(1)).abs()
        rate = torch.exp(-self.log_length.to(first.dtype))
        amplitude = F.softplus(self.raw_variance.to(first.dtype))
        decay = torch.exp(-rate[:, None, :, None, None] * apart.unsqueeze(1))
        return (amplitude[:, None, :, None, None] * decay).sum(0)


class Coregionalisation(nn.Module):
    """Random effects that outcomes share: Cov(f_m(x), f_n(x')) = (W W^T)_mn phi(x)^T diag(c) phi(x').

    W (M, r) is of low rank (intrinsic coregionalisation; Bonilla, Chai & Williams 2007). Added to a kernel of
    each column alone, over M N stacked records, it is exact whatever is missing.
    """

    def __init__(self, columns: int, rank: int, features: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(0.3 * torch.randn(columns, rank))
        self.raw_shared = nn.Parameter(torch.full((features,), -2.0))

    def variance(self, phi: Tensor) -> Tensor:
        """(B, M, N): what it adds to the variance at features phi (B, N, d)."""
        shared = phi.square() @ F.softplus(self.raw_shared.to(phi.dtype))
        return self.weights.to(phi.dtype).square().sum(1, keepdim=True) * shared.unsqueeze(1)

    def forward(self, alone: Tensor, first: Tensor, second: Tensor) -> Tensor:
        """Kernel of each column alone (B, M, N, n), features (B, N, d), (B, n, d) -> stacked (B, 1, M N, M n)."""
        weights = self.weights.to(alone.dtype)
        shared = (first * F.softplus(self.raw_shared.to(alone.dtype))) @ second.transpose(1, 2)
        coupled = torch.einsum("mr,kr,bij->bmikj", weights, weights, shared)
        own = torch.eye(len(weights), dtype=alone.dtype, device=alone.device)[:, None, :, None]
        both = coupled + own * alone.unsqueeze(3)
        b, m, n, _, q = both.shape
        return both.reshape(b, 1, m * n, m * q)
