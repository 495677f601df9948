"""The studies in the summary: a line a study, a line for each kind of outcome, and the other settings."""

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from meta_med.evaluate.comparison.claim import better, loss_ruled_out, narrow, worse
from meta_med.evaluate.comparison.study_record import (
    CEILING,
    MIN_PATIENTS,
    StudyRecord,
    minutes,
    peak_gigabytes,
    processor_minutes,
)
from meta_med.evaluate.comparison.verdict import costly, eligible_costs
from meta_med.evaluate.number_text import change, decimal, estimate, percent
from meta_med.outcomes.registry import metrics
from orchestration.results.headlines import MOST
from orchestration.results.links import link
from orchestration.results.sentences import question_of
from orchestration.results.style import plain
from orchestration.results.tables import markdown


def numbers(record: StudyRecord) -> dict[str, Any]:
    """A study's line as numbers."""
    cells = record.headline
    coverage = record.of_headline(record.coverage)["value"]
    width = (cells["width"].astype(float) / cells["other_width"].astype(float) - 1).mean()
    costs = eligible_costs(record.of_headline(record.costs))
    return {
        "title": record.title,
        "n_patients": record.n_patients,
        "cells": len(cells),
        "better": int(better(cells).sum()),
        "worse": int(worse(cells).sum()),
        "narrow": int(narrow(cells).sum()),
        "loss_ruled_out": int((narrow(cells) & loss_ruled_out(cells)).sum()),
        "counts": record.counts,
        **_differences(record),
        **_ceiling(record.facts.get(CEILING, {})),
        "errors": [_error_numbers(str(name), own) for name, own in cells.groupby("metric", sort=False)],
        "distribution_better": int((cells["proper"] < cells["cross_proper"]).sum()),
        "coverage_90": _number(coverage.mean()) if len(coverage) else None,
        "width_against_best_baseline": _number(width),
        "costly_cohorts": int(costly(costs).sum()),
        "cohorts": len(costs),
        "minutes": _number(minutes(record.facts)),
        "processor_minutes": _number(processor_minutes(record.facts)),
        "peak_gigabytes": _number(peak_gigabytes(record.facts)),
    }


def _differences(record: StudyRecord) -> dict[str, float | None]:
    """The mean difference to the cross-chosen baseline, and to the other choices of one."""
    own = {
        end: _number(record.difference.get(name))
        for end, name in (("", "value"), ("_low", "low"), ("_high", "high"))
    }
    others = {
        f"mean_difference_{name}": _number(record.headline[f"{column}_relative"].mean())
        for name, column in (("hindsight", "best"), ("fixed", "fixed"), ("tuning", "chosen"))
    }
    return {f"mean_difference{end}": value for end, value in own.items()} | others


def _ceiling(found: Mapping[str, Any]) -> dict[str, float | None]:
    """The ceiling and the share of it that is reached."""
    return {"ceiling": _number(found.get("ceiling")), "share_of_ceiling": _number(found.get("share"))}


def _number(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(float(value), 4)


def _error_numbers(metric: str, cells: pd.DataFrame) -> dict[str, Any]:
    """The cells of the outcomes that one error is measured of."""
    return {
        "metric": metric,
        "outcomes": int(cells["outcome"].nunique()),
        "cells": len(cells),
        "better": int(better(cells).sum()),
        "worse": int(worse(cells).sum()),
        "mean_difference": _number(cells["cross_relative"].mean()),
        "worse_outcomes": {name: _number(most) for name, most in _worse_outcomes(cells).items()},
    }


def _worse_outcomes(cells: pd.DataFrame) -> "pd.Series[float]":
    """Outcome -> largest difference of a cell in which the champion is worse, of those with one; the worst first."""
    return cells[worse(cells)].groupby("outcome")["cross_relative"].max().sort_values(ascending=False)


def errors(records: Sequence[StudyRecord]) -> Iterator[str]:
    """Studies with outcomes of several kinds, error by error, and every outcome that has a worse cell."""
    lines = []
    for record in records:
        own = numbers(record)["errors"]
        if len(own) > 1 or any(e["worse_outcomes"] for e in own):
            lines += [_error_line(record.study, e) for e in own]
    if lines:
        yield "## By kind of outcome, and the outcomes that are worse"
        yield (
            "Studies with outcomes of several kinds, or with an outcome for which the champion is worse than the "
            "cross-chosen baseline in a cell; of such an outcome the largest difference in such a cell is given."
        )
        head = ["study", "error", "outcomes", "cells", "▼ better", "▲ worse", "mean difference"]
        yield markdown([*head, "worse in a cell"], lines)


def _error_line(study: str, e: Mapping[str, Any]) -> list[str]:
    named = [f"{plain(name)} {change(most)}" for name, most in e["worse_outcomes"].items()]
    more = [f"{len(named) - MOST} more"] if len(named) > MOST else []
    counts = [str(e[name]) for name in ("outcomes", "cells", "better", "worse")]
    return [
        study,
        metrics()[e["metric"]].title,
        *counts,
        change(e["mean_difference"]),
        ", ".join(named[:MOST] + more),
    ]


def studies(records: Sequence[StudyRecord], folder: Path) -> Iterator[str]:
    """Error against the choices of the baseline and the ceiling; then intervals, cohorts and cost."""
    own = {r.study: numbers(r) for r in records}
    names = {
        r.study: link(r.study, f"{r.study}.md", folder) + ("" if r.counts else " (in no claim)")
        for r in records
    }
    head = [
        "study",
        "patients",
        "cells",
        "▼ better",
        "▲ worse",
        "mean difference to the cross-chosen baseline",
    ]
    head += [
        "to the best with hindsight",
        "to the best of the study with hindsight",
        "to that of tuning patients",
    ]
    yield markdown(
        [*head, "ceiling", "share of it reached"], [[names[s], *_error_cells(n)] for s, n in own.items()]
    )
    yield (
        "▼ better, ▲ worse: cells whose paired 95 % interval lies wholly below or above zero. *Ceiling*: the "
        "difference of a mixed model that also sees the next two records, on records that have them; **no prediction "
        "can attain it**. Blank where patients have no own records, or the mixed model is not in the study; no share "
        "is given where it gains nothing."
    )
    head = ["study", "cells with a half-width of 2 % or less", "of them a loss over 2 % ruled out"]
    head += ["CRPS or log loss better", "90 % intervals cover", "their width", "costly cohorts", "minutes"]
    yield markdown(
        [*head, "of processor", "memory, GB"], [[names[s], *_other_cells(n)] for s, n in own.items()]
    )


def _error_cells(n: Mapping[str, Any]) -> list[str]:
    own = [n[f"mean_difference{end}"] for end in ("", "_low", "_high")]
    value, low, high = (math.nan if v is None else v for v in own)
    return [
        f"{n['n_patients']:,}",
        *(str(n[name]) for name in ("cells", "better", "worse")),
        estimate(value, low, high, change),
        *(change(n[f"mean_difference_{name}"]) for name in ("hindsight", "fixed", "tuning")),
        change(n["ceiling"]),
        percent(n["share_of_ceiling"], 0),
    ]


def _other_cells(n: Mapping[str, Any]) -> list[str]:
    return [
        f"{n['narrow']} of {n['cells']}",
        str(n["loss_ruled_out"]),
        f"{n['distribution_better']} of {n['cells']}",
        percent(n["coverage_90"]),
        change(n["width_against_best_baseline"]),
        f"{n['costly_cohorts']} of {n['cohorts']}",
        *(decimal(n[name], ".1f") for name in ("minutes", "processor_minutes", "peak_gigabytes")),
    ]


def other_settings(records: Sequence[StudyRecord]) -> Iterator[str]:
    """Every other setting of every study, evaluated in the same way."""
    lines = []
    for record in records:
        rest = record.cells[~record.cells["setting"].isin(set(record.headline["setting"]))]
        rest = rest[rest["n_patients"] >= MIN_PATIENTS]
        for setting, every in rest.groupby("setting", sort=False):
            own = every[every["support_size"] > 0]
            cells = own if len(own) else every
            lines.append(
                [
                    record.study,
                    question_of(str(setting)),
                    str(len(cells)),
                    str(int(better(cells).sum())),
                    str(int(worse(cells).sum())),
                    *(change(cells[f"{name}_relative"].mean()) for name in ("cross", "best")),
                ]
            )
    if lines:
        head = [
            "study",
            "setting",
            "cells",
            "▼ better",
            "▲ worse",
            "mean difference to the cross-chosen baseline",
        ]
        yield "## Other settings"
        yield markdown([*head, "to the best with hindsight"], lines)
