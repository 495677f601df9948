"""The claims about the champion's error and whole distribution against the cross-chosen baseline.

A study's figure is the mean over its cells of the relative difference, each cell weighing the same, with its interval
over the study's patients. An interval can show something only where it is narrow enough: a claim that a loss is
excluded counts the studies and cells whose half-width is at most that loss. The figure that is claimed does not enter
that choice.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from meta_med.cohorts.record_table import Bools
from meta_med.evaluate.comparison.claim import (
    LOSS,
    BothWays,
    Claim,
    better,
    loss_ruled_out,
    narrow,
    share_of,
    share_text,
)
from meta_med.evaluate.comparison.study_record import StudyRecord, new_cohort_questions
from meta_med.evaluate.intervals import LEVEL, holm
from meta_med.evaluate.number_text import change, percent

LOWER, STUDY_LOSS = 0.03, 0.01
STUDIES = (7, 11)  # shown better in so many of so many
CELLS_RULED_OUT, CELLS_BETTER, CELLS_DISTRIBUTION = 0.95, 0.4, 0.75
WON_COHORTS, WON_BY = "biomarkers", 0.05  # the study whose cohorts never seen are to be won
NEW_LOSS = 0.005


def error_claims(records: Sequence[StudyRecord]) -> list[Claim]:
    """The claims about error over these studies; none without cells."""
    known = [r for r in records if r.difference]
    if not known:
        return []
    studies = pd.DataFrame([{"study": r.study, **r.difference} for r in known])
    cells = pd.concat([r.headline.assign(study=r.study) for r in known], ignore_index=True)
    return [*_over_studies(studies), *_over_cells(cells), _distribution(cells)]


def _over_studies(studies: pd.DataFrame) -> Iterator[Claim]:
    yield _lower(studies)
    yield _shown_better(studies)
    yield _loss_excluded(studies)


def _lower(studies: pd.DataFrame) -> Claim:
    """Mean over studies; its interval is over the patients of these studies, which are taken as independent."""
    mean = float(studies["value"].mean())
    half = float(np.sqrt((((studies["high"] - studies["low"]) / 2) ** 2).sum()) / len(studies))
    doubt = f" [{change(mean - half)}, {change(mean + half)}]" if math.isfinite(half) and half > 0 else ""
    each = ", ".join(f"{r.study} {change(r.value)}" for r in _lines(studies.sort_values("value")))
    low = f"{percent(abs(mean))} {'lower' if mean <= 0 else 'higher'}"
    return Claim(
        "lower_error",
        "The champion's error (MAE; Brier score of yes/no outcomes) against the cross-chosen baseline's, each study "
        "weighing the same",
        f"at least {percent(LOWER, 0)} lower",
        f"{change(mean)}{doubt} over {_count(len(studies))}",
        mean <= -LOWER,
        f"mean over each study's cells; 95 % interval over patients; {each}",
        f"Over {_count(len(studies))}, each weighing the same, the champion's error is {low} than that of the "
        f"cross-chosen baseline{doubt}; {percent(LOWER, 0)} lower is required.",
    )


def _shown_better(studies: pd.DataFrame) -> Claim:
    shown = holm(studies["p_better"].to_numpy(np.float64), 1 - LEVEL)
    needed = math.ceil(STUDIES[0] / STUDIES[1] * len(studies))
    names = ", ".join(studies["study"][shown])
    lost = studies["study"][studies["low"] > 0]
    return Claim(
        "better_studies",
        "The champion is shown to be better in a study: one test a study, of its mean difference, after Holm's "
        "correction",
        f"at least {needed} of {len(studies)} studies",
        share_of(shown, "studies"),
        bool(shown.sum() >= needed),
        f"one-sided at {percent(1 - LEVEL)}" + (f"; better in: {names}" if names else ""),
        f"It is shown to be better in {shown.sum()} of {len(studies)} studies{f' ({names})' if names else ''}, and "
        f"worse in {', '.join(lost) or 'none'}; {needed} better ones are required.",
    )


def _loss_excluded(studies: pd.DataFrame) -> Claim:
    able = studies[(studies["high"] - studies["low"]) / 2 <= STUDY_LOSS]
    excluded = np.asarray(able["high"] < STUDY_LOSS)
    left = ", ".join(able["study"][~excluded])
    loss = percent(STUDY_LOSS, 0)
    told = f"is excluded in all but {left}" if left else "is excluded in every one"
    return Claim(
        "loss_excluded",
        f"A loss of more than {loss} is excluded (95 % interval of the study's mean difference) wherever the "
        f"interval's half-width is {loss} or less",
        "every such study",
        share_of(excluded, "studies"),
        bool(excluded.all()) if len(able) else None,
        f"not in: {left}" if left else "",
        f"A loss of more than {loss} can be excluded in the {len(able)} of {len(studies)} studies whose interval is "
        f"narrow enough, and {told}."
        if len(able)
        else f"No study's interval is narrow enough to exclude a loss of {loss}.",
    )


def _over_cells(cells: pd.DataFrame) -> Iterator[Claim]:
    able = cells[narrow(cells)]
    kept, won = loss_ruled_out(able), better(able)
    few = f"the interval's half-width is {percent(LOSS, 0)} or less in {len(able)} of {len(cells)} cells"
    what = (
        "a cell is a study, an outcome and a number k of own records (of known patients of a new cohort) with 10 "
        "patients or more"
    )
    words = (
        f"Of {len(cells)} cells {len(able)} have an interval with a half-width of {percent(LOSS, 0)} or less; of these "
        f"{percent(_mean(kept), 0)} exclude a loss of more than {percent(LOSS, 0)} and {percent(_mean(won), 0)} show "
        "the champion to be better."
    )
    yield _cell_claim(
        "cell_loss",
        f"Cells with a half-width of {percent(LOSS, 0)} or less: a loss of more than {percent(LOSS, 0)} is excluded",
        CELLS_RULED_OUT,
        (kept, able),
        f"{few}; {what}",
        words if len(able) else "",
    )
    yield _cell_claim(
        "better_cells",
        "and the champion is shown to be better",
        CELLS_BETTER,
        (won, able),
        "no correction",
        "",
    )


def _cell_claim(
    name: str, text: str, wanted: float, found: tuple[Bools, pd.DataFrame], note: str, words: str
) -> Claim:
    hits, cells = found
    if not len(cells):
        return Claim(name, text, f"at least {percent(wanted, 0)} of cells", "no such cell", None, note)
    met = bool(hits.mean() >= wanted)
    shown = share_text(hits, cells["study"])
    return Claim(name, text, f"at least {percent(wanted, 0)} of cells", shown, met, note, words)


def _distribution(cells: pd.DataFrame) -> Claim:
    won = np.asarray(cells["proper"] < cells["cross_proper"])
    return Claim(
        "distribution",
        "The whole distribution (CRPS; log loss) is better than that of the conformalised baseline that is "
        "cross-chosen by it",
        f"at least {percent(CELLS_DISTRIBUTION, 0)} of cells, both ways",
        share_text(won, cells["study"]),
        BothWays.of(won, cells["study"]).at_least(CELLS_DISTRIBUTION),
    )


def new_cohort_claims(records: Sequence[StudyRecord]) -> list[Claim]:
    """The claims about cohorts never seen; none where no study asks about one."""
    parts = [new_cohort_questions(r).assign(study=r.study) for r in records]
    asked = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    if asked.empty:
        return []
    own = asked["study"] == WON_COHORTS
    return [_won(asked[own]), _not_lost(asked[~own])]


def _won(asked: pd.DataFrame) -> Claim:
    found = _questions(asked)
    return Claim(
        "new_cohorts_won",
        f"Cohorts never seen, `{WON_COHORTS}`: the champion's error against the cross-chosen baseline's, at each "
        "number m of known patients",
        f"at least {percent(WON_BY, 0)} lower",
        found or "no data",
        bool((asked["value"] <= -WON_BY).all()) if len(asked) else None,
        "",
        f"In cohorts never seen the difference is {found}; {change(-WON_BY)} is required." if found else "",
    )


def _not_lost(asked: pd.DataFrame) -> Claim:
    lost = asked[~(asked["value"] <= NEW_LOSS)]
    worst = _questions(asked.sort_values("value").tail(1))
    return Claim(
        "new_cohorts_not_lost",
        f"Other questions about cohorts never seen that are worse than the cross-chosen baseline by more than "
        f"{percent(NEW_LOSS)}",
        "none",
        f"{len(lost)} of {len(asked)} questions" if len(asked) else "no data",
        lost.empty if len(asked) else None,
        f"worse: {_questions(lost)}" if len(lost) else "",
        f"Of {len(asked)} other questions about cohorts never seen, {len(lost)} are worse by more than "
        f"{percent(NEW_LOSS)}; the worst is {worst}."
        if len(asked)
        else "",
    )


def _questions(asked: pd.DataFrame) -> str:
    return ", ".join(f"{r.study} at m = {r.known} {change(r.value)}" for r in _lines(asked))


def _count(n: int) -> str:
    return f"{n} {'study' if n == 1 else 'studies'}"


def _mean(hits: Bools) -> float:
    return float(hits.mean()) if len(hits) else math.nan


def _lines(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples())
