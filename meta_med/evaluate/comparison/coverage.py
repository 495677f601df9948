"""Coverage of prediction intervals and calibration of probabilities, by support size, cohort and patient group.

An interval that covers 90 % overall may cover only 80 % of older patients. Coverage is therefore reported for each part
of the patients with its own confidence interval, together with the width of the intervals.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from meta_med.calibrate.record_scores import ALL, Scored
from meta_med.cohorts.record_table import Bools, Floats
from meta_med.evaluate.comparison.compare import CHAMPION
from meta_med.evaluate.intervals import RowPatients, clustered_share, effective_number, ratio

OVERALL, BY_SIZE, BY_COHORT = "overall", "support_size", "cohort"


@dataclass(frozen=True)
class _Part:
    """A part of the records: one level of one grouping."""

    by: str
    level: str
    rows: Bools


def coverage(scored: Scored, best: Mapping[str, str]) -> pd.DataFrame:
    """Share of values inside their 90 % intervals, and the intervals' mean width.

    Args:
        scored: scores of every predictor.
        best: outcome -> the baseline that is compared with the champion.

    Returns:
        One row per outcome ("all" too), predictor and part of the patients: outcome, predictor, by, level, value, low,
        high (95 %), effective (number of independent values), width (in `unit`), unit, n_patients, n_predictions; empty
        without continuous outcomes.

    """
    outcomes = [k[0] for k in scored.scores[CHAMPION] if k[1] == "coverage_90"]
    wanted = [(o, p) for o in outcomes for p in (CHAMPION, best.get(o, "")) if p in scored.scores]
    rows: list[dict[str, Any]] = []
    for part in _parts(scored) if wanted else ():
        rows += _covered(scored, part, wanted)
    return pd.DataFrame(rows)


def reliability(scored: Scored, predictor: str = CHAMPION) -> pd.DataFrame:
    """Observed share of events and mean predicted probability (calibration in the large), by part of the patients.

    Returns:
        One row per binary outcome and part of the patients: outcome, by, level, predicted, observed, difference, low,
        high (95 %, of the difference), n_patients, n_predictions.

    """
    rows: list[dict[str, Any]] = []
    for outcome, y in scored.events.items():
        p = np.where(np.isnan(y), np.nan, scored.probabilities[predictor][outcome])
        for part in _parts(scored):
            patients = RowPatients.of(scored.subject, part.rows)
            total, count = patients.sums(np.stack([p, y, y - p], 1))
            if not count.any():
                continue
            found = ratio(total, count)
            head = {"outcome": outcome, "by": part.by, "level": part.level}
            names = ("predicted", "observed", "difference")
            rows.append(
                head
                | dict(zip(names, found.value.tolist(), strict=True))
                | {"low": float(found.low[2]), "high": float(found.high[2])}
                | _counts(count[:, 0])
            )
    return pd.DataFrame(rows)


def _parts(scored: Scored) -> Iterator[_Part]:
    yield _Part(OVERALL, ALL, np.ones(len(scored.size), dtype=bool))
    for k in np.unique(scored.size):
        yield _Part(BY_SIZE, str(k), scored.size == k)
    for c, name in enumerate(scored.cohort_names):
        yield _Part(BY_COHORT, name, scored.cohort == c)
    for group, labels in scored.groups.items():
        for level in sorted(np.unique(labels).tolist(), key=_sort_key):
            yield _Part(group, str(level), labels == level)


def _sort_key(level: str) -> tuple[bool, float, bool, str]:
    """Sort key: bands by their first number ("under 50" before "50 to 65"), names alphabetically, "unknown" last."""
    number = re.search(r"\d+(\.\d+)?", level)
    first = float(number.group()) if number else np.inf
    return level == "unknown", first, not level.startswith("under"), level


def _covered(scored: Scored, part: _Part, wanted: Sequence[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    patients = RowPatients.of(scored.subject, part.rows)
    if not len(patients):
        return
    inside = patients.sums(np.stack([_score(scored, p, o, "coverage_90") for o, p in wanted], 1))
    wide, count = patients.sums(np.stack([_score(scored, p, o, "width_90") for o, p in wanted], 1))
    several = len({o for o, _ in wanted} - {ALL})
    shares = {
        n: (clustered_share(*inside, values=n), effective_number(*inside, values=n)) for n in (1, several)
    }
    for i, (outcome, predictor) in enumerate(wanted):
        found, effective = shares[several if outcome == ALL else 1]
        if count[:, i].any():
            yield {
                "outcome": outcome,
                "predictor": predictor,
                "by": part.by,
                "level": part.level,
                "value": float(found.value[i]),
                "low": float(found.low[i]),
                "high": float(found.high[i]),
                "effective": float(effective[i]),
                "width": _mean_width(wide[:, i], count[:, i]),
                "unit": next(u for o, m, u in scored.scores[predictor] if (o, m) == (outcome, "width_90")),
                **_counts(count[:, i]),
            }


def _mean_width(total: Floats, count: Floats) -> float:
    """Mean width; NaN where an interval is infinite."""
    mean = float(total.sum() / count.sum())
    return mean if np.isfinite(mean) else np.nan


def _counts(count: Floats) -> dict[str, int]:
    return {"n_patients": int((count > 0).sum()), "n_predictions": int(count.sum())}


def _score(scored: Scored, predictor: str, outcome: str, metric: str) -> Floats:
    return next(s for (o, m, _), s in scored.scores[predictor].items() if (o, m) == (outcome, metric))
