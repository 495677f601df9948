"""The part of the neural process that knows patients in general: one small network shared by all series.

It is pretrained on simulated patients (`meta_med.simulate`). What kind of series it deals with it is told by a
*descriptor*: in pretraining made of what was drawn, partly hidden; in a study a parameter of each outcome that
starts at "nothing known". Series inform each other through *loadings* alone, without names and in any number.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from meta_med.learners.own_series import ANCHORS, INPUTS, Summary


@dataclass(frozen=True)
class SeriesForecast:
    """By series (R, M): location (log-odds of a class), unconstrained scale; unconstrained degrees of freedom."""

    location: Tensor
    raw_scale: Tensor
    raw_df: Tensor


class Describe(nn.Module):
    """Descriptors e = W [numbers told, which are told, kind] + b of series: only pretraining tells any number."""

    def __init__(self, hyper: int, descriptor: int = 16) -> None:
        super().__init__()
        self.hyper = hyper
        self.linear = nn.Linear(2 * hyper + 2, descriptor)

    def forward(self, hyper: Tensor, told: Tensor, classes: Tensor) -> Tensor:
        """(..., E) from numbers (..., H), 1 where they are told; classes (...,) 1 for a class."""
        kind = torch.stack([classes, 1.0 - classes], -1)
        described: Tensor = self.linear(torch.cat([hyper * told, told, kind], -1))
        return described

    def untold(self, classes: Tensor) -> Tensor:
        """(..., E) of series of which nothing but their kind is known."""
        nothing = classes.new_zeros((*classes.shape, self.hyper))
        described: Tensor = self(nothing, nothing, classes)
        return described


class SeriesCore(nn.Module):
    """From summaries of own series to distributions.

        h = relu(W_1 inputs + V e),   M = sum_d loading_d (x) known_d W_m h_d,
        read_d = loading_d . (M - own part) / (1 + sum |loading|^2),
        h' = h + W_3 relu(W_2 h + W_r read),   (a, delta, s) = W_o relu(h') + V_o e,
        location = a . anchors + delta.

    Args:
        width: of the hidden layers; descriptor: of e; message: numbers a series tells the others.

    """

    def __init__(self, *, width: int = 96, descriptor: int = 16, message: int = 8) -> None:
        super().__init__()
        self.sizes = {"width": width, "descriptor": descriptor, "message": message}
        self.enter = nn.Linear(INPUTS, width)
        self.enter_described = nn.Linear(descriptor, width, bias=False)
        self.tell = nn.Linear(width, message)
        self.refine, self.leave = nn.Linear(width, width), nn.Linear(width, width)
        self.hear = nn.Linear(message, width, bias=False)
        self.answer = nn.Linear(width, ANCHORS + 2)
        self.answer_described = nn.Linear(descriptor, ANCHORS + 2, bias=False)
        self.freedom = nn.Linear(descriptor, 1)
        nn.init.zeros_(self.answer.weight)
        nn.init.zeros_(self.answer_described.weight)

    def forward(self, summary: Summary, descriptor: Tensor, loadings: Tensor) -> SeriesForecast:
        """Forecasts of R predictions; descriptor (M, E) or (R, M, E), loadings (M, G) or (R, M, G)."""
        hidden = torch.relu(self.enter(summary.inputs) + self.enter_described(descriptor))
        told = self.tell(hidden) * summary.known.unsqueeze(-1)
        heard = self.hear(exchanged(told, loadings.expand(len(told), -1, -1)))
        hidden = hidden + self.leave(torch.relu(self.refine(hidden) + heard))
        out = self.answer(torch.relu(hidden)) + self.answer_described(descriptor)
        location = (out[..., :ANCHORS] * summary.anchors).sum(-1) + out[..., ANCHORS]
        return SeriesForecast(location, out[..., ANCHORS + 1], self.freedom(descriptor).squeeze(-1))


def exchanged(told: Tensor, loadings: Tensor) -> Tensor:
    """(R, M, W) what each series hears of the others: told (R, M, W), weighed by how alike loadings (R, M, G) are."""
    everyone = loadings.transpose(1, 2) @ told
    size = loadings.square().sum(-1, keepdim=True)
    heard = loadings @ everyone - size * told
    return heard / (1.0 + size.sum(1, keepdim=True))
