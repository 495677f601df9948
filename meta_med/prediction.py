"""A predictive distribution: location-scale Student t for continuous outcomes, probabilities for classes."""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from scipy import stats
from torch import Tensor

from meta_med.episodes import Records
from meta_med.outcomes import OutcomeLayout

MIN_SCALE = 1e-3


@dataclass(frozen=True)
class Prediction:
    """What an adapted model says of B subjects' Q query records.

    Attributes:
        layout: the outcomes.
        location: (B, Q, M) target columns: means of continuous outcomes, logits of classes.
        scale: (B, Q, Dc) positive; scale of the Dc continuous outcomes.
        df: (Dc,) degrees of freedom of the Student t; None is the normal distribution.

    """

    layout: OutcomeLayout
    location: Tensor
    scale: Tensor
    df: Tensor | None = None

    @property
    def mean(self) -> Tensor:
        """(B, Q, Dc): the centre (mean and median) of each continuous outcome."""
        return self.location[..., list(self.layout.continuous_columns)]

    @property
    def probabilities(self) -> Tensor | tuple[Tensor, ...]:
        """(B, Q, n_classes) for one binary or categorical outcome; a tuple by outcome for several or none."""
        every = tuple(self.location[..., self.layout.columns[d]].softmax(-1) for d in self.layout.classes)
        return every[0] if len(every) == 1 else every

    def quantile(self, p: float) -> Tensor:
        """(B, Q, Dc): the p-quantile, 0 < p < 1.

        Raises:
            ValueError: p outside (0, 1).

        """
        if not 0.0 < p < 1.0:
            raise ValueError(f"quantile: p must lie between 0 and 1, got {p}")
        unit = (
            stats.norm.ppf(p) if self.df is None else stats.t.ppf(p, self.df.detach().cpu().double().numpy())
        )
        return self.mean + self.scale * torch.as_tensor(
            unit, dtype=self.scale.dtype, device=self.scale.device
        )

    def log_likelihood(self, query: Records) -> tuple[Tensor, Tensor]:
        """Log-likelihood of each observed query outcome: (B, Q, D) values and their bool mask."""
        query = query.clean()
        parts = query.y.new_zeros(query.y.shape)
        if self.layout.continuous:
            places = list(self.layout.continuous)
            parts[..., places] = student_t_log_density(query.y[..., places], self.mean, self.scale, self.df)
        for d in self.layout.classes:
            logits = self.location[..., self.layout.columns[d]].log_softmax(-1)
            parts[..., d] = logits.gather(-1, query.y[..., d : d + 1].long()).squeeze(-1)
        return parts, query.y_observed

    def loss(self, query: Records) -> Tensor:
        """Mean negative log-likelihood over the observed query outcomes (a scalar; 0 if none is observed)."""
        values, seen = self.log_likelihood(query)
        weight = seen.to(values.dtype)
        return -(values * weight).sum() / weight.sum().clamp(min=1.0)


def student_t_log_density(y: Tensor, mean: Tensor, scale: Tensor, df: Tensor | None) -> Tensor:
    """Log density of the location-scale Student t, elementwise; without df the normal density."""
    z = (y - mean) / scale
    if df is None:
        return -0.5 * z.square() - scale.log() - 0.5 * float(np.log(2 * np.pi))
    normaliser = torch.lgamma((df + 1) / 2) - torch.lgamma(df / 2) - 0.5 * torch.log(df * torch.pi)
    return normaliser - scale.log() - (df + 1) / 2 * torch.log1p(z.square() / df)


def positive_scale(raw: Tensor) -> Tensor:
    """A positive scale from an unconstrained number, bounded away from zero."""
    return F.softplus(raw) + MIN_SCALE
