"""Boosted trees as plain arrays: fitted by scikit-learn, stored and read without pickle."""

from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from meta_med.records import Floats

FIELDS = ("value", "feature_idx", "num_threshold", "missing_go_to_left", "left", "right", "is_leaf")


@dataclass(frozen=True)
class Trees:
    """T trees padded to N nodes each; all (T, N). The sum of leaf values and `start` is the raw prediction."""

    value: np.ndarray
    feature_idx: np.ndarray
    num_threshold: np.ndarray
    missing_go_to_left: np.ndarray
    left: np.ndarray
    right: np.ndarray
    is_leaf: np.ndarray
    start: np.ndarray

    @classmethod
    def of(cls, model: HistGradientBoostingRegressor | HistGradientBoostingClassifier) -> "Trees":
        """The fitted trees of scikit-learn's histogram boosting (numeric features, one output)."""
        nodes = [stage[0].nodes for stage in model._predictors]
        width = max(len(n) for n in nodes)
        fields = {f: np.stack([np.pad(n[f], (0, width - len(n))) for n in nodes]) for f in FIELDS}
        fields |= {f: fields[f].astype(np.int64) for f in ("feature_idx", "left", "right")}
        fields |= {f: fields[f].astype(np.uint8) for f in ("missing_go_to_left", "is_leaf")}
        return cls(**fields, start=np.asarray(model._baseline_prediction, dtype=np.float64).reshape(1))

    def raw(self, x: Floats) -> Floats:
        """(R,) the sum over trees for features (R, P): all trees descend together, one level a pass."""
        total = np.full(len(x), float(self.start[0]))
        tree = np.arange(len(self.value))[:, None]
        for rows in np.array_split(np.arange(len(x)), max(1, len(x) // 4096)):
            total[rows] += self.value[tree, self._leaves(x[rows], tree)].sum(0)
        return total

    def _leaves(self, x: Floats, tree: np.ndarray) -> np.ndarray:
        at = np.zeros((len(self.value), len(x)), dtype=np.int64)
        column = np.arange(len(x))[None, :]
        while not (done := self.is_leaf[tree, at].astype(bool)).all():
            value = x[column, self.feature_idx[tree, at]]
            below = np.where(
                np.isnan(value),
                self.missing_go_to_left[tree, at].astype(bool),
                value <= self.num_threshold[tree, at],
            )
            at = np.where(done, at, np.where(below, self.left[tree, at], self.right[tree, at]))
        return at
