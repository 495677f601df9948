"""Writing results: a page, pictures and a data file a study; the summary from every data file that is there."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from meta_med.judging.study_record import StudyRecord
from meta_med.judging.study_result import StudyResult
from orchestration.machine_json import machine_json
from orchestration.results.page import study_page, write_figures
from orchestration.results.summary import summary_json, summary_page

DATA = "data"


def write_study(result: StudyResult, folder: Path) -> Path:
    """Write STUDY.md with its pictures and data/STUDY.json; the page's path. Each file appears whole or not at all."""
    (folder / DATA).mkdir(parents=True, exist_ok=True)
    figures = write_figures(result, folder)
    record = StudyRecord.of(result).to_json()
    _write(folder / DATA / f"{result.spec.study}.json", machine_json(record) + "\n")
    page = folder / f"{result.spec.study}.md"
    _write(page, study_page(result, figures))
    return page


def read_records(folder: Path) -> list[StudyRecord]:
    """Every study's data file below `folder`, by name."""
    files = sorted((folder / DATA).glob("*.json"))
    return [StudyRecord.from_json(json.loads(file.read_text())) for file in files]


def write_summary(folder: Path, absent: Mapping[str, str], known: Iterable[str]) -> dict[str, Any]:
    """Write summary.md and summary.json from the results that are there of the `known` studies; the content."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = set(known)
    records = [r for r in read_records(folder) if r.study in wanted]
    missing = {study: reason for study, reason in absent.items() if study not in {r.study for r in records}}
    content = summary_json(records, missing)
    _write(folder / "summary.json", machine_json(content, indent=1) + "\n")
    _write(folder / "summary.md", summary_page(records, missing))
    return content


def _write(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text)
    partial.replace(path)
