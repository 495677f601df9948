"""Tables of a page, in Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from meta_med.calibrate.record_scores import ALL, WITHIN
from meta_med.evaluate.comparison.compare import CHAMPION, CHOSEN_BASELINE, UN_ADAPTED
from meta_med.evaluate.comparison.coverage import BY_COHORT, BY_SIZE, OVERALL
from meta_med.evaluate.comparison.study_record import SERVED
from meta_med.evaluate.comparison.study_result import SettingResult, StudyResult, leading_outcome
from meta_med.evaluate.evaluation_table import POOLED
from meta_med.evaluate.number_text import change, decimal, estimate, percent, points
from meta_med.outcomes.registry import headlines, kind_of_error, metrics
from meta_med.study import StudySpec
from orchestration.results.error_figures import errors
from orchestration.results.headlines import difference, pooled_rows
from orchestration.results.style import lines_of, plain

FEW = 20  # patients: smaller groups are left out
MOST_COHORTS = 30


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; bars in cells are escaped."""
    lines = [list(head), ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(c.replace("|", "\\|") for c in line) + " |" for line in lines)


def size_name(k: int) -> str:
    """The header of a support size."""
    return "k ≥ 1" if k == POOLED else f"k = {k}"


def outcome_title(spec: StudySpec, name: str) -> str:
    """The title of an outcome."""
    return next((o.title for o in spec.outcomes if o.name == name), "all together")


def error_by_size(found: SettingResult, outcome: str, spec: StudySpec) -> str:
    """One row per predictor, one column per support size, k >= 1 with its interval last; the best is bold.

    Then the scores of the whole distribution over k >= 1 (over all, where nobody has an own record).
    """
    rows = errors(found, outcome)
    wide = rows.pivot_table(index="predictor", columns="support_size", values="value")
    sizes = sorted((int(k) for k in rows["support_size"].unique()), key=lambda k: (k == POOLED, k))
    wide = wide.loc[wide[sizes[-1]].sort_values().index, sizes]
    cells = {(r.predictor, r.support_size): r for r in lines_of(rows)}
    beside = _distribution(found, outcome, rows["metric"].iloc[0], sizes[-1])
    lines = []
    for name, values in wide.iterrows():
        shown = [_bold(decimal(v), v == wide[k].min()) for k, v in zip(sizes, values, strict=True)]
        last = cells[str(name), sizes[-1]]
        shown[-1] += estimate(last.value, last.ci_low, last.ci_high).removeprefix(decimal(last.value))
        scores = [_bold(decimal(own.get(name)), own.get(name) == own.min()) for own in beside.values()]
        lines.append([role_name(str(name), spec), *shown, *scores])
    heads = [f"{short}, {size_name(sizes[-1])}" for short in beside]
    return markdown(["predictor", *(size_name(int(k)) for k in sizes), *heads], lines)


def _distribution(found: SettingResult, outcome: str, error: str, size: int) -> dict[str, "pd.Series[float]"]:
    """Short name -> each predictor's score, of the metrics of the whole distribution that were measured."""
    table = found.evaluation
    own = table[
        (table["outcome"] == outcome) & (table["cohort"] == ALL) & (table["support_size"] == size)
    ].set_index("predictor")
    scores = {
        m.short: own.loc[own["metric"] == m.name, "value"] for m in kind_of_error(error).distribution_metrics
    }
    return {short: values for short, values in scores.items() if values.notna().any()}


def _bold(text: str, wanted: bool) -> str:
    return f"**{text}**" if wanted else text


def role_name(name: str, spec: StudySpec) -> str:
    """A predictor's name with its role."""
    if name == CHAMPION:
        return "**champion**"
    kind = (
        "baseline" if name in spec.baselines else "" if name in (UN_ADAPTED, CHOSEN_BASELINE) else "learner"
    )
    return f"{plain(name)} ({kind})" if kind else plain(name)


def against_cross(found: SettingResult, spec: StudySpec) -> str:
    """One row per outcome, one column per support size: difference to the cross-chosen baseline, paired interval."""
    rows = found.cross.table
    rows = rows[rows["metric"].isin(headlines())]
    sizes = sizes_of(rows)
    cells = {(r.outcome, r.support_size): difference(r) for r in lines_of(rows)}
    lines = [
        [outcome_title(spec, name), *(cells.get((name, k), "") for k in sizes)]
        for name in rows["outcome"].drop_duplicates()
    ]
    return markdown(["outcome", *(size_name(int(k)) for k in sizes)], lines)


def other_choices(found: SettingResult, spec: StudySpec) -> str:
    """One row per outcome, one column per way to choose the baseline, over k >= 1 (all, where nobody has a record)."""
    cross = pooled_rows(found)
    every, chosen = (_pooled_errors(t) for t in (found.comparison, found.chosen))
    columns = {
        "cross-chosen (most often)": cross,
        "best with hindsight": every[every["best"]],
        "best of the study with hindsight": every[every["against"] == found.fixed],
        "chosen on tuning patients": chosen,
    }
    cells = {
        (title, r.outcome): f"{difference(r)} ({plain(r.against)})"
        if title != "chosen on tuning patients"
        else difference(r)
        for title, rows in columns.items()
        for r in lines_of(rows)
    }
    names = cross["outcome"].drop_duplicates()
    lines = [[outcome_title(spec, name), *(cells.get((t, name), "") for t in columns)] for name in names]
    return markdown(["outcome", *columns], lines)


def _pooled_errors(comparison: pd.DataFrame) -> pd.DataFrame:
    """Comparisons of errors over all cohorts and all with own records (all, where nobody has any)."""
    rows = comparison[(comparison["cohort"] == ALL) & comparison["metric"].isin(headlines())]
    pooled = POOLED if (rows["support_size"] == POOLED).any() else 0
    return rows[rows["support_size"] == pooled]


def in_units(found: SettingResult, spec: StudySpec) -> str:
    """Outcomes in their own units: champion, best baseline with hindsight, difference over predictions and patients."""
    rows = _pooled_errors(found.comparison)
    lines = [
        [
            outcome_title(spec, r.outcome),
            _error_name(r.metric, r.unit),
            decimal(r.champion),
            f"{decimal(r.other)} ({plain(r.against)})",
            estimate(r.difference, r.low, r.high, _signed),
            estimate(r.by_patient, r.by_patient_low, r.by_patient_high, _signed),
            f"{r.n_patients:,} / {r.n_predictions:,}",
        ]
        for r in lines_of(rows[rows["best"]])
    ]
    head = ["outcome", "error", "champion", "best baseline, with hindsight", "difference over predictions"]
    return markdown([*head, "difference over patients", "patients / predictions"], lines)


def _signed(value: float) -> str:
    return decimal(value, "+.2g")


def _error_name(metric: str, unit: str) -> str:
    """The error's name, with the outcome's unit where the metric has none of its own."""
    known = metrics()[metric]
    return known.short if known.unit else f"{known.short}, {unit}"


def within_a_fifth(found: SettingResult, spec: StudySpec) -> str:
    """Share of predictions within 20 % of the truth, of outcomes that are modelled on logs; "" without any."""
    rows = found.comparison
    pooled = POOLED if (rows["support_size"] == POOLED).any() else 0
    rows = rows[(rows["metric"] == WITHIN) & (rows["cohort"] == ALL) & (rows["support_size"] == pooled)]
    rows = rows[rows["against"] == rows["outcome"].map(dict(found.best))]
    lines = [
        [
            outcome_title(spec, r.outcome),
            percent(r.champion),
            f"{percent(r.other)} ({plain(r.against)})",
            estimate(r.difference, r.low, r.high, points),
        ]
        for r in lines_of(rows)
    ]
    head = ["outcome", "champion", "best baseline", "difference, % points"]
    return markdown(head, lines) if lines else ""


def benefit_by_size(found: SettingResult, outcome: str) -> str:
    """Shares of patients helped and harmed, by own records."""
    rows = found.benefit[found.benefit["outcome"] == outcome]
    lines = []
    for (role, against), part in rows.groupby(["role", "against"], sort=False):
        for name in ("helped", "harmed"):
            by_size = {r.support_size: r for r in lines_of(part)}
            cells = [_share(by_size[k], name) if k in by_size else "" for k in sizes_of(rows)]
            rival = "no adaptation" if role == UN_ADAPTED else f"best baseline ({plain(str(against))})"
            lines.append([f"{name}, against {rival}", *cells])
    return markdown(["share of patients", *(size_name(int(k)) for k in sizes_of(rows))], lines)


def _share(row: Any, name: str) -> str:
    """A share of patients with its interval, in whole per cent."""
    value, low, high = (getattr(row, f"{name}{end}") for end in ("", "_low", "_high"))
    return estimate(value, low, high, _whole_percent)


def _whole_percent(share: float) -> str:
    return percent(share, 0)


def sizes_of(rows: pd.DataFrame) -> list[int]:
    """The support sizes of a table's columns, k >= 1 last."""
    return sorted(rows["support_size"].unique().tolist(), key=lambda k: (k == POOLED, k))


def error_by_age(found: SettingResult) -> str:
    """Error by age of the newest own record."""
    rows = found.by_age
    names = rows["predictor"].drop_duplicates().tolist()
    lines = []
    for _, part in rows.groupby("bin"):
        cells = {r.predictor: estimate(r.value, r.low, r.high) for r in lines_of(part)}
        first = part.iloc[0]
        reach = f"{_span(first['from_days'])} to {_span(first['to_days'])}"
        lines.append([reach, *(cells.get(n, "") for n in names), f"{int(first['n_patients']):,}"])
    return markdown(["newest own record is", *(plain(n) for n in names), "patients"], lines)


def _span(days: float) -> str:
    for unit, size in (("years", 365.25), ("months", 30.44), ("days", 1.0), ("hours", 1 / 24)):
        if days >= 2 * size or unit == "hours":
            return f"{days / size:.2g} {unit}" if days >= 2 / 24 else f"{days * 1440:.3g} minutes"
    return ""


def coverage_by_part(found: SettingResult) -> str:
    """Coverage and width of the champion and the best baseline, by part of the patients."""
    rows = found.coverage[found.coverage["outcome"] == leading_outcome(found.comparison)]
    rows = rows[(rows["n_patients"] >= FEW) | rows["by"].isin([OVERALL, BY_SIZE])]
    champion = rows[rows["predictor"] == CHAMPION]
    other = {(r.by, r.level): r for r in lines_of(rows[rows["predictor"] != CHAMPION])}
    lines = []
    for r in lines_of(largest_cohorts(champion)):
        rival = other.get((r.by, r.level))
        beside = [percent(rival.value), decimal(rival.width)] if rival else ["", ""]
        inside = estimate(r.value, r.low, r.high, percent)
        lines.append([part_name(r.by, r.level), inside, decimal(r.width), *beside, f"{r.n_patients:,}"])
    unit = rows["unit"].iloc[0]
    head = ["patients", "champion: inside", f"width, {unit}", "best baseline: inside", "width", "number"]
    return markdown(head, lines)


def largest_cohorts(rows: pd.DataFrame) -> pd.DataFrame:
    """All parts, but only the largest of the cohorts."""
    cohorts = rows[rows["by"] == BY_COHORT].nlargest(MOST_COHORTS, "n_patients")
    return rows[(rows["by"] != BY_COHORT) | rows.index.isin(cohorts.index)]


def part_name(by: str, level: str) -> str:
    """The name of a part of the patients."""
    if by == OVERALL:
        return "**all patients**"
    return f"k = {level}" if by == BY_SIZE else f"{by.replace('_', ' ')}: {level}"


def champions(result: StudyResult) -> str:
    """The served predictors in the main setting and their weights; "" where they were not recorded."""
    rows = [r for r in result.facts.get(SERVED, ()) if r["setting"] == result.main.setting]
    lines = [
        [
            outcome_title(result.spec, r["outcome"]),
            f"k = {r['support_size']}",
            ", ".join(f"{plain(n)} {count} of {r['parts']}" for n, count in r["champions"].items()),
            ", ".join(f"{plain(n)} {w:.2f}" for n, w in _largest(r["weights"])),
        ]
        for r in rows
    ]
    return markdown(["outcome", "own values", "champion in", "mean weights"], lines) if lines else ""


def _largest(weights: Mapping[str, float], most: int = 5) -> list[tuple[str, float]]:
    return sorted(((n, w) for n, w in weights.items() if w >= 0.01), key=lambda one: -one[1])[:most]


def costly_cohorts(costs: pd.DataFrame, spec: StudySpec) -> str:
    """The cohorts and outcomes where the champion costs more than the baseline."""
    lines = [
        [
            r.cohort,
            outcome_title(spec, r.outcome),
            estimate(r.relative, r.low, r.high, change),
            plain(r.baseline),
            f"{r.n_patients:,}",
            plain(r.setting),
        ]
        for r in lines_of(costs)
    ]
    head = ["cohort", "outcome", "champion's error against the baseline", "most often", "patients", "setting"]
    return markdown(head, lines)
