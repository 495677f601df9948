"""The champion: per outcome and support-size stratum, a stacked blend if it holds up, else the best baseline.

Chosen on tuning subjects only. The blend pools predictors with non-negative weights that minimise the
subjects' mean score under a Dirichlet prior, so that few tuning subjects leave it near its prior. Its score is
cross-fitted over tuning subjects before it is compared. The best of several baselines on few subjects is partly
luck, so the baseline is served only when it is better by more than a standard error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from meta_med.forecast import Forecast, pool
from meta_med.outcomes import OutcomeLayout
from meta_med.records import Bools, Floats, Ints
from meta_med.scores import per_subject_mean
from meta_med.stacking import Stack
from meta_med.strata import STRATA, stratum_name, stratum_of

BLEND = "blend"
TOLERANCE = (
    1.0  # standard errors by which the blend may score worse than the best baseline and still be served
)
MIN_SUBJECTS = 5
SAFE = (
    "mixed_model",
    "boosted_lags",
    "patient_mean",
)  # served, the first there is, where nothing can be compared


@dataclass(frozen=True)
class Decision:
    """Who is champion of one outcome in one stratum, and why.

    `difference` is the blend's score minus the best baseline's, mean over tuning subjects, cross-fitted, with
    its 95 % interval.
    """

    outcome: str
    stratum: int
    predictor: str
    best_baseline: str
    weights: dict[str, float]
    difference: float
    ci_low: float
    ci_high: float
    n_subjects: int

    @property
    def evidence(self) -> str:
        """One sentence for a screen."""
        if self.n_subjects == 0:
            few = f"Fewer than {MIN_SUBJECTS} tuning patients have this outcome here"
            return f"{few}: {self.predictor} is served without a contest."
        verb = "served" if self.predictor == BLEND else f"not served, {self.best_baseline} is"
        return (
            f"On {self.n_subjects} tuning patients the blend scored {self.difference:+.3f} against "
            f"{self.best_baseline} (95 % interval {self.ci_low:+.3f} to {self.ci_high:+.3f}, lower is better): {verb}."
        )


@dataclass(frozen=True)
class Champion:
    """Decisions by outcome and stratum."""

    predictors: tuple[str, ...]
    decisions: tuple[Decision, ...]

    def weights(self, outcome: int, stratum: int) -> Floats:
        """(P,) weights of the predictors."""
        found = self.decisions[outcome * len(STRATA) + stratum]
        return np.asarray([found.weights.get(name, 0.0) for name in self.predictors], dtype=np.float64)

    def predictor(self, outcome: int, stratum: int, cohort: int) -> str:
        """Who is served there: `blend`, or the baseline that was kept."""
        return self.decisions[outcome * len(STRATA) + stratum].predictor

    def forecast(self, forecasts: Mapping[str, Forecast], size: Ints, cohort: Ints) -> Forecast:
        """The champion's forecast of R records of these support sizes (R,) and cohorts (R,)."""
        parts = [forecasts[name] for name in self.predictors]
        mean, scale = np.empty_like(parts[0].mean), np.empty_like(parts[0].scale)
        n_outcomes = mean.shape[1]
        df = np.full(n_outcomes, 1e6)
        stratum = stratum_of(size)
        for s in range(len(STRATA)):
            rows = np.flatnonzero(stratum == s)
            weights = np.stack([self.weights(d, s) for d in range(n_outcomes)], 1)
            pooled = pool([p.take(rows) for p in parts], weights)
            mean[rows], scale[rows] = pooled.mean, pooled.scale
        return Forecast(mean, scale, df)

    def to_json(self) -> dict[str, Any]:
        """Plain lists and numbers."""
        return {"predictors": list(self.predictors), "decisions": [asdict(d) for d in self.decisions]}

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "Champion":
        """Read what `to_json` gave."""
        return cls(tuple(facts["predictors"]), tuple(Decision(**d) for d in facts["decisions"]))


@dataclass(frozen=True)
class Tuning:
    """What the choice is made on.

    Attributes:
        forecasts: P predictors' forecasts of R tuning records; y: (R, D) truth on model scale;
        size, subject, cohort: (R,) own records used, whose record it is, and the cohort it is predicted in.

    """

    forecasts: Mapping[str, Forecast]
    y: Floats
    size: Ints
    subject: Ints
    cohort: Ints


def choose_champion(
    tuning: Tuning, layout: OutcomeLayout, learners: Sequence[str], baselines: Sequence[str]
) -> Champion:
    """Choose per outcome and stratum.

    Args:
        tuning: forecasts and truth of tuning subjects.
        layout: the outcomes; learners, baselines: names among the forecasts.

    """
    names = (*learners, *baselines)
    prior = _prior(learners, baselines)
    decisions = []
    for d in range(len(layout.outcomes)):
        for s in range(len(STRATA)):
            stack = _stack(tuning, layout, names, d, _rows(tuning, d, s))
            decisions.append(_decide(stack, names, (layout.outcomes[d].name, s), prior, baselines))
    return Champion(names, tuple(decisions))


def _prior(learners: Sequence[str], baselines: Sequence[str]) -> Floats:
    """Prior weights: learners and the two strong baselines share equally, the others a tenth of that."""
    strong = {"mixed_model", "boosted_lags"}
    raw = np.asarray([1.0] * len(learners) + [1.0 if b in strong else 0.1 for b in baselines])
    return np.asarray(raw / raw.sum())


def _rows(tuning: Tuning, d: int, s: int) -> Bools:
    """Rows of a stratum; neighbouring strata are pooled while fewer than 20 subjects have the outcome."""
    stratum, seen = stratum_of(tuning.size), ~np.isnan(tuning.y[:, d])
    rows = np.asarray(seen)
    for reach in range(len(STRATA)):
        near = np.abs(stratum - s) <= reach
        # k = 0 is its own kind: it never borrows from patients who have records, nor lends to them
        rows = np.asarray(seen & near & ((stratum == 0) == (s == 0)))
        if len(np.unique(tuning.subject[rows])) >= 20:
            break
    return rows


def _stack(tuning: Tuning, layout: OutcomeLayout, names: Sequence[str], d: int, rows: Bools) -> Stack:
    parts = [tuning.forecasts[n] for n in names]
    return Stack(
        mean=np.stack([f.mean[rows, d] for f in parts]),
        scale=np.stack([f.scale[rows, d] for f in parts]),
        y=tuning.y[rows, d],
        subject=tuning.subject[rows],
        binary=layout.outcomes[d].kind != "continuous",
    )


def _decide(
    stack: Stack, names: Sequence[str], head: tuple[str, int], prior: Floats, baselines: Sequence[str]
) -> Decision:
    if len(np.unique(stack.subject)) < MIN_SUBJECTS:
        safe = next((b for b in SAFE if b in baselines), baselines[0])
        return Decision(*head, safe, safe, {safe: 1.0}, 0.0, 0.0, 0.0, 0)
    single = {b: stack.score(np.asarray([float(n == b) for n in names])) for b in baselines}
    best = min(baselines, key=lambda b: float(per_subject_mean(single[b], stack.subject)[0].mean()))
    difference, _ = per_subject_mean(stack.cross_fitted(prior) - single[best], stack.subject)
    error = float(difference.std(ddof=1)) / float(np.sqrt(len(difference)))
    half, mean = 1.96 * error, float(difference.mean())
    evidence: dict[str, Any] = {
        "difference": mean,
        "ci_low": mean - half,
        "ci_high": mean + half,
        "n_subjects": len(difference),
    }
    if mean > TOLERANCE * error:
        return Decision(*head, best, best, {best: 1.0}, **evidence)
    weights = {n: round(float(w), 6) for n, w in zip(names, stack.fit(prior), strict=True)}
    return Decision(*head, BLEND, best, weights, **evidence)


def describe(champion: Champion) -> list[dict[str, Any]]:
    """Rows for the published `champions` table."""
    return [
        {
            "outcome": d.outcome,
            "support_size": stratum_name(d.stratum),
            "predictor": d.predictor,
            "best_baseline": d.best_baseline,
            "weights": {k: round(v, 3) for k, v in d.weights.items() if v >= 0.005},
            "evidence": d.evidence,
        }
        for d in champion.decisions
    ]
