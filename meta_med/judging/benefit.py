"""Patients helped and harmed: a mean can fall while many a patient is worse off.

A patient is helped when the champion's error, averaged over the patient's own predictions, is lower than the other's
by more than a margin; harmed when it is higher by more than that. The margin is 5 % of the other's mean error over
all patients: less than that is luck of single values, not a difference that anybody would feel.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from meta_med.evaluate import Cell
from meta_med.judging.comparison import CHAMPION, ERROR, UN_ADAPTED, cells_of
from meta_med.judging.resampling import Patients, wilson
from meta_med.records import Floats
from meta_med.scored import ALL, Key, Scored

MARGIN = 0.05


def helped_and_harmed(scored: Scored, best: Mapping[str, str]) -> pd.DataFrame:
    """Shares of patients helped and harmed, against `un_adapted` and against each outcome's best baseline.

    Args:
        scored: what was judged; best: outcome -> baseline (`comparison.best_baselines`).

    Returns:
        One row an outcome, support size and rival: outcome, support_size, against, role ("un_adapted" or
        "best_baseline"), helped, helped_low, helped_high, harmed, harmed_low, harmed_high (Wilson), n_patients.

    """
    rows: list[dict[str, Any]] = []
    for cell in cells_of(scored):
        if cell.cohort == ALL:
            rows += _of_cell(scored, cell, best)
    return pd.DataFrame(rows)


def _of_cell(scored: Scored, cell: Cell, best: Mapping[str, str]) -> list[dict[str, Any]]:
    patients, rows = Patients.of(scored.subject, cell.rows), []
    for key in (k for k in scored.scores[CHAMPION] if k[1] in ERROR):
        for role, rival in _rivals(scored, cell, key, best).items():
            counted = _counted(scored, patients, key, rival)
            if counted is not None:
                head = {"outcome": key[0], "support_size": cell.support_size, "against": rival, "role": role}
                rows.append(head | counted)
    return rows


def _rivals(scored: Scored, cell: Cell, key: Key, best: Mapping[str, str]) -> dict[str, str]:
    found = {"best_baseline": best[key[0]]} if key[0] in best else {}
    if cell.support_size != 0 and UN_ADAPTED in scored.scores:
        found["un_adapted"] = UN_ADAPTED
    return found


def _counted(scored: Scored, patients: Patients, key: Key, rival: str) -> dict[str, Any] | None:
    both = np.stack([scored.scores[CHAMPION][key], scored.scores[rival][key]], 1)
    total, count = patients.sums(np.where(np.isnan(both).any(1, keepdims=True), np.nan, both))
    seen = count[:, 0] > 0
    if not seen.any():
        return None
    own, other = (total[seen] / count[seen]).T
    margin = MARGIN * float(total[:, 1].sum() / count[:, 1].sum())
    out: dict[str, Any] = {"n_patients": int(seen.sum())}
    for name, hit in (("helped", own < other - margin), ("harmed", own > other + margin)):
        out |= _share(name, hit.astype(np.float64))
    return out


def _share(name: str, hit: Floats) -> dict[str, float]:
    low, high = wilson(np.asarray(hit.mean()), np.asarray(float(len(hit))))
    return {name: float(hit.mean()), f"{name}_low": float(low), f"{name}_high": float(high)}
