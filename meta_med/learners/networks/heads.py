"""From a hidden state to a predictive distribution: a head that gates matched outcomes, and one for corrections."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from meta_med.learners.learner import degrees_of_freedom
from meta_med.learners.model_based.series_core import SeriesForecast
from meta_med.learners.model_based.series_path import SeriesPath
from meta_med.learners.networks.attention import MatchedOutcomes
from meta_med.learners.networks.history import OutcomeHistory
from meta_med.outcomes import OutcomeLayout
from meta_med.prediction import Prediction, positive_scale


@dataclass(frozen=True)
class Labels:
    """The target columns that a network may see: all, or those of no class where labels are fresh.

    A network that does not see class labels, and predicts classes only from the outcomes of support records, is exactly
    equivariant: permuting the labels permutes the prediction.
    """

    layout: OutcomeLayout
    fresh: bool = False

    def masked(self, columns: Tensor) -> Tensor:
        """The target columns (..., M), zero for classes whose labels are fresh."""
        if not self.fresh:
            return columns
        each = zip(self.layout.kinds, self.layout.columns, strict=True)
        parts = ((not kind.is_class, columns[..., c]) for kind, c in each)
        return torch.cat([part if named else torch.zeros_like(part) for named, part in parts], -1)


# Initial gate of the matched outcomes: about 1/2, and lower where the last own value is linked too.
START, START_BESIDE_LAST = -0.4328, -2.0


class GatedHead(nn.Module):
    """From a hidden state z to a distribution: (gate, trust, delta, s) = W z and, by target column,

        location = delta + sigmoid(gate) * last own value + softplus(trust + start) * evidence,
        scale = softplus(s),  Student t with learned degrees of freedom (normal without `student_t`).

    The evidence of a continuous outcome is the average of the matched outcomes, that of a class the log of its
    share; one trust serves all classes of an outcome. With fresh labels a class has no delta.
    """  # fmt: skip

    def __init__(
        self, layout: OutcomeLayout, width: int, *, student_t: bool, fresh_labels: bool, history: bool
    ) -> None:
        super().__init__()
        self.layout, self.labels = layout, Labels(layout, fresh_labels)
        self.history = history
        self.start = START_BESIDE_LAST if history else START
        m, scaled = layout.width, len(layout.scaled)
        self.parts = [m, len(layout.outcomes), m, scaled]
        self.linear = nn.Linear(width, sum(self.parts))
        self.raw_df = nn.Parameter(torch.full((scaled,), 3.0)) if student_t else None

    def forward(self, hidden: Tensor, matched: MatchedOutcomes, past: OutcomeHistory | None) -> Prediction:
        """The distribution of Q queries from their hidden state (B, Q, W)."""
        gate, raw_trust, delta, scale = torch.split(self.linear(hidden), self.parts, -1)
        trust = F.softplus(raw_trust + self.start)
        taken = [trust[..., d : d + 1] * evidence for d, evidence in enumerate(matched.evidence)]
        location = self.labels.masked(delta) + torch.cat(taken, -1)
        if past is not None:
            location = location + torch.sigmoid(gate) * past.known * past.last
        df = None if self.raw_df is None else degrees_of_freedom(self.raw_df)
        return Prediction(self.layout, location, positive_scale(scale), df)


class CorrectedHead(nn.Module):
    """From a hidden state z and the core's forecast to a distribution: (delta, s) = W z, W initially 0,

        location = core location + delta,   scale = softplus(core scale + s),

    Student t with the core's degrees of freedom (normal without `student_t`).
    """  # fmt: skip

    def __init__(self, path: SeriesPath, width: int, *, student_t: bool) -> None:
        super().__init__()
        self.layout, self.student_t = path.layout, student_t
        self.parts = [self.layout.width, len(self.layout.scaled)]
        self.linear = nn.Linear(width, sum(self.parts))
        nn.init.zeros_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def forward(self, hidden: Tensor, path: SeriesPath, core: SeriesForecast) -> Prediction:
        """The distribution of Q queries from their hidden state (B, Q, W)."""
        delta, wider = torch.split(self.linear(hidden), self.parts, -1)
        location = path.columns_from(core.location) + delta
        scale = positive_scale(path.scaled_from(core.raw_scale) + wider)
        df = degrees_of_freedom(path.scaled_from(core.raw_df)) if self.student_t else None
        return Prediction(self.layout, location, scale, df)
