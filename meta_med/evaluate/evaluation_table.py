"""The evaluation table: metrics of every predictor on held-out subjects, with confidence intervals over patients.

Metrics of continuous outcomes are in clinical units; the rows of outcome "all" are means over the continuous
outcomes in training standard deviations on model scale (logs where the study says so). Confidence intervals
are over patients, not records. What cannot be estimated is NaN, such as an interval from one patient; infinite numbers
(the width of an interval without bounds) are NaN too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from meta_med.calibrate.record_scores import ALL, WITHIN, Scored
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.evaluate.benefit import HARMED, HELPED, benefit
from meta_med.evaluate.intervals import Estimate, RowPatients, calibration, clustered_share, ranking, ratio
from meta_med.outcomes.registry import headlines, metrics

POOLED = -1  # the support_size of rows that pool every k >= 1
MIN_EVENTS = 5
COVERAGE = "coverage_90"
CHAMPION, UN_ADAPTED = "champion", "un_adapted"
EVENTS = "events"  # metric: the number of records with the event, whatever the predictor
ROUNDING = 1e-12  # of a mean: a narrower confidence interval counts as having no width
COLUMNS = (
    "study", "outcome", "predictor", "cohort", "support_size", "metric", "value", "ci_low", "ci_high",
    "n_patients", "n_predictions", "unit", "setting",
)  # fmt: skip


Line = tuple[object, ...]


@dataclass(frozen=True)
class Cell:
    """The records behind one row of the table: a cohort (or "all") and a support size (or `POOLED`)."""

    cohort: str
    support_size: int
    rows: Bools


def evaluate(study: str, scored: Scored, setting: str = "next") -> pd.DataFrame:
    """The evaluation table (COLUMNS) of every predictor that was scored, in one setting of a study.

    The rows of the metrics helped and harmed are of the champion, against `un_adapted`.
    """
    lines: list[Line] = []
    found = list(cells(scored))
    means = [_means(scored, cell) for cell in found]
    for name, scores in scored.scores.items():
        for i, (outcome, metric, unit) in enumerate(scores):
            if metric == WITHIN:
                continue  # shown by the pages of results only
            for cell, by_predictor in zip(found, means, strict=True):
                numbers = by_predictor[name][i]
                if numbers is not None:
                    head = (study, outcome, name, cell.cohort, cell.support_size, metric)
                    lines.append((*head, *numbers, unit, setting))
        lines += [(*line, setting) for line in _ranking(study, scored, name, found)]
    lines += [(*line, setting) for line in _benefit(study, scored, found)]
    return pd.DataFrame(lines, columns=list(COLUMNS))


def cells(scored: Scored) -> Iterator[Cell]:
    """The cells of the table: every support size, all k >= 1 together, and each cohort at k = 0 and at k >= 1."""
    for k in np.unique(scored.size):
        yield Cell(ALL, int(k), scored.size == k)
    yield Cell(ALL, POOLED, scored.size > 0)
    for c, name in enumerate(scored.cohort_names):
        own = scored.cohort == c
        yield Cell(name, 0, own & (scored.size == 0))
        yield Cell(name, POOLED, own & (scored.size > 0))


def _means(scored: Scored, cell: Cell) -> dict[str, list[Line | None]]:
    """Predictor -> for each of its scores (value, ci_low, ci_high, n_patients, n_predictions), or None."""
    patients = RowPatients.of(scored.subject, cell.rows)
    if not len(patients):
        return {name: [None] * len(scores) for name, scores in scored.scores.items()}
    columns = [score for scores in scored.scores.values() for score in scores.values()]
    total, count = patients.sums(np.stack(columns, 1))
    means, shares = ratio(total, count, least=0.0), _shares(scored, total, count)
    seen, predictions = (count > 0).sum(0), count.sum(0)
    out: dict[str, list[Line | None]] = {}
    named, place = metrics(), 0
    for name, scores in scored.scores.items():
        out[name] = []
        for outcome, metric, _ in scores:
            found = shares[outcome == ALL] if metric == COVERAGE else means
            numbers = np.asarray([found.value[place], found.low[place], found.high[place]])
            known = named.get(metric)
            if known and known.error and numbers[2] - numbers[1] <= ROUNDING * numbers[0]:
                numbers[1:] = np.nan  # equal errors of all patients give no estimate of their variance
            if known and known.root:
                numbers = np.sqrt(numbers)
            line = (*_finite(numbers), int(seen[place]), int(predictions[place]))
            out[name].append(line if seen[place] else None)
            place += 1
    return out


def _shares(scored: Scored, total: Floats, count: Floats) -> tuple[Estimate, Estimate]:
    """Proportions of values with their intervals: for a single outcome, and for the mean over all outcomes."""
    several = len({outcome for scores in scored.scores.values() for outcome, metric, _ in scores} - {ALL})
    return clustered_share(total, count), clustered_share(total, count, values=max(several, 1))


def _finite(numbers: Floats) -> list[float]:
    """The numbers, with NaN for infinite ones."""
    return [float(n) if np.isfinite(n) else np.nan for n in numbers]


def _ranking(study: str, scored: Scored, name: str, cells: Sequence[Cell]) -> list[Line]:
    """The number of events, AUROC and the calibration line of binary outcomes."""
    lines: list[Line] = []
    for outcome, y in scored.events.items():
        p = scored.probabilities[name][outcome]
        for cell in (c for c in cells if c.cohort == ALL):
            use = cell.rows & ~np.isnan(y)
            head = (study, outcome, name, ALL, cell.support_size)
            lines += [(*head, *rest) for rest in _ranked(y[use], p[use], scored.subject[use])]
    return lines


def _ranked(y: Floats, p: Floats, subject: Ints) -> list[Line]:
    if not len(y):
        return []
    events = float(y.sum())
    tail = (len(np.unique(subject)), len(y), "1")
    counted: list[Line] = [(EVENTS, events, np.nan, np.nan, *tail)]
    if events < MIN_EVENTS or len(y) - events < MIN_EVENTS:
        return counted  # too few events for an estimate
    area, (intercept, slope) = ranking(y, p, subject), calibration(y, p, subject)
    found = {"auroc": area, "calibration_intercept": intercept, "calibration_slope": slope}
    return counted + [(metric, one.value, one.low, one.high, *tail) for metric, one in found.items()]


def _benefit(study: str, scored: Scored, cells: Sequence[Cell]) -> list[Line]:
    """Shares of patients whom adaptation helps and harms: the champion's error against that of `un_adapted`."""
    if not {CHAMPION, UN_ADAPTED} <= set(scored.scores):
        return []
    lines: list[Line] = []
    keys = [key for key in scored.scores[CHAMPION] if key[1] in headlines()]
    for cell in (c for c in cells if c.support_size != 0):
        patients = RowPatients.of(scored.subject, cell.rows)
        for key in keys if len(patients) else ():
            found = benefit(patients, scored.scores[CHAMPION][key], scored.scores[UN_ADAPTED][key])
            if found is None:
                continue
            head = (study, key[0], CHAMPION, cell.cohort, cell.support_size)
            tail = (found.n_patients, found.n_predictions, "share")
            for metric, share in ((HELPED, found.helped), (HARMED, found.harmed)):
                lines.append((*head, metric, share.value, share.low, share.high, *tail))
    return lines


def headline_outcomes(table: pd.DataFrame) -> list[str]:
    """The outcomes that a headline names: "all" for those that are averaged in SDs, then each one of another kind.

    `table`: an evaluation table, or another with the columns outcome and metric.
    """
    table = table[table["metric"].isin(headlines())]
    together = set(table.loc[table["outcome"] == ALL, "metric"])
    alone = table.loc[~table["metric"].isin(together), "outcome"].drop_duplicates().tolist()
    return ([ALL] if together else []) + alone


def by_support_size(
    table: pd.DataFrame, metric: str = "mae", outcome: str = ALL, largest: int = 5
) -> pd.DataFrame:
    """One row per predictor, one column per support size 0..largest, and the mean over 1..largest."""
    part = table[(table["metric"] == metric) & (table["outcome"] == outcome) & (table["cohort"] == ALL)]
    wide = part.pivot_table(index="predictor", columns="support_size", values="value")
    wide = wide[[k for k in range(largest + 1) if k in wide]]
    wide[f"1-{largest}"] = wide[[k for k in range(1, largest + 1) if k in wide]].mean(axis=1)
    return wide.sort_values(f"1-{largest}")
