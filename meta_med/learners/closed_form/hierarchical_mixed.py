"""Closed form: Bayesian averaging over a library of course models, population -> cohort -> individual."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.episodes.input_checks import check_times, check_values
from meta_med.learners.built_in_options import HierarchicalMixedOptions
from meta_med.learners.closed_form.courses.class_counts import ClassCounts, OwnClasses
from meta_med.learners.closed_form.courses.cohort_posterior import (
    CohortPosterior,
    ScalePrior,
    condition,
)
from meta_med.learners.closed_form.courses.course_library import CourseLibrary
from meta_med.learners.closed_form.courses.mean_effects import MeanEffects
from meta_med.learners.closed_form.courses.mixture import Mixture
from meta_med.learners.closed_form.courses.own_posterior import OwnPosterior, Sizes
from meta_med.learners.closed_form.courses.series import (
    Series,
    first_time,
    time_unit,
    with_newest_covariates,
)
from meta_med.learners.learner import Adapted, Learner
from meta_med.learners.networks.lenders import Lenders
from meta_med.outcomes import Outcome, OutcomeLayout
from meta_med.prediction import MIN_SCALE, Prediction, columns_of

FREEDOM, EVIDENCE, SPREAD = 4.0, 300.0, 0.4  # of a cohort's scale; its values at most; of log t: at the start
FASTER = 10.0  # share of meta-training's learning rate
INTERVAL = (0.05, 0.95)  # that the prediction's scale reproduces
NORMAL_95 = 1.6448536269514722


class HierarchicalMixed(Learner):
    """A mixture over models of how a subject's values move, weighted by the cohort's lenders and the own records.

        y = columns(x, t) . effects_cohort + level + slope t + slow(t) + fast(t) + noise   (`course_library`)

    Under each of M models of a broad library the effects (intercept, drift, covariates) and the scale of the cohort are
    integrated out given the whole series of its lenders (`cohort_posterior`), the subject's course given the own
    records (`own_posterior`). Models are averaged by their marginal likelihood (Hoeting et al. 1999), so that five
    lenders are enough; with none the library's prior is the prediction. Classes are counted instead: a
    Dirichlet-multinomial over the cohort's and the own counts (`class_counts`).

    Meta-parameters are hyperparameters of that prior, meta-trained by the exact marginal likelihood of the queries
    (empirical Bayes): the models and their weights, scales, time unit, strengths of effects, and a small network whose
    features have effects like covariates. They start where the library is broad, and predict well untrained.

    The prediction's location is the mixture's median and its scale has the mixture's 90 % interval; `observe` and the
    loss use the mixture itself. Everything but the networks is computed in float64. Own history (`history`) adds
    nothing, because the courses are conditioned on the own records themselves.

    Options: `HierarchicalMixedOptions`.
    """  # fmt: skip

    Options = HierarchicalMixedOptions

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None,
        options: HierarchicalMixedOptions,
    ) -> None:
        super().__init__(outcomes, n_covariates, encoder, replace(options, history=False))
        self.layout.refuse_other_forms(type(self).__name__)
        count = len(self.layout.scaled)
        self.effects = MeanEffects(count, self.features, options.width, options.layers, options.features)
        self.library = CourseLibrary(count, options.models)
        self.classes = ClassCounts(self.layout, self.effects.width)
        self.log_time = nn.Parameter(torch.zeros(()))
        self.log_scale = nn.Parameter(torch.zeros(count))
        self.log_freedom = nn.Parameter(torch.full((count,), FREEDOM).log())
        self.log_evidence = nn.Parameter(torch.full((count,), EVIDENCE).log())
        self.log_spread = nn.Parameter(torch.full((count,), SPREAD).log())

    def parameter_groups(self) -> list[tuple[float, list[nn.Parameter]]]:
        """Hyperparameters, which are few and logarithms, move FASTER than the weights of networks."""
        networks = [m for m in (self.effects.network, self.features) if m is not None]
        weights = [p for module in networks for p in module.parameters()] + [self.classes.weight]
        known = {id(p) for p in weights}
        groups = [(1.0, weights), (FASTER, [p for p in self.parameters() if id(p) not in known])]
        return [group for group in groups if group[1]]

    def _of_cohorts(self, context: Lenders) -> "KnownCohorts":
        """What lenders tell of their cohorts."""
        unit = time_unit(context, self.log_time)
        series, lenders = context.series.merged(0), context.series.present.shape[1]
        columns = self.effects(self.features, series)
        read = self.read(series, columns, first_time(series), unit.repeat_interleave(lenders))
        scale = ScalePrior(
            square=(2.0 * self.log_scale.double()).exp(),
            freedom=self.log_freedom.double().exp(),
            evidence=self.log_evidence.double().exp(),
        )
        courses, log_prior = self.library(), self.library.log_prior.double()
        cohorts = 1 if context.empty else len(unit)  # without context all cohorts are alike
        posterior = condition(courses, self.effects.roots(courses), log_prior, scale, read, cohorts)
        return KnownCohorts(unit, posterior, self.classes.of_cohorts(context))

    def _adapt(self, known: "KnownCohorts", cohort: Tensor, support: Records) -> "AdaptedCourses":
        """Condition on own records, given what is known of the cohorts."""
        columns = self.effects(self.features, support)
        read = self.read(support, columns, first_time(support), known.unit[cohort])
        sizes = Sizes.of(self.log_spread.double().exp())
        own = OwnPosterior.of(self.library(), known.posterior.of(cohort), sizes, read)
        classes = OwnClasses.of(self.layout, support, columns)
        return AdaptedCourses(self, support, known, cohort, own, classes)

    def read(self, rows: Records, columns: Tensor, first: Tensor, unit: Tensor) -> Series:
        """Records (B, N) as the closed form reads them, with their columns (B, N, E)."""
        return Series.of(rows, columns, first, unit, self.layout.scaled)

    def _loss(self, batch: EpisodeBatch) -> Tensor:
        """Mean negative logarithm of the mixture's density, and of the classes' probabilities."""
        adapted = self._adapt(self._known(batch.context), batch.cohort, batch.support.clean())
        values, seen = adapted.log_likelihood(batch.query.clean())
        weight = seen.to(values.dtype)
        loss: Tensor = -(values * weight).sum() / weight.sum().clamp(min=1.0)
        return loss.to(batch.query.y.dtype)


@dataclass(frozen=True)
class KnownCohorts:
    """What lenders tell of K cohorts: time unit (K,), posterior of the courses, and counts (K, M') of classes."""

    unit: Tensor
    posterior: CohortPosterior
    counts: Tensor


@dataclass(frozen=True)
class AdaptedCourses(Adapted):
    """Mixtures of B subjects from their cohort's posterior and their own records."""

    learner: HierarchicalMixed
    support: Records
    known: KnownCohorts
    cohort: Tensor
    own: OwnPosterior
    classes: OwnClasses

    def _predict(self, query: Records) -> Prediction:
        mixture, logits = self.distributions(query)
        low, middle, high = (mixture.quantile(p).permute(2, 1, 0) for p in (INTERVAL[0], 0.5, INTERVAL[1]))
        df = self.own.sizes.degrees_of_freedom()
        scale = (high - low) / (2.0 * quantile_95(df)) + MIN_SCALE
        layout, dtype = self.learner.layout, query.x.dtype
        location = by_outcome(layout, middle, logits)
        return Prediction(layout, location.to(dtype), scale.to(dtype), df.to(dtype))

    def distributions(self, query: Records) -> tuple[Mixture, list[Tensor]]:
        """The mixtures (P, D, Q, B) of outcomes with a scale, and the logits (B, Q, W) of each class outcome."""
        query = with_newest_covariates(query, self.support)
        columns = self.learner.effects(self.learner.features, query)
        unit = self.known.unit[self.cohort]
        read = self.learner.read(query, columns, first_time(self.support), unit)
        logits = self.learner.classes.logits(self.known.counts[self.cohort], self.classes, columns)
        return self.own.predicted(read), logits

    def log_likelihood(self, query: Records) -> tuple[Tensor, Tensor]:
        """Log-likelihood (B, Q, D) of a cleaned query's outcomes by the mixture itself, and where they are observed."""
        layout = self.learner.layout
        mixture, logits = self.distributions(query)
        y = query.y.double()
        told = mixture.log_density(columns_of(y, layout.scaled).permute(2, 1, 0)).permute(2, 1, 0)
        classes = [
            layout.kinds[d].log_likelihood(y[..., d : d + 1], part, None, None)
            for d, part in zip(layout.classes, logits, strict=True)
        ]
        return by_outcome(layout, told, classes), query.y_observed

    def observe(self, records: Records) -> "AdaptedCourses":
        """Condition on further records (B, n) of the same subjects, older or newer.

        The result equals adapting to all records at once. The cohort is not read again; the own records are, because an
        older one moves the time from which slopes count.

        Returns:
            A new object; this one is not changed.

        Raises:
            InvalidInput: a ValueError that names the tensor; see `meta_med.episodes.input_checks`.

        """
        self.learner.expected().check("records", records, rows=len(self.support))
        check_values(self.learner.layout, {"records": records})
        check_times({"records": records})
        return self.learner._adapt(self.known, self.cohort, self.support.followed_by(records.clean()))


def by_outcome(layout: OutcomeLayout, scaled: Tensor, classes: Sequence[Tensor]) -> Tensor:
    """Side by side in the outcomes' order: a column of (..., Dc) for each with a scale, and one part for each class."""
    scaled_parts = dict(zip(layout.scaled, torch.split(scaled, 1, -1), strict=False))
    parts = scaled_parts | dict(zip(layout.classes, classes, strict=True))
    return torch.cat([parts[d] for d in range(len(layout.outcomes))], -1)


def quantile_95(df: Tensor) -> Tensor:
    """The 0.95-quantile of the Student t, by its expansion in 1 / df: off by less than 0.02 % from df = 4.4 on."""
    z = NORMAL_95
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    found = torch.full_like(df, z)
    for power, term in enumerate(terms, 1):
        found = found + term / df**power
    return found
