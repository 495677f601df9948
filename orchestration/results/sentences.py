"""The summary sentences of a page: what a clinician should know before any table."""

from collections.abc import Iterator

import pandas as pd

from meta_med.calibrate.record_scores import ALL
from meta_med.evaluate.comparison.compare import CHAMPION, WIDTH
from meta_med.evaluate.comparison.coverage import OVERALL
from meta_med.evaluate.comparison.study_result import (
    MIN_PATIENTS,
    NEW_COHORT,
    SettingResult,
    StudyRecord,
    StudyResult,
    cohort_costs,
    leading_outcome,
)
from meta_med.evaluate.comparison.verdict import (
    COVERED,
    LOSS,
    better,
    costly,
    eligible_costs,
    loss_ruled_out,
    minutes,
    not_worse,
    peak_gigabytes,
    processor_minutes,
)
from meta_med.evaluate.evaluation_table import POOLED
from meta_med.evaluate.intervals import MIN_COHORTS
from meta_med.outcomes.registry import headlines
from orchestration.results.style import lines_of, plain


def verdict_lines(result: StudyResult) -> list[str]:
    """The bullet points of the summary, the most important first."""
    found = result.main
    lines = [_against_best(found), _cells(result), *_benefit(found), *_intervals(found), *_cohorts(result)]
    return [*lines, *_new_cohorts(result), *new_cohort_intervals(result), *cost_lines(result)]


def question_of(setting: str, spec_main: str = "") -> str:
    """A setting as a phrase."""
    named = {
        "next": "the record after the patient's first k, from these k",
        "recent": "any record, from exactly the k most recent ones before it",
        "later": "all later records, from the patient's first k",
    }
    if setting in named:
        return named[setting]
    m = setting.removeprefix(f"{NEW_COHORT}_")
    known = {"0": "no known patients", "1": "1 known patient"}.get(m, f"{m} known patients")
    return f"a cohort that is not in training, {known}" + (f" ({spec_main})" if spec_main else "")


def main_question(result: StudyResult) -> str:
    """The main setting as a phrase."""
    if result.main.evaluation["support_size"].max() == 0:
        return "a patient of a known cohort, without own records"
    return question_of(result.main.setting)


def pooled_row(found: SettingResult, against: str | None = None) -> "pd.Series[float]":
    """The leading outcome's comparison over all cohorts, with the best baseline or the one named."""
    rows = found.comparison
    outcome = leading_outcome(rows)
    rows = rows[(rows["outcome"] == outcome) & (rows["cohort"] == ALL) & rows["metric"].isin(headlines())]
    pooled = POOLED if (rows["support_size"] == POOLED).any() else 0
    rows = rows[rows["support_size"] == pooled]
    rows = rows[rows["best"]] if against is None else rows[rows["against"] == against]
    row: pd.Series[float] = rows.iloc[0]
    return row


def _against_best(found: SettingResult) -> str:
    row = pooled_row(found)
    who = "From one own record on, the champion's" if row["support_size"] == POOLED else "The champion's"
    side = "lower" if row["relative"] < 0 else "higher"
    if row["relative_high"] < 0:
        verdict = "**Better than every baseline.**"
    elif row["relative_low"] > 0:
        verdict = "**Worse than the best baseline.**"
    else:
        verdict = "**No clear difference from the best baseline.**"
    return (
        f"{verdict} {who} error was {abs(row['relative']):.1%} {side} than that of {plain(str(row['against']))}, the "
        f"best baseline (95 % confidence interval {row['relative_low']:+.1%} to {row['relative_high']:+.1%}; "
        f"{int(row['n_patients']):,} held-out patients)."
    )


def _cells(result: StudyResult) -> str:
    cells = StudyRecord.of(result).headline
    if cells.empty:
        return f"No outcome has {MIN_PATIENTS} held-out patients: no statement about single outcomes."
    worse, won = int((~not_worse(cells)).sum()), int(better(cells).sum())
    against = "against each cell's best baseline"
    own = bool((cells["support_size"] > 0).any())
    what = "number of own records" if own else "number of known patients of a new cohort"
    return (
        f"Of {len(cells)} (outcome, {what}) cells, {against}: better in {won}, worse in {worse}, "
        f"no clear difference in {len(cells) - won - worse}; a loss of more than {LOSS:.0%} is "
        f"ruled out in {int(loss_ruled_out(cells).sum())}; mean difference {cells['relative'].mean():+.1%}."
    )


def _benefit(found: SettingResult) -> Iterator[str]:
    rows = found.benefit[found.benefit["outcome"] == leading_outcome(found.comparison)]
    pooled = POOLED if (rows["support_size"] == POOLED).any() else 0
    for row in lines_of(rows[rows["support_size"] == pooled]):
        rival = "no adaptation" if row.role == "un_adapted" else f"{plain(str(row.against))}"
        yield (
            f"Against {rival}: of 100 patients, {100 * row.helped:.0f} were helped and {100 * row.harmed:.0f} harmed "
            f"by more than 5 % of the mean error; for the rest it made no difference."
        )


def _intervals(found: SettingResult) -> Iterator[str]:
    if found.coverage.empty:
        yield from _probabilities(found)
        return
    rows = found.coverage[(found.coverage["outcome"] == ALL) & (found.coverage["by"] == OVERALL)]
    own = rows[rows["predictor"] == CHAMPION].iloc[0]
    kept = "as claimed" if COVERED[0] <= own["value"] <= COVERED[1] else "**outside the claimed 88-92 %**"
    width = found.comparison[(found.comparison["metric"] == WIDTH) & (found.comparison["outcome"] == ALL)]
    pooled = POOLED if (width["support_size"] == POOLED).any() else 0
    width = width[(width["cohort"] == ALL) & (width["support_size"] == pooled)]
    width = width[width["against"] == found.best.get(ALL)]
    beside = f", {_wider(width['relative'].iloc[0])} than the best baseline's" if len(width) else ""
    yield (
        f"90 % prediction intervals covered {own['value']:.1%} of values ({own['low']:.1%} to {own['high']:.1%}): "
        f"{kept}{beside}."
    )


def _wider(relative: float) -> str:
    return f"{abs(relative):.1%} {'narrower' if relative < 0 else 'wider'}"


def _probabilities(found: SettingResult) -> Iterator[str]:
    for row in lines_of(found.reliability[found.reliability["by"] == OVERALL]):
        yield (
            f"Predicted {row.predicted:.1%}, observed {row.observed:.1%} "
            f"({plain(str(row.outcome))}; difference {100 * row.low:+.1f} to {100 * row.high:+.1f} % points)."
        )


def _cohorts(result: StudyResult) -> Iterator[str]:
    costs = cohort_costs(result)
    costs = eligible_costs(costs[costs["main"]])
    if len(costs) < 2:
        return
    harmed = int(costly(costs).sum())
    yield (
        f"Cohorts: {costs['cohort'].nunique()}; outcomes: {costs['outcome'].nunique()}; of their {len(costs)} pairs "
        f"the champion costs more than 1 % of error, beyond its confidence interval, in {harmed} "
        f"(chance alone: about {0.025 * len(costs):.0f})."
    )


def _new_cohorts(result: StudyResult) -> Iterator[str]:
    for found in result.settings.values():
        if found.setting.startswith(f"{NEW_COHORT}_") and found is not result.main:
            row = pooled_row(found)
            yield (
                f"In {question_of(found.setting)}: error {row['relative']:+.1%} "
                f"({row['relative_low']:+.1%} to {row['relative_high']:+.1%}) against {plain(str(row['against']))}."
            )


def new_cohort_intervals(result: StudyResult) -> Iterator[str]:
    """What the confidence intervals of new cohorts are over, if there are any."""
    found = [s.comparison for s in result.settings.values() if s.setting.startswith(f"{NEW_COHORT}_")]
    if not found:
        return
    rows = pd.concat(found)
    number = rows.loc[rows["cohort"] != ALL, "cohort"].nunique()
    of_all = rows.loc[rows["cohort"] == ALL, "n_cohorts"]
    if of_all.min() > 0:
        yield f"Differences in new cohorts have intervals over cohorts ({number} of them) and their patients."
    elif of_all.max() == 0:
        yield (
            f"Intervals in new cohorts are over the patients of these {number} cohorts only: with fewer than "
            f"{MIN_COHORTS} cohorts they do not generalise to further ones."
        )
    else:
        yield (
            f"Differences in new cohorts ({number} of them) have confidence intervals over cohorts and their patients "
            f"where a cell has {MIN_COHORTS} cohorts or more; the others are over these cohorts' patients only."
        )


def note_lines(result: StudyResult) -> Iterator[str]:
    """Remarks on how to read this study's results."""
    if result.spec.note:
        yield f"**Note.** {result.spec.note.strip()}"
    if not result.spec.evaluation.claims:
        yield "**Note.** This study counts in none of the claims over all studies."


def cost_lines(result: StudyResult) -> Iterator[str]:
    """Time and memory, if they were recorded."""
    spent, peak = minutes(result.facts), peak_gigabytes(result.facts)
    if spent is not None:
        memory = f", at most {peak:.1f} GB of memory" if peak is not None else ""
        worked = processor_minutes(result.facts)
        processor = f" ({worked:.1f} minutes of processor)" if worked is not None else ""
        yield f"The evaluation took {spent:.1f} minutes on two cores{processor}{memory}."
