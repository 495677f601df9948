"""The champion against every baseline, on the same records of the same held-out patients.

Paired: the difference is taken record by record before averaging. The "best" baseline of a cell is the one with the
lowest error on the held-out patients themselves. That choice is impossible in advance, so the comparison is biased
against the champion, never for it: it stands in tables, and claims are about the baseline of `cross_chosen`.

Patients helped and harmed (`meta_med.evaluate.benefit`), against `un_adapted` and the best baseline.

Error by the age of the newest own record: how fast old records lose their value.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from meta_med.calibrate.record_scores import ALL, WITHIN, Key, Scored
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.evaluate.benefit import HARMED, HELPED, benefit
from meta_med.evaluate.evaluation_table import POOLED, Cell
from meta_med.evaluate.intervals import (
    RowPatients,
    enough_cohorts,
    one_sided_p,
    ratio,
    ratio_error,
)
from meta_med.outcomes.registry import headlines, proper_scores

CHAMPION, UN_ADAPTED, CHOSEN_BASELINE = "champion", "un_adapted", "chosen_baseline"
WIDTH = "width_90"
CELL = ["outcome", "metric", "cohort", "support_size"]


@dataclass(frozen=True)
class _Pairs:
    """Sums over each patient's records; M columns, one per score and rival."""

    own: Floats  # (P, M) of the champion
    other: Floats  # (P, M) of the rival
    count: Floats  # (P, M) records on which both have a score


def compare(scored: Scored, baselines: Sequence[str], *, new_cohorts: bool = False) -> pd.DataFrame:
    """Champion minus each rival, by cell, metric and outcome.

    Rivals are the baselines and, for patients with own records, `un_adapted`. Cells are each support size, all
    k >= 1 together (`POOLED`; all k where nobody has an own record), and the latter for each cohort.

    Args:
        scored: scores of every predictor; baselines: names of the rivals.
        new_cohorts: whether these are cohorts that were not trained on; intervals are then over cohorts where there
            are `MIN_COHORTS` or more, else over these cohorts' patients only.

    Returns:
        One row per cell, score and rival: outcome, metric, unit, cohort, support_size, against; champion, other (means
        over predictions); difference, low, high (95 %, over patients); relative, relative_low, relative_high
        (difference / other); by_patient, by_patient_low, by_patient_high (difference of the mean over patients of
        each patient's mean, in each cohort with `new_cohorts`); p_worse (one-sided p-value that the champion is no
        worse than the rival, over patients); n_patients, n_predictions; n_cohorts: cohorts that the interval is over,
        0 if over patients; best: whether no rival of the cell has a lower error.

    """
    parts = [_compared(scored, cell, baselines, new_cohorts=new_cohorts) for cell in cells_of(scored)]
    table = pd.concat([p for p in parts if p is not None], ignore_index=True)
    lowest = table.groupby(CELL)["other"].transform("min")
    first = ~table[table["other"] <= lowest].duplicated(CELL)
    return table.assign(best=first.reindex(table.index, fill_value=False))


def best_baselines(table: pd.DataFrame) -> dict[str, str]:
    """Outcome -> the baseline of lowest error over all predictions (the pooled cell of `compare`)."""
    whole = table[table["best"] & table["metric"].isin(headlines()) & (table["cohort"] == ALL)]
    whole = whole.sort_values("support_size").drop_duplicates("outcome")  # POOLED is the smallest
    return dict(zip(whole["outcome"], whole["against"], strict=True))


def cells_of(scored: Scored) -> Iterator[Cell]:
    """Each support size, all patients with own records, and these by cohort; all of k = 0 where nobody has any."""
    adapted = scored.size > 0
    pooled = POOLED if adapted.any() else 0
    rows = adapted if adapted.any() else np.ones(len(adapted), dtype=bool)
    if adapted.any():
        yield Cell(ALL, POOLED, rows)
    for k in np.unique(scored.size):
        yield Cell(ALL, int(k), scored.size == k)
    for c, name in enumerate(scored.cohort_names):
        yield Cell(name, pooled, rows & (scored.cohort == c))


def rivals_of(scored: Scored, baselines: Sequence[str], support_size: int) -> list[str]:
    """The rivals in a cell. At k = 0 `un_adapted` is the learners' own forecast, so it is no baseline."""
    known = (*baselines, UN_ADAPTED) if support_size != 0 else baselines
    return [name for name in known if name in scored.scores]


def _compared(
    scored: Scored, cell: Cell, baselines: Sequence[str], *, new_cohorts: bool
) -> pd.DataFrame | None:
    if new_cohorts:
        patients = RowPatients.within(scored.subject, scored.cohort, cell.rows)
    else:
        patients = RowPatients.of(scored.subject, cell.rows)
    rivals = rivals_of(scored, baselines, cell.support_size)
    compared = {*headlines(), *proper_scores(), WIDTH, WITHIN}
    keys = [key for key in scored.scores[CHAMPION] if key[1] in compared]
    if not len(patients) or not rivals or not keys:
        return None
    pairs = _paired(scored, patients, keys, rivals)
    head = [(o, m, u, cell.cohort, cell.support_size, r) for o, m, u in keys for r in rivals]
    frame = pd.DataFrame(head, columns=["outcome", "metric", "unit", "cohort", "support_size", "against"])
    for name, values in _numbers(pairs, patients.cohort).items():
        frame[name] = values
    frame["n_patients"] = patients.persons(scored.subject, pairs.count > 0)
    return frame[frame["n_patients"] > 0]


def _paired(scored: Scored, patients: RowPatients, keys: Sequence[Key], rivals: Sequence[str]) -> _Pairs:
    own = np.stack([scored.scores[CHAMPION][key] for key in keys for _ in rivals], 1)
    other = np.stack([scored.scores[r][key] for key in keys for r in rivals], 1)
    both = np.isnan(own) | np.isnan(other)
    own_sum, count = patients.sums(np.where(both, np.nan, own))
    other_sum, _ = patients.sums(np.where(both, np.nan, other))
    return _Pairs(own_sum, other_sum, count)


def _numbers(pairs: _Pairs, cohort: Ints | None) -> dict[str, Any]:
    difference, seen = pairs.own - pairs.other, (pairs.count > 0).astype(np.float64)
    each = difference / np.maximum(pairs.count, 1)
    m = difference.shape[1]
    found = ratio(
        np.concatenate([difference, difference, each], 1),
        np.concatenate([pairs.count, pairs.other, seen], 1),
        cohort,
    )
    records = np.maximum(pairs.count.sum(0), 1)
    out: dict[str, Any] = {"champion": pairs.own.sum(0) / records, "other": pairs.other.sum(0) / records}
    for i, name in enumerate(("difference", "relative", "by_patient")):
        part = slice(i * m, (i + 1) * m)
        low, high = ("low", "high") if i == 0 else (f"{name}_low", f"{name}_high")
        out |= {name: found.value[part], low: found.low[part], high: found.high[part]}
    error = ratio_error(difference, pairs.count)
    out["p_worse"] = one_sided_p(found.value[:m], error, seen.sum(0))
    out["n_predictions"] = pairs.count.sum(0).astype(int)
    out["n_cohorts"] = len(np.unique(cohort)) if cohort is not None and enough_cohorts(cohort) else 0
    return out


def helped_and_harmed(scored: Scored, best: Mapping[str, str]) -> pd.DataFrame:
    """Shares of patients helped and harmed, against `un_adapted` and against each outcome's best baseline.

    Args:
        scored: scores of every predictor.
        best: outcome -> baseline (`best_baselines`).

    Returns:
        One row per outcome, support size and rival: outcome, support_size, against, role ("un_adapted" or
        "best_baseline"), helped, helped_low, helped_high, harmed, harmed_low, harmed_high (Wilson), n_patients.

    """
    rows: list[dict[str, Any]] = []
    for cell in cells_of(scored):
        if cell.cohort == ALL:
            rows += _cell_rows(scored, cell, best)
    return pd.DataFrame(rows)


def _cell_rows(scored: Scored, cell: Cell, best: Mapping[str, str]) -> list[dict[str, Any]]:
    patients, rows = RowPatients.of(scored.subject, cell.rows), []
    for key in (k for k in scored.scores[CHAMPION] if k[1] in headlines()):
        for role, rival in _comparators(scored, cell, key, best).items():
            shares = _helped_and_harmed(scored, patients, key, rival)
            if shares is not None:
                head = {"outcome": key[0], "support_size": cell.support_size, "against": rival, "role": role}
                rows.append(head | shares)
    return rows


def _comparators(scored: Scored, cell: Cell, key: Key, best: Mapping[str, str]) -> dict[str, str]:
    found = {"best_baseline": best[key[0]]} if key[0] in best else {}
    if cell.support_size != 0 and UN_ADAPTED in scored.scores:
        found["un_adapted"] = UN_ADAPTED
    return found


def _helped_and_harmed(scored: Scored, patients: RowPatients, key: Key, rival: str) -> dict[str, Any] | None:
    found = benefit(patients, scored.scores[CHAMPION][key], scored.scores[rival][key])
    if found is None:
        return None
    out: dict[str, Any] = {"n_patients": found.n_patients}
    for name, share in ((HELPED, found.helped), (HARMED, found.harmed)):
        out |= {name: share.value, f"{name}_low": share.low, f"{name}_high": share.high}
    return out


BINS = 4


def error_by_age(scored: Scored, predictors: Sequence[str], outcome: str = ALL) -> pd.DataFrame:
    """Mean error of some predictors by the age of the newest own record that was used, in quarters of the records.

    Args:
        scored: scores of every predictor.
        predictors: names of those to include.
        outcome: "all" or the name of one.

    Returns:
        One row per bin and predictor: bin, from_days, to_days, predictor, value, low, high, n_patients; empty where
        ages are not known or do not differ.

    """
    key = next((k for k in scored.scores[CHAMPION] if k[0] == outcome and k[1] in headlines()), None)
    columns = ["bin", "from_days", "to_days", "predictor", "value", "low", "high", "n_patients"]
    known = ~np.isnan(scored.age)
    if key is None or not known.any():
        return pd.DataFrame(columns=columns)
    names, rows = [p for p in predictors if p in scored.scores], []
    errors = np.stack([scored.scores[p][key] for p in names], 1)
    edges = _edges(scored.age[known])
    place = _bins(scored.age, edges)
    for b in range(len(edges) - 1):
        patients = RowPatients.of(scored.subject, known & (place == b))
        total, count = patients.sums(errors)
        found = ratio(total, count, least=0.0)
        numbers = zip(names, found.value, found.low, found.high, (count > 0).sum(0), strict=True)
        rows += [(b, edges[b], edges[b + 1], *line) for line in numbers]
    return pd.DataFrame(rows, columns=columns)


def _edges(age: Floats) -> Floats:
    """Edges of the bins: quartiles, fewer where ages are tied; one edge (no bins) where all are the same."""
    edges = np.unique(np.quantile(age, np.linspace(0, 1, BINS + 1), method="nearest"))
    return edges if len(edges) > 2 else edges[:1]


def _bins(age: Floats, edges: Floats) -> Ints:
    if len(edges) < 2:
        return np.full(len(age), -1)
    return np.clip(np.searchsorted(edges, age, side="right") - 1, 0, len(edges) - 2)
