"""The facts of a study's data on a terminal: who is there, how often, and whether that is enough."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.table import Table

from orchestration.runs.stage_results import record_lines

if TYPE_CHECKING:
    from orchestration.study.facts import StudyFacts

COHORTS_SHOWN = 25


def facts_shown(found: "StudyFacts") -> Iterator[RenderableType]:
    """The facts, as far as they were counted, then what does not fit."""
    content = found.content
    gate = content["gate"]
    yield (
        f"Gate: {gate['verdict']}; {gate['rows_in']:,} rows in, {gate['rows_accepted']:,} accepted, "
        f"{gate['rows_quarantined']:,} quarantined."
    )
    if "records" in content:
        yield from record_lines(content["records"])
        yield _per_subject(content["records"])
    for part, shown in (
        ("outcomes", _outcomes),
        ("cohorts", _cohorts),
        ("splits", _splits),
        ("support_sizes", _support_sizes),
    ):
        if part in content:
            yield from shown(content[part])
    yield from (f"Rejected: {reason}" for reason in found.rejected)
    yield from (f"Does not fit: {mistake}" for mistake in found.mistakes)


def _per_subject(records: dict[str, Any]) -> str:
    fewest, quarter, median, three_quarters, most = records["records_per_subject"].values()
    return (
        f"Records per patient: median {median:g}, quartiles {quarter:g} and {three_quarters:g}, fewest {fewest:g}, "
        f"most {most:g}."
    )


def _outcomes(rows: list[dict[str, Any]]) -> Iterator[RenderableType]:
    table = _table("Outcomes", "outcome", "records", "patients", "patients in whom it changes")
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    yield table


def _cohorts(rows: list[dict[str, Any]]) -> Iterator[RenderableType]:
    table = _table(
        "Cohorts, by patients", "cohort", "patients", "records", "train", "tuning", "calibration", "held out"
    )
    for row in sorted(rows, key=lambda row: -row["n_subjects"])[:COHORTS_SHOWN]:
        table.add_row(*(_cell(value) for value in row.values()))
    yield table
    if len(rows) > COHORTS_SHOWN:
        yield f"... and {len(rows) - COHORTS_SHOWN} smaller cohorts."


def _splits(rows: list[dict[str, Any]]) -> Iterator[RenderableType]:
    table = _table("Patients with each outcome, by split", "outcome", "split", "patients", "needed", "enough")
    for row in rows:
        for_intervals = row["needed_for_90_percent_intervals"] or 0
        enough = "yes" if row["patients"] >= max(row["needed"], for_intervals) else "not for 90 % intervals"
        enough = enough if row["patients"] >= row["needed"] else "no"
        needed = f"{row['needed']}" + (f" (90 % intervals: {for_intervals})" if for_intervals else "")
        table.add_row(row["outcome"], row["split"].replace("_", " "), f"{row['patients']:,}", needed, enough)
    yield table


def _support_sizes(rows: list[dict[str, Any]]) -> Iterator[RenderableType]:
    table = _table(
        "Predictions, by the number k of own records", "k", "predicted records", "held-out patients"
    )
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    yield table


def _table(title: str, *heads: str) -> Table:
    table = Table(title=title, title_justify="left")
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place and head not in ("split", "enough") else "left")
    return table


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
