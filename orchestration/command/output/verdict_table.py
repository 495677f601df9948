"""A study's own verdict for a terminal: the champion against the cross-chosen baseline, by setting and outcome."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.console import RenderableType
from rich.table import Table

from meta_med.evaluate.number_text import decimal, estimate, percent, points
from meta_med.outcomes import kind_of
from meta_med.study import OutcomeSpec, StudySpec

if TYPE_CHECKING:
    from orchestration.results.verdict import StudyVerdict, VerdictLine


def verdict_table(verdict: "StudyVerdict") -> Iterator[RenderableType]:
    """The table of a study, and a line for each setting without a result."""
    shown = Table(
        title=f"{verdict.spec.title}: the champion against the cross-chosen baseline",
        caption="with one own record or more, or without any where nobody has one. The baseline is the best on one "
        "half of the held-out patients, compared on the other half; named is the one chosen most often. Difference "
        "with its 95 % interval over patients: ▼ better, ▲ worse. In hindsight: against the best baseline on these "
        "patients",
        title_justify="left",
        caption_justify="left",
    )
    for head in ("setting", "outcome: error", "champion", "baseline"):
        shown.add_column(head)
    shown.add_column("difference, %", no_wrap=True)
    shown.add_column("in hindsight, %")
    shown.add_column("90 % intervals / AUROC")
    last = ""
    for line in verdict.lines:
        if last and line.headline.setting != last:
            shown.add_section()
        shown.add_row(*_cells(line, last))
        last = line.headline.setting
    yield shown
    for setting, why in verdict.absent.items():
        yield f"{setting}: no result. {why}"


def _cells(line: "VerdictLine", last: str) -> list[str]:
    head, row = line.headline, line.headline.row
    mark = "▼ " if row.relative_high < 0 else "▲ " if head.is_worse else ""
    difference = estimate(row.relative, row.relative_low, row.relative_high, points)
    return [
        "" if head.setting == last else head.setting,
        f"{head.title}: {head.error.short}",
        decimal(row.champion),
        f"{decimal(row.other)} ({row.against})",
        f"{mark}{difference}" if difference else "",
        f"{points(head.hindsight.relative)} ({head.hindsight.against})",
        line.beside_text,
    ]


ALL, POOLED, CHAMPION, UN_ADAPTED, COVERAGE = "all", -1, "champion", "un_adapted", "coverage_90"


def own_fold_table(table: pd.DataFrame, spec: StudySpec) -> Table:
    """The champion and the best baseline of each outcome on the study's own fold, each with its own interval."""
    pooled = POOLED if (table["support_size"] == POOLED).any() else 0
    whole = table[(table["cohort"] == ALL) & (table["support_size"] == pooled)]
    shown = Table(
        title="The champion and the best baseline of each outcome, in its own unit",
        caption="with one own record or more, or without any where nobody has one; 95 % intervals over patients. "
        "--out FOLDER evaluates all folds and settings, and compares in pairs",
        title_justify="left",
        caption_justify="left",
    )
    for head in ("outcome", "error", "champion", "best baseline", "90 % intervals / AUROC"):
        shown.add_column(head)
    for outcome in spec.outcomes:
        rows = whole[whole["outcome"] == outcome.name]
        if len(rows):
            shown.add_row(*_own_fold_cells(rows, outcome, spec))
    return shown


def _own_fold_cells(rows: pd.DataFrame, outcome: OutcomeSpec, spec: StudySpec) -> list[str]:
    kind = kind_of(outcome.kind)
    error = kind.metrics[0]
    own = rows[rows["metric"] == error.name].set_index("predictor")
    rivals = own[own.index.isin([*spec.baselines, UN_ADAPTED])].sort_values("value")
    best = f"{_estimate(rivals.iloc[0])} ({rivals.index[0]})" if len(rivals) else ""
    unit = "" if error.unit else f", {own['unit'].iloc[0]}"
    return [outcome.title, f"{error.short}{unit}", _estimate(own.loc[CHAMPION]), best, _beside(rows, outcome)]


def _beside(rows: pd.DataFrame, outcome: OutcomeSpec) -> str:
    """Coverage, or the first joint metric, of the champion."""
    own = rows[rows["predictor"] == CHAMPION].set_index("metric")
    if COVERAGE in own.index:
        return f"cover {percent(float(own['value'][COVERAGE]))}"
    joint = [m for m in kind_of(outcome.kind).joint_metrics[:1] if m.name in own.index]
    return f"{joint[0].short} {_estimate(own.loc[joint[0].name])}" if joint else ""


def _estimate(row: Any) -> str:
    return estimate(row["value"], row["ci_low"], row["ci_high"])
