"""The summary over all studies: the claims with their figures, and one line per study.

Also writes a study's page, figures and data file; the summary is computed from all data files in the folder.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from data_contracts.atomic_write import write_text
from meta_med.evaluate.comparison.study_result import MIN_PATIENTS, StudyRecord, StudyResult
from meta_med.evaluate.comparison.verdict import (
    Claim,
    better,
    claims,
    costly,
    eligible_costs,
    loss_ruled_out,
    minutes,
    not_worse,
    peak_gigabytes,
    processor_minutes,
    unseen_claims,
)
from orchestration.command.output.terminal import machine_json
from orchestration.results.page import study_page, write_figures
from orchestration.results.sentences import question_of
from orchestration.results.tables import markdown, spaced

ANSWER = {True: "**yes**", False: "**no**", None: "no data"}


def summary_page(records: Sequence[StudyRecord], absent: Mapping[str, str]) -> str:
    """The page as Markdown; `absent`: study -> why it has no result."""
    parts = [
        "# Results over all studies",
        f"Studies: {len(records)}. Held-out patients: {sum(r.n_patients for r in records):,}. Written by `meta-med "
        "evaluate --all --data DIR`, never by hand. A **no** is a figure that was not reached; attempts are in "
        "[negative_results.md](../negative_results.md).",
        "## Are the claims met?",
        _claims(claims(records)),
        "*Best baseline*: of all baselines, the one with the lowest error on the held-out patients of the cell. "
        "That choice is impossible in advance, so the comparison is biased against the champion. Cells with "
        "fewer than 10 patients are not counted. Claims are about each study's main setting with one own record or "
        "more; where patients have one record only, about new cohorts with some known patients. *Not shown to "
        "be worse* includes every wide interval, so the share of cells that rule out a loss of more than 2 % is given "
        "next to it. *Both ways*: over cells, and with each study weighing the same.",
        *_unseen(records),
        "## Study by study",
        _studies(records),
        "▼ better, ▲ worse: cells whose paired 95 % interval lies wholly below or above zero.",
        *_notes(records),
        *_other_settings(records),
        *_absent(absent),
    ]
    return spaced("\n\n".join(parts)) + "\n"


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


def _unseen(records: Sequence[StudyRecord]) -> Iterator[str]:
    found = unseen_claims(records)
    seen = sorted(r.study for r in records if r.used_in_development)
    if found and seen:
        yield f"## Without {' and '.join(seen)}"
        yield (
            "Patients of these studies were used in the development of the product "
            "([evaluation.md](../evaluation.md#what-was-looked-at)). The claims about error without them:"
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
        "worse": int((~not_worse(cells)).sum()),
        "loss_ruled_out": int(loss_ruled_out(cells).sum()),
        "counts": record.counts,
        "mean_difference": _number(cells["relative"].mean()),
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


def _studies(records: Sequence[StudyRecord]) -> str:
    head = ["study", "patients", "cells", "▼ better", "▲ worse", "loss over 2 % ruled out"]
    head += ["mean difference", "CRPS or log loss better"]
    head += ["90 % intervals cover", "their width", "costly cohorts", "minutes", "of processor", "memory, GB"]
    return markdown(head, [_line(r) for r in records])


def _line(record: StudyRecord) -> list[str]:
    n = _numbers(record)
    return [
        f"[{record.study}]({record.study}.md)" + ("" if record.counts else " (in no claim)"),
        f"{n['n_patients']:,}",
        str(n["cells"]),
        str(n["better"]),
        str(n["worse"]),
        str(n["loss_ruled_out"]),
        _shown(n["mean_difference"], "+.1%"),
        f"{n['distribution_better']} of {n['cells']}",
        _shown(n["coverage_90"], ".1%"),
        _shown(n["width_against_best_baseline"], "+.1%"),
        f"{n['costly_cohorts']} of {n['cohorts']}",
        _shown(n["minutes"], ".1f"),
        _shown(n["processor_minutes"], ".1f"),
        _shown(n["peak_gigabytes"], ".1f"),
    ]


def _shown(value: float | None, form: str) -> str:
    return "" if value is None else format(value, form)


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
                    str(int((~not_worse(cells)).sum())),
                    f"{cells['relative'].mean():+.1%}",
                ]
            )
    if lines:
        yield "## Other settings"
        yield markdown(["study", "setting", "cells", "▼ better", "▲ worse", "mean difference"], lines)


def _absent(absent: Mapping[str, str]) -> Iterator[str]:
    if absent:
        yield "## Without a result"
        yield "\n".join(f"- `{study}`: {reason}" for study, reason in absent.items())


DATA = "data"


def write_study(result: StudyResult, folder: Path) -> Path:
    """Write STUDY.md with its figures, and data/STUDY.json, each by rename; the page's path."""
    figures = write_figures(result, folder)
    write_record(result, folder)
    page = folder / f"{result.spec.study}.md"
    write_text(page, study_page(result, figures))
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
    write_text(folder / "summary.md", summary_page(records, missing))
    return content
