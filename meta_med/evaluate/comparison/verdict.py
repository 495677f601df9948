"""The verdict: the product's claims compared with the results of all studies together.

Each claim has a required figure and the measured one. Figures over cells are computed both over all cells and with each
study weighing the same, and the claim is met only if both are: over cells alone the study with the most outcomes would
decide, over studies alone the one with the fewest patients.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from meta_med.calibrate.record_scores import ALL
from meta_med.cohorts.record_table import Bools, Floats
from meta_med.evaluate.comparison.study_record import (
    MIN_PATIENTS,
    StudyRecord,
    minutes,
    processor_minutes,
)
from meta_med.evaluate.intervals import MIN_COHORTS, holm
from meta_med.evaluate.number_text import change, percent


@dataclass(frozen=True)
class BothWays:
    """A mean over cells, and the mean over studies of each study's mean over its cells; NaN without cells."""

    over_cells: float
    over_studies: float

    @classmethod
    def of(cls, values: Floats | Bools, study: "pd.Series[Any]") -> "BothWays":
        """From the value (N,) and the study (N,) of each cell."""
        series = pd.Series(np.asarray(values, dtype=np.float64))
        return cls(float(series.mean()), float(series.groupby(study.to_numpy()).mean().mean()))

    def at_least(self, share: float) -> bool:
        """Whether both means are at least `share`."""
        return min(self.over_cells, self.over_studies) >= share

    def at_most(self, value: float) -> bool:
        """Whether both means are at most `value`."""
        return max(self.over_cells, self.over_studies) <= value


def share_text(hits: Bools, study: "pd.Series[Any]") -> str:
    """Number and share of the cells that hold, both ways."""
    both = BothWays.of(hits, study)
    counted = f"{hits.sum()} of {len(hits)} cells"
    shares = (percent(share, 0) for share in (both.over_cells, both.over_studies))
    return "{} ({}); each study weighing the same: {}".format(counted, *shares)


def mean_text(values: Floats, study: "pd.Series[Any]") -> str:
    """A mean difference, both ways."""
    both = BothWays.of(values, study)
    return f"{change(both.over_cells)} over cells; each study weighing the same: {change(both.over_studies)}"


COVERAGE_PATIENTS, COHORT_PATIENTS = 200, 30
COVERED, COHORT_COVERED = (0.88, 0.92), 0.82
COSTLY = 0.01
LOSS = 0.02  # of error: the loss that a cell's interval should rule out
MINUTES = 120.0


@dataclass(frozen=True)
class Claim:
    """One claim: its text, the required and the measured figure, whether it is met (None: no data), and a note."""

    name: str
    text: str
    wanted: str
    found: str
    met: bool | None
    note: str = ""


def claims(records: Sequence[StudyRecord]) -> list[Claim]:
    """Every claim over all studies together, without those that count in none (`evaluation.claims: false`)."""
    counting = [r for r in records if r.counts]
    table = _headlines(counting)
    if table.empty:
        return []
    return [
        *error_claims(table),
        _overall_coverage(counting),
        _cohort_coverage(counting),
        _width(table),
        _cohort_cost(counting),
        _time(records),
    ]


def unseen_claims(records: Sequence[StudyRecord]) -> list[Claim]:
    """The claims about error without the studies that were used in development."""
    table = _headlines([r for r in records if r.counts and not r.used_in_development])
    return [] if table.empty else error_claims(table)


def _headlines(records: Sequence[StudyRecord]) -> pd.DataFrame:
    tables = [r.headline.assign(study=r.study) for r in records]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def error_claims(table: pd.DataFrame) -> list[Claim]:
    """The claims about the champion's error and whole distribution against the baselines'."""
    return [*_against_best_baseline(table), *_against_chosen_baseline(table), _proper(table)]


def worse(table: pd.DataFrame) -> Bools:
    """Cells whose 95 % interval lies wholly above zero."""
    return np.asarray(table["low"] > 0)


def not_worse(table: pd.DataFrame) -> Bools:
    """Cells that are not shown to be worse, as are all of a wide interval or of none."""
    return ~worse(table)


def better(table: pd.DataFrame) -> Bools:
    """Cells whose 95 % interval lies wholly below zero."""
    return np.asarray(table["high"] < 0)


def loss_ruled_out(table: pd.DataFrame) -> Bools:
    """Cells whose 95 % interval lies wholly below a loss of 2 % of error."""
    return np.asarray(table["relative_high"] < LOSS)


def _against_best_baseline(table: pd.DataFrame) -> list[Claim]:
    text = "The champion's error (MAE; Brier score of yes/no outcomes) is not shown to be worse than the cell's best "
    note = (
        "a cell is a study, an outcome and a number k of own records (of known patients of a new cohort); paired 95 % "
        f"interval over patients (over new cohorts too, from {MIN_COHORTS} of them)"
    )
    return [
        _share_claim(
            "not_worse", f"{text}baseline's", 0.9, not_worse(table), table, f"{_ruled_out(table)}; {note}"
        ),
        _share_claim("better", "and is shown to be better", 0.5, better(table), table),
        _mean_claim("lower_error", "Mean of the difference to the cell's best baseline", "relative", table),
    ]


def _against_chosen_baseline(table: pd.DataFrame) -> list[Claim]:
    """The comparison with the baseline that tuning patients chose, which could be made in advance."""
    names = ("low", "high", "relative", "relative_high")
    own = table[["study"]].assign(**{name: table[f"chosen_{name}"] for name in names})
    text, note = "The same against the baseline that tuning patients chose", _ruled_out(own)
    return [
        _share_claim(
            "not_worse_than_chosen", f"{text}: not shown to be worse", 0.9, not_worse(own), own, note
        ),
        _share_claim("better_than_chosen", f"{text}: shown to be better", 0.5, better(own), own),
        _mean_claim("lower_than_chosen", f"{text}: mean difference", "relative", own),
    ]


def _share_claim(
    name: str, text: str, wanted: float, hits: Bools, table: pd.DataFrame, note: str = ""
) -> Claim:
    required = "at least half of cells" if wanted == 0.5 else f"at least {percent(wanted, 0)} of cells"
    met = BothWays.of(hits, table["study"]).at_least(wanted)
    return Claim(name, text, f"{required}, both ways", share_text(hits, table["study"]), met, note)


def _mean_claim(name: str, text: str, column: str, table: pd.DataFrame) -> Claim:
    values = table[column].to_numpy(dtype=np.float64)
    met = BothWays.of(values, table["study"]).at_most(-0.03)
    note = f"cells: {len(table)}; studies: {table['study'].nunique()}; most cells: {_largest(table)}"
    return Claim(name, text, "at least 3 % lower, both ways", mean_text(values, table["study"]), met, note)


def _largest(table: pd.DataFrame) -> str:
    counts = table["study"].value_counts()
    return f"{counts.index[0]} ({counts.iloc[0]})"


def _ruled_out(table: pd.DataFrame) -> str:
    return f"a loss of more than {percent(LOSS, 0)} is ruled out in {share_text(loss_ruled_out(table), table['study'])}"


def _proper(table: pd.DataFrame) -> Claim:
    won = np.asarray(table["proper"] < table["proper_other"])
    text = "The whole distribution (CRPS; log loss) is better than the cell's best conformalised baseline's"
    return _share_claim("distribution", text, 0.75, won, table)


def _overall_coverage(records: Sequence[StudyRecord]) -> Claim:
    rows = _headline_rows(records, "coverage", COVERAGE_PATIENTS)
    good = np.asarray(rows["value"].between(*COVERED))
    out = ", ".join(f"{r.study} {percent(r.value)}" for r in _lines(rows[~good]))
    return Claim(
        "coverage",
        f"90 % intervals hold 88-92 % of values in each study with {COVERAGE_PATIENTS} held-out patients or more",
        "every study",
        _share(good, "(study, question) pairs"),
        bool(good.all()) if len(good) else None,
        f"outside: {out}" if out else "",
    )


def _cohort_coverage(records: Sequence[StudyRecord]) -> Claim:
    rows = _headline_rows(records, "cohort_coverage", COHORT_PATIENTS)
    good = np.asarray(rows["value"] >= COHORT_COVERED)
    worst = rows[~good].sort_values("value").drop_duplicates(["study", "level"])
    out = ", ".join(f"{r.study}: {r.level} {percent(r.value)}" for r in _lines(worst))
    return Claim(
        "cohort_coverage",
        f"No cohort with {COHORT_PATIENTS} held-out patients or more is covered less than 82 %",
        "every cohort",
        _share(good, "(cohort, question) pairs"),
        bool(good.all()) if len(good) else None,
        f"below: {out}" if out else "",
    )


def _width(table: pd.DataFrame) -> Claim:
    known = table.dropna(subset=["other_width"])
    ratio = (known["width"] / known["other_width"] - 1).groupby(known["study"]).mean()
    out = ", ".join(f"{study} {change(value)}" for study, value in ratio[ratio >= 0].items())
    return Claim(
        "width",
        "The champion's 90 % intervals are on average narrower than the best baseline's",
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
    worst = rows[harmed].sort_values("p_worse").head(5)
    out = "; ".join(
        f"{r.study}, {r.outcome}, {r.cohort} {percent(r.relative, 0, signed=True)}" for r in _lines(worst)
    )
    chance = f"chance alone would give about {0.025 * len(rows):.0f}"
    # only those that cost more than 1 % beyond the interval can remain; the others are tested with them
    remaining = int(holm(rows["p_worse"].to_numpy(np.float64), 0.025)[harmed].sum())
    held = f"{remaining} remain after correction for {len(rows)} tests (Holm)"
    return Claim(
        "cohort_cost",
        "No cohort where serving the champion costs more than 1 % of error, beyond its 95 % interval",
        "none",
        f"{harmed.sum()} of {len(rows)} (cohort, outcome, question)",
        bool(~harmed.any()) if len(rows) else None,
        f"{chance}; {held}" + (f"; most certain: {out}" if out else ""),
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


def _share(hits: Bools, of: str) -> str:
    return f"{hits.sum()} of {len(hits)} {of}" + (f" ({percent(hits.mean(), 0)})" if len(hits) else "")
