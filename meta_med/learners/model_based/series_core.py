"""The pretrained core of the neural process: one small network that all series share.

It is pretrained on simulated patients (`meta_med.pretraining`). A *descriptor* characterises a series: in pretraining
it is computed from the drawn hyper-parameters, partly hidden; in a study it is a parameter of each outcome that starts
at "nothing known". Series exchange messages through *loadings* only, without names and in any number.

Its input is a summary of each series (recent means, spread, slope, ages), which does not depend on the number of
outcomes, their names or the unit of time: ages are divided by the study's typical one. A *series* is the values of a
continuous outcome, or a class as 0 and 1.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

# Time constants of exponential means, in typical ages; the last mean is unweighted.
SCALES = (0.5, 1.5, 5.0, 15.0)
RIDGE = 0.5  # squared typical ages: shrinks slopes from nearly simultaneous records
FARTHEST = 60.0  # exp(-60) is still a number in float32
ANCHORS = len(SCALES) + 4  # newest value, exponential means, plain mean, extrapolation, the cohort
INPUTS = 4 * len(SCALES) + 15


@dataclass(frozen=True)
class OwnSeries:
    """M series of R predictions, each from S own records and the cohort's other patients.

    Attributes:
        values, seen: (R, S, M), seen 1 or 0, 0 too for records not strictly earlier than the predicted one.
        age: (R, S) from each record to the predicted one, in typical ages.
        others: (R, M, 3): shrunk mean, n / (n + 2) and spread of the cohort's other patients.
        classes: (M,) or (R, M), 1 for a class, 0 for a continuous outcome.

    """

    values: Tensor
    seen: Tensor
    age: Tensor
    others: Tensor
    classes: Tensor


@dataclass(frozen=True)
class Summary:
    """Summary of each series: `anchors` (R, M, ANCHORS) are candidate values of the prediction, `inputs` (R, M, INPUTS)
    determine their weights, and `known` (R, M) is 1 where there is an own value."""

    anchors: Tensor
    inputs: Tensor
    known: Tensor


def summarise_others(values: Tensor, weight: Tensor) -> Tensor:
    """(K, M, 3) of context records of K cohorts (K, C, M): mean shrunk to 0, n / (n + 2), spread.

    `weight` (K, C, M) is 0 where a value is not observed; n is its sum.
    """
    count = weight.sum(1)
    mean = (weight * values).sum(1) / (count + 1.0)
    away = (values - mean.unsqueeze(1)).square() * weight
    return torch.stack([mean, count / (count + 2.0), ((away.sum(1) + 1.0) / (count + 1.0)).sqrt()], -1)


def summarise(series: OwnSeries) -> Summary:
    """The summary; without own records it is zero except for the cohort and the kind."""
    if series.seen.shape[1] == 0:
        return _empty_summary(series)
    # records last: sums over them then run along memory
    seen, values = series.seen.transpose(1, 2).contiguous(), series.values.transpose(1, 2)
    age = series.age.unsqueeze(1)
    since = torch.where(seen > 0, age, torch.full_like(seen, torch.inf)).amin(2)
    known = (since < torch.inf).to(seen.dtype)
    since = torch.where(known > 0, since, torch.zeros_like(since))
    newest = seen * (age == since.unsqueeze(2))
    last = (newest * values).sum(2) / newest.sum(2).clamp(min=1.0)
    beyond = ((age - since.unsqueeze(2)) * seen).clamp(min=0.0)  # ages beyond the newest value's
    away = (values - last.unsqueeze(2)) * seen
    means, spread, totals = _faded(beyond, away, seen)
    slope, reached = _slope(beyond, away, seen, since)
    anchors = [torch.zeros_like(means[..., :1]), means, reached.unsqueeze(-1)]
    leaning = last.unsqueeze(-1) + torch.cat(anchors, -1) * known.unsqueeze(-1)
    fresh = torch.stack([torch.exp(since * (-1.0 / scale)) for scale in SCALES], -1)
    own = [known, last.asinh(), since.log1p(), (since + 0.05).log() * known, slope, reached.asinh()]
    parts = [
        means.asinh(),
        spread,
        totals / (totals + 2.0),
        fresh * known.unsqueeze(-1),
        torch.stack([*own, beyond.amax(2).log1p()], -1),
        _cohort_and_kind(series, known),
    ]
    return Summary(torch.cat([leaning, series.others[..., :1]], -1), torch.cat(parts, -1), known)


def _faded(beyond: Tensor, away: Tensor, seen: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """(R, M, scales + 1) each: exponentially weighted means, spreads and total weights of (R, M, S) values."""
    fading = [torch.exp((beyond * (-1.0 / scale)).clamp(min=-FARTHEST)) * seen for scale in SCALES]
    sums = torch.stack([*fading, seen], 2) @ torch.stack([seen, away, away.square()], 3)
    totals = sums[..., 0]
    mean, square = (sums[..., 1:] / totals.clamp(min=1e-6).unsqueeze(-1)).unbind(-1)
    return mean, ((square - mean.square()).clamp(min=0.0) + 0.01).sqrt() - 0.1, totals


def _slope(beyond: Tensor, away: Tensor, seen: Tensor, since: Tensor) -> tuple[Tensor, Tensor]:
    """Shrunk slope per typical age, and its extrapolation since the newest value."""
    at = (beyond - (beyond.sum(2) / seen.sum(2).clamp(min=1.0)).unsqueeze(2)) * seen
    slope = -(at * away).sum(2) / (at.square().sum(2) + RIDGE)
    return slope.asinh(), (slope * since).clamp(-4.0, 4.0)


def _cohort_and_kind(series: OwnSeries, known: Tensor) -> Tensor:
    """(R, M, 5): the cohort's other patients, and the kind."""
    classes = series.classes.to(known.dtype).expand_as(known)
    return torch.cat([series.others, torch.stack([classes, 1.0 - classes], -1)], -1)


def _empty_summary(series: OwnSeries) -> Summary:
    rows, _, columns = series.seen.shape
    known = series.values.new_zeros((rows, columns))
    own = series.values.new_zeros((rows, columns, ANCHORS - 1))
    blank = series.values.new_zeros((rows, columns, INPUTS - 5))
    anchors = torch.cat([own, series.others[..., :1]], -1)
    return Summary(anchors, torch.cat([blank, _cohort_and_kind(series, known)], -1), known)


@dataclass(frozen=True)
class SeriesForecast:
    """By series (R, M): location (log-odds of a class), unconstrained scale; unconstrained degrees of freedom."""

    location: Tensor
    raw_scale: Tensor
    raw_df: Tensor


class SeriesDescriptor(nn.Module):
    """Descriptors e = W [numbers, which are given, kind] + b of series; numbers are given in pretraining only."""

    def __init__(self, hyper: int, descriptor: int = 16) -> None:
        super().__init__()
        self.hyper = hyper
        self.linear = nn.Linear(2 * hyper + 2, descriptor)

    def forward(self, hyper: Tensor, given: Tensor, classes: Tensor) -> Tensor:
        """(..., E) from numbers (..., H), `given` 1 where they are known; classes (...,) 1 for a class."""
        kind = torch.stack([classes, 1.0 - classes], -1)
        described: Tensor = self.linear(torch.cat([hyper * given, given, kind], -1))
        return described

    def undescribed(self, classes: Tensor) -> Tensor:
        """(..., E) of series of which only the kind is known."""
        nothing = classes.new_zeros((*classes.shape, self.hyper))
        described: Tensor = self(nothing, nothing, classes)
        return described


class SeriesCore(nn.Module):
    """Network from summaries of own series to predictive distributions.

        h = relu(W_1 inputs + V e),   M = sum_d loading_d (x) known_d W_m h_d,
        read_d = loading_d . (M - own part) / (1 + sum |loading|^2),
        h' = h + W_3 relu(W_2 h + W_r read),   (a, delta, s) = W_o relu(h') + V_o e,
        location = a . anchors + delta.

    Args:
        width: of the hidden layers; descriptor: of e; message: of the messages between series.

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
        messages = self.tell(hidden) * summary.known.unsqueeze(-1)
        received = self.hear(pass_messages(messages, loadings.expand(len(messages), -1, -1)))
        hidden = hidden + self.leave(torch.relu(self.refine(hidden) + received))
        out = self.answer(torch.relu(hidden)) + self.answer_described(descriptor)
        location = (out[..., :ANCHORS] * summary.anchors).sum(-1) + out[..., ANCHORS]
        return SeriesForecast(location, out[..., ANCHORS + 1], self.freedom(descriptor).squeeze(-1))


def pass_messages(messages: Tensor, loadings: Tensor) -> Tensor:
    """(R, M, W) sum of the other series' messages (R, M, W), weighted by the products of loadings (R, M, G)."""
    everyone = loadings.transpose(1, 2) @ messages
    size = loadings.square().sum(-1, keepdim=True)
    received = loadings @ everyone - size * messages
    return received / (1.0 + size.sum(1, keepdim=True))
