"""A study's page: the verdict first, then figures, then the tables behind them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from meta_med.evaluate.comparison.cross_chosen import DEALS
from meta_med.evaluate.comparison.study_result import SettingResult, StudyResult, cohort_costs
from meta_med.evaluate.comparison.verdict import costly, eligible_costs
from meta_med.evaluate.evaluation_table import headline_outcomes
from meta_med.evaluate.number_text import decimal
from meta_med.study import StudySpec
from orchestration.results.comparison_figures import benefit_figure, cohort_figure, difference_figure
from orchestration.results.error_figures import coverage_figure, curve_figure, error_figure, panels_of
from orchestration.results.headlines import (
    MOST,
    beside_error,
    beside_text,
    headlines_of,
    together_title,
)
from orchestration.results.links import link
from orchestration.results.over_time import over_time_part
from orchestration.results.probability_figures import probability_figure
from orchestration.results.probability_tables import joint_part, reliability_by_part
from orchestration.results.sentences import (
    absent_lines,
    held_out_cohorts,
    main_question,
    new_cohort_intervals,
    note_lines,
    question_of,
    verdict_lines,
)
from orchestration.results.style import plain
from orchestration.results.tables import (
    against_cross,
    benefit_by_size,
    champions,
    costly_cohorts,
    coverage_by_part,
    error_by_age,
    error_by_size,
    in_units,
    markdown,
    other_choices,
    outcome_title,
    size_name,
    sizes_of,
    within_a_fifth,
)

FIGURES = "figures"
CAPTIONS = {
    "error": "Error by the number of own earlier records. Band: 95 % interval of the champion's own error; whether two "
    "predictors differ is in the next figure, which is paired by patient.",
    "difference": "Champion's error against the baselines', paired within patients, with 95 % intervals. Blue: better; "
    "red: worse; grey: no clear difference. Named is the baseline that is cross-chosen most often.",
    "benefit": "Of 100 patients, how many have a clearly smaller or larger error than under the other prediction.",
    "coverage": "Coverage and width of the 90 % intervals. Green: 88-92 %.",
    "probabilities": "Predicted probabilities. AUROC by the number of own earlier records with 95 % intervals over "
    "patients (0.5: no better than chance), and predicted against observed share of events in parts of the patients.",
    "cohorts": "Each cohort with at least 10 held-out patients. Red: it costs more than 1 %, beyond the 95 % interval.",
    "curve": "Error by number of training patients and cohorts: where a line still falls, more data would help.",
}


DISTRIBUTION = (
    "*CRPS and log score or log loss judge the whole distribution; lower is better. The log score is minus the "
    "logarithm of the probability density at the true value, in nats, for values in training standard deviations on "
    "model scale (logarithms where the study says so); of a yes/no outcome it is the log loss.*"
)


def write_figures(result: StudyResult, folder: Path) -> list[str]:
    """Draw the figures into `folder`/figures; their names in the page's order."""
    folder = folder / FIGURES
    folder.mkdir(parents=True, exist_ok=True)
    path = {name: folder / f"{result.spec.study}-{name}.svg" for name in CAPTIONS}
    error_figure(result, path["error"])
    drawn = {
        "error": True,
        "difference": difference_figure(result, path["difference"]),
        "benefit": benefit_figure(result, path["benefit"]),
        "coverage": coverage_figure(result, path["coverage"]),
        "probabilities": probability_figure(result, path["probabilities"]),
        "cohorts": cohort_figure(result, path["cohorts"]),
        "curve": curve_figure(result.facts.get("curve", {}), path["curve"]),
    }
    for name in (n for n, there in drawn.items() if not there):
        path[name].unlink(missing_ok=True)  # from an earlier run
    return [name for name, there in drawn.items() if there]


def study_page(result: StudyResult, figures: list[str], folder: Path) -> str:
    """The page as Markdown.

    Args:
        result: the study's results.
        figures: the names that `write_figures` returned.
        folder: of the page; files that are not there are not linked to.

    """
    main = result.main
    parts = [
        f"# {result.spec.title}",
        f"Study `{result.spec.study}`. Setting: {main_question(result)}. {main.n_patients:,} held-out patients, "
        f"each predicted by models that never saw them.{held_out_cohorts(result.spec)}",
        "## In short",
        "\n".join(f"- {line}" for line in verdict_lines(result)),
        *note_lines(result),
    ]
    for name in figures:
        parts += [
            f"![{CAPTIONS[name].partition('.')[0]}]({FIGURES}/{result.spec.study}-{name}.svg)",
            f"*{CAPTIONS[name]}*",
        ]
    parts += [*_setting(result, main), *over_time_part(result), *_cohort_part(result)]
    parts += [*_other_settings(result), *_served(result)]
    parts += [*_record_wise(result.facts.get("record_wise", {})), *_protocol(result, folder)]
    return "\n\n".join(parts) + "\n"


def _setting(result: StudyResult, found: SettingResult) -> Iterator[str]:
    spec = result.spec
    for outcome in panels_of(found):
        yield f"## Error by own records: {together_title(spec, outcome)}"
        yield error_by_size(found, outcome, spec)
    yield DISTRIBUTION
    yield from joint_part(found, spec)
    yield "## Champion against the cross-chosen baseline"
    yield (
        "Relative difference of the error with its 95 % interval over patients. ▼ better, ▲ worse. The baseline is the "
        "one that is best in the cell on one half of the held-out patients, compared with on the other half, and the "
        f"other way round; a mean over {DEALS} random halvings. Without a clear difference the champion may still be "
        "worse: see the interval."
    )
    yield against_cross(found, spec)
    yield "### Other choices of the baseline"
    yield (
        f"{size_name(sizes_of(found.cross.table)[-1]) if len(found.cross.table) else 'All records'}. With hindsight: "
        "on the held-out patients themselves, which is impossible in advance; for each outcome, or one for the whole "
        "study. They stand beside the cross-chosen baseline and are in no claim."
    )
    yield other_choices(found, spec)
    yield "## In clinical units"
    yield in_units(found, spec)
    near = within_a_fifth(found, spec)
    if near:
        yield "### Within 20 % of the truth"
        yield near
    for outcome in headline_outcomes(found.comparison)[:MOST]:
        yield f"## Patients helped and harmed: {together_title(spec, outcome)}"
        yield benefit_by_size(found, outcome)
    if len(found.by_age):
        yield "## Error by the age of the newest own record"
        yield error_by_age(found)
    if len(found.coverage):
        yield "## 90 % intervals: coverage and width"
        yield coverage_by_part(found)
    for outcome in found.reliability["outcome"].unique() if len(found.reliability) else ():
        yield f"## Predicted and observed: {outcome_title(spec, outcome)}"
        yield reliability_by_part(found, outcome)


def _cohort_part(result: StudyResult) -> Iterator[str]:
    costs = eligible_costs(cohort_costs(result))
    harmed = costs[costly(costs)].sort_values("p_worse").head(20)
    if len(harmed):
        yield "## Where the champion costs more than the cross-chosen baseline"
        yield (
            f"{int(costly(costs).sum())} of {len(costs)} (cohort, outcome, setting) triples; chance alone would give "
            f"about {0.025 * len(costs):.0f}. The most certain:"
        )
        yield costly_cohorts(harmed, result.spec)


def _other_settings(result: StudyResult) -> Iterator[str]:
    others = [s for s in result.settings.values() if s is not result.main]
    if others:
        yield "## Other settings"
        yield markdown(OTHER_HEAD, [line for found in others for line in _other_lines(found, result.spec)])
        yield from new_cohort_intervals(result)
    for found in others:
        # folded, because a study has many of them
        yield f"<details><summary>By own records: {question_of(found.setting)}</summary>"
        yield against_cross(found, result.spec)
        yield "</details>"
    absent = list(absent_lines(result))
    if absent:
        yield "## Settings without a result"
        yield "\n".join(f"- {line}" for line in absent)


OTHER_HEAD = [
    "setting",
    "outcome",
    "error",
    "champion's",
    "cross-chosen baseline's (most often)",
    "difference",
]
OTHER_HEAD += ["90 % intervals, or AUROC", "patients"]


def _other_lines(found: SettingResult, spec: StudySpec) -> Iterator[list[str]]:
    for headline in headlines_of(found, spec)[:MOST]:
        row = headline.row
        yield [
            question_of(found.setting),
            headline.title,
            headline.error.title,
            decimal(row.champion),
            f"{decimal(row.other)} ({plain(str(row.against))})",
            headline.difference,
            beside_text(*beside_error(found, headline.outcome)),
            f"{int(row.n_patients):,}",
        ]


def _served(result: StudyResult) -> Iterator[str]:
    table = champions(result)
    if table:
        yield "## The champion"
        yield (
            "Chosen on tuning patients, by outcome and own values of it, in each fold: the number of folds in which "
            "each predictor was served, and the mean weights."
        )
        yield f"<details><summary>{main_question(result)}</summary>"
        yield table
        yield "</details>"


def _record_wise(claim: Mapping[str, Any]) -> Iterator[str]:
    if claim:
        unit = f" {claim['unit']}" if claim["unit"] else ""
        yield "## Error of a record-wise split"
        yield (
            f"A forest for {claim['outcome']} on the predicted record's own measurements: mean absolute error "
            f"**{decimal(claim['by_record'])}**{unit} when records are split at random, so that a patient's other "
            f"records are in training; **{decimal(claim['by_patient'])}**{unit} when whole patients are held out. "
            "The first is what a record-wise evaluation reports; the second is the error for a new patient."
        )


def _protocol(result: StudyResult, folder: Path) -> Iterator[str]:
    splits, evaluation, study = result.spec.splits, result.spec.evaluation, result.spec.study
    again = f", repeated {evaluation.repeats} times" if evaluation.repeats > 1 else ""
    held_out = "named cohorts held out" if splits.named_cohorts else f"{splits.folds} folds of patients"
    yield "## Protocol"
    details, data = link("evaluation.md", "../evaluation.md", folder), f"data/{study}.json"
    yield (
        f"`meta-med evaluate --study {study}`: {held_out}{again}; fitting, choice and "
        f"calibration never see a held-out patient. Details: {details} of the documentation. As data: "
        f"{link(data, data, folder)}."
    )
