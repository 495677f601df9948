"""The median of the patient's own values."""

from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from meta_med.baselines.baseline import Baseline
from meta_med.cohorts.record_table import Floats
from meta_med.episodes.episode_arrays import Arrays, Episodes


class MedianValue(Baseline):
    """The median of the own values, the training patients' mean where there is none.

    A yes-or-no outcome's probability is the training patients' share.
    """

    means: Floats

    def fit(self, episodes: Episodes) -> Self:
        """Training patients' means."""
        self.means = np.nanmean(episodes.y, 0)
        return self

    def centre(self, episodes: Episodes) -> Floats:
        """(R, D) medians."""
        known = (~np.isnan(episodes.support_y)).any(1)
        known[:, list(self.layout.classes)] = False
        values = np.where(known[:, None], episodes.support_y, self.means)
        return np.where(known, np.nanmedian(values, axis=1), self.means)

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """The means; nothing else was fitted."""
        return {"means": self.means}, {}

    def restore(self, arrays: Arrays, facts: Mapping[str, Any]) -> Self:
        """Take over a saved state."""
        del facts
        self.means = np.asarray(arrays["means"])
        return self
