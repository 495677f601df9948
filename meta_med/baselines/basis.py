"""What boosting is told beyond a row's own columns: its cohort's level, the shrunk mean, the mixed model's mean."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from meta_med.baselines.baseline import Episodes
from meta_med.baselines.cohort_levels import CohortLevels
from meta_med.baselines.mixed_model import MixedModel
from meta_med.baselines.own_values import ShrunkMean
from meta_med.outcomes import OutcomeLayout
from meta_med.records import Floats, Ints

NOBODY: Floats = np.zeros((0, 0, 0))
NO_LENDER: Ints = np.zeros((0, 0), dtype=np.int64)


@dataclass(frozen=True)
class Told:
    """Columns (R, D) an outcome: its level in the cohort; the means of two baselines, where own records are used."""

    level: Floats
    shrunk: Floats | None = None
    expected: Floats | None = None


class Basis:
    """Cohort levels and, where own records are used, two baselines: fitted on some subjects, asked of others."""

    def __init__(self, levels: CohortLevels, shrunk: ShrunkMean | None, mixed: MixedModel | None) -> None:
        self.levels, self.shrunk, self.mixed = levels, shrunk, mixed

    @classmethod
    def fit(cls, layout: OutcomeLayout, episodes: Episodes, own: bool) -> "Basis":
        """Fit on these subjects."""
        levels = CohortLevels.of(episodes.y, episodes.cohort, episodes.subject)
        if not own:
            return cls(levels, None, None)
        return cls(levels, ShrunkMean(layout).fit(episodes), MixedModel(layout).fit(episodes))

    def again(self, episodes: Episodes) -> "Basis":
        """The same with levels and coefficients from other subjects; variances and weights are kept."""
        levels = CohortLevels.of(episodes.y, episodes.cohort, episodes.subject)
        if self.shrunk is None or self.mixed is None:
            return Basis(levels, None, None)
        return Basis(levels, self.shrunk.again(levels), self.mixed.again(episodes))

    def tell(self, episodes: Episodes) -> Told:
        """The columns of these rows; a new cohort is an average one (trees read a moved level as other patients)."""
        episodes = replace(episodes, context_x=NOBODY, context_y=NOBODY, context_subject=NO_LENDER)
        level = self.levels.at(episodes)
        if self.shrunk is None or self.mixed is None:
            return Told(level)
        return Told(level, self.shrunk.centre(episodes), self.mixed.centre(episodes))

    def tell_left_out(self, episodes: Episodes, fold: Ints) -> Told:
        """The columns of the rows that it was fitted on, each from the subjects of the other folds."""
        told = self.tell(episodes)
        for f in np.unique(fold):
            out = fold == f
            if out.all():
                continue
            part = self.again(episodes.take(~out)).tell(episodes.take(out))
            for name, values in vars(part).items():
                if values is not None:
                    getattr(told, name)[out] = values
        return told

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """As arrays and JSON facts."""
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
    ) -> "Basis":
        """What `state` gave."""
        levels = CohortLevels.restore(arrays)
        shrunk, mixed = (under(arrays, part) for part in ("shrunk.", "mixed."))
        if not mixed:
            return cls(levels, None, None)
        return cls(levels, ShrunkMean(layout).restore(shrunk, {}), MixedModel(layout).restore(mixed, facts))


def under(arrays: Mapping[str, np.ndarray], prefix: str) -> dict[str, np.ndarray]:
    """The arrays whose names begin so, without the prefix."""
    return {k.removeprefix(prefix): v for k, v in arrays.items() if k.startswith(prefix)}
