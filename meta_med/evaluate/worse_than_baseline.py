"""Where the champion is worse than a baseline: the judgement on held-out patients that is told with every release.

Per outcome, by the error that pages show and by the proper score, for each stratum of own records and for all patients
with own records together. The rival is the best baseline of the cell on the held-out patients themselves, so a tie is
counted against the champion. With many outcomes and strata some differences are chance: what stands after Holm's
correction (Holm 1979) over all of them is worse beyond doubt, the others may be.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from meta_med.calibrate.record_scores import ALL, Scored
from meta_med.calibrate.strata import STRATA, stratum_name, stratum_of
from meta_med.evaluate.comparison.compare import compare
from meta_med.evaluate.evaluation_table import POOLED
from meta_med.evaluate.intervals import holm
from meta_med.outcomes import OutcomeLayout

LEVEL = 0.05
WITH_OWN_RECORDS = "1 or more"


@dataclass(frozen=True)
class Worse:
    """A cell in which the champion is worse than a baseline.

    Attributes:
        outcome: its name; support_size: of the stratum's smallest, or POOLED for all patients with own records.
        own_records: the same in words; score: title of the score; baseline: the best one of the cell.
        difference, low, high: the champion's score minus the baseline's with its 95 % interval over patients, as shares
            of the baseline's.
        n_patients: held-out patients.
        sure: whether it stands after Holm's correction over all outcomes, strata and scores.

    """

    outcome: str
    support_size: int
    own_records: str
    score: str
    baseline: str
    difference: float
    low: float
    high: float
    n_patients: int
    sure: bool

    @property
    def told(self) -> str:
        """As a sentence; without the outcome."""
        records = "record" if self.own_records == "1" else "records"
        surely = "" if self.sure else "perhaps "
        return (
            f"With {self.own_records} own {records} the {self.score} is {surely}{100 * self.difference:.0f} % higher "
            f"than that of {self.baseline.replace('_', ' ')} (95 % interval {100 * self.low:.0f} to "
            f"{100 * self.high:.0f} %, {self.n_patients:,} held-out patients)."
        )

    def to_json(self) -> dict[str, Any]:
        """As JSON values, with the sentence and the range of support sizes: from, and the first one beyond."""
        here = [(a, b + 1) for a, b in STRATA if a == self.support_size]
        return {**asdict(self), "sizes": list(here[0]) if here else [0, 0], "told": self.told}


def worse_than_baseline(scored: Scored, layout: OutcomeLayout, baselines: Sequence[str]) -> list[Worse]:
    """Cells in which the champion's score is higher than the best baseline's, with a 95 % interval above 0.

    Args:
        scored: scores of every predictor on held-out patients.
        layout: the outcomes; baselines: names of the rivals, beside the un-adapted prediction.

    """
    known = [b for b in baselines if b in scored.scores]
    if not known or not len(scored.size):
        return []
    starts = np.asarray([first for first, _ in STRATA])
    table = compare(replace(scored, size=starts[stratum_of(scored.size)]), known)
    judged = {
        (o.name, metric): title
        for o, kind in zip(layout.outcomes, layout.kinds, strict=True)
        for metric, title in _judged(kind.metrics, kind.proper)
    }
    named = [key in judged for key in zip(table["outcome"], table["metric"], strict=True)]
    table = table[np.asarray(named) & (table["cohort"] == ALL) & table["best"]]
    table = table.assign(sure=holm(table["p_worse"].to_numpy(np.float64), LEVEL))
    found = table[(table["low"] > 0) & (table["relative_low"] > 0) & np.isfinite(table["relative"])]
    return [_worse(row, judged) for row in found.to_dict("records")]


def _judged(metrics: Sequence[Any], proper: str) -> list[tuple[str, str]]:
    """Name and title of the error that pages show and of the proper score."""
    return [(m.name, m.title) for i, m in enumerate(metrics) if i == 0 or m.name == proper]


def _worse(row: dict[Any, Any], judged: dict[tuple[str, str], str]) -> Worse:
    size = int(row["support_size"])
    return Worse(
        outcome=str(row["outcome"]),
        support_size=size,
        own_records=WITH_OWN_RECORDS
        if size == POOLED
        else stratum_name(int(stratum_of(np.asarray([size]))[0])),
        score=judged[row["outcome"], row["metric"]],
        baseline=str(row["against"]),
        difference=float(row["relative"]),
        low=float(row["relative_low"]),
        high=float(row["relative_high"]),
        n_patients=int(row["n_patients"]),
        sure=bool(row["sure"]),
    )


def summary(found: Sequence[Worse]) -> pd.DataFrame:
    """One row per cell, for a stage's summary."""
    return pd.DataFrame(
        [(w.outcome, w.own_records, w.score, w.baseline, w.sure, w.told) for w in found],
        columns=["outcome", "own_records", "score", "baseline", "sure", "told"],
    )
