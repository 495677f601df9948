"""Histogram gradient boosting, tuned by cross-validation over training subjects, on covariates or on lags."""

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from scipy.special import expit
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from meta_med.baselines.baseline import Arrays, Baseline, Episodes, spread_by_size
from meta_med.baselines.lags import lag_features, last_observed, query_features
from meta_med.baselines.trees import Trees
from meta_med.outcomes import OutcomeLayout
from meta_med.records import Bools, Floats

CANDIDATES: tuple[dict[str, Any], ...] = (
    {"max_iter": 70, "learning_rate": 0.06, "max_leaf_nodes": 6},
    {"max_iter": 120, "learning_rate": 0.08, "max_leaf_nodes": 20},
)
FOLDS = 4


class Boosting(Baseline):
    """One boosted model an outcome; the configuration is chosen on left-out training subjects.

    Candidates differ in size and in what is predicted: the outcome itself, or its difference from the last
    own value (`anchor`), which boosting cannot represent exactly by itself.
    """

    anchored: tuple[bool, ...] = (False,)

    def __init__(self, layout: OutcomeLayout) -> None:
        super().__init__(layout)
        self.trees: list[Trees] = []
        self.anchor: list[bool] = []

    def features(self, episodes: Episodes) -> Floats:
        """(R, P) inputs."""
        raise NotImplementedError

    def fit(self, episodes: Episodes) -> Self:
        """Tune and fit one model an outcome; out-of-fold residuals of the chosen one give the spread."""
        x = self.features(episodes)
        last = last_observed(episodes.support_y, episodes.support_time)[0]
        residual = np.full(episodes.y.shape, np.nan)
        for d in range(episodes.y.shape[1]):
            residual[:, d] = self._fit_outcome(d, x, np.nan_to_num(last[:, d]), episodes)
        self.largest = episodes.support_time.shape[1]
        self._residual = residual
        return self

    def fit_scale(self, episodes: Episodes, folds: int = FOLDS) -> Self:
        """Spread from the out-of-fold residuals that tuning already made."""
        del folds
        self.residual_scale = spread_by_size(self._residual, episodes.size, self.largest)
        return self

    def _fit_outcome(self, d: int, x: Floats, last: Floats, episodes: Episodes) -> Floats:
        y, binary = episodes.y[:, d], d in self.layout.classes
        seen = ~np.isnan(y)
        anchors = (False,) if binary else self.anchored
        best: tuple[float, Floats, dict[str, Any], bool] | None = None
        for options in CANDIDATES:
            for anchor in anchors:
                base = last * anchor
                out = _out_of_fold(options, binary, x[seen], (y - base)[seen], episodes.subject[seen])
                error = float(
                    np.mean(
                        (y[seen] - base[seen] - out) ** 2 if binary else np.abs(y[seen] - base[seen] - out)
                    )
                )
                if best is None or error < best[0]:
                    best = (error, out + base[seen], options, anchor)
        assert best is not None
        _, out, options, anchor = best
        self.anchor.append(anchor)
        self.trees.append(Trees.of(_fitted(options, binary, x[seen], (y - last * anchor)[seen])))
        residual = np.full(len(y), np.nan)
        residual[seen] = y[seen] - out
        return residual

    def centre(self, episodes: Episodes) -> Floats:
        """Sums of trees, plus the last value where anchored; probabilities for binary outcomes."""
        x = self.features(episodes)
        last = np.nan_to_num(last_observed(episodes.support_y, episodes.support_time)[0])
        raw = np.stack(
            [t.raw(x) + a * last[:, d] for d, (t, a) in enumerate(zip(self.trees, self.anchor, strict=True))],
            1,
        )
        binary = list(self.layout.classes)
        raw[:, binary] = expit(raw[:, binary])
        return raw

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Trees by outcome."""
        arrays = {f"{d}.{k}": v for d, t in enumerate(self.trees) for k, v in vars(t).items()}
        return arrays, {"anchor": self.anchor}

    def restore(self, arrays: Arrays, facts: Mapping[str, Any]) -> Self:
        """Take over a saved state."""
        self.anchor = [bool(a) for a in facts["anchor"]]
        for d in range(len(self.anchor)):
            self.trees.append(
                Trees(**{k.split(".", 1)[1]: v for k, v in arrays.items() if k.startswith(f"{d}.")})
            )
        return self


class Population(Boosting):
    """Boosting on covariates known ahead: no own records."""

    def features(self, episodes: Episodes) -> Floats:
        """Covariates and cohort."""
        return query_features(episodes)


class BoostedLags(Boosting):
    """Boosting on lag features of all outcomes and covariates."""

    anchored = (False, True)

    def features(self, episodes: Episodes) -> Floats:
        """Lag features."""
        return lag_features(episodes)


def _fitted(
    options: Mapping[str, Any], binary: bool, x: Floats, y: Floats
) -> HistGradientBoostingRegressor | HistGradientBoostingClassifier:
    """A fitted model. Columns with nothing observed are blanked: scikit-learn cannot bin them."""
    x = np.where(np.isnan(x).all(0), 0.0, x)
    fixed = {"random_state": 0, "early_stopping": False, "min_samples_leaf": 15, "l2_regularization": 1.0}
    if binary:
        return HistGradientBoostingClassifier(**fixed, **options).fit(x, y)
    return HistGradientBoostingRegressor(**fixed, **options).fit(x, y)


def _out_of_fold(
    options: Mapping[str, Any], binary: bool, x: Floats, y: Floats, subject: np.ndarray
) -> Floats:
    """Predictions of each record by a model that did not see its subject."""
    out = np.full(len(y), float(np.mean(y)))
    for f in range(FOLDS):
        held: Bools = subject % FOLDS == f
        if not held.any() or held.all() or (binary and len(np.unique(y[~held])) < 2):
            continue
        model = _fitted(options, binary, x[~held], y[~held])
        out[held] = model.predict_proba(x[held])[:, 1] if binary else model.predict(x[held])
    return out
