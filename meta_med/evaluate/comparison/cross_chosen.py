"""The champion against the cross-chosen baseline: chosen on one half of the held-out patients, compared on the other.

The best baseline of a cell on the very patients that it is compared on is chosen with hindsight, and the fewer patients
a cell has, the more of its lead is luck. Here patients are dealt at random into two halves of equal size: the baseline
with the lowest error in the cell on either half is the opponent on the other one. The comparison is pooled over both
halves. The opponent depends on the deal, so its error is the mean over `DEALS` deals. Deals are drawn by patient from a
fixed seed: they are the same in every run and in any order of the records. In new cohorts whole cohorts are dealt where
there are `MIN_COHORTS` or more, else patients within each cohort.

It is one estimate over both halves, not two: its interval is over all patients of the cell, by each patient's influence
on the pooled difference (see `intervals`). The choice of the baseline depends on patients too. That is left out: it
changes only where baselines are about equal, and then the difference hardly changes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from meta_med.calibrate.record_scores import ALL, Scored
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.evaluate.comparison.compare import CHAMPION, cells_of, rivals_of
from meta_med.evaluate.evaluation_table import POOLED, Cell
from meta_med.evaluate.intervals import RowPatients, enough_cohorts, one_sided_p, ratio, ratio_error
from meta_med.evaluate.mean_of_cells import Influence
from meta_med.outcomes.registry import headlines, proper_scores

DEALS = 25
SEED = 20261130


@dataclass(frozen=True)
class CrossChosen:
    """The comparison with the cross-chosen baseline in one setting.

    Attributes:
        table: one row per cell and metric: outcome, metric, unit, support_size; champion, other (means over
            predictions); relative, relative_low, relative_high (difference / other, 95 % over patients); p_better
            (one-sided p-value that the champion is no better); against: the baseline chosen most often, and its `share`
            of the choices; n_patients, n_predictions; n_cohorts: cohorts that the interval is over, 0 if over patients.
        influence: of each patient on the relative difference in each row of the table.
        cohorts: one row per cohort and error, over all with own records (all, where nobody has one), against the
            opponents that were chosen over all cohorts together: outcome, metric, cohort, against, relative,
            relative_low, relative_high, p_worse (one-sided p-value that the champion is no worse), n_patients.

    """

    table: pd.DataFrame
    influence: Influence
    cohorts: pd.DataFrame


@dataclass(frozen=True)
class _Chosen:
    """The champion and the opponents of P patients in a cell, by one score, on the r records where all have it.

    Attributes:
        head: outcome, metric, unit, support_size.
        person, cohort: (P,) index of the person; of the cohort, for patients in new cohorts, else None.
        rows, place: (r,) the records, and the patient of each.
        champion, other: (r,) the champion's score and the opponent's.
        against, share: the baseline chosen most often, and its share.

    """

    head: dict[str, Any]
    person: Ints
    cohort: Ints | None
    rows: Ints
    place: Ints
    champion: Floats
    other: Floats
    against: str
    share: float

    def compared(self) -> tuple[dict[str, Any], Influence]:
        """The numbers of a row of the table, and each patient's influence on its relative difference."""
        own, other = (_totals(self.place, v, len(self.person)) for v in (self.champion, self.other))
        difference, cohort = own - other, self.cohort
        found = ratio(difference[:, None], other[:, None], cohort)
        over_cohorts = cohort is not None and enough_cohorts(cohort)
        unit = cohort if cohort is not None and over_cohorts else self.person
        index = np.unique(unit, return_inverse=True)[1]
        n = int(index.max()) + 1
        error = ratio_error(*(_totals(index, v, n)[:, None] for v in (difference, other)))
        numbers = {
            "champion": self.champion.mean(),
            "other": self.other.mean(),
            "relative": found.value[0],
            "relative_low": found.low[0],
            "relative_high": found.high[0],
            "p_better": one_sided_p(-found.value, error, np.asarray([float(n)]))[0],
            "against": self.against,
            "share": self.share,
            "n_patients": len(np.unique(self.person)),
            "n_predictions": len(self.rows),
            "n_cohorts": n if over_cohorts else 0,
        }
        rest = (difference - found.value[0] * other) / other.sum()
        return self.head | numbers, Influence.of(self.person, cohort, rest, other / other.sum())

    def by_cohort(self, scored: Scored) -> pd.DataFrame:
        """The rows of `CrossChosen.cohorts`."""
        shape = (len(self.person), len(scored.cohort_names))
        pair = self.place * shape[1] + scored.cohort[self.rows]
        difference, other, count = (
            _totals(pair, v, shape[0] * shape[1]).reshape(shape)
            for v in (self.champion - self.other, self.other, np.ones(len(pair)))
        )
        found, n = ratio(difference, other), (count > 0).sum(0)
        columns = {
            "outcome": self.head["outcome"],
            "metric": self.head["metric"],
            "cohort": list(scored.cohort_names),
            "against": self.against,
            "relative": found.value,
            "relative_low": found.low,
            "relative_high": found.high,
            "p_worse": one_sided_p(found.value, ratio_error(difference, other), n.astype(np.float64)),
            "n_patients": n,
        }
        table = pd.DataFrame(columns)
        return table[table["n_patients"] > 0]


def _totals(place: Ints, values: Floats, n: int) -> Floats:
    """(n,) sum of the values at each place."""
    return np.bincount(place, values, n).astype(np.float64)


def cross_chosen(scored: Scored, baselines: Sequence[str], *, new_cohorts: bool = False) -> CrossChosen:
    """Champion minus the cross-chosen baseline in each cell, by its errors and proper scores.

    Args:
        scored: scores of every predictor.
        baselines: names of those to choose from; `un_adapted` too for patients with own records.
        new_cohorts: whether these are cohorts that were not trained on; intervals are then over cohorts where there
            are `MIN_COHORTS` or more.

    """
    rows: list[dict[str, Any]] = []
    influences: list[Influence] = []
    cohorts = [pd.DataFrame(columns=list(COHORT_COLUMNS))]
    pooled = POOLED if scored.size.any() else 0
    for cell in (c for c in cells_of(scored) if c.cohort == ALL):
        for chosen in _of_cell(scored, cell, baselines, new_cohorts=new_cohorts):
            row, influence = chosen.compared()
            influences.append(influence.in_row(len(rows)))
            rows.append(row)
            if cell.support_size == pooled and row["metric"] in headlines():
                cohorts.append(chosen.by_cohort(scored))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return CrossChosen(
        table, Influence.joined(influences), pd.concat(cohorts[1:] or cohorts, ignore_index=True)
    )


COLUMNS = (
    "outcome", "metric", "unit", "support_size", "champion", "other", "relative", "relative_low", "relative_high",
    "p_better", "against", "share", "n_patients", "n_predictions", "n_cohorts",
)  # fmt: skip
COHORT_COLUMNS = (
    "outcome", "metric", "cohort", "against", "relative", "relative_low", "relative_high", "p_worse", "n_patients",
)  # fmt: skip


def _of_cell(scored: Scored, cell: Cell, baselines: Sequence[str], *, new_cohorts: bool) -> Iterator[_Chosen]:
    rivals = rivals_of(scored, baselines, cell.support_size)
    compared = {*headlines(), *proper_scores()}
    for key in (k for k in scored.scores[CHAMPION] if k[1] in compared and rivals):
        scores = np.stack([scored.scores[name][key] for name in (CHAMPION, *rivals)], 1)
        rows = cell.rows & ~np.isnan(scores).any(1)
        if new_cohorts:
            patients = RowPatients.within(scored.subject, scored.cohort, rows)
        else:
            patients = RowPatients.of(scored.subject, rows)
        if len(np.unique(scored.subject[rows])) >= 2:
            head = {"outcome": key[0], "metric": key[1], "unit": key[2], "support_size": cell.support_size}
            yield _chosen(head, scored, patients, scores, rivals)


def _chosen(
    head: dict[str, Any], scored: Scored, patients: RowPatients, scores: Floats, rivals: Sequence[str]
) -> _Chosen:
    person = scored.subject[patients.rows[patients.starts]]
    shares = choices(patients.sums(scores[:, 1:])[0], person, patients.cohort)
    lengths = np.diff(np.append(patients.starts, len(patients.rows)))
    place = np.repeat(np.arange(len(person)), lengths)
    own = scores[patients.rows]
    most = shares.mean(0)
    return _Chosen(
        head=head,
        person=person,
        cohort=patients.cohort,
        rows=patients.rows,
        place=place,
        champion=own[:, 0],
        other=(own[:, 1:] * shares[place]).sum(1),
        against=rivals[int(most.argmax())],
        share=float(most.max()),
    )


def choices(rivals: Floats, person: Ints, cohort: Ints | None = None) -> Floats:
    """(P, B) share of deals in which each rival is the best of the half that the patient is not in.

    Args:
        rivals: (P, B) sum of each rival's errors over each patient's records.
        person: (P,) index of the person.
        cohort: (P,) of patients in new cohorts.

    """
    first = deals(person, cohort).astype(np.float64)
    best_of_first, best_of_rest = (
        np.eye(rivals.shape[1])[(half @ rivals).argmin(1)] for half in (first, 1 - first)
    )
    return np.asarray((first.T @ best_of_rest + (1 - first).T @ best_of_first) / len(first))


def deals(person: Ints, cohort: Ints | None = None) -> Bools:
    """(DEALS, P) whether each patient is in the first half, which has as many as the other half or one more.

    All records of a person are in the same half; in new cohorts, those of a cohort where there are enough cohorts.
    """
    if cohort is not None and enough_cohorts(cohort):
        unit, group = cohort, np.zeros_like(cohort)
    else:
        unit, group = person, np.zeros_like(person) if cohort is None else cohort
    units, first, place = np.unique(unit, return_index=True, return_inverse=True)
    drawn = np.random.default_rng(SEED).random((int(units.max()) + 1, DEALS))[units]
    half = np.empty((DEALS, len(units)), dtype=bool)
    for deal in range(DEALS):
        order = np.lexsort((drawn[:, deal], group[first]))
        half[deal, order] = np.arange(len(units)) % 2 == 0
    return half[:, place]


def fixed_baseline(comparison: pd.DataFrame) -> str:
    """The one baseline for all outcomes and support sizes: of lowest error on average over cells; "" without any.

    Each cell's errors are relative to its lowest one. It is chosen with hindsight.

    Args:
        comparison: of `compare`.

    """
    rows = comparison[(comparison["cohort"] == ALL) & (comparison["outcome"] != ALL)]
    rows = rows[rows["metric"].isin(headlines()) & (rows["support_size"] >= 0)]
    lowest = rows.groupby(["outcome", "support_size"])["other"].transform("min")
    rows = rows.assign(excess=rows["other"] / lowest)
    count = rows.groupby("against")["excess"].agg(["mean", "count"])
    everywhere = count[count["count"] == count["count"].max()]
    return str(everywhere["mean"].idxmin()) if everywhere["mean"].notna().any() else ""
