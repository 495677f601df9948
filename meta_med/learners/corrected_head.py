"""A head that corrects what the pretrained core says, by nothing at first."""

import torch
from torch import Tensor, nn

from meta_med.learners.learner import degrees_of_freedom
from meta_med.learners.series_core import SeriesForecast
from meta_med.learners.series_path import SeriesPath
from meta_med.prediction import Prediction, positive_scale


class CorrectedHead(nn.Module):
    """From a hidden state z and the core's forecast to a distribution: (delta, s) = W z, W = 0 at first,

        location = core location + delta,   scale = softplus(core scale + s),

    Student t with the core's degrees of freedom (normal without `student_t`).
    """  # fmt: skip

    def __init__(self, path: SeriesPath, width: int, *, student_t: bool) -> None:
        super().__init__()
        self.layout, self.student_t = path.layout, student_t
        self.parts = [self.layout.width, len(self.layout.continuous)]
        self.linear = nn.Linear(width, sum(self.parts))
        nn.init.zeros_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def forward(self, hidden: Tensor, path: SeriesPath, core: SeriesForecast) -> Prediction:
        """The distribution of Q queries from their hidden state (B, Q, W)."""
        delta, wider = torch.split(self.linear(hidden), self.parts, -1)
        location = path.columns_from(core.location) + delta
        scale = positive_scale(path.continuous_from(core.raw_scale) + wider)
        df = degrees_of_freedom(path.continuous_from(core.raw_df)) if self.student_t else None
        return Prediction(self.layout, location, scale, df)
