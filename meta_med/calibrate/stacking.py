"""Stacking: non-negative weights of predictors that minimise a proper score, under a prior.

Yao, Vehtari, Simpson & Gelman 2018, with pooled quantiles instead of a linear pool. The prior counts as a number of
subjects, so it dominates while they are few. A continuous outcome also has a width: where all predictors are
overconfident, the pooled scale is widened instead of moving the centre.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.outcomes import OutcomeKind

MOST_RECORDS = 4000  # enough for a dozen weights; more records are subsampled evenly
TOLERANCES = {"ftol": 1e-6, "gtol": 1e-4}  # of a score of about one: far below its standard error


@dataclass(frozen=True)
class Blend:
    """How predictors are pooled.

    Attributes:
        weights: (P,) that sum to one.
        width: factor on the pooled scale, or on the pooled log-odds of a binary outcome.
        shift: added to the pooled centre, in pooled scales; 0 for a binary outcome.

    """

    weights: Floats
    width: float = 1.0
    shift: float = 0.0

    def raw(self) -> Floats:
        """(P + 1,) logarithms of weights and width."""
        return np.append(np.log(self.weights), np.log(self.width))


@dataclass(frozen=True)
class Pool:
    """The pooled forecast of R records: centre (R,) after the kind's `link`, and scale (R,) of a kind that has one."""

    centre: Floats
    scale: Floats


@dataclass(frozen=True)
class Stack:
    """P predictors of one outcome on R records, all observed.

    Attributes:
        mean, scale: (P, R) on model scale, the scale as of a normal distribution; mean is after the kind's `link`
            (log-odds if binary), scale unused where the kind has none.
        y: (R,) truth.
        subject, stratum, cohort: (R,) indices of each record.
        kind: the kind of the outcome.

    """

    mean: Floats
    scale: Floats
    y: Floats
    subject: Ints
    stratum: Ints
    cohort: Ints
    kind: OutcomeKind

    def take(self, rows: Ints | Bools) -> "Stack":
        """These records only."""
        arrays = {name: getattr(self, name)[rows] for name in ("y", "subject", "stratum", "cohort")}
        return replace(self, mean=self.mean[:, rows], scale=self.scale[:, rows], **arrays)

    def of(self, predictor: int) -> "Stack":
        """One predictor alone."""
        return replace(self, mean=self.mean[[predictor]], scale=self.scale[[predictor]])

    def subsample(self) -> "Stack":
        """At most MOST_RECORDS records, evenly spread."""
        step = -(-len(self.y) // MOST_RECORDS)
        return self if step <= 1 else self.take(np.arange(0, len(self.y), step))

    def in_units_of(self, unit: Floats) -> "Stack":
        """The values of a continuous outcome divided by a unit (R,), so that several outcomes can be pooled."""
        return replace(self, mean=self.mean / unit, scale=self.scale / unit, y=self.y / unit)

    def score(self, blend: Blend) -> Floats:
        """(R,) proper score of the pool: CRPS of a normal distribution, or log loss."""
        scaled = self.kind.has_scale
        shift = blend.shift * blend.width * (blend.weights @ self.scale) if scaled else 0.0
        return self._score(blend.weights, blend.width, shift)[0]

    def each_alone(self) -> Floats:
        """(P, R) score of each predictor by itself: its absolute error, or its proper score where it has no scale."""
        if self.kind.has_scale:
            return np.abs(self.y - self.mean)
        return np.stack([self._score(weights)[0] for weights in np.eye(len(self.mean))])

    def pool(self, blend: Blend) -> Pool:
        """The pooled forecast."""
        mean = blend.weights @ self.mean
        if not self.kind.has_scale:
            return Pool(blend.width * mean, np.full(len(mean), np.nan))
        scale = blend.width * (blend.weights @ self.scale)
        return Pool(mean + blend.shift * scale, scale)

    def error(self, blend: Blend) -> Floats:
        """(R,) truth minus the pool's centre before any shift, in pooled scales; for a continuous outcome."""
        return np.asarray((self.y - blend.weights @ self.mean) / (blend.width * (blend.weights @ self.scale)))

    def _score(
        self, weights: Floats, width: float = 1.0, shift: Floats | float = 0.0
    ) -> tuple[Floats, Floats, Floats]:
        """Scores and their derivatives by the pool's mean and by its scale before widening, each (R,)."""
        mean = weights @ self.mean + shift
        return self.kind.blend_score(mean, weights @ self.scale, self.y, width)

    def fit(self, prior: Blend, strength: float, start: Blend | None = None) -> Blend:
        """The blend that minimises the subjects' mean score under a Dirichlet prior.

        Args:
            prior: mean of the prior, all weights positive.
            strength: number of subjects that the prior counts for, where scores are about one.
            start: start of the optimiser, by default the prior.

        """
        stack = self.subsample()
        n, weight = subject_weights(stack.subject)
        pull, p = strength / n, len(prior.weights)
        held = pull * stack.kind.width_prior
        scale, expected = np.nan_to_num(stack.scale), np.log(prior.width)

        def objective(raw: Floats) -> tuple[float, Floats]:
            w, width = _softmax(raw[:p]), float(np.exp(raw[p]))
            score, by_mean, by_scale = stack._score(w, width)
            slope = stack.mean @ (weight * by_mean) + scale @ (weight * by_scale)
            by_width = by_scale * (w @ scale) if stack.kind.has_scale else by_mean * (w @ stack.mean)
            pulled = 2 * held * (raw[p] - expected)
            value = weight @ score - pull * (prior.weights @ np.log(w)) + held * (raw[p] - expected) ** 2
            return float(value), np.append(
                w * (slope - w @ slope) - pull * (prior.weights - w), weight @ by_width + pulled
            )

        first = (start or prior).raw()
        found = minimize(objective, first, jac=True, method="L-BFGS-B", options=TOLERANCES).x
        return Blend(_softmax(found[:p]), float(np.exp(found[p])))


def concatenated(stacks: Sequence[Stack]) -> Stack:
    """Records of several outcomes of one kind as one stack."""
    arrays = {
        name: np.concatenate([getattr(s, name) for s in stacks], -1)
        for name in ("mean", "scale", "y", "subject", "stratum", "cohort")
    }
    return Stack(**arrays, kind=stacks[0].kind)


def subject_weights(subject: Ints) -> tuple[int, Floats]:
    """Number of subjects, and (R,) record weights that give each subject the same weight and sum to one."""
    _, index, count = np.unique(subject, return_inverse=True, return_counts=True)
    return len(count), np.asarray(1.0 / count[index] / max(len(count), 1))


def _softmax(raw: Floats) -> Floats:
    w = np.exp(raw - raw.max())
    return np.asarray((w / w.sum()).clip(1e-12))
