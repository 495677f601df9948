"""A head that gates what was found in the support beside what it adds itself."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from meta_med.learners.history import History
from meta_med.learners.labels import Labels
from meta_med.learners.learner import degrees_of_freedom
from meta_med.learners.matching import Matched
from meta_med.outcomes import OutcomeLayout
from meta_med.prediction import Prediction, positive_scale

# Where the gate of what was matched starts: at 1/2, lower where the last own value is linked beside it.
START, START_BESIDE_LAST = -0.4328, -2.0


class GatedHead(nn.Module):
    """From a hidden state z to a distribution: (gate, trust, delta, s) = W z and, by target column,

        location = delta + sigmoid(gate) * last own value + softplus(trust + start) * evidence,
        scale = softplus(s),  Student t with learned degrees of freedom (normal without `student_t`).

    The evidence of a continuous outcome is the average of what was matched, that of a class the log of its
    share; one trust serves all classes of an outcome. With fresh labels a class has no delta.
    """  # fmt: skip

    def __init__(
        self, layout: OutcomeLayout, width: int, *, student_t: bool, fresh_labels: bool, history: bool
    ) -> None:
        super().__init__()
        self.layout, self.labels = layout, Labels(layout, fresh_labels)
        self.history = history
        self.start = START_BESIDE_LAST if history else START
        m, continuous = layout.width, len(layout.continuous)
        self.parts = [m, len(layout.outcomes), m, continuous]
        self.linear = nn.Linear(width, sum(self.parts))
        self.raw_df = nn.Parameter(torch.full((continuous,), 3.0)) if student_t else None

    def forward(self, hidden: Tensor, matched: Matched, past: History | None) -> Prediction:
        """The distribution of Q queries from their hidden state (B, Q, W)."""
        gate, raw_trust, delta, scale = torch.split(self.linear(hidden), self.parts, -1)
        trust = F.softplus(raw_trust + self.start)
        taken = [trust[..., d : d + 1] * evidence for d, evidence in enumerate(matched.evidence)]
        location = self.labels.named(delta) + torch.cat(taken, -1)
        if past is not None:
            location = location + torch.sigmoid(gate) * past.known * past.last
        df = None if self.raw_df is None else degrees_of_freedom(self.raw_df)
        return Prediction(self.layout, location, positive_scale(scale), df)
