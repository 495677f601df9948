"""The mixed model as a baseline: own level, slope and drift around fixed effects, linear or logistic."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Self

import numpy as np

from meta_med.baselines.baseline import Baseline, spread_by_size
from meta_med.baselines.mixed.cohort_fits import CohortFits, fit_by_cohort, patients_by_cohort
from meta_med.baselines.mixed.expected import Expected, Histories, conditional
from meta_med.baselines.mixed.forms import fit_linear_outcome, fit_logistic_outcome
from meta_med.baselines.mixed.logistic_mixed import Prior, chances, of_cohorts, refit_logistic
from meta_med.baselines.mixed.serial import ALL, SerialFit, append_query, refit, series_of
from meta_med.baselines.mixed.serial_likelihood import Windows
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.episodes.episode_arrays import Arrays, Episodes
from meta_med.forecast import NORMAL, Forecast
from meta_med.moments import moments, spread_or_size
from meta_med.outcomes import OutcomeLayout

BLOCK = 4096  # subjects predicted at a time
SCALE = ("usable", "flagged", "x_mean", "x_sd", "y_mean", "y_sd")
"""Arrays of a fitted model: covariates in use, covariates with missing-value indicators, means and spreads."""


class MixedModel(Baseline):
    """One mixed model per outcome: fixed effects of covariates known ahead; random cohort, level, slope and drift.

    Linear for a continuous outcome, logistic for a binary one. The random slope is on the last covariate, the years
    since the subject's first record. Slope, drift (serial correlation) or both are chosen by AIC. The effect of a
    cohort outside training is predicted from its context records, 0 without any; records of one lender are correlated
    like those of a subject. Where cohorts differ in more than their level, those with enough patients have variances
    and coefficients of their own (`mixed.cohort_fits`).

    With more than FEW outcomes slope and drift are alternatives and not tried together: that improved nothing
    (left-out error 1.0003 of it, over 36 outcomes of trial_labs' training patients).

    Covariates and continuous outcomes are standardised on the training episodes, so that penalty, start and bounds do
    not depend on units; a missing covariate is set to its mean.

    Variances are fitted to about 600 to 2,400 runs of records; coefficients and sigma then to all runs (above 20,000,
    to an even part of them).
    """

    def __init__(self, layout: OutcomeLayout) -> None:
        super().__init__(layout)
        self.fits: list[CohortFits] = []
        self.usable: Ints = np.zeros(0, dtype=np.int64)
        self.flagged: Ints = np.zeros(0, dtype=np.int64)
        self.x_mean: Floats = np.zeros(0)
        self.x_sd: Floats = np.ones(0)
        self.y_mean: Floats = np.zeros(len(layout.outcomes))
        self.y_sd: Floats = np.ones(len(layout.outcomes))
        self.trained: Bools = np.zeros(0, dtype=bool)

    def fit(self, episodes: Episodes) -> Self:
        """Fit each outcome by restricted likelihood on subjects' runs of records."""
        self._choose_columns(episodes)
        self.y_mean, self.y_sd = moments(episodes.y)[0], spread_or_size(episodes.y)
        self.y_mean[self.layout.logistic], self.y_sd[self.layout.logistic] = 0.0, 1.0
        drawn, every = series_of(episodes), series_of(episodes, runs=ALL)
        patients, n = patients_by_cohort(episodes, len(self.trained)), episodes.y.shape[1]
        for d, runs in enumerate(self._runs(episodes, drawn)):
            if d in self.layout.logistic:
                self.fits.append(CohortFits(fit_logistic_outcome(runs, n)))
            else:
                self.fits.append(
                    fit_by_cohort(runs, patients[:, d], partial(fit_linear_outcome, n_outcomes=n))
                )
        if len(every) > len(drawn):
            self.fits = self._refitted(self.fits, episodes, every)
        return self

    def with_coefficients_of(self, episodes: Episodes) -> "MixedModel":
        """A model with the same columns and variances, and coefficients fitted on other subjects."""
        other = MixedModel(self.layout)
        for name in SCALE:
            setattr(other, name, getattr(self, name))
        other.trained = np.bincount(episodes.cohort, minlength=len(self.trained))[: len(self.trained)] > 0
        other.fits = other._refitted(self.fits, episodes, series_of(episodes, runs=ALL))
        return other

    def _refitted(self, fits: list[CohortFits], episodes: Episodes, chosen: Ints) -> list[CohortFits]:
        logistic = self.layout.logistic
        return [
            fit.refitted(runs, refit_logistic if d in logistic else refit)
            for d, (runs, fit) in enumerate(zip(self._runs(episodes, chosen), fits, strict=True))
        ]

    def _runs(self, episodes: Episodes, chosen: Ints) -> Iterator[Windows]:
        """Each outcome's runs from the chosen episodes, without subjects who never have the outcome.

        The optimum that a search finds changes by a ten-thousandth with the last digit of a value or the order of sums.
        So values are rounded to single precision and runs are sorted by content: the same records in another unit or
        order give the same fit to the last digit.
        """
        runs = episodes.take(chosen)
        x, time = append_query(runs.support_x, runs.x), append_query(runs.support_time, np.zeros(len(runs.y)))
        y = (append_query(runs.support_y, runs.y) - self.y_mean) / self.y_sd
        width = max(int((~np.isnan(time)).sum(1).max()), 1)  # the largest number of records of a subject
        x, time, y = (v[:, -width:] for v in (x, time, y))
        design, member = _rounded(self._covariates(x)), self._dummies(runs.cohort)
        slope, time, y = _rounded(self._slope(x)), np.nan_to_num(time), _rounded(y)
        for d in range(y.shape[2]):
            seen, own = ~np.isnan(y[..., d]), np.nan_to_num(y[..., d])
            place = np.lexsort([*own.T, *time.T, *design[:, -1].T, runs.cohort])
            place = place[np.asarray(seen.any(1))[place]]
            columns = (design, slope, time, own, seen.astype(np.float64), member)
            yield Windows(*(c[place] for c in columns))

    def _choose_columns(self, episodes: Episodes) -> None:
        self.x_mean, spread = moments(episodes.x)
        self.x_sd = np.where(spread > 0, spread, 1.0)
        self.usable = np.flatnonzero(spread > 0)
        share = np.isnan(episodes.x).mean(0)
        self.flagged = np.flatnonzero((share > 0.02) & (share < 0.98))
        n_cohorts = int(episodes.cohort.max()) + 1
        self.trained = np.bincount(episodes.cohort, minlength=n_cohorts) > 0

    def _covariates(self, x: Floats) -> Floats:
        """(..., p): intercept, covariates, and indicators of missing values."""
        ones, z = np.ones((*x.shape[:-1], 1)), (x - self.x_mean) / self.x_sd
        return np.concatenate([ones, _known(z[..., self.usable]), np.isnan(x[..., self.flagged])], -1)

    def _slope(self, x: Floats) -> Floats:
        """(...,) the last covariate, which has the random slope."""
        return _known((x[..., -1] - self.x_mean[-1]) / self.x_sd[-1])

    def _dummies(self, cohort: Ints) -> Floats:
        """(R, c) one column per cohort; zeros for a cohort outside training."""
        n = len(self.trained)
        rows = np.concatenate([np.diag(self.trained.astype(np.float64)), np.zeros((1, n))])
        return np.asarray(rows[np.minimum(cohort, n)])

    def centre(self, episodes: Episodes) -> Floats:
        """Best linear unbiased prediction."""
        return self.forecast(episodes).mean

    def forecast(self, episodes: Episodes) -> Forecast:
        """Best linear unbiased prediction with its model-based spread, in blocks that fit into the cache."""
        rows, d = episodes.y.shape
        mean, scale = np.empty((rows, d)), np.empty((rows, d))
        offsets = [self._offsets(episodes, i) for i in range(d)]
        for start in range(0, rows, BLOCK):
            block = slice(start, start + BLOCK)
            mean[block], scale[block] = self._predict(episodes, block, offsets)
        mean, scale = mean * self.y_sd + self.y_mean, scale * self.y_sd
        scale[:, list(self.layout.unscaled)] = np.nan
        scale *= self.residual_scale[np.minimum(episodes.size, len(self.residual_scale) - 1)]
        return Forecast(mean, scale, np.full(d, NORMAL))

    def _offsets(self, episodes: Episodes, d: int) -> tuple[Floats, Floats]:
        """(K + 1,) effect of each cohort outside the design, and its relative variance; the last: for all others."""
        fit, n_context = self.fits[d].common, len(episodes.context_y)
        n = max(len(self.trained), n_context)
        gain, weight = np.zeros(n + 1), np.zeros(n + 1)
        if episodes.context_y.size:
            x, y = episodes.context_x, (episodes.context_y[..., d] - self.y_mean[d]) / self.y_sd[d]
            slope, seen = self._slope(x), (~np.isnan(y)).astype(np.float64)
            expected, y = self._covariates(x) @ self._fixed(fit), np.nan_to_num(y)
            time = np.nan_to_num(episodes.context_time) if episodes.context_time.size else np.zeros(y.shape)
            slope, time, seen, expected, y = (
                episodes.by_lender(v).reshape(-1, episodes.context_each)
                for v in (slope, time, seen, expected, y)
            )
            own = fit.covariance(slope[:, :, None], time[:, :, None], slope[:, None], time[:, None])
            if d in self.layout.logistic:
                gain[:n_context], weight[:n_context] = of_cohorts(
                    Prior(expected, own), y, seen, n_context, fit.pull
                )
            else:
                told = np.stack(conditional(own, seen, seen, seen * (y - expected)), -1)
                gain[:n_context], weight[:n_context] = told.reshape(n_context, -1, 2).sum(1).T
        mean, spread = gain / (weight + fit.pull), 1 / (weight + fit.pull)
        known = np.flatnonzero(self.trained)
        mean[known] = spread[known] = 0.0  # trained cohorts are in the design
        return mean, spread

    def _fixed(self, fit: SerialFit) -> Floats:
        return fit.beta[: len(fit.beta) - len(self.trained)]

    def _predict(
        self, episodes: Episodes, block: slice, offsets: list[tuple[Floats, Floats]]
    ) -> tuple[Floats, Floats]:
        """Mean and standard deviation (R, D) of some of the episodes, of standardised outcomes."""
        x, own_x, cohort = episodes.x[block], episodes.support_x[block], episodes.cohort[block]
        time = np.nan_to_num(episodes.support_time[block])
        covariates, slope = self._covariates, self._slope
        every = Histories(covariates(x), covariates(own_x), slope(x), slope(own_x), time)
        y = (episodes.support_y[block] - self.y_mean) / self.y_sd
        seen, y = (~np.isnan(y)).astype(np.float64), np.nan_to_num(y)
        dummies, here = self._dummies(cohort), np.minimum(cohort, len(offsets[0][0]) - 1)
        mean, scale = np.empty((len(x), y.shape[2])), np.ones((len(x), y.shape[2]))
        for d, fits in enumerate(self.fits):
            for fit, rows in fits.of_rows(cohort):
                offset, spread = (v[here[rows]] for v in offsets[d])
                level = dummies[rows] @ fit.beta[len(self._fixed(fit)) :] + offset
                expected = Expected.of(fit, every.take(rows), level, spread)
                own = y[rows, :, d], seen[rows, :, d]
                if d in self.layout.logistic:
                    mean[rows, d] = chances(expected, *own)
                else:
                    mean[rows, d], scale[rows, d] = expected.normal(*own, fit.sigma)
        return mean, scale

    def fit_scale(self, episodes: Episodes, folds: int = 5) -> Self:
        """Fit the ratio of residuals to their model-based spread on training subjects, by support size."""
        del folds
        if not self.layout.scaled:
            return self
        found = self.forecast(episodes)
        ratio = (episodes.y - found.mean) / np.where(np.isnan(found.scale), 1.0, found.scale)
        self.residual_scale = spread_by_size(ratio, episodes.size, episodes.support_time.shape[1])
        return self

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Coefficients and variances by outcome and cohort."""
        arrays: dict[str, np.ndarray] = {name: getattr(self, name) for name in SCALE}
        arrays["trained"] = self.trained.astype(np.uint8)
        for d, fits in enumerate(self.fits):
            arrays |= fits.state(f"fit.{d}.")
        return arrays, {}

    def restore(self, arrays: Arrays, facts: Mapping[str, Any]) -> Self:
        """Load a saved state."""
        del facts
        for name in SCALE:
            setattr(self, name, arrays[name])
        self.trained = arrays["trained"].astype(bool)
        self.fits = [CohortFits.restore(arrays, f"fit.{d}.") for d in range(len(self.layout.outcomes))]
        return self


def _rounded(values: Floats) -> Floats:
    """To single precision: seven digits of values around one."""
    return values.astype(np.float32).astype(np.float64)


def _known(x: Floats) -> Floats:
    return np.where(np.isnan(x), 0.0, x)
