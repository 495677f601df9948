"""The mean of a cohort: intercept, drift and effects of covariates, linear in columns whose coefficients are unknown.

Columns of a record: 1, the time since the subject's first record, the covariates themselves (or an encoder's embedding)
and features of a small network. Their coefficients are independent normal beforehand and integrated out: a ridge
regression whose strengths are meta-parameters.
"""

import math

import torch
from torch import Tensor, nn

from meta_med.baselines.hierarchical.courses import DRIFT
from meta_med.episodes.batch import Records
from meta_med.learners.closed_form.courses.course_library import Courses
from meta_med.learners.networks.blocks import in_blocks
from meta_med.learners.networks.features import RecordFeatures, hidden_widths, mlp

MOST_LINEAR = 64  # inputs beyond which only the network's features have effects
LINEAR, MOST, LEARNED = 0.05, 0.3, 0.05  # prior variance by a covariate, by all, by all learned features


class MeanEffects(nn.Module):
    """Columns of records, and prior variances of their coefficients for each outcome and model."""

    def __init__(self, outcomes: int, inputs: RecordFeatures, width: int, layers: int, features: int) -> None:
        super().__init__()
        linear = inputs.event_shape[0] if inputs.encoder is None else inputs.embedded
        self.linear = linear if linear <= MOST_LINEAR else 0
        self.features = features
        self.network = mlp([*hidden_widths(inputs, width, layers), features], "tanh") if features else None
        self.log_drift = nn.Parameter(torch.full((outcomes,), 2.0 * math.log(DRIFT)))
        start = torch.cat(
            [
                torch.full((self.linear,), min(LINEAR, MOST / max(self.linear, 1))),
                torch.full((features,), LEARNED),
            ]
        )
        self.log_effect = nn.Parameter(start.log().repeat(outcomes, 1))

    @property
    def width(self) -> int:
        """Number of columns besides intercept and drift."""
        return self.linear + self.features

    def forward(self, inputs: RecordFeatures, rows: Records) -> Tensor:
        """(B, N, width) of records, in their dtype."""
        embedded = inputs.embed(rows)
        found = [rows.x if inputs.encoder is None else embedded] if self.linear else []
        if self.network is not None:
            found.append(in_blocks(self.network, embedded) / self.features**0.5)
        return torch.cat(found, -1) if found else embedded[..., :0]

    def roots(self, courses: Courses) -> Tensor:
        """(D, M, C) standard deviations of all coefficients beforehand, of intercept and drift first."""
        intercept, matter = (part.sqrt().unsqueeze(-1) for part in (courses.between, courses.effects))
        drift, effects = (
            (0.5 * part.double()).exp().unsqueeze(1)
            for part in (self.log_drift.unsqueeze(-1), self.log_effect)
        )
        return torch.cat([intercept, drift.expand_as(intercept), effects * matter], -1)
