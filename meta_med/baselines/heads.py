"""One outcome's boosted prediction: a start, a linear part and trees on the residuals, tuned on left-out subjects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from meta_med.baselines.linear import Linear, fit_linear
from meta_med.baselines.trees import Trees
from meta_med.cohorts.record_table import Bools, Floats, Ints

RIDGES = (3.0, 30.0, 300.0, 3000.0)
FIRST: dict[str, Any] = {"max_iter": 80, "learning_rate": 0.06, "max_leaf_nodes": 6}
QUICK: dict[str, Any] = {"max_iter": 50, "learning_rate": 0.09, "max_leaf_nodes": 6}
OTHERS: tuple[dict[str, Any], ...] = (
    {"max_iter": 100, "learning_rate": 0.06, "max_leaf_nodes": 6, "loss": "absolute_error"},
    {"max_iter": 60, "learning_rate": 0.05, "max_leaf_nodes": 4, "min_samples_leaf": 40},
    {"max_iter": 120, "learning_rate": 0.06, "max_leaf_nodes": 16},
)
LARGE: dict[str, Any] = {"max_iter": 200, "learning_rate": 0.08, "max_leaf_nodes": 31}
MANY_ROWS = 4000
FEW_ROWS = 20
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)  # candidate weights of the trees' part
EDGE = 1e-3


@dataclass(frozen=True)
class Columns:
    """Inputs of one outcome: x (R, P) for trees and the linear part; candidate starts by name, (R,) each."""

    x: Floats
    starts: Mapping[str, Floats]


@dataclass(frozen=True)
class Head:
    """start (a named column) + linear part + share * trees.

    A binary outcome's log odds are (1 - share) * linear part + share * trees: a weighted geometric mean of odds.
    """

    start: str
    linear: Linear | None
    trees: Trees | None
    share: float
    binary: bool

    def centre(self, columns: Columns) -> Floats:
        """(R,) means or probabilities."""
        raw = columns.starts[self.start].copy()
        if self.linear is not None:
            raw += (1 - self.share if self.binary else 1.0) * self.linear.raw(columns.x)
        if self.trees is not None:
            raw += self.share * self.trees.raw(columns.x)
        return np.asarray(expit(raw).clip(EDGE, 1 - EDGE)) if self.binary else raw

    @property
    def facts(self) -> dict[str, Any]:
        """JSON facts of the saved state."""
        return {"start": self.start, "share": self.share, "logistic": self.binary}

    def state(self) -> dict[str, np.ndarray]:
        """Arrays of the saved state."""
        trees = {} if self.trees is None else self.trees.state()
        linear = {} if self.linear is None else self.linear.state()
        return {f"trees.{k}": v for k, v in trees.items()} | {f"linear.{k}": v for k, v in linear.items()}

    @classmethod
    def restore(cls, arrays: Mapping[str, np.ndarray], facts: Mapping[str, Any]) -> "Head":
        """Rebuild from `state` and `facts`."""
        trees, linear = (without_prefix(arrays, part) for part in ("trees.", "linear."))
        parts = (Linear.restore(linear) if linear else None, Trees(**trees) if trees else None)
        return cls(facts["start"], *parts, facts["share"], facts["logistic"])


def without_prefix(arrays: Mapping[str, np.ndarray], prefix: str) -> dict[str, np.ndarray]:
    """The arrays whose names start with the prefix, without it."""
    return {k.removeprefix(prefix): v for k, v in arrays.items() if k.startswith(prefix)}


def tuned_head(columns: Columns, y: Floats, fold: Ints, binary: bool, thorough: bool) -> tuple[Head, Floats]:
    """Choose a head on left-out subjects, then fit it on all.

    Args:
        columns: of rows with y (R,) observed; fold: (R,) of the row's subject.
        binary: choose by log loss, else by absolute error; thorough: try all configurations of trees.

    Returns:
        The head, and its left-out predictions (R,).

    """
    search = _Search(columns, y, fold, thorough)
    if len(y) < FEW_ROWS:
        return search.untuned(binary)
    return search.binary() if binary else search.continuous()


@dataclass(frozen=True)
class _Search:
    columns: Columns
    y: Floats
    fold: Ints
    thorough: bool

    def untuned(self, binary: bool) -> tuple[Head, Floats]:
        """With too few rows for tuning: the last start (a baseline's mean), or the outcome's rate."""
        linear = fit_linear(self.columns.x, self._smooth(), RIDGES[-1], True) if binary else None
        head = Head("nothing" if binary else list(self.columns.starts)[-1], linear, None, 0.0, binary)
        return head, head.centre(self.columns)

    def continuous(self) -> tuple[Head, Floats]:
        """The best of: a start, a linear correction of it, and trees on the residuals of either."""
        starts = self.columns.starts
        plain = {(name, 0.0): values for name, values in starts.items()}
        anchor = min(starts, key=lambda name: self._error(starts[name]))
        for ridge in RIDGES:
            plain[anchor, ridge] = starts[anchor] + self._linear(ridge, self.y - starts[anchor], False)
        best = min(plain, key=lambda key: self._error(plain[key]))
        from_where = {best: plain[best]}
        if self.thorough:
            from_where["nothing", 0.0] = starts["nothing"]
        options = self._options(False)
        found = {key: self._trees(options[0], self.y - base, False) for key, base in from_where.items()}
        base_key = min(found, key=lambda key: self._error(plain[key] + found[key]))
        base = plain[base_key]
        parts = {i: self._trees(o, self.y - base, False) for i, o in enumerate(options) if i}
        parts[0] = found[base_key]
        i, share = min(
            ((i, s) for i in parts for s in SHARES),
            key=lambda pair: self._error(base + pair[1] * parts[pair[0]]),
        )
        return self._head(base_key, base, options[i], share), base + share * parts[i]

    def _head(self, key: tuple[str, float], base: Floats, options: Mapping[str, Any], share: float) -> Head:
        start, ridge = key
        linear = None
        if ridge:
            linear = fit_linear(self.columns.x, self.y - self.columns.starts[start], ridge, False)
        trees = Trees.of(fit_trees(options, False, self.columns.x, self.y - base)) if share else None
        return Head(start, linear, trees, share, False)

    def binary(self) -> tuple[Head, Floats]:
        """The best weighting of ridge-logistic regression and boosted trees."""
        smooth = self._smooth()
        linear = {r: self._linear(r, smooth, True) for r in RIDGES}
        ridge = min(linear, key=lambda r: self._log_loss(linear[r]))
        options = self._options(True)
        parts = {i: self._trees(o, self.y, True) for i, o in enumerate(options)} if self._varies else {}
        mixes = {(0, 0.0): linear[ridge]}
        mixes |= {(i, s): (1 - s) * linear[ridge] + s * part for i, part in parts.items() for s in SHARES[1:]}
        i, share = min(mixes, key=lambda key: self._log_loss(mixes[key]))
        trees = Trees.of(fit_trees(options[i], True, self.columns.x, self.y)) if share else None
        head = Head("nothing", fit_linear(self.columns.x, smooth, ridge, True), trees, share, True)
        return head, expit(mixes[i, share]).clip(EDGE, 1 - EDGE)

    @property
    def _varies(self) -> bool:
        return len(np.unique(self.y)) > 1

    def _smooth(self) -> Floats:
        """Labels slightly inside of 0 and 1, so that weights stay finite where one class is missing."""
        return np.asarray(self.y + (0.5 - self.y) / (len(self.y) + 1))

    def _options(self, binary: bool) -> list[dict[str, Any]]:
        if not self.thorough:
            return [QUICK]
        large = [LARGE] if len(self.y) > MANY_ROWS else []
        return [FIRST, *(o for o in OTHERS if not (binary and "loss" in o)), *large]

    def _error(self, centre: Floats) -> float:
        return float(np.abs(self.y - centre).mean())

    def _log_loss(self, raw: Floats) -> float:
        p = expit(raw).clip(EDGE, 1 - EDGE)
        return float(-(self.y * np.log(p) + (1 - self.y) * np.log1p(-p)).mean())

    def _linear(self, ridge: float, y: Floats, binary: bool) -> Floats:
        x = self.columns.x
        return self._left_out(lambda rows, out: fit_linear(x[rows], y[rows], ridge, binary).raw(x[out]))

    def _trees(self, options: Mapping[str, Any], y: Floats, binary: bool) -> Floats:
        def predicted(rows: Bools, out: Bools) -> Floats:
            if binary and len(np.unique(y[rows])) < 2:
                return np.zeros(int(out.sum()))
            model = fit_trees(options, binary, self.columns.x[rows], y[rows])
            return np.asarray((model.decision_function if binary else model.predict)(self.columns.x[out]))

        return self._left_out(predicted)

    def _left_out(self, predicted: Callable[[Bools, Bools], Floats]) -> Floats:
        """(R,) out-of-fold predictions; 0 where there is only one fold."""
        raw = np.zeros(len(self.y))
        for f in np.unique(self.fold):
            out = self.fold == f
            if not out.all():
                raw[out] = predicted(~out, out)
        return raw


def fit_trees(
    options: Mapping[str, Any], binary: bool, x: Floats, y: Floats
) -> HistGradientBoostingRegressor | HistGradientBoostingClassifier:
    """Fit scikit-learn's boosting. Columns without values are set to 0: scikit-learn cannot bin them."""
    x = np.where(np.isnan(x).all(0), 0.0, x)
    fixed = {"random_state": 0, "early_stopping": False, "min_samples_leaf": 15, "l2_regularization": 1.0}
    fixed |= {"max_bins": 255 if len(y) > MANY_ROWS else 63}
    kind = HistGradientBoostingClassifier if binary else HistGradientBoostingRegressor
    return kind(**{**fixed, **options}).fit(x, y)
