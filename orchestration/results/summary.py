"""The summary over all studies: the verdict in plain words, the claims with their figures, and a line a study.

Also writes a study's page, figures and data file; the summary is computed from all data files in the folder.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from data_contracts.atomic_write import write_text
from meta_med.evaluate.comparison.claim import Claim
from meta_med.evaluate.comparison.study_record import ABSENT, OlderRecord, StudyRecord
from meta_med.evaluate.comparison.study_result import StudyResult
from meta_med.evaluate.comparison.verdict import claims, unseen_claims
from orchestration.command.output.terminal import machine_json
from orchestration.results.links import link
from orchestration.results.page import study_page, write_figures
from orchestration.results.study_lines import errors, numbers, other_settings, studies
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
        *_verdict(records),
        *_unseen(records, folder),
        "## Study by study",
        *studies(records, folder),
        *errors(records),
        *_notes(records),
        *other_settings(records),
        *_absent(records, absent),
    ]
    return "\n\n".join(parts) + "\n"


def summary_json(records: Sequence[StudyRecord], absent: Mapping[str, str]) -> dict[str, Any]:
    """The summary as JSON-able values; each study's cells are in its own file."""
    return {
        "verdict": words_of(claims(records)),
        "claims": [vars(claim) for claim in claims(records)],
        "claims_unseen": [vars(claim) for claim in unseen_claims(records)],
        "studies": {r.study: numbers(r) for r in records},
        "absent": dict(absent),
    }


BASELINES = (
    "*Cross-chosen baseline*: held-out patients are dealt at random into two halves; the baseline with the lowest "
    "error in the cell on one half is the opponent on the other, and the other way round, averaged over many deals. "
    "Every claim about error is against it. The *best baseline with hindsight* is the one with the lowest error on the "
    "very patients of the cell, a choice that nobody can make in advance; it stands beside, in no claim. Cells with "
    "fewer than 10 patients are not counted. Claims are about each study's main setting with one own record or more; "
    "where patients have one record only, about new cohorts with some known patients, or else about that record. A "
    "claim that something is excluded counts the studies and cells whose interval is narrow enough to exclude it."
)


def words_of(found: Sequence[Claim]) -> list[str]:
    """The verdict in plain words: a sentence for each claim that has one."""
    return [claim.words for claim in found if claim.words]


def _verdict(records: Sequence[StudyRecord]) -> Iterator[str]:
    found = claims(records)
    if not found:
        yield "No study that counts has a result."
        return
    yield "## The verdict"
    yield "\n".join(f"- {sentence}" for sentence in words_of(found))
    yield "## Are the claims met?"
    yield _claims(found)
    yield BASELINES


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


def read_records(folder: Path) -> tuple[list[StudyRecord], list[str]]:
    """The data file of every study below `folder`, by name, and the names of those of an older version."""
    records, older = [], []
    for file in sorted((folder / DATA).glob("*.json")):
        try:
            records.append(StudyRecord.from_json(json.loads(file.read_text())))
        except OlderRecord as found:
            older.append(str(found))
    return records, older


OLDER = "its page was made before baselines were cross-chosen; evaluate it again"


def write_summary(folder: Path, absent: Mapping[str, str], known: Iterable[str]) -> dict[str, Any]:
    """Write summary.md and summary.json from the existing results of the `known` studies; the content."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = set(known)
    every, older = read_records(folder)
    records = [r for r in every if r.study in wanted]
    absent = {study: OLDER for study in older if study in wanted} | dict(absent)
    missing = {study: reason for study, reason in absent.items() if study not in {r.study for r in records}}
    content = summary_json(records, missing)
    write_text(folder / "summary.json", machine_json(content, indent=1) + "\n")
    write_text(folder / "summary.md", summary_page(records, missing, folder))
    return content
