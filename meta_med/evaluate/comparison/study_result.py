"""The evaluation of one study as tables, from which its page of results and its record for the verdict are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from meta_med.calibrate.record_scores import ALL, Scored
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
from meta_med.evaluate.evaluation_table import evaluate
from meta_med.outcomes.registry import headlines, proper_scores
from meta_med.study import StudySpec

NEW_COHORT = "new_cohort"
CHOSEN = ("low", "high", "relative", "relative_high")  # of the difference to the chosen baseline


@dataclass(frozen=True)
class SettingResult:
    """The tables of one setting; their columns are described where they are made.

    Attributes:
        setting: its name, such as "next" or "new_cohort_5".
        evaluation: the evaluation table.
        comparison: champion minus rivals.
        chosen: champion minus the baseline that was best on tuning patients.
        benefit: patients helped and harmed.
        by_age: error by age of the newest record.
        coverage: coverage of intervals by part of the patients; reliability: calibration of probabilities, likewise.
        best: outcome -> best baseline.
        n_patients: held-out patients.

    """

    setting: str
    evaluation: pd.DataFrame
    comparison: pd.DataFrame
    chosen: pd.DataFrame
    benefit: pd.DataFrame
    by_age: pd.DataFrame
    coverage: pd.DataFrame
    reliability: pd.DataFrame
    best: Mapping[str, str]
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
        chosen[chosen["against"] == CHOSEN_BASELINE],
        helped_and_harmed(scored, best),
        error_by_age(scored, list(names), whole),
        coverage(scored, best),
        reliability(scored),
        best,
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

    @property
    def main(self) -> SettingResult:
        """The study's main setting; of new cohorts, the one with the most known patients."""
        first = self.spec.evaluation.settings[0]
        named = [name for name in self.settings if name == first or name.startswith(f"{first}_")]
        return self.settings[(named or list(self.settings))[-1]]


def cells(result: StudyResult) -> pd.DataFrame:
    """One row per (setting, outcome, k): the champion and the best baseline of the cell.

    Returns:
        setting, main, outcome, metric, support_size, unit, champion, baseline, other, difference, low, high, relative,
        relative_high, n_patients, n_cohorts of the error; chosen_* of the difference to the baseline chosen on tuning
        patients; proper* of CRPS or log loss; width, other_width (NaN for binary outcomes).

    """
    sizes = {*(result.spec.evaluation.support_sizes or USUAL_SIZES), 0}
    own = result.settings.values()
    parts = [_cells_of(s, sizes).assign(setting=s.setting, main=s is result.main) for s in own]
    table = pd.concat(parts, ignore_index=True)
    return table[["setting", "main", *(c for c in table.columns if c not in {"setting", "main"})]]


def _cells_of(found: SettingResult, sizes: set[int]) -> pd.DataFrame:
    rows, chosen = (
        t[(t["cohort"] == ALL) & (t["outcome"] != ALL) & t["support_size"].isin(sizes)]
        for t in (found.comparison, found.chosen)
    )
    key = ["outcome", "support_size"]
    error = rows[rows["best"] & rows["metric"].isin(headlines())].rename(columns={"against": "baseline"})
    proper = rows[rows["best"] & rows["metric"].isin(proper_scores())].rename(
        columns={"champion": "proper", "other": "proper_other", "against": "proper_baseline"}
    )
    chosen = chosen[chosen["metric"].isin(headlines())].rename(
        columns={name: f"chosen_{name}" for name in CHOSEN}
    )
    width = rows[rows["metric"] == WIDTH].rename(
        columns={"champion": "width", "other": "other_width", "against": "baseline"}
    )
    kept = ["metric", "unit", "champion", "baseline", "other", "difference", "low", "high", "relative"]
    kept += ["relative_high", "n_patients", "n_cohorts"]
    table = error[[*key, *kept]].merge(proper[[*key, "proper", "proper_other", "proper_baseline"]], on=key)
    table = table.merge(chosen[[*key, *(f"chosen_{name}" for name in CHOSEN)]], on=key)
    return table.merge(width[[*key, "baseline", "width", "other_width"]], on=[*key, "baseline"], how="left")


def cohort_costs(result: StudyResult) -> pd.DataFrame:
    """Champion minus the study's best baseline in each cohort and outcome of each setting.

    The baseline is the one that is best over all patients, because the best of several in a small cohort is luck.
    Columns: setting, main, outcome, cohort, baseline, relative, low, high (of relative), p_worse, n_patients.
    """
    parts = []
    for s in result.settings.values():
        rows = s.comparison[(s.comparison["cohort"] != ALL) & s.comparison["metric"].isin(headlines())]
        rows = rows[rows["against"] == rows["outcome"].map(dict(s.best))]
        parts.append(rows.assign(setting=s.setting, main=s is result.main))
    table = pd.concat(parts, ignore_index=True).drop(columns=["low", "high"])
    names = {"against": "baseline", "relative_low": "low", "relative_high": "high"}
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
    return table.rename(columns=names)[kept]


def interval_coverage(result: StudyResult, by: str = OVERALL) -> pd.DataFrame:
    """The champion's coverage over all outcomes, overall or by "cohort", in each setting.

    Columns: setting, main, level, value, low, high, n_patients.
    """
    kept = ["setting", "main", "level", "value", "low", "high", "n_patients"]
    parts = []
    for s in result.settings.values():
        if len(s.coverage):
            rows = s.coverage[(s.coverage["predictor"] == CHAMPION) & (s.coverage["outcome"] == ALL)]
            parts.append(rows[rows["by"] == by].assign(setting=s.setting, main=s is result.main)[kept])
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=kept).astype({"main": bool})
