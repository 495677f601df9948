"""What the product claims of itself, held against what was measured on all studies together.

Each claim has a figure that was asked for and the figure that was found; a claim that does not hold says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from meta_med.judging.study_record import MIN_PATIENTS, StudyRecord
from meta_med.records import Bools
from meta_med.scored import ALL

COVERAGE_PATIENTS, COHORT_PATIENTS = 200, 30
COVERED, COHORT_COVERED = (0.88, 0.92), 0.82
COSTLY = 0.01
MINUTES = 120.0


@dataclass(frozen=True)
class Claim:
    """One line: what is claimed, what was asked for, what was found, whether that is met (None: nothing to judge)."""

    name: str
    text: str
    wanted: str
    found: str
    met: bool | None
    note: str = ""


def claims(records: Sequence[StudyRecord]) -> list[Claim]:
    """Every claim over all studies together."""
    tables = [r.headline.assign(study=r.study) for r in records]
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
    if table.empty:
        return []
    return [
        *_against_best_baseline(table),
        *_against_chosen_baseline(table),
        _proper(table),
        _overall_coverage(records),
        _cohort_coverage(records),
        _width(table),
        _cohort_cost(records),
        _time(records),
    ]


def not_worse(table: pd.DataFrame) -> Bools:
    """Cells whose 95 % interval does not lie wholly above zero."""
    return np.asarray(table["low"] <= 0)


def better(table: pd.DataFrame) -> Bools:
    """Cells whose 95 % interval lies wholly below zero."""
    return np.asarray(table["high"] < 0)


def _against_best_baseline(table: pd.DataFrame) -> list[Claim]:
    n, fine, won = len(table), not_worse(table), better(table)
    mean = float(table["relative"].mean())
    by_study = table.groupby("study")["relative"].mean()
    note = f"each study weighing the same: {by_study.mean():+.1%}; pooled over {n} cells"
    return [
        Claim(
            "not_worse",
            "The champion's error (MAE; Brier score of yes/no outcomes) is not worse than the cell's best baseline's",
            "at least 90 % of cells",
            _share(fine),
            bool(fine.mean() >= 0.9),
            "a cell is a study, an outcome and a number k of own records; paired 95 % interval over patients",
        ),
        Claim("better", "and better", "at least half of cells", _share(won), bool(won.mean() >= 0.5)),
        Claim(
            "lower_error",
            "Mean over cells of the difference to the cell's best baseline",
            "at least 3 % lower",
            f"{mean:+.1%}",
            bool(mean <= -0.03),
            note,
        ),
    ]


def _against_chosen_baseline(table: pd.DataFrame) -> list[Claim]:
    """The comparison that somebody without learners could have made: best on tuning patients, not on these."""
    fine, won = np.asarray(table["chosen_low"] <= 0), np.asarray(table["chosen_high"] < 0)
    mean, text = (
        float(table["chosen_relative"].mean()),
        "The same against the baseline that tuning patients chose",
    )
    return [
        Claim(
            "not_worse_than_chosen",
            f"{text}: not worse",
            "at least 90 % of cells",
            _share(fine),
            bool(fine.mean() >= 0.9),
        ),
        Claim(
            "better_than_chosen",
            f"{text}: better",
            "at least half of cells",
            _share(won),
            bool(won.mean() >= 0.5),
        ),
        Claim(
            "lower_than_chosen",
            f"{text}: mean difference",
            "at least 3 % lower",
            f"{mean:+.1%}",
            bool(mean <= -0.03),
        ),
    ]


def _proper(table: pd.DataFrame) -> Claim:
    won = np.asarray(table["proper"] < table["proper_other"])
    text = "The whole distribution (CRPS; log loss) is better than the cell's best conformalised baseline's"
    return Claim("distribution", text, "at least 75 % of cells", _share(won), bool(won.mean() >= 0.75))


def _overall_coverage(records: Sequence[StudyRecord]) -> Claim:
    rows = _headline_rows(records, "coverage", COVERAGE_PATIENTS)
    good = np.asarray(rows["value"].between(*COVERED))
    out = ", ".join(f"{r.study} {r.value:.1%}" for r in rows[~good].itertuples())
    return Claim(
        "coverage",
        f"90 % intervals hold 88-92 % of values in each study with {COVERAGE_PATIENTS} held-out patients or more",
        "every study",
        _share(good, "studies"),
        bool(good.all()) if len(good) else None,
        f"outside: {out}" if out else "",
    )


def _cohort_coverage(records: Sequence[StudyRecord]) -> Claim:
    rows = _headline_rows(records, "cohort_coverage", COHORT_PATIENTS)
    good = np.asarray(rows["value"] >= COHORT_COVERED)
    out = ", ".join(f"{r.study}: {r.level} {r.value:.1%}" for r in rows[~good].itertuples())
    return Claim(
        "cohort_coverage",
        f"No cohort with {COHORT_PATIENTS} held-out patients or more is covered less than 82 %",
        "every cohort",
        _share(good, "cohorts"),
        bool(good.all()) if len(good) else None,
        f"below: {out}" if out else "",
    )


def _width(table: pd.DataFrame) -> Claim:
    known = table.dropna(subset=["other_width"])
    ratio = (known["width"] / known["other_width"] - 1).groupby(known["study"]).mean()
    out = ", ".join(f"{study} {value:+.1%}" for study, value in ratio[ratio >= 0].items())
    return Claim(
        "width",
        "The champion's 90 % intervals are on average narrower than the best baseline's",
        "every study",
        f"{ratio.mean():+.1%} over studies" if len(ratio) else "no intervals",
        bool((ratio < 0).all()) if len(ratio) else None,
        f"wider in: {out}" if out else "",
    )


def costly(costs: pd.DataFrame) -> Bools:
    """Cohorts where the champion costs more than 1 % of error and the 95 % interval lies above zero."""
    return np.asarray((costs["relative"] > COSTLY) & (costs["low"] > 0))


def counted(costs: pd.DataFrame) -> pd.DataFrame:
    """Single outcomes in cohorts of `MIN_PATIENTS` patients or more."""
    return costs[(costs["n_patients"] >= MIN_PATIENTS) & (costs["outcome"] != ALL)]


def _cohort_cost(records: Sequence[StudyRecord]) -> Claim:
    rows = counted(_headline_rows(records, "costs", MIN_PATIENTS))
    harmed = costly(rows)
    worst = rows[harmed].sort_values("p_worse").head(5)
    out = "; ".join(f"{r.study}, {r.outcome}, {r.cohort} {r.relative:+.0%}" for r in worst.itertuples())
    chance = f"chance alone would give about {0.025 * len(rows):.0f}"
    held = f"{_after_holm(rows[harmed], len(rows))} still stand when {len(rows)} looks are allowed for (Holm)"
    return Claim(
        "cohort_cost",
        "No cohort where serving the champion costs more than 1 % of error, beyond its 95 % interval",
        "none",
        f"{harmed.sum()} of {len(rows)} (cohort, outcome)",
        bool(~harmed.any()) if len(rows) else None,
        f"{chance}; {held}" + (f"; most certain: {out}" if out else ""),
    )


def _after_holm(harmed: pd.DataFrame, looks: int) -> int:
    """How many of the harmed stand at 2.5 % one-sided after Holm's correction for all looks."""
    p = np.sort(harmed["p_worse"].to_numpy(dtype=float))
    passed = p < 0.025 / (looks - np.arange(len(p)))
    return len(p) if passed.all() else int(passed.argmin())


def _time(records: Sequence[StudyRecord]) -> Claim:
    spent = [minutes(r.facts) for r in records]
    known = [m for m in spent if m is not None]
    text = "The whole evaluation on two cores"
    found = f"{sum(known):.1f} minutes, {len(known)} of {len(records)} studies" if known else "not recorded"
    return Claim("time", text, "under 120 minutes", found, sum(known) < MINUTES if known else None)


def minutes(facts: Mapping[str, Any]) -> float | None:
    """Wall minutes of a study's evaluation, over all its folds; None where it was not recorded."""
    return facts["seconds"] / 60 if "seconds" in facts else None


def peak_gigabytes(facts: Mapping[str, Any]) -> float | None:
    """Largest memory over all processes at a time; None where it was not recorded."""
    return facts["peak_memory_mb"] / 1024 if "peak_memory_mb" in facts else None


def _headline_rows(records: Sequence[StudyRecord], name: str, patients: int) -> pd.DataFrame:
    parts: list[pd.DataFrame] = [r.of_headline(getattr(r, name)).assign(study=r.study) for r in records]
    return pd.concat([p[p["n_patients"] >= patients] for p in parts], ignore_index=True)


def _share(hits: Bools, of: str = "cells") -> str:
    return f"{hits.sum()} of {len(hits)} {of}" + (f" ({hits.mean():.0%})" if len(hits) else "")
