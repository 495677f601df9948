"""Histogram gradient boosting on covariates or lags, tuned by cross-validation over training subjects.

With lags, the cohort's level, the shrunk mean and the mixed model's mean are further columns.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from scipy.special import logit

from meta_med.baselines.baseline import Baseline, spread_by_size
from meta_med.baselines.cohort_levels import CohortLevels
from meta_med.baselines.heads import Columns, Head, tuned_head, without_prefix
from meta_med.baselines.lags import OF_OTHERS, OWN, lags_of, trend
from meta_med.baselines.mixed_model import MixedModel
from meta_med.baselines.own_values import ShrunkMean
from meta_med.baselines.repeats import Own, Repeats, fit_repeats, narrowing
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.episodes.episode_arrays import Arrays, Episodes
from meta_med.forecast import NORMAL, Forecast
from meta_med.moments import moments, spread_or_size
from meta_med.outcomes import OutcomeLayout

NOBODY: Floats = np.zeros((0, 0, 0))
NO_TIME: Floats = np.zeros((0, 0))


@dataclass(frozen=True)
class BaselineInputs:
    """Inputs from other baselines, (R, D) each: cohort levels, and where own records are used two means."""

    level: Floats
    shrunk: Floats | None = None
    expected: Floats | None = None


class InputBaselines:
    """Cohort levels and, where own records are used, two baselines whose means are inputs of boosting."""

    def __init__(self, levels: CohortLevels, shrunk: ShrunkMean | None, mixed: MixedModel | None) -> None:
        self.levels, self.shrunk, self.mixed = levels, shrunk, mixed

    @classmethod
    def fit(cls, layout: OutcomeLayout, episodes: Episodes, own: bool) -> "InputBaselines":
        """Fit on these subjects."""
        levels = CohortLevels.of(episodes.y, episodes.cohort, episodes.subject)
        if not own:
            return cls(levels, None, None)
        return cls(levels, ShrunkMean(layout).fit(episodes), MixedModel(layout).fit(episodes))

    def refit(self, episodes: Episodes) -> "InputBaselines":
        """Levels and coefficients fitted on other subjects; variances and weights are kept."""
        levels = CohortLevels.of(episodes.y, episodes.cohort, episodes.subject)
        if self.shrunk is None or self.mixed is None:
            return InputBaselines(levels, None, None)
        return InputBaselines(
            levels, self.shrunk.with_levels(levels), self.mixed.with_coefficients_of(episodes)
        )

    def inputs(self, episodes: Episodes) -> BaselineInputs:
        """The inputs of these episodes; a new cohort has the average level."""
        # without context: trees read a shifted level as other patients
        episodes = replace(episodes, context_x=NOBODY, context_y=NOBODY, context_time=NO_TIME)
        level = self.levels.at(episodes)
        if self.shrunk is None or self.mixed is None:
            return BaselineInputs(level)
        return BaselineInputs(level, self.shrunk.centre(episodes), self.mixed.centre(episodes))

    def out_of_fold_inputs(self, episodes: Episodes, fold: Ints) -> BaselineInputs:
        """The inputs of the training episodes, each from a refit on the other folds."""
        base = self.inputs(episodes)
        for f in np.unique(fold):
            out = fold == f
            if out.all():
                continue
            part = self.refit(episodes.take(~out)).inputs(episodes.take(out))
            for name, values in vars(part).items():
                if values is not None:
                    getattr(base, name)[out] = values
        return base

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Arrays and JSON facts."""
        arrays = self.levels.state()
        facts: dict[str, Any] = {}
        if self.shrunk is not None and self.mixed is not None:
            own, facts = self.mixed.state()
            arrays |= {f"mixed.{k}": v for k, v in own.items()}
            arrays |= {f"shrunk.{k}": v for k, v in self.shrunk.state()[0].items()}
        return arrays, facts

    @classmethod
    def restore(
        cls, layout: OutcomeLayout, arrays: Mapping[str, np.ndarray], facts: Mapping[str, Any]
    ) -> "InputBaselines":
        """Rebuild from `state`."""
        levels = CohortLevels.restore(arrays)
        shrunk, mixed = (without_prefix(arrays, part) for part in ("shrunk.", "mixed."))
        if not mixed:
            return cls(levels, None, None)
        return cls(levels, ShrunkMean(layout).restore(shrunk, {}), MixedModel(layout).restore(mixed, facts))


FOLDS = 4
# Number of outcomes up to which every configuration is tried, with the mixed model's means of all outcomes as inputs.
FEW = 10
FEW_LAGS_OF_OTHERS = ("recent",)  # lags of each other outcome, where there are many
EDGE = 0.01


class Boosting(Baseline):
    """One model per outcome: a start, a linear part and boosted trees, each used where it improves left-out error.

    With more than FEW outcomes fewer options are tried, to save time: trees of one configuration on the residuals of
    the best start and linear part, one lag of each other outcome, and the mixed model's mean of this outcome only. On
    trial_labs' training patients, a third left out, the full search on 12 of 36 outcomes gave 1.00 and 1.02 times
    the error in two folds for over three times the time; larger trees alone gave 1.0003 in three folds.

    Attributes:
        own: whether own records are used; uses_cohort: whether the cohort's level is a column.

    """

    own = False
    uses_cohort = True

    def __init__(self, layout: OutcomeLayout) -> None:
        super().__init__(layout)
        self.heads: list[Head] = []
        self.basis: InputBaselines | None = None
        self.repeats: dict[int, Repeats] = {}
        self.residual: Floats = np.zeros((0, 0))
        self.chance: Floats = np.zeros((0, 0))
        self.unit: Floats = np.ones(len(layout.outcomes))
        self.origin: Floats = np.zeros(len(layout.outcomes))

    def fit(self, episodes: Episodes) -> Self:
        """Tune and fit one model per outcome; its left-out residuals are kept for the spread."""
        fold = self.folds(episodes)
        self.unit, self.origin = spread_or_size(episodes.y), moments(episodes.y)[0]
        self.origin[self.layout.logistic] = 0.0  # log-odds of 1/2
        self.basis = InputBaselines.fit(self.layout, episodes, self.own)
        base = self.basis.out_of_fold_inputs(episodes, fold)
        self.residual, self.chance = np.full(episodes.y.shape, np.nan), np.zeros(episodes.y.shape)
        for d, columns in enumerate(self._columns(episodes, base)):
            self.residual[:, d] = self._fit_outcome(d, columns, episodes.y[:, d], fold)
            if self.own and d not in self.layout.logistic:
                self._fit_repeats(d, columns, episodes, fold)
        return self

    def folds(self, episodes: Episodes) -> Ints:
        """(R,) cross-validation fold; all series of a person are in one."""
        return np.asarray(episodes.group % FOLDS)

    def _fit_outcome(self, d: int, columns: Columns, y: Floats, fold: Ints) -> Floats:
        seen = ~np.isnan(y)
        known = Columns(columns.x[seen], {k: v[seen] for k, v in columns.starts.items()})
        few = len(self.layout.outcomes) <= FEW
        head, left_out = tuned_head(known, y[seen], fold[seen], d in self.layout.logistic, few)
        self.heads.append(head)
        residual = np.full(len(y), np.nan)
        residual[seen] = y[seen] - left_out
        return residual

    def _fit_repeats(self, d: int, columns: Columns, episodes: Episodes, fold: Ints) -> None:
        """Where repeats of the last value are frequent, medians that allow for them replace the left-out centres."""
        seen, y = ~np.isnan(episodes.y[:, d]), episodes.y[:, d]
        own = _own(columns, episodes, np.flatnonzero(seen))
        centre, who = (y - self.residual[:, d])[seen], episodes.subject[seen]
        found = fit_repeats(own, centre, y[seen], fold[seen], who, float(self.unit[d]))
        if found is not None:
            self.repeats[d], median, self.chance[seen, d] = found
            self.residual[seen, d] = y[seen] - median

    def fit_scale(self, episodes: Episodes, folds: int = FOLDS) -> Self:
        """Spread from the left-out residuals of tuning."""
        del folds
        largest, ratio = episodes.support_time.shape[1], self.residual / narrowing(self.chance)
        self.residual_scale = spread_by_size(ratio, episodes.size, largest, self.unit)
        return self

    def centre(self, episodes: Episodes) -> Floats:
        """Means, or medians where values repeat; probabilities for binary outcomes."""
        return self._served(episodes)[0]

    def _served(self, episodes: Episodes) -> tuple[Floats, Floats]:
        """(R, D) centres, and chances of a repeat of the last value."""
        assert self.basis is not None, "fit first"
        columns = self._columns(episodes, self.basis.inputs(episodes))
        centre = np.stack([head.centre(c) for head, c in zip(self.heads, columns, strict=True)], 1)
        chance = np.zeros(centre.shape)
        for d, repeats in self.repeats.items():
            own = _own(columns[d], episodes, np.arange(len(centre)))
            chance[:, d] = repeats.chance(own, centre[:, d])
            centre[:, d] = repeats.median(own, centre[:, d], chance[:, d])
        return centre, chance

    def _columns(self, episodes: Episodes, base: BaselineInputs) -> list[Columns]:
        """Each outcome's inputs."""
        outcomes = range(episodes.y.shape[1])
        nothing = np.broadcast_to(self.origin, episodes.y.shape)
        if base.expected is None or base.shrunk is None:
            level = base.level if self.uses_cohort else base.level[:, :0]
            inputs = [np.concatenate([episodes.x, level[:, d : d + 1]], 1) for d in outcomes]
            return [Columns(x, {"nothing": nothing[:, d]}) for d, x in enumerate(inputs)]
        lags, out = lags_of(episodes), []
        last = np.where(np.isnan(lags.named("last")), base.expected, lags.named("last"))
        line = trend(lags, self.unit)
        line = np.where(np.isnan(line), last, line)
        expected, many = self._scores(base.expected), len(self.layout.outcomes) > FEW
        beyond = [base.level, self._scores(base.shrunk) - expected]
        beyond += [lags.named(name) - base.expected for name in ("last", "recent")]
        of_others = FEW_LAGS_OF_OTHERS if many else OF_OTHERS
        for d in outcomes:
            hints = [expected[:, [d]] if many else expected, *(b[:, [d]] for b in beyond)]
            starts = {"nothing": nothing[:, d], "last": last[:, d], "trend": line[:, d]}
            starts |= {"shrunk": base.shrunk[:, d], "expected": base.expected[:, d]}
            out.append(Columns(np.concatenate([lags.of(d, of_others), *hints], 1), starts))
        return out

    def _scores(self, centre: Floats) -> Floats:
        """Means; log odds for binary outcomes."""
        out = centre.copy()
        for d in self.layout.logistic:
            out[:, d] = logit(centre[:, d].clip(EDGE, 1 - EDGE))
        return out

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """The parts of each outcome's model, and the baselines for its inputs."""
        assert self.basis is not None, "fit first"
        arrays, facts = self.basis.state()
        arrays |= {"unit": self.unit, "origin": self.origin}
        for d, head in enumerate(self.heads):
            arrays |= {f"{d}.{k}": v for k, v in head.state().items()}
        for d, repeats in self.repeats.items():
            arrays |= {f"{d}.repeats.{k}": v for k, v in repeats.state().items()}
        kept = {str(d): repeats.head.facts for d, repeats in self.repeats.items()}
        return arrays, {"basis": facts, "heads": [head.facts for head in self.heads], "repeats": kept}

    def restore(self, arrays: Arrays, facts: Mapping[str, Any]) -> Self:
        """Load a saved state."""
        self.basis = InputBaselines.restore(self.layout, arrays, facts["basis"])
        self.unit, self.origin = arrays["unit"], arrays["origin"]
        for d, kept in enumerate(facts["heads"]):
            self.heads.append(Head.restore(without_prefix(arrays, f"{d}."), kept))
        for code, kept in facts["repeats"].items():
            self.repeats[int(code)] = Repeats.restore(without_prefix(arrays, f"{code}.repeats."), kept)
        return self


def _own(columns: Columns, episodes: Episodes, rows: Ints) -> Own:
    """What repeats depend on; an outcome's own lags are the first of its columns."""
    return Own(columns.x[rows, : len(OWN)], episodes.cohort[rows], episodes.size[rows])


class Population(Boosting):
    """Boosting on covariates known ahead and the cohort's level, without own records."""


class BoostedLags(Boosting):
    """Boosting on lag features of all outcomes and covariates, and on the mean of a mixed model.

    Where training patients' values often repeat the last one exactly, the median allows for it (`repeats`).
    """

    own = True

    def forecast(self, episodes: Episodes) -> Forecast:
        """The centre; the likelier a repeat of the last value, the smaller the scale."""
        centre, chance = self._served(episodes)
        scale = self.residual_scale[np.minimum(episodes.size, len(self.residual_scale) - 1)]
        scale = scale * narrowing(chance)
        scale[:, list(self.layout.unscaled)] = np.nan
        return Forecast(centre, scale, np.full(len(self.layout.outcomes), NORMAL))
