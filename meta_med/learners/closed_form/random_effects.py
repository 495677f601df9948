"""Hierarchical Gaussian regression on learned features: population -> cohort -> individual, in closed form.

For target column m, a record with inputs x at time t, features phi(x) in R^d (the first one the constant 1):

    y = mean_m(x) + phi . (u_cohort + v_subject) + sum_j g_jm(x, t) + noise
    u ~ N(0, diag a_m),  v ~ N(0, diag b_m),  g_jm ~ GP(0, k_j),  noise ~ N(0, s_m(x)^2)

mean_m is a population network (which also returns s_m) plus the gated last own value; the kernels k_j are those that a
learner adds (none in `bayesian_head`). The records of each lender of the context have their own v and g, so u is
conditioned on every lender's series with the covariance of a subject's.

Classes are regressed as one-hot columns with a learned temperature
(Bertinetto, Henriques, Torr & Vedaldi 2019). Networks run in the records' dtype, the closed form in `head_dtype` or
wider.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from meta_med.episodes.batch import Records
from meta_med.episodes.input_checks import check_times, check_values
from meta_med.learners.built_in_options import BayesianHeadOptions
from meta_med.learners.closed_form.conditioning import Evidence, FeatureSpace, RecordSpace, stable_cholesky
from meta_med.learners.learner import Adapted, Learner, degrees_of_freedom
from meta_med.learners.networks.blocks import in_blocks
from meta_med.learners.networks.features import LastValueLink, hidden_widths, mlp
from meta_med.learners.networks.lenders import Lenders
from meta_med.outcomes import Outcome
from meta_med.prediction import MIN_SCALE, Prediction, columns_of

HEAD_DTYPES = {"float32": torch.float32, "float64": torch.float64}
SMALLEST_NOISE = 0.01  # of an outcome's standard deviation; keeps record space well conditioned


@dataclass(frozen=True)
class Points:
    """N records of B subjects as inputs of the kernels.

    Attributes:
        phi: (B, N, d) features; psi: (B, M, N, d) features times a root of the prior covariance of u + v.
        embedded: (B, N, E) inputs of a deep kernel (E may be 0); time: (B, N) years.

    """

    phi: Tensor
    psi: Tensor
    embedded: Tensor
    time: Tensor


@dataclass(frozen=True)
class Design:
    """Outputs of the networks for N records of B subjects.

    Attributes:
        phi: (B, N, d); embedded: (B, N, E); time: (B, N).
        location: (B, N, M) prior mean of the target columns; variance: (B, M, N) of the noise.

    """

    phi: Tensor
    embedded: Tensor
    time: Tensor
    location: Tensor
    variance: Tensor


@dataclass(frozen=True)
class EffectPrior:
    """Distribution of u + v for T cohorts or subjects: N(mean, R R^T), mean (T, M, d) and root R (T, M, d, d).

    Without context records the prior is diagonal and the same for all: mean is None and root (M, d).
    """

    mean: Tensor | None
    root: Tensor

    def select(self, cohort: Tensor) -> "EffectPrior":
        """The prior of each subject's cohort; a single cohort is broadcast without a copy."""
        if self.mean is None or len(self.mean) == 1:
            return self
        return EffectPrior(self.mean[cohort], self.root[cohort])

    def whiten(self, phi: Tensor) -> Tensor:
        """(B, M, N, d): features phi (B, N, d) times the root."""
        if self.mean is None:
            return phi.unsqueeze(1) * self.root.unsqueeze(1)
        return phi.unsqueeze(1) @ self.root

    def shift(self, phi: Tensor) -> Tensor:
        """(B, M, N) or a scalar zero: what the cohort's mean effect adds."""
        if self.mean is None:
            return phi.new_zeros(())
        return (phi @ self.mean.transpose(1, 2)).transpose(1, 2)


class RandomEffects(Learner, ABC):
    """The networks, the cohort's posterior and the prediction that closed-form learners share."""

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None,
        options: BayesianHeadOptions,
    ) -> None:
        super().__init__(outcomes, n_covariates, encoder, options)
        self.layout.refuse_other_forms(type(self).__name__)
        m = self.layout.width
        features, embedding, activation = options.features, options.embedding, options.activation
        self.head_dtype = options.head_dtype
        hidden = hidden_widths(self.features, options.width, options.layers)
        self.phi = mlp([*hidden, features - 1], activation)
        self.population = mlp([*hidden, 2 * m])
        self.embedder = mlp([*hidden, embedding], activation) if embedding else None
        self.link = LastValueLink(m)
        self.raw_cohort = nn.Parameter(torch.full((m, features), -4.0))
        self.raw_own = nn.Parameter(torch.full((m, features), -2.0))
        self.log_temperature = nn.Parameter(torch.ones(m))
        dc = len(self.layout.scaled)
        self.raw_df = nn.Parameter(torch.full((dc,), 3.0)) if options.student_t else None

    @abstractmethod
    def beside(self, points: Points) -> Tensor | float:
        """Prior covariance (B, M, N, N) of the learner's own kernels between a subject's records, by column."""

    @abstractmethod
    def condition(self, points: Points, evidence: Evidence) -> "Posterior":
        """The posterior of subjects given the evidence of their own records."""

    @final
    def _adapt(self, of_cohorts: EffectPrior, cohort: Tensor, support: Records) -> "AdaptedEffects":
        effects = of_cohorts.select(cohort)
        points, evidence = self._observed(effects, support, support)
        return AdaptedEffects(self, effects, self.condition(points, evidence), support)

    def _observed(self, effects: EffectPrior, rows: Records, support: Records) -> tuple[Points, Evidence]:
        """Points and evidence of some rows, with their history in `support`."""
        design = self.design(rows, support)
        residual, seen = self._residual(rows, design)
        evidence = Evidence.of(residual - effects.shift(design.phi), design.variance, seen)
        return points_of(effects, design), evidence

    def _residual(self, rows: Records, design: Design) -> tuple[Tensor, Tensor]:
        values, seen = self.layout.targets(rows.y, rows.y_observed)
        residual = (values - design.location).to(design.phi.dtype)
        return residual.transpose(1, 2), seen.transpose(1, 2)

    def design(self, rows: Records, support: Records) -> Design:
        """Run the networks, and cast the inputs of the closed form to its dtype."""
        inputs, past = self.features(rows, support)
        dtype = torch.promote_types(inputs.dtype, HEAD_DTYPES[self.head_dtype])
        hidden = in_blocks(self.phi, inputs) / (self.raw_own.shape[1] - 1) ** 0.5
        phi = torch.cat([torch.ones_like(hidden[..., :1]), hidden], -1).to(dtype)
        centre, raw_noise = in_blocks(self.population, inputs).chunk(2, -1)
        variance = (F.softplus(raw_noise - 0.5) + SMALLEST_NOISE).square().to(dtype)
        nothing = phi.new_zeros((*phi.shape[:-1], 0))
        embedded = nothing if self.embedder is None else in_blocks(self.embedder, inputs).to(dtype)
        location = centre + self.link(past)
        return Design(phi, embedded, rows.time.to(dtype), location, variance.transpose(1, 2))

    @final
    def _of_cohorts(self, context: Lenders) -> EffectPrior:
        """The distribution of u + v given the context of each cohort."""
        dtype = torch.promote_types(self.raw_own.dtype, HEAD_DTYPES[self.head_dtype])
        between, own = F.softplus(self.raw_cohort.to(dtype)), F.softplus(self.raw_own.to(dtype))
        if context.empty:
            return EffectPrior(None, (between + own).sqrt())
        phi, evidence = self._of_lenders(context, own)
        root = between.sqrt()
        mean, covered = FeatureSpace.condition(phi * root.unsqueeze(1), evidence).weights()
        covered = root.unsqueeze(-1) * covered
        total = covered @ covered.transpose(-1, -2) + torch.diag_embed(own)
        return EffectPrior(root * mean, stable_cholesky(total))

    def _of_lenders(self, context: Lenders, own: Tensor) -> tuple[Tensor, Evidence]:
        """Features (K, M, L N, d) and evidence about u of all lenders, whitened by each one's own covariance."""
        series = context.series.merged(0)
        design = self.design(series, series)
        residual, seen = self._residual(series, design)
        alone = EffectPrior(None, own.sqrt())
        points = points_of(alone, design)
        kernel = points.psi @ points.psi.transpose(-1, -2) + self.beside(points)
        space = RecordSpace.condition(kernel, Evidence.of(residual, design.variance, seen))
        phi = space.whiten(design.phi.unsqueeze(1).expand_as(points.psi))
        shape = context.series.present.shape[:2]
        phi, residual = (
            t.reshape(*shape, *t.shape[1:]).transpose(1, 2).flatten(2, 3) for t in (phi, space.whitened)
        )
        one = torch.ones_like(residual)
        return phi, Evidence(residual, one, one)

    def read(self, effects: EffectPrior, posterior: "Posterior", design: Design) -> Prediction:
        """Posterior predictive of query records."""
        shift, spread = posterior.read(points_of(effects, design))
        shift = (shift + effects.shift(design.phi)).transpose(1, 2)
        total = (spread + design.variance).transpose(1, 2)
        location = design.location + shift.to(design.location.dtype)
        scale = columns_of(total, self.layout.scaled_columns).sqrt().to(location.dtype) + MIN_SCALE
        df = None if self.raw_df is None else degrees_of_freedom(self.raw_df)
        return Prediction(self.layout, self._with_logits(location, spread.transpose(1, 2)), scale, df)

    def _with_logits(self, location: Tensor, spread: Tensor) -> Tensor:
        """Regressed one-hot columns as logits; uncertain ones are shrunk to even odds (MacKay 1992)."""
        parts = []
        for columns, kind in zip(self.layout.columns, self.layout.kinds, strict=True):
            part = location[..., columns]
            if kind.is_class:
                damped = part / (1.0 + spread[..., columns]).sqrt().to(part.dtype)
                part = self.log_temperature[columns].exp() * damped
            parts.append(part)
        return torch.cat(parts, -1)


def points_of(effects: EffectPrior, design: Design) -> Points:
    """The records of a design, whitened by each subject's prior."""
    return Points(design.phi, effects.whiten(design.phi), design.embedded, design.time)


class Posterior(ABC):
    """The posterior of a subject's functions given the own records."""

    @abstractmethod
    def read(self, points: Points) -> tuple[Tensor, Tensor]:
        """Mean shift and variance (B, M, Q) at query points."""

    @abstractmethod
    def extended(self, points: Points, evidence: Evidence) -> "Posterior":
        """The posterior given further records too."""


@dataclass(frozen=True)
class AdaptedEffects(Adapted):
    """Posterior of B subjects from their cohort's prior and their own records."""

    learner: RandomEffects
    effects: EffectPrior
    posterior: Posterior
    support: Records

    def _predict(self, query: Records) -> Prediction:
        design = self.learner.design(query, self.support)
        return self.learner.read(self.effects, self.posterior, design)

    def observe(self, records: Records) -> "AdaptedEffects":
        """Condition on further records (B, n) of the same subjects.

        The result equals adapting to all records at once, at the cost of the new ones only. With `history` they must
        not be older than those seen before, because the inputs of a record then depend on earlier ones.

        Returns:
            A new object; this one is not changed.

        Raises:
            InvalidInput: a ValueError that names the tensor; see `meta_med.episodes.input_checks`.
            ValueError: with `history`, a record older than one already seen.

        """
        self.learner.expected().check("records", records, rows=len(self.support))
        check_values(self.learner.layout, {"records": records})
        check_times({"records": records})
        records = records.clean()
        if self.learner.features.own_history:
            _refuse_older(records, self.support)
        support = self.support.followed_by(records)
        points, evidence = self.learner._observed(self.effects, records, support)
        return AdaptedEffects(self.learner, self.effects, self.posterior.extended(points, evidence), support)


def _refuse_older(records: Records, support: Records) -> None:
    """Refuse records older than the support; this synchronises with the device."""
    both = min(records.present.shape[1], support.present.shape[1])
    if both == 0 or records.present.is_meta:
        return
    endless = torch.full((), torch.inf, dtype=support.time.dtype, device=support.time.device)
    newest = torch.where(support.present, support.time, -endless).amax(1)
    oldest = torch.where(records.present, records.time, endless).amin(1)
    if bool((oldest < newest).any()):
        raise ValueError(
            "records.time: with history on, expected no record older than those already observed"
        )
