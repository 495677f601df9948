"""Stacking: non-negative weights of predictors that minimise a proper score, under a prior.

Yao, Vehtari, Simpson & Gelman 2018, with pooled quantiles in place of a linear pool. The prior counts as so many
subjects, so it holds while they are few and fades as they become many. Besides the weights, a continuous outcome has
a width: predictors that all claim too much are not blended away from a good centre, they are made wider.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.outcomes import OutcomeKind

MOST_RECORDS = 4000  # a dozen weights need no more; the rest is thinned evenly
PRECISION = {"ftol": 1e-6, "gtol": 1e-4}  # of a score of about one: far below what tuning subjects can tell


@dataclass(frozen=True)
class Blend:
    """How predictors are pooled.

    Attributes:
        weights: (P,) that sum to one; width: what the pooled scale is multiplied by, or pooled log-odds of a binary
            outcome; shift: what the pooled centre is moved by, in pooled scales; none where binary.

    """

    weights: Floats
    width: float = 1.0
    shift: float = 0.0

    def raw(self) -> Floats:
        """(P + 1,) logarithms of weights and width."""
        return np.append(np.log(self.weights), np.log(self.width))


@dataclass(frozen=True)
class Stack:
    """P predictors of one outcome on R records, all observed.

    Attributes:
        mean, scale: (P, R) on model scale, the scale as of a normal distribution; mean is after the kind's `link`
            (log-odds if binary), scale unused where the kind has none.
        y: (R,) truth; subject, stratum, cohort: (R,) whose record, its support-size stratum and cohort.
        kind: of the outcome.

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

    def thinned(self) -> "Stack":
        """At most MOST_RECORDS records, evenly spread."""
        step = -(-len(self.y) // MOST_RECORDS)
        return self if step <= 1 else self.take(np.arange(0, len(self.y), step))

    def in_units_of(self, unit: Floats) -> "Stack":
        """A continuous outcome with each record measured in its own unit (R,), so that several can be pooled."""
        return replace(self, mean=self.mean / unit, scale=self.scale / unit, y=self.y / unit)

    def score(self, blend: Blend) -> Floats:
        """(R,) proper score of the pool: CRPS of a normal distribution, or log loss."""
        scaled = self.kind.has_scale
        moved = blend.shift * blend.width * (blend.weights @ self.scale) if scaled else 0.0
        return self._score(blend.weights, blend.width, moved)[0]

    def error(self, blend: Blend) -> Floats:
        """(R,) truth minus the pool's centre, in pooled scales; of a continuous outcome, before any shift."""
        return np.asarray((self.y - blend.weights @ self.mean) / (blend.width * (blend.weights @ self.scale)))

    def _score(
        self, weights: Floats, width: float = 1.0, moved: Floats | float = 0.0
    ) -> tuple[Floats, Floats, Floats]:
        """Scores and their slopes by the pool's mean and by its scale before widening, each (R,)."""
        mean = weights @ self.mean + moved
        return self.kind.blend_score(mean, weights @ self.scale, self.y, width)

    def fit(self, prior: Blend, strength: float, start: Blend | None = None) -> Blend:
        """The blend that minimises the subjects' mean score under a Dirichlet prior.

        Args:
            prior: its mean, all weights positive; strength: how many subjects it counts for, where scores are about
                one;
            start: where to look first, by default at the prior.

        """
        stack = self.thinned()
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
        found = minimize(objective, first, jac=True, method="L-BFGS-B", options=PRECISION).x
        return Blend(_softmax(found[:p]), float(np.exp(found[p])))


def together(stacks: Sequence[Stack]) -> Stack:
    """Records of several outcomes of one kind as one stack."""
    arrays = {
        name: np.concatenate([getattr(s, name) for s in stacks], -1)
        for name in ("mean", "scale", "y", "subject", "stratum", "cohort")
    }
    return Stack(**arrays, kind=stacks[0].kind)


def subject_weights(subject: Ints) -> tuple[int, Floats]:
    """How many subjects there are, and (R,) weights that give each the same and sum to one."""
    _, index, count = np.unique(subject, return_inverse=True, return_counts=True)
    return len(count), np.asarray(1.0 / count[index] / max(len(count), 1))


def _softmax(raw: Floats) -> Floats:
    w = np.exp(raw - raw.max())
    return np.asarray((w / w.sum()).clip(1e-12))
