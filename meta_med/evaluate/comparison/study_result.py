"""The evaluation of one study as tables, from which its page of results and its record for the verdict are made."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from meta_med.calibrate.record_scores import ALL, Scored
from meta_med.cohorts.record_table import Floats
from meta_med.episodes.queries import USUAL_SIZES
from meta_med.evaluate.comparison.compare import (
    CHAMPION,
    CHOSEN_BASELINE,
    UN_ADAPTED,
    WIDTH,
    best_baselines,
    compare,
    error_by_age,
    helped_and_harmed,
)
from meta_med.evaluate.comparison.coverage import OVERALL, coverage, reliability
from meta_med.evaluate.comparison.cross_chosen import CrossChosen, cross_chosen, fixed_baseline
from meta_med.evaluate.evaluation_table import evaluate
from meta_med.evaluate.mean_of_cells import Influence, MeanOfCells, mean_of_cells
from meta_med.outcomes.registry import headlines, proper_scores
from meta_med.study import StudySpec

NEW_COHORT = "new_cohort"


@dataclass(frozen=True)
class SettingResult:
    """The tables of one setting; their columns are described where they are made.

    Attributes:
        setting: its name, such as "next" or "new_cohort_5".
        evaluation: the evaluation table.
        comparison: champion minus rivals.
        cross: champion minus the cross-chosen baseline.
        chosen: champion minus the baseline that was best on tuning patients.
        benefit: patients helped and harmed.
        by_age: error by age of the newest record.
        coverage: coverage of intervals by part of the patients; reliability: calibration of probabilities, likewise.
        best: outcome -> best baseline; fixed: the one baseline that is best over all cells; both with hindsight.
        n_patients: held-out patients.

    """

    setting: str
    evaluation: pd.DataFrame
    comparison: pd.DataFrame
    cross: CrossChosen
    chosen: pd.DataFrame
    benefit: pd.DataFrame
    by_age: pd.DataFrame
    coverage: pd.DataFrame
    reliability: pd.DataFrame
    best: Mapping[str, str]
    fixed: str
    n_patients: int


def setting_result(study: StudySpec, setting: str, scored: Scored) -> SettingResult:
    """Compute the tables of one setting from its scores."""
    new = setting.startswith(f"{NEW_COHORT}_")
    comparison = compare(scored, study.baselines, new_cohorts=new)
    best = best_baselines(comparison)
    whole = leading_outcome(comparison)
    chosen = compare(scored, [CHOSEN_BASELINE], new_cohorts=new)
    names = dict.fromkeys((CHAMPION, best.get(whole, ""), "last_value", UN_ADAPTED))
    return SettingResult(
        setting,
        evaluate(study.study, scored, setting),
        comparison,
        cross_chosen(scored, study.baselines, new_cohorts=new),
        chosen[chosen["against"] == CHOSEN_BASELINE],
        helped_and_harmed(scored, best),
        error_by_age(scored, list(names), whole),
        coverage(scored, best),
        reliability(scored),
        best,
        fixed_baseline(comparison),
        len(set(scored.subject.tolist())),
    )


def leading_outcome(comparison: pd.DataFrame) -> str:
    """Outcome "all" where there are continuous ones, else the first."""
    names = comparison["outcome"].unique().tolist()
    return ALL if ALL in names else str(names[0])


@dataclass(frozen=True)
class StudyResult:
    """One study, all its settings.

    Attributes:
        spec: the study.
        settings: by name, the main one first.
        facts: seconds, memory and counts, as JSON.

    """

    spec: StudySpec
    settings: Mapping[str, SettingResult]
    facts: Mapping[str, Any]

    def with_facts(self, **more: Any) -> "StudyResult":
        """The same with further facts."""
        return replace(self, facts={**self.facts, **more})

    @property
    def main(self) -> SettingResult:
        """The study's main setting; of new cohorts, the one with the most known patients."""
        first = self.spec.evaluation.settings[0]
        named = [name for name in self.settings if name == first or name.startswith(f"{first}_")]
        return self.settings[(named or list(self.settings))[-1]]


KEY = ["outcome", "support_size"]
RELATIVE = ("relative", "relative_low", "relative_high")


def cells(result: StudyResult) -> pd.DataFrame:
    """One row per (setting, outcome, k): the champion, the cross-chosen baseline and the other choices of one.

    Returns:
        setting, main, outcome, support_size, metric, unit, champion, n_patients, n_cohorts; then each choice of the
        baseline. With its error `*other` and the relative difference to it, `*relative`, `*relative_low` and
        `*relative_high` (95 %): cross_* the cross-chosen baseline, with `cross_baseline`, the one chosen most often;
        best_* the best one with hindsight, `best_baseline`; chosen_* the one chosen on tuning patients; fixed_* the
        one that is best over all cells, `fixed_baseline`. proper, cross_proper: CRPS or log loss of the champion and of
        the baseline that is cross-chosen by it. width, other_width: of the champion's and the best baseline's 90 %
        intervals (NaN for binary outcomes).

    """
    sizes = {*(result.spec.evaluation.support_sizes or USUAL_SIZES), 0}
    own = result.settings.values()
    parts = [_cells_of(s, sizes).assign(setting=s.setting, main=s is result.main) for s in own]
    table = pd.concat(parts, ignore_index=True)
    return table[["setting", "main", *(c for c in table.columns if c not in {"setting", "main"})]]


def _cells_of(found: SettingResult, sizes: set[int]) -> pd.DataFrame:
    cross, every, chosen = (
        t[(t["outcome"] != ALL) & t["support_size"].isin(sizes)]
        for t in (found.cross.table, _over_all(found.comparison), _over_all(found.chosen))
    )
    errors = every[every["metric"].isin(headlines())]
    proper = cross[cross["metric"].isin(proper_scores())].rename(
        columns={"champion": "proper", "other": "cross_proper"}
    )
    width = every[every["metric"] == WIDTH].rename(columns={"champion": "width", "other": "other_width"})
    kept = ["metric", "unit", "champion", "n_patients", "n_cohorts"]
    table = _choice(cross[cross["metric"].isin(headlines())], "cross", kept)
    for name, rows in (
        ("best", errors[errors["best"]]),
        ("chosen", chosen[chosen["metric"].isin(headlines())]),
        ("fixed", errors[errors["against"] == found.fixed]),
    ):
        table = table.merge(_choice(rows, name, []), on=KEY, how="left")
    table = table.merge(proper[[*KEY, "proper", "cross_proper"]], on=KEY, how="left")
    width = width.rename(columns={"against": "best_baseline"})
    return table.merge(
        width[[*KEY, "best_baseline", "width", "other_width"]], on=[*KEY, "best_baseline"], how="left"
    )


def _over_all(comparison: pd.DataFrame) -> pd.DataFrame:
    return comparison[comparison["cohort"] == ALL]


def _choice(rows: pd.DataFrame, name: str, more: list[str]) -> pd.DataFrame:
    """The columns of one choice of the baseline, under its name."""
    kept = rows[[*KEY, *more, "against", "other", *RELATIVE]]
    return kept.rename(
        columns={"against": f"{name}_baseline"} | {c: f"{name}_{c}" for c in ("other", *RELATIVE)}
    )


def mean_difference(result: StudyResult, chosen: pd.DataFrame) -> MeanOfCells | None:
    """The mean over these cells of the relative difference to the cross-chosen baseline; None without any.

    Args:
        result: of the study.
        chosen: rows of `cells`.

    """
    values: list[Floats] = []
    influences: list[Influence] = []
    for setting, part in chosen.groupby("setting", sort=False):
        cross = result.settings[str(setting)].cross
        rows = cross.table.reset_index().merge(part[[*KEY, "metric"]], on=[*KEY, "metric"])
        first = sum(len(v) for v in values)
        values.append(rows["relative"].to_numpy(np.float64))
        own = cross.influence.of_rows(rows["index"].to_numpy(np.int64))
        influences.append(replace(own, row=own.row + first))
    if not values:
        return None
    over_cohorts = bool((chosen["n_cohorts"] > 0).all())
    return mean_of_cells(np.concatenate(values), Influence.joined(influences), over_cohorts=over_cohorts)


def cohort_costs(result: StudyResult) -> pd.DataFrame:
    """Champion minus the cross-chosen baseline in each cohort and outcome of each setting.

    The baseline is chosen over all cohorts together, because the best of several in a small cohort is luck.
    Columns: setting, main, outcome, cohort, baseline, relative, low, high (of relative), p_worse, n_patients.
    """
    every = result.settings.values()
    parts = [s.cross.cohorts.assign(setting=s.setting, main=s is result.main) for s in every]
    names = {"against": "baseline", "relative_low": "low", "relative_high": "high"}
    table = pd.concat(parts, ignore_index=True).rename(columns=names)
    kept = [
        "setting",
        "main",
        "outcome",
        "cohort",
        "baseline",
        "relative",
        "low",
        "high",
        "p_worse",
        "n_patients",
    ]
    return table[kept]


def interval_coverage(result: StudyResult, by: str = OVERALL) -> pd.DataFrame:
    """The champion's coverage over all outcomes, overall or by "cohort", in each setting.

    Columns: setting, main, level, value, low, high, effective, n_patients.
    """
    kept = ["setting", "main", "level", "value", "low", "high", "effective", "n_patients"]
    parts = []
    for s in result.settings.values():
        if len(s.coverage):
            rows = s.coverage[(s.coverage["predictor"] == CHAMPION) & (s.coverage["outcome"] == ALL)]
            parts.append(rows[rows["by"] == by].assign(setting=s.setting, main=s is result.main)[kept])
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=kept).astype({"main": bool})
