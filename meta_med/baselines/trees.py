"""Boosted trees as plain arrays, without pickle: fitted by scikit-learn, descended here.

All trees descend together, one level per pass: a pass reads the node that each row has reached in each tree. Leaves
lead to themselves, so every pass is the same few array operations, as many as the deepest tree has levels.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from meta_med.cohorts.record_table import Floats, Ints

FIELDS = ("value", "feature_idx", "num_threshold", "missing_go_to_left", "left", "right", "is_leaf")
AT_ONCE = 1 << 16
"""Nodes of a pass, trees x rows: their places fit into the processor's cache."""


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
        padded = np.zeros((len(nodes), max(len(n) for n in nodes)), dtype=nodes[0].dtype)
        for tree, own in zip(padded, nodes, strict=True):
            tree[: len(own)] = own
        fields = {f: padded[f].copy() for f in FIELDS}
        fields |= {f: fields[f].astype(np.int64) for f in ("feature_idx", "left", "right")}
        fields |= {f: fields[f].astype(np.uint8) for f in ("missing_go_to_left", "is_leaf")}
        return cls(**fields, start=np.asarray(model._baseline_prediction, dtype=np.float64).reshape(1))

    def state(self) -> dict[str, np.ndarray]:
        """The arrays, by name."""
        return {name: getattr(self, name) for name in (*FIELDS, "start")}

    def raw(self, x: Floats) -> Floats:
        """(R,) the sum over trees for features (R, P)."""
        total = np.full(len(x), float(self.start[0]))
        pieces = max(1, -(-len(x) * len(self.value) // AT_ONCE))
        for rows in np.array_split(np.arange(len(x)), pieces):
            total[rows] += self.value.take(self._leaves(x[rows])).sum(0)
        return total

    def _leaves(self, x: Floats) -> Ints:
        """(T, R) the leaf of each row in each tree, as its place among all T * N nodes.

        A missing value goes right, as a comparison with it is false; nodes at which it goes left read the columns
        where it is smaller than everything.
        """
        rows = np.arange(len(x))
        columns = np.concatenate([x, np.where(np.isnan(x), -np.inf, x)], 1).T.ravel()
        column, threshold, child, depth = self._nodes
        column = (column + x.shape[1] * self.missing_go_to_left.ravel()) * len(x)
        at = np.repeat(np.arange(len(self.value))[:, None] * self.value.shape[1], len(x), 1)
        for _ in range(depth):
            value = columns.take(column.take(at) + rows)
            at = child.take(2 * at + (value <= threshold.take(at)))
        return at

    @cached_property
    def _nodes(self) -> tuple[Ints, Floats, Ints, int]:
        """Column and threshold of each of the T * N nodes, the places of its right and left child, and the depth."""
        first = np.arange(len(self.value))[:, None] * self.value.shape[1]
        leaf, itself = self.is_leaf.astype(bool), first + np.arange(self.value.shape[1])
        right, left = (np.where(leaf, itself, first + side) for side in (self.right, self.left))
        threshold = np.where(leaf, 0.0, self.num_threshold)
        child = np.stack([right.ravel(), left.ravel()], 1).ravel()
        return self.feature_idx.ravel(), threshold.ravel(), child, _depth(first.ravel(), child)


def _depth(at: Ints, child: Ints) -> int:
    """Levels below the roots, where leaves are their own children."""
    depth = 0
    while len(below := np.setdiff1d(child.reshape(-1, 2)[at], at)):
        at, depth = below, depth + 1
    return depth
