"""The summary over all studies: the claims with their figures, and one line per study.

Also writes a study's page, figures and data file; the summary is computed from all data files in the folder.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from data_contracts.atomic_write import write_text
from meta_med.evaluate.comparison.study_record import (
    ABSENT,
    MIN_PATIENTS,
    StudyRecord,
    minutes,
    peak_gigabytes,
    processor_minutes,
)
from meta_med.evaluate.comparison.study_result import StudyResult
from meta_med.evaluate.comparison.verdict import (
    Claim,
    better,
    claims,
    costly,
    eligible_costs,
    loss_ruled_out,
    unseen_claims,
    worse,
)
from meta_med.evaluate.number_text import change, decimal, percent
from meta_med.outcomes.registry import metrics
from orchestration.command.output.terminal import machine_json
from orchestration.results.headlines import MOST
from orchestration.results.links import link
from orchestration.results.page import study_page, write_figures
from orchestration.results.sentences import question_of
from orchestration.results.style import plain
from orchestration.results.tables import markdown

ANSWER = {True: "**yes**", False: "**no**", None: "no data"}


def summary_page(records: Sequence[StudyRecord], absent: Mapping[str, str], folder: Path) -> str:
    """The page as Markdown.

    Args:
        records: the studies with results.
        absent: study -> why it has no result.
        folder: of the page; files that are not there are not linked to.

    """
    attempts = link("negative_results.md", "../negative_results.md", folder)
    parts = [
        "# Results over all studies",
        f"Studies: {len(records)}. Held-out patients: {sum(r.n_patients for r in records):,}. Written by `meta-med "
        "evaluate`, never by hand. A **no** is a figure that was not reached; attempts are in "
        f"{attempts} of the documentation.",
        "## Are the claims met?",
        _claims(claims(records)) if any(r.counts for r in records) else "No study that counts has a result.",
        "*Best baseline*: of all baselines, the one with the lowest error on the held-out patients of the cell. "
        "That choice is impossible in advance, so the comparison is biased against the champion. Cells with "
        "fewer than 10 patients are not counted. Claims are about each study's main setting with one own record or "
        "more; where patients have one record only, about new cohorts with some known patients, or else about that "
        "record. *Not shown to "
        "be worse* includes every wide interval, so the share of cells that rule out a loss of more than 2 % is given "
        "next to it. *Both ways*: over cells, and with each study weighing the same.",
        *_unseen(records, folder),
        "## Study by study",
        _studies(records, folder),
        "▼ better, ▲ worse: cells whose paired 95 % interval lies wholly below or above zero.",
        *_errors(records),
        *_notes(records),
        *_other_settings(records),
        *_absent(records, absent),
    ]
    return "\n\n".join(parts) + "\n"


def summary_json(records: Sequence[StudyRecord], absent: Mapping[str, str]) -> dict[str, Any]:
    """The summary as JSON-able values; each study's cells are in its own file."""
    return {
        "claims": [vars(claim) for claim in claims(records)],
        "claims_unseen": [vars(claim) for claim in unseen_claims(records)],
        "studies": {r.study: _numbers(r) for r in records},
        "absent": dict(absent),
    }


def _claims(found: Sequence[Claim]) -> str:
    rows = [[c.text, c.wanted, c.found, ANSWER[c.met], c.note] for c in found]
    return markdown(["claim", "required", "found", "met", "remarks"], rows)


def _unseen(records: Sequence[StudyRecord], folder: Path) -> Iterator[str]:
    found = unseen_claims(records)
    seen = sorted(r.study for r in records if r.used_in_development)
    if found and seen:
        yield f"## Without {' and '.join(seen)}"
        told = link("evaluation.md", "../evaluation.md#what-was-looked-at", folder)
        yield (
            f"Patients of these studies were used in the development of the product ({told}). The claims about error "
            "without them:"
        )
        yield _claims(found)


def _notes(records: Sequence[StudyRecord]) -> Iterator[str]:
    lines = [
        f"- `{r.study}`{'' if r.counts else ' (in none of the claims)'}: {r.note or 'it counts in no claim.'}"
        for r in records
        if r.note or not r.counts
    ]
    if lines:
        yield "## Notes"
        yield "\n".join(lines)


def _numbers(record: StudyRecord) -> dict[str, Any]:
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
        "loss_ruled_out": int(loss_ruled_out(cells).sum()),
        "counts": record.counts,
        "mean_difference": _number(cells["relative"].mean()),
        "errors": [_error_numbers(str(name), own) for name, own in cells.groupby("metric", sort=False)],
        "distribution_better": int((cells["proper"] < cells["proper_other"]).sum()),
        "coverage_90": _number(coverage.mean()) if len(coverage) else None,
        "width_against_best_baseline": _number(width),
        "costly_cohorts": int(costly(costs).sum()),
        "cohorts": len(costs),
        "minutes": _number(minutes(record.facts)),
        "processor_minutes": _number(processor_minutes(record.facts)),
        "peak_gigabytes": _number(peak_gigabytes(record.facts)),
    }


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
        "mean_difference": _number(cells["relative"].mean()),
        "worse_outcomes": {name: _number(most) for name, most in _worse_outcomes(cells).items()},
    }


def _worse_outcomes(cells: pd.DataFrame) -> "pd.Series[float]":
    """Outcome -> largest difference of a cell in which the champion is worse, of those with one; the worst first."""
    return cells[worse(cells)].groupby("outcome")["relative"].max().sort_values(ascending=False)


def _errors(records: Sequence[StudyRecord]) -> Iterator[str]:
    """Studies with outcomes of several kinds, error by error, and every outcome that has a worse cell."""
    lines = []
    for record in records:
        errors = _numbers(record)["errors"]
        if len(errors) > 1 or any(e["worse_outcomes"] for e in errors):
            lines += [_error_line(record.study, e) for e in errors]
    if lines:
        yield "## By kind of outcome, and the outcomes that are worse"
        yield (
            "Studies with outcomes of several kinds, or with an outcome for which the champion is worse in a cell; of "
            "such an outcome the largest difference in such a cell is given."
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


def _studies(records: Sequence[StudyRecord], folder: Path) -> str:
    head = ["study", "patients", "cells", "▼ better", "▲ worse", "loss over 2 % ruled out"]
    head += ["mean difference", "CRPS or log loss better"]
    head += ["90 % intervals cover", "their width", "costly cohorts", "minutes", "of processor", "memory, GB"]
    return markdown(head, [_line(r, folder) for r in records])


def _line(record: StudyRecord, folder: Path) -> list[str]:
    n = _numbers(record)
    return [
        link(record.study, f"{record.study}.md", folder) + ("" if record.counts else " (in no claim)"),
        f"{n['n_patients']:,}",
        str(n["cells"]),
        str(n["better"]),
        str(n["worse"]),
        str(n["loss_ruled_out"]),
        change(n["mean_difference"]),
        f"{n['distribution_better']} of {n['cells']}",
        percent(n["coverage_90"]),
        change(n["width_against_best_baseline"]),
        f"{n['costly_cohorts']} of {n['cohorts']}",
        *(decimal(n[name], ".1f") for name in ("minutes", "processor_minutes", "peak_gigabytes")),
    ]


def _other_settings(records: Sequence[StudyRecord]) -> Iterator[str]:
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
                    change(cells["relative"].mean()),
                ]
            )
    if lines:
        yield "## Other settings"
        yield markdown(["study", "setting", "cells", "▼ better", "▲ worse", "mean difference"], lines)


def _absent(records: Sequence[StudyRecord], absent: Mapping[str, str]) -> Iterator[str]:
    lines = [f"- `{study}`: {reason}" for study, reason in absent.items()]
    for record in records:
        for setting, why in record.facts.get(ABSENT, {}).items():
            lines.append(f"- `{record.study}`, setting `{setting}`: {why}")
    if lines:
        yield "## Without a result"
        yield "\n".join(lines)


DATA = "data"


def write_study(result: StudyResult, folder: Path) -> Path:
    """Write STUDY.md with its figures, and data/STUDY.json, each by rename; the page's path."""
    figures = write_figures(result, folder)
    write_record(result, folder)
    page = folder / f"{result.spec.study}.md"
    write_text(page, study_page(result, figures, folder))
    return page


def write_record(result: StudyResult, folder: Path) -> None:
    """Write data/STUDY.json, from which the summary is made."""
    (folder / DATA).mkdir(parents=True, exist_ok=True)
    record = StudyRecord.of(result).to_json()
    write_text(folder / DATA / f"{result.spec.study}.json", machine_json(record) + "\n")


def read_records(folder: Path) -> list[StudyRecord]:
    """Every study's data file below `folder`, by name."""
    files = sorted((folder / DATA).glob("*.json"))
    return [StudyRecord.from_json(json.loads(file.read_text())) for file in files]


def write_summary(folder: Path, absent: Mapping[str, str], known: Iterable[str]) -> dict[str, Any]:
    """Write summary.md and summary.json from the existing results of the `known` studies; the content."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = set(known)
    records = [r for r in read_records(folder) if r.study in wanted]
    missing = {study: reason for study, reason in absent.items() if study not in {r.study for r in records}}
    content = summary_json(records, missing)
    write_text(folder / "summary.json", machine_json(content, indent=1) + "\n")
    write_text(folder / "summary.md", summary_page(records, missing, folder))
    return content
