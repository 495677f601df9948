"""Optimization-based: model-agnostic meta-learning, batched over all tasks in the dual form.

Finn, Abbeel & Levine 2017 (MAML); learned per-layer step sizes as in Antoniou et al. 2019 (MAML++).
Two levels: inner steps on the cohort's context give the cohort's weights, further steps on the subject's own
support give the subject's.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from meta_med.episodes import Records
from meta_med.learners import dual
from meta_med.learners.features import LastValueLink, RecordFeatures
from meta_med.learners.learner import Adapted, Learner, ScaleHead
from meta_med.outcomes import Outcome, OutcomeLayout
from meta_med.prediction import Prediction


class MAML(Learner):
    """MAML on a ReLU perceptron over record features.

    Inner loss of a task with n_m observed outcomes m: sum_m 1/(n_m + kappa) * sum_i l(f(x_i), y_im), with
    l the squared error / 2 or the cross-entropy. kappa >= 0 is meta-learned: it shrinks the step of a subject
    with few records, so that k = 1 does not hurt; kappa = 0 is the paper's mean loss.

    Args:
        width, layers: hidden layers; inner_steps: steps on the own support; cohort_steps: on the context;
        step_size: initial inner step size (learned per layer); shrink: learn kappa, else kappa = 0;
        first_order: drop second derivatives (FOMAML); student_t: heavy-tailed outer likelihood.

    """

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int,
        encoder: nn.Module | None = None,
        *,
        width: int = 64,
        layers: int = 2,
        inner_steps: int = 1,
        cohort_steps: int = 1,
        step_size: float = 0.1,
        shrink: bool = True,
        first_order: bool = False,
        student_t: bool = True,
        history: bool = False,
    ) -> None:
        super().__init__(outcomes)
        self.inner_steps, self.cohort_steps, self.first_order = inner_steps, cohort_steps, first_order
        self.features = RecordFeatures(self.layout, n_covariates, encoder, history)
        widths = [self.features.width, *[width] * layers, self.layout.width]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in itertools.pairwise(widths))
        self.link = LastValueLink(self.layout.width)
        levels = {"cohort": cohort_steps, "own": inner_steps}
        self.log_rates = nn.ParameterDict(
            {k: torch.full((max(n, 1), layers + 1), step_size).log() for k, n in levels.items()}
        )
        self.log_kappa = nn.ParameterDict({k: torch.zeros(()) for k in levels}) if shrink else None
        self.scales = ScaleHead(len(self.layout.continuous), student_t=student_t)

    def _adapt(self, context: Records, cohort: Tensor, support: Records) -> "AdaptedMAML":
        shared = dual.Corrections.none(self.linears(), len(context))
        of_cohort = self._inner_loop("cohort", self.cohort_steps, shared, context)
        fast = self._inner_loop("own", self.inner_steps, of_cohort.select(cohort), support)
        return AdaptedMAML(self, fast, support)

    def linears(self) -> list[nn.Linear]:
        """The layers that adapt."""
        return [layer for layer in self.layers if isinstance(layer, nn.Linear)]

    def _inner_loop(self, level: str, steps: int, fast: dual.Corrections, rows: Records) -> dual.Corrections:
        if rows.present.shape[1] == 0:
            return fast
        inputs, past = self.features(rows, rows)
        offset = self.link(past)
        values, seen = self.layout.targets(rows.y, rows.y_observed)
        weight = record_weights(seen, self._kappa(level))
        for s in range(steps):
            output, entered = dual.forward(self.linears(), fast, inputs)
            delta = inner_delta(self.layout, output + offset, values, seen) * weight
            fast = dual.step(self.linears(), fast, entered, delta, self.log_rates[level][s].exp())
            fast = fast.detached() if self.first_order else fast
        return fast

    def _kappa(self, level: str) -> Tensor:
        rates: Tensor = self.log_rates[level]
        return rates.new_zeros(()) if self.log_kappa is None else self.log_kappa[level].exp()

    def read(self, fast: dual.Corrections, query: Records, support: Records) -> Prediction:
        """The corrected network's predictive distribution of the query."""
        inputs, past = self.features(query, support)
        output, _ = dual.forward(self.linears(), fast, inputs)
        scale = self.scales.scale(support, query.present.shape[1])
        return Prediction(self.layout, output + self.link(past), scale, self.scales.df())


@dataclass(frozen=True)
class AdaptedMAML(Adapted):
    """Fast weights of B subjects, as low-rank corrections of the shared ones."""

    learner: MAML
    fast: dual.Corrections
    support: Records

    def _predict(self, query: Records) -> Prediction:
        return self.learner.read(self.fast, query, self.support)


def record_weights(seen: Tensor, kappa: Tensor) -> Tensor:
    """Weight 1 / (n_m + kappa) of each record (T, N, M) in the inner loss; n_m observed values of outcome m."""
    return 1.0 / (seen.sum(1, keepdim=True) + kappa).clamp(min=1e-6)


def inner_delta(layout: OutcomeLayout, output: Tensor, values: Tensor, seen: Tensor) -> Tensor:
    """Derivative of squared error / 2 (continuous) and cross-entropy (classes) by the output; 0 where unobserved."""
    parts = []
    for outcome, columns in zip(layout.outcomes, layout.columns, strict=True):
        raw = output[..., columns]
        parts.append((raw if outcome.kind == "continuous" else raw.softmax(-1)) - values[..., columns])
    return torch.cat(parts, -1) * seen.to(output.dtype)
