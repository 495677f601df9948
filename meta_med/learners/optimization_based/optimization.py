"""The base class of optimization-based learners, which adapt by a few gradient steps.

Two levels: inner steps on the cohort's context give the cohort's weights, further steps on the subject's own support
give the subject's. Steps are batched over tasks.
"""

import copy
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Self

import torch
from torch import Tensor, nn

from meta_med.episodes.batch import Records
from meta_med.learners.built_in_options import GradientOptions
from meta_med.learners.learner import Adapted, Learner, ScaleHead
from meta_med.learners.networks.features import LastValueLink, hidden_widths
from meta_med.learners.networks.history import OutcomeHistory
from meta_med.learners.networks.lenders import Lenders
from meta_med.learners.optimization_based.dual import Perceptron
from meta_med.learners.optimization_based.fast_weights import FastWeights, FunctionalWeights, Inputs, Network
from meta_med.learners.optimization_based.inner_loop import (
    InnerLoss,
    LayerRates,
    inner_loop,
    rates_of,
    record_weights,
)
from meta_med.outcomes import Outcome, OutcomeLayout
from meta_med.prediction import Prediction


class OptimizationLearner(Learner):
    """A ReLU perceptron over record features, or over an encoder's embedding, adapted by gradient steps.

    Inner loss of a task with n_m observed values of target column m:

        sum_m 1/(n_m + kappa) * sum_i l(f(x_i), y_im)

    with l the squared error / 2 or the cross-entropy. kappa >= 0 is meta-learned: it shrinks the step of a
    subject with few records; kappa = 0 is the papers' mean loss.

    An external encoder adapts too (see `fast_weights`), unless the learner adapts its head only.

    Options: `GradientOptions`.
    """

    Options: ClassVar[type[GradientOptions]] = GradientOptions
    told: Tensor | None

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None,
        options: GradientOptions,
    ) -> None:
        super().__init__(outcomes, n_covariates, encoder, options)
        step_size = _first_step_size(self.layout, options)
        self.step_size, self.first_order = step_size, options.first_order
        self.inner_steps, self.cohort_steps = options.inner_steps, options.cohort_steps
        self.head_only = options.head_only
        widths = [*hidden_widths(self.features, options.width, options.layers), self.layout.width]
        linears = [nn.Linear(a, b) for a, b in itertools.pairwise(widths)]
        still = len(linears) - 1 if self.head_only else 0
        fresh_labels = _fresh_labels(self.layout, options)
        self.register_buffer("told", _told_apart(self.layout, fresh_labels), persistent=False)
        self.hidden, self.layers = nn.ModuleList(linears[:still]), nn.ModuleList(linears[still:])
        self.link = LastValueLink(self.layout.width)
        levels = {"cohort": options.cohort_steps, "own": options.inner_steps}
        self.trained_steps = levels
        self.encoder_names = self._encoder_names()
        self.rates = rates_of(options.step_sizes, levels, self._adapting(), step_size)
        self.log_kappa = nn.ParameterDict({k: torch.zeros(()) for k in levels}) if options.shrink else None
        self.scales = ScaleHead(len(self.layout.scaled), student_t=options.student_t)

    def with_inner_steps(self, inner_steps: int) -> Self:
        """The same meta-parameters (shared, not copied) with another number of own inner steps, 0 or more.

        Steps beyond those that were meta-trained take the last one's step size, or the share of it that does not raise
        the subject's inner loss.
        """
        self.Options.check("inner_steps", inner_steps)
        other = copy.copy(self)
        other.inner_steps = inner_steps
        return other

    @property
    def log_rates(self) -> nn.ParameterDict:
        """Logarithms of the step sizes of each layer, by level (steps, layers)."""
        if not isinstance(self.rates, LayerRates):
            raise TypeError("log_rates: this learner has step sizes per parameter, not per layer")
        return self.rates.log

    def linears(self) -> list[nn.Linear]:
        """The linear layers that adapt."""
        return [layer for layer in self.layers if isinstance(layer, nn.Linear)]

    def _encoder_names(self) -> tuple[str, ...]:
        """Parameters of the encoder that adapt: all that were not frozen at creation."""
        encoder = None if self.head_only else self.features.encoder
        return () if encoder is None else tuple(n for n, p in encoder.named_parameters() if p.requires_grad)

    def _adapting(self) -> dict[str, Tensor]:
        """Every tensor that adapts, by its name in `Network`."""
        named: dict[str, Tensor] = {f"layers.{n}": p for n, p in self.layers.named_parameters()}
        if self.told is not None:
            head = f"layers.{len(self.layers) - 1}"
            named[f"{head}.weight"] = named[f"{head}.weight"] * self.told.unsqueeze(1)
            named[f"{head}.bias"] = named[f"{head}.bias"] * self.told
        if self.encoder_names and self.features.encoder is not None:
            parameters = dict(self.features.encoder.named_parameters())
            named |= {f"encoder.{n}": parameters[n] for n in self.encoder_names}
        return named

    def _shared(self) -> FastWeights:
        """The meta-parameters, before any step."""
        named = self._adapting()
        if self.encoder_names and self.features.encoder is not None:
            network = Network(self.features.encoder, self.layers, self.features.frozen)
            return FunctionalWeights(network, tuple(named), tuple(named.values()))
        return Perceptron.of(tuple(named.values()))

    def _of_cohorts(self, context: Lenders) -> FastWeights:
        return self._to_cohort(self._shared(), context)

    def _adapt(self, of_cohorts: FastWeights, cohort: Tensor, support: Records) -> "AdaptedByGradient":
        fast = self._to_own(of_cohorts.select(cohort), support)
        return AdaptedByGradient(self, fast, support)

    def _to_cohort(self, fast: FastWeights, context: Lenders) -> FastWeights:
        """The cohorts' weights after steps on their contexts, in which each lender weighs the same."""
        past = context.past(self.features)
        return self._inner_loop("cohort", self.cohort_steps, fast, context.records, past, context)

    def _to_own(self, fast: FastWeights, rows: Records) -> FastWeights:
        """The subjects' weights after steps on their own records."""
        return self._inner_loop("own", self.inner_steps, fast, rows, self.features.past(rows, rows))

    def _inner_loop(
        self,
        level: str,
        steps: int,
        fast: FastWeights,
        rows: Records,
        past: OutcomeHistory | None,
        lenders: Lenders | None = None,
    ) -> FastWeights:
        if rows.present.shape[1] == 0:
            return fast
        inputs, offset = self._inputs(rows, past)
        values, observed = self.layout.targets(rows.y, rows.y_observed)
        seen = observed.to(values.dtype)
        seen = seen if lenders is None else lenders.even(seen)
        loss = InnerLoss(self.layout, rows.y, values, seen, offset, record_weights(seen, self._kappa(level)))
        rates, trained = partial(self.rates, level), self.trained_steps[level]
        fast = inner_loop(
            fast, inputs, loss, rates, steps=steps, trained=trained, first_order=self.first_order
        )
        return fast.after(inputs)

    def _kappa(self, level: str) -> Tensor | float:
        return 0.0 if self.log_kappa is None else self.log_kappa[level].exp()

    def _inputs(self, rows: Records, past: OutcomeHistory | None) -> tuple[Inputs, Tensor | float]:
        """The inputs of the layers that adapt, and the offset of their output."""
        if self.encoder_names:
            beside = rows.x.new_zeros((*rows.present.shape, 0)) if past is None else past.features()
            return Inputs(beside, rows), self.link(past)
        h = self.features.inputs(rows, past)
        for layer in self.hidden:
            h = torch.relu(layer(h))
        return Inputs(h, rows), self.link(past)

    def read(self, fast: FastWeights, query: Records, support: Records) -> Prediction:
        """The adapted network's predictive distribution of the query."""
        inputs, offset = self._inputs(query, self.features.past(query, support))
        scale = self.scales.scale(support, query.present.shape[1])
        return Prediction(self.layout, fast.output(inputs) + offset, scale, self.scales.df())


def _few_shot(layout: OutcomeLayout, options: GradientOptions) -> bool:
    """Whether every outcome is a class and records have no history, as in few-shot classification."""
    return not (layout.scaled or options.history)


def _fresh_labels(layout: OutcomeLayout, options: GradientOptions) -> bool:
    """As the options say; where they do not, first-order gradients take labels of a few-shot problem as fresh."""
    if options.fresh_labels is not None:
        return options.fresh_labels
    return options.first_order and _few_shot(layout, options)


def _first_step_size(layout: OutcomeLayout, options: GradientOptions) -> float:
    """The initial step size."""
    if options.step_size is not None:
        return options.step_size
    large = _few_shot(layout, options) and (_fresh_labels(layout, options) or not options.first_order)
    return 1.0 if large else 0.1


def _told_apart(layout: OutcomeLayout, fresh_labels: bool) -> Tensor | None:
    """(M,) 0 in the columns of classes whose labels are drawn anew, else 1; None without such outcomes.

    The last layer times this starts equal for all classes. Where labels are drawn anew it has nothing to learn about
    them but noise: a first-order gradient does not see that an inner step overshoots on it, and lets the noise grow
    until nothing else is learned. (Ye and Chao 2022 share one vector between the classes; it adds the same to every
    logit and is without effect, so it is 0 here.)
    """
    if not (fresh_labels and layout.classes):
        return None
    told = torch.ones(layout.width)
    for d in layout.classes:
        told[layout.columns[d]] = 0.0
    return told


@dataclass(frozen=True)
class AdaptedByGradient(Adapted):
    """Fast weights of B subjects."""

    learner: OptimizationLearner
    fast: FastWeights
    support: Records

    def _predict(self, query: Records) -> Prediction:
        return self.learner.read(self.fast, query, self.support)
