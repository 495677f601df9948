"""The headlines of a setting: the champion against the best baseline, for each kind of outcome by its own error.

Outcomes that are averaged in standard deviations have one headline together, every other outcome has its own; an
outcome for which the champion is worse is named too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from meta_med.calibrate.record_scores import ALL
from meta_med.evaluate.comparison.compare import CHAMPION
from meta_med.evaluate.comparison.coverage import OVERALL
from meta_med.evaluate.comparison.study_result import SettingResult
from meta_med.evaluate.evaluation_table import COVERAGE, POOLED, headline_outcomes
from meta_med.evaluate.number_text import change, decimal, estimate, percent
from meta_med.outcomes.kind import Metric
from meta_med.outcomes.registry import headlines, joint_metrics, kind_of, metrics
from meta_med.study import StudySpec
from orchestration.results.style import lines_of, plain

MOST = 6  # outcomes that are named one by one in a summary


@dataclass(frozen=True)
class Headline:
    """The champion's error against the best baseline's, over all patients with own records (all, where nobody has any).

    Attributes:
        setting, outcome: "all" for the outcomes that are averaged in standard deviations.
        title: of the outcome, on a page.
        error: the metric.
        row: its row of `compare`, with the best baseline.
        rivals: number of baselines that the best one was chosen from.

    """

    setting: str
    outcome: str
    title: str
    error: Metric
    row: Any
    rivals: int

    @property
    def verdict(self) -> str:
        """The verdict in words."""
        if self.row.relative_high < 0:
            return "better than every baseline" if self.rivals > 1 else "better than the only baseline"
        if self.is_worse:
            return "worse than the best baseline"
        return "no clear difference from the best baseline"

    @property
    def is_worse(self) -> bool:
        """Whether the interval lies wholly above zero."""
        return bool(self.row.relative_low > 0)

    @property
    def difference(self) -> str:
        """The relative difference with its interval, marked if it is clear."""
        return difference(self.row)

    @property
    def sentence(self) -> str:
        """The comparison as a sentence."""
        row = self.row
        who = "From one own record on, the champion's" if row.support_size == POOLED else "The champion's"
        size = percent(abs(row.relative))
        than = f"that of {plain(str(row.against))}, the {'best' if self.rivals > 1 else 'only'} baseline"
        if not size:
            said = f"was {decimal(row.champion)}, beside {decimal(row.other)}: {than}"
        elif size == percent(0.0):
            said = f"was the same as {than}"
        else:
            said = f"was {size} {'lower' if row.relative < 0 else 'higher'} than {than}"
        return f"{who} {self.error.title} {said} ({_interval(row)}{row.n_patients:,} held-out patients)."


def _interval(row: Any) -> str:
    low, high = change(row.relative_low), change(row.relative_high)
    return f"95 % confidence interval {low} to {high}; " if low and high else ""


def difference(row: Any) -> str:
    """A relative difference with its 95 % interval, after ▼ where it is clearly below zero and ▲ where above."""
    mark = "▼ " if row.relative_high < 0 else "▲ " if row.relative_low > 0 else ""
    text = estimate(row.relative, row.relative_low, row.relative_high, change)
    return f"{mark}{text}" if text else ""


def together_title(spec: StudySpec, outcome: str) -> str:
    """The title of an outcome; of "all" how many outcomes are averaged."""
    if outcome != ALL:
        return next((o.title for o in spec.outcomes if o.name == outcome), outcome)
    titles = [o.title for o in spec.outcomes if kind_of(o.kind).standardised]
    return f"{titles[0]}, in SD" if len(titles) == 1 else f"{len(titles)} outcomes together, in SD"


def headlines_of(found: SettingResult, spec: StudySpec) -> list[Headline]:
    """One headline for the outcomes that are averaged, and one for each other outcome."""
    rows = _pooled(found.comparison)
    return list(_headlines(found, spec, rows, headline_outcomes(rows)))


def worse_outcomes(found: SettingResult, spec: StudySpec) -> list[Headline]:
    """The outcomes without a headline of their own for which the champion is worse, the worst first."""
    rows = _pooled(found.comparison)
    single = [name for name in rows["outcome"].unique() if name not in headline_outcomes(rows)]
    worse = [h for h in _headlines(found, spec, rows, single) if h.is_worse]
    return sorted(worse, key=lambda h: -h.row.relative)


def _pooled(comparison: pd.DataFrame) -> pd.DataFrame:
    rows = comparison[(comparison["cohort"] == ALL) & comparison["metric"].isin(headlines())]
    pooled = POOLED if (rows["support_size"] == POOLED).any() else 0
    return rows[rows["support_size"] == pooled]


def _headlines(
    found: SettingResult, spec: StudySpec, rows: pd.DataFrame, outcomes: list[str]
) -> Iterator[Headline]:
    for outcome in outcomes:
        own = rows[rows["outcome"] == outcome]
        for row in lines_of(own[own["best"]]):
            title, error = together_title(spec, outcome), metrics()[row.metric]
            yield Headline(found.setting, outcome, title, error, row, own["against"].nunique())


def verdict_sentences(found: SettingResult, spec: StudySpec) -> Iterator[str]:
    """The verdict of each headline, and the outcomes for which the champion is worse."""
    every = headlines_of(found, spec)
    for headline in every[:MOST]:
        verdict = headline.verdict if len(every) > 1 else headline.verdict.capitalize()
        subject = f"{headline.title}: " if len(every) > 1 else ""
        yield f"**{subject}{verdict}.** {headline.sentence}"
    worse = [h for h in every[MOST:] if h.is_worse] + worse_outcomes(found, spec)
    if worse:
        named = "; ".join(f"{h.title} {h.difference}, {plain(h.row.against)}" for h in worse[:MOST])
        more = f"; and {len(worse) - MOST} more" if len(worse) > MOST else ""
        yield f"**Single outcomes worse than their best baseline:** {named}{more}."


def beside_error(found: SettingResult, outcome: str) -> tuple[str, float]:
    """What stands beside an error: the coverage of the champion's 90 % intervals, or else the first joint metric.

    Returns:
        The metric's name and its value for the champion; "" and NaN where there is neither.

    """
    covered = found.coverage
    if len(covered):
        rows = covered[(covered["outcome"] == outcome) & (covered["predictor"] == CHAMPION)]
        rows = rows[rows["by"] == OVERALL]
        if len(rows):
            return COVERAGE, float(rows["value"].iloc[0])
    rows = champion_rows(found.evaluation, outcome)
    rows = rows[rows["metric"].isin(joint_metrics())]
    return (rows["metric"].iloc[0], float(rows["value"].iloc[0])) if len(rows) else ("", float("nan"))


def beside_text(metric: str, value: float) -> str:
    """Both as text: "cover 90.6 %", "AUROC 0.81"."""
    if not decimal(value):
        return ""
    return f"cover {percent(value)}" if metric == COVERAGE else f"{joint_metrics()[metric].short} {value:.2f}"


def champion_rows(table: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """The champion's rows of an evaluation table over all patients with own records (all, where nobody has any)."""
    pooled = POOLED if (table["support_size"] == POOLED).any() else 0
    rows = table[(table["outcome"] == outcome) & (table["cohort"] == ALL)]
    return rows[(rows["predictor"] == CHAMPION) & (rows["support_size"] == pooled)]
