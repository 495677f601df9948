"""The summary sentences of a page: what a clinician should know before any table."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from meta_med.calibrate.record_scores import ALL
from meta_med.evaluate.comparison.claim import LOSS, better, loss_ruled_out, narrow, worse
from meta_med.evaluate.comparison.compare import CHAMPION, WIDTH
from meta_med.evaluate.comparison.coverage import OVERALL
from meta_med.evaluate.comparison.study_record import (
    ABSENT,
    CEILING,
    MIN_PATIENTS,
    StudyRecord,
    minutes,
    peak_gigabytes,
    processor_minutes,
)
from meta_med.evaluate.comparison.study_result import (
    NEW_COHORT,
    SettingResult,
    StudyResult,
    cohort_costs,
)
from meta_med.evaluate.comparison.verdict import COVERED, costly, eligible_costs
from meta_med.evaluate.evaluation_table import EVENTS, POOLED, headline_outcomes
from meta_med.evaluate.intervals import MIN_COHORTS
from meta_med.evaluate.number_text import change, decimal, estimate, percent, points
from meta_med.outcomes.registry import joint_metrics, metrics
from meta_med.study import StudySpec
from orchestration.results.headlines import (
    MOST,
    champion_rows,
    headlines_of,
    together_title,
    verdict_sentences,
)
from orchestration.results.over_time import over_time_line
from orchestration.results.style import lines_of, plain


def verdict_lines(result: StudyResult) -> list[str]:
    """The bullet points of the summary, the most important first."""
    found = result.main
    lines = [*verdict_sentences(found, result.spec), *_cells(result), *ceiling_lines(result.facts)]
    lines += [*_benefit(result), *_intervals(found), *over_time_line(result)]
    lines += [
        *_probabilities(result),
        *_cohorts(result),
        *_new_cohorts(result),
        *new_cohort_intervals(result),
    ]
    return [*lines, *absent_lines(result), *cost_lines(result)]


def absent_lines(result: StudyResult) -> Iterator[str]:
    """The settings that could not be evaluated, and why."""
    for setting, why in result.facts.get(ABSENT, {}).items():
        yield f"No result in setting `{setting}`. {why}"


def question_of(setting: str, spec_main: str = "") -> str:
    """A setting as a phrase."""
    named = {
        "next": "every record, from the patient's k records right before it",
        "recent": "any record, from exactly the k most recent ones before it",
        "later": "all later records, from the patient's first k",
    }
    if setting in named:
        return named[setting]
    m = setting.removeprefix(f"{NEW_COHORT}_")
    known = {"0": "no known patients", "1": "1 known patient"}.get(m, f"{m} known patients")
    return f"a cohort that is not in training, {known}" + (f" ({spec_main})" if spec_main else "")


def held_out_cohorts(spec: StudySpec) -> str:
    """Which cohorts are held out as a whole, as a sentence after another; "" where patients of all cohorts are."""
    names = spec.splits.named_cohorts
    if not names:
        return ""
    which = f"cohort{'' if len(names) == 1 else 's'} {', '.join(map(plain, names))}"
    return (
        f" **Held out: {which}**, with every patient who has a record there; the models are fitted, chosen and "
        "calibrated on the other cohorts."
    )


def main_question(result: StudyResult) -> str:
    """The main setting as a phrase."""
    if result.main.evaluation["support_size"].max() == 0:
        return "a patient of a known cohort, without own records"
    return question_of(result.main.setting)


def _cells(result: StudyResult) -> Iterator[str]:
    cells = StudyRecord.of(result).headline
    if cells.empty:
        yield f"No outcome has {MIN_PATIENTS} held-out patients: no statement about single outcomes."
    if len(cells) < 2:
        return  # one cell is the headline
    lost, won = int(worse(cells).sum()), int(better(cells).sum())
    against = "against each cell's cross-chosen baseline"
    able = narrow(cells)
    new = bool((cells["support_size"] == 0).all() and cells["setting"].str.startswith(NEW_COHORT).all())
    what = "number of known patients of a new cohort" if new else "number of own records"
    yield (
        f"Of {len(cells)} (outcome, {what}) cells, {against}: better in {won}, worse in {lost}, "
        f"no clear difference in {len(cells) - won - lost}; mean difference {_mean_differences(cells)}. In the "
        f"{int(able.sum())} with a half-width of {percent(LOSS, 0)} or less, a loss of more than {percent(LOSS, 0)} is "
        f"ruled out in {int((able & loss_ruled_out(cells)).sum())}."
    )


def ceiling_lines(facts: Mapping[str, Any]) -> Iterator[str]:
    """How much the champion reaches of what a predictor gains that sees later records."""
    found = facts.get(CEILING)
    if not found:
        return
    top, own = (
        estimate(found[name], found[f"{name}_low"], found[f"{name}_high"], change)
        for name in ("ceiling", "champion")
    )
    reached = (
        f"The champion reaches {percent(found['share'], 0)} of that gain ({own} on the same records)."
        if found["share"] is not None
        else f"That is no gain beyond doubt, so no share of it is given (the champion: {own} on the same records)."
    )
    yield (
        f"Ceiling: a mixed model that also sees the next two records, which no prediction can, has an error of {top} "
        f"against the cross-chosen baseline's. {reached}"
    )


def _mean_differences(cells: pd.DataFrame) -> str:
    """The mean relative difference over the cells of each error."""
    means = cells.groupby("metric", sort=False)["cross_relative"].mean()
    if len(means) == 1:
        return change(means.iloc[0])
    return ", ".join(f"{metrics()[str(name)].title} {change(mean)}" for name, mean in means.items())


def _benefit(result: StudyResult) -> Iterator[str]:
    found = result.main
    outcomes = headline_outcomes(found.comparison)[:MOST]
    pooled = POOLED if (found.benefit["support_size"] == POOLED).any() else 0
    rows = found.benefit[found.benefit["support_size"] == pooled]
    for outcome in outcomes:
        name = f"{together_title(result.spec, outcome)}: against" if len(outcomes) > 1 else "Against"
        for row in lines_of(rows[rows["outcome"] == outcome]):
            rival = "no adaptation" if row.role == "un_adapted" else f"{plain(str(row.against))}"
            yield (
                f"{name} {rival}, of 100 patients {decimal(100 * row.helped, '.0f')} were helped and "
                f"{decimal(100 * row.harmed, '.0f')} harmed by more than 5 % of the mean error; for the rest it made "
                "no difference."
            )


def _intervals(found: SettingResult) -> Iterator[str]:
    if found.coverage.empty:
        return
    rows = found.coverage[(found.coverage["outcome"] == ALL) & (found.coverage["by"] == OVERALL)]
    own = rows[rows["predictor"] == CHAMPION].iloc[0]
    kept = "as claimed" if COVERED[0] <= own["value"] <= COVERED[1] else "**outside the claimed 88-92 %**"
    width = found.comparison[(found.comparison["metric"] == WIDTH) & (found.comparison["outcome"] == ALL)]
    pooled = POOLED if (width["support_size"] == POOLED).any() else 0
    width = width[(width["cohort"] == ALL) & (width["support_size"] == pooled)]
    width = width[width["against"] == found.best.get(ALL)]
    beside = _wider(width["relative"].iloc[0]) if len(width) else ""
    low, high = percent(own["low"]), percent(own["high"])
    doubt = f" ({low} to {high})" if low and high else ""
    yield f"90 % prediction intervals covered {percent(own['value'])} of values{doubt}: {kept}{beside}."


def _wider(relative: float) -> str:
    size = percent(abs(relative))
    if not size:
        return ""
    if size == percent(0.0):
        return ", as wide as the best baseline's"
    return f", {size} {'narrower' if relative < 0 else 'wider'} than the best baseline's"


def _probabilities(result: StudyResult) -> Iterator[str]:
    """Predicted and observed share of each outcome with probabilities, and how the champion ranks its records."""
    table = result.main.reliability
    for row in lines_of(table[table["by"] == OVERALL] if len(table) else table):
        own = champion_rows(result.main.evaluation, row.outcome)
        known = {r.metric: estimate(r.value, r.ci_low, r.ci_high, _hundredths) for r in lines_of(own)}
        said = [f"{m.title} {known[m.name]}" for m in joint_metrics().values() if known.get(m.name)]
        few = f"too few records {_with_event(own)} for a ranking and a calibration line"
        low, high = points(row.low), points(row.high)
        doubt = f" (difference {low} to {high} % points)" if low and high else ""
        yield (
            f"{together_title(result.spec, row.outcome)}: predicted {percent(row.predicted)}, observed "
            f"{percent(row.observed)}{doubt}; {', '.join(said) or few}."
        )


def _hundredths(value: float) -> str:
    return decimal(value, ".2f")


def _with_event(own: pd.DataFrame) -> str:
    """Why there is no ranking: with or without the event there are too few records."""
    counted = own[own["metric"] == EVENTS]
    events, others = counted["value"].sum(), (counted["n_predictions"] - counted["value"]).sum()
    return f"with the event ({events:.0f})" if events <= others else f"without the event ({others:.0f})"


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
            said = "; ".join(
                f"{h.error.title} of {h.title} {h.difference} against {h.opponent}"
                for h in headlines_of(found, result.spec)[:MOST]
            )
            yield f"In {question_of(found.setting)}: {said}."


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
    for remark in result.facts.get("rows", ()):
        yield f"**Note.** {remark}"
    if not result.spec.evaluation.claims:
        yield "**Note.** This study counts in none of the claims over all studies."


def cost_lines(result: StudyResult) -> Iterator[str]:
    """Time and memory, if they were recorded."""
    spent, peak = minutes(result.facts), peak_gigabytes(result.facts)
    if spent is not None:
        memory = f", at most {peak:.1f} GB of memory" if peak is not None else ""
        worked = processor_minutes(result.facts)
        processor = f" ({worked:.1f} minutes of processor)" if worked is not None else ""
        at_once = result.facts.get("processes", 0)
        where = f" in {at_once} process{'es' if at_once > 1 else ''}" if at_once else ""
        yield f"The evaluation took {spent:.1f} minutes{where}{processor}{memory}."
