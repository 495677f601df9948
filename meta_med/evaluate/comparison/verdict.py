"""The verdict: the product's claims compared with the results of all studies together.

Each claim has a required figure and the measured one. Those about error are in `error_claims`; here are those about
intervals, cohorts and time. Where many cohorts are tested, some fall short by chance: what stands after Holm's
correction over all of them is beyond it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from meta_med.calibrate.record_scores import ALL
from meta_med.cohorts.record_table import Bools
from meta_med.evaluate.comparison.claim import Claim, share_of
from meta_med.evaluate.comparison.error_claims import error_claims, new_cohort_claims
from meta_med.evaluate.comparison.study_record import (
    MIN_PATIENTS,
    StudyRecord,
    minutes,
    processor_minutes,
)
from meta_med.evaluate.intervals import LEVEL, binomial_p, holm
from meta_med.evaluate.number_text import change, percent

NOMINAL = 0.9
COVERAGE_PATIENTS, COHORT_PATIENTS = 200, 30
COVERED, COHORT_COVERED = (0.88, 0.92), 0.82
COSTLY = 0.01
MINUTES = 120.0


def claims(records: Sequence[StudyRecord]) -> list[Claim]:
    """Every claim over all studies together, without those that count in none (`evaluation.claims: false`)."""
    counting = [r for r in records if r.counts]
    about_error = error_claims(counting)
    if not about_error:
        return []
    return [
        *about_error,
        *new_cohort_claims(counting),
        _overall_coverage(counting),
        _cohort_coverage(counting),
        _width(counting),
        _cohort_cost(counting),
        _time(records),
    ]


def unseen_claims(records: Sequence[StudyRecord]) -> list[Claim]:
    """The claims about error without the studies that were used in development."""
    return error_claims([r for r in records if r.counts and not r.used_in_development])


def _overall_coverage(records: Sequence[StudyRecord]) -> Claim:
    rows = _headline_rows(records, "coverage", COVERAGE_PATIENTS)
    good = np.asarray(rows["value"].between(*COVERED))
    out = ", ".join(f"{r.study} {percent(r.value)}" for r in _lines(rows[~good]))
    return Claim(
        "coverage",
        f"90 % intervals hold 88-92 % of values in each study with {COVERAGE_PATIENTS} held-out patients or more",
        "every study",
        share_of(good, "(study, question) pairs"),
        bool(good.all()) if len(good) else None,
        f"outside: {out}" if out else "",
    )


def _cohort_coverage(records: Sequence[StudyRecord]) -> Claim:
    """Every question counts, also those about cohorts never seen, in which intervals hold least."""
    parts = [r.cohort_coverage.assign(study=r.study) for r in records]
    rows = pd.concat([p[p["n_patients"] >= COHORT_PATIENTS] for p in parts], ignore_index=True)
    low = np.asarray(rows["value"] < COHORT_COVERED)
    effective = rows["effective"].to_numpy(np.float64)
    p = binomial_p(rows["value"].to_numpy(np.float64), effective, NOMINAL)
    beyond = low & holm(p, 1 - LEVEL)
    most = np.floor(COHORT_COVERED * effective) / effective
    expected = float(np.nansum(binomial_p(most, effective, NOMINAL)))
    worst = rows[beyond].sort_values("value").drop_duplicates(["study", "level"])
    out = ", ".join(f"{r.study}: {r.level} {percent(r.value)}" for r in _lines(worst))
    counted = f"{low.sum()} of {len(rows)} are below, where chance alone would give about {expected:.0f}"
    return Claim(
        "cohort_coverage",
        f"Cohorts with {COHORT_PATIENTS} held-out patients or more that are covered less than "
        f"{percent(COHORT_COVERED, 0)} beyond chance: a binomial test of 90 % for each (cohort, question), after "
        "Holm's correction",
        "none",
        f"{beyond.sum()} of {len(rows)} (cohort, question) pairs",
        bool(~beyond.any()) if len(rows) else None,
        counted + (f"; beyond chance: {out}" if out else ""),
        f"Of {len(rows)} (cohort, question) pairs {low.sum()} are covered less than {percent(COHORT_COVERED, 0)}, "
        f"where chance alone would give about {expected:.0f}; beyond chance, after correction, are {out or 'none'}."
        if len(rows)
        else "",
    )


def _width(records: Sequence[StudyRecord]) -> Claim:
    parts = [r.headline.assign(study=r.study) for r in records]
    known = pd.concat(parts, ignore_index=True).dropna(subset=["width", "other_width"])
    ratio = (known["width"] / known["other_width"] - 1).groupby(known["study"]).mean()
    out = ", ".join(f"{study} {change(value)}" for study, value in ratio[ratio >= 0].items())
    return Claim(
        "width",
        "The champion's 90 % intervals are on average narrower than those of the best baseline with hindsight",
        "every study",
        f"{change(ratio.mean())} over studies" if len(ratio) else "no intervals",
        bool((ratio < 0).all()) if len(ratio) else None,
        f"wider in: {out}" if out else "",
    )


def costly(costs: pd.DataFrame) -> Bools:
    """Cohorts where the champion costs more than 1 % of error and the 95 % interval lies above zero."""
    return np.asarray((costs["relative"] > COSTLY) & (costs["low"] > 0))


def eligible_costs(costs: pd.DataFrame) -> pd.DataFrame:
    """Single outcomes in cohorts of `MIN_PATIENTS` patients or more, which the claim about cohorts counts."""
    return costs[(costs["n_patients"] >= MIN_PATIENTS) & (costs["outcome"] != ALL)]


def _cohort_cost(records: Sequence[StudyRecord]) -> Claim:
    rows = eligible_costs(_headline_rows(records, "costs", MIN_PATIENTS))
    harmed = costly(rows)
    # only those that cost more than 1 % beyond the interval can remain; the others are tested with them
    beyond = harmed & holm(rows["p_worse"].to_numpy(np.float64), 1 - LEVEL)
    worst = rows[beyond].sort_values("p_worse").head(5)
    out = "; ".join(
        f"{r.study}, {r.outcome}, {r.cohort} {percent(r.relative, 0, signed=True)}" for r in _lines(worst)
    )
    counted = (
        f"before correction {harmed.sum()}, where chance alone would give about {(1 - LEVEL) * len(rows):.0f}"
    )
    return Claim(
        "cohort_cost",
        "No cohort where serving the champion costs more than 1 % of error against the cross-chosen baseline, after "
        "Holm's correction",
        "none",
        f"{beyond.sum()} of {len(rows)} (cohort, outcome, question)",
        bool(~beyond.any()) if len(rows) else None,
        counted + (f"; most certain: {out}" if out else ""),
    )


def _time(records: Sequence[StudyRecord]) -> Claim:
    spent = [minutes(r.facts) for r in records]
    known = [m for m in spent if m is not None]
    found = f"{sum(known):.1f} minutes, {len(known)} of {len(records)} studies" if known else "not recorded"
    worked = sum(processor_minutes(r.facts) or 0.0 for r in records)
    at_once = sorted({r.facts["processes"] for r in records if "processes" in r.facts})
    where = f"; in {' or '.join(map(str, at_once))} processes at once" if at_once else ""
    remarks = f"by the clock{where}; {worked:.0f} minutes of processor" if worked else ""
    return Claim(
        "time",
        "The whole evaluation",
        "under 120 minutes",
        found,
        sum(known) < MINUTES if known else None,
        remarks,
    )


def _headline_rows(records: Sequence[StudyRecord], name: str, patients: int) -> pd.DataFrame:
    parts: list[pd.DataFrame] = [r.of_headline(getattr(r, name)).assign(study=r.study) for r in records]
    return pd.concat([p[p["n_patients"] >= patients] for p in parts], ignore_index=True)


def _lines(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples())
