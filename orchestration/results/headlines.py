"""The headlines of a setting: the champion against the cross-chosen baseline, by the error of each kind of outcome.

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
    """The champion's error against the cross-chosen baseline's, over all with own records (all, where nobody has any).

    Attributes:
        setting, outcome: "all" for the outcomes that are averaged in standard deviations.
        title: of the outcome, on a page.
        error: the metric.
        row: its row of `cross_chosen`.
        hindsight: its row of `compare` with the best baseline.
        rivals: number of baselines that were chosen from.

    """

    setting: str
    outcome: str
    title: str
    error: Metric
    row: Any
    hindsight: Any
    rivals: int

    @property
    def verdict(self) -> str:
        """The verdict in words."""
        if self.row.relative_high < 0:
            return f"better than the {self._which}"
        if self.is_worse:
            return f"worse than the {self._which}"
        return f"no clear difference from the {self._which}"

    @property
    def _which(self) -> str:
        return "cross-chosen baseline" if self.rivals > 1 else "only baseline"

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
        than = f"that of {self.opponent}"
        if not size:
            said = f"was {decimal(row.champion)}, beside {decimal(row.other)}: {than}"
        elif size == percent(0.0):
            said = f"was the same as {than}"
        else:
            said = f"was {size} {'lower' if row.relative < 0 else 'higher'} than {than}"
        whole = f"{who} {self.error.title} {said} ({_interval(row)}{row.n_patients:,} held-out patients)."
        return whole + (f" {self._beside}" if self.rivals > 1 else "")

    @property
    def opponent(self) -> str:
        """The baseline that the champion is compared with."""
        name = plain(str(self.row.against))
        return f"the {self._which}, {name if self.rivals == 1 else f'most often {name}'}"

    @property
    def _beside(self) -> str:
        row = self.hindsight
        text = estimate(row.relative, row.relative_low, row.relative_high, change)
        best = f"the best baseline with hindsight, {plain(str(row.against))}"
        return f"Against {best}: {text}." if text else f"The error of {best}, was {decimal(row.other)}."


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
    rows = pooled_rows(found)
    return list(_headlines(found, spec, rows, headline_outcomes(rows)))


def worse_outcomes(found: SettingResult, spec: StudySpec) -> list[Headline]:
    """The outcomes without a headline of their own for which the champion is worse, the worst first."""
    rows = pooled_rows(found)
    single = [o for o in rows["outcome"].drop_duplicates() if o not in headline_outcomes(rows)]
    worse = [h for h in _headlines(found, spec, rows, single) if h.is_worse]
    return sorted(worse, key=lambda h: -h.row.relative)


def pooled_rows(found: SettingResult) -> pd.DataFrame:
    """The cross-chosen comparison of errors over all with own records (all, where nobody has any)."""
    rows = found.cross.table
    return _pooled(rows[rows["metric"].isin(headlines())])


def _pooled(rows: pd.DataFrame) -> pd.DataFrame:
    pooled = POOLED if (rows["support_size"] == POOLED).any() else 0
    return rows[rows["support_size"] == pooled]


def _headlines(
    found: SettingResult, spec: StudySpec, rows: pd.DataFrame, outcomes: list[str]
) -> Iterator[Headline]:
    every = found.comparison[
        (found.comparison["cohort"] == ALL) & found.comparison["metric"].isin(headlines())
    ]
    every = _pooled(every)
    for outcome in outcomes:
        rivals = every[every["outcome"] == outcome]
        hindsight = next(iter(lines_of(rivals[rivals["best"]])))
        for row in lines_of(rows[rows["outcome"] == outcome]):
            title, error = together_title(spec, outcome), metrics()[row.metric]
            yield Headline(found.setting, outcome, title, error, row, hindsight, rivals["against"].nunique())


def verdict_sentences(found: SettingResult, spec: StudySpec) -> Iterator[str]:
    """The verdict of each headline, and the outcomes for which the champion is worse."""
    every = headlines_of(found, spec)
    if not every:
        yield "No comparison: too few patients to choose a baseline on one half and compare on the other."
    for headline in every[:MOST]:
        verdict = headline.verdict if len(every) > 1 else headline.verdict.capitalize()
        subject = f"{headline.title}: " if len(every) > 1 else ""
        yield f"**{subject}{verdict}.** {headline.sentence}"
    worse = [h for h in every[MOST:] if h.is_worse] + worse_outcomes(found, spec)
    if worse:
        named = "; ".join(
            f"{h.title} {h.difference}, most often {plain(h.row.against)}" for h in worse[:MOST]
        )
        more = f"; and {len(worse) - MOST} more" if len(worse) > MOST else ""
        yield f"**Single outcomes worse than their cross-chosen baseline:** {named}{more}."


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
