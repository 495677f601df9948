"""Rules about a table as a whole: counts, medians, missingness, patients that look alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.columns.coded import distinct_and_most, distinct_up_to_three, varies_within
from data_contracts.contract.check_specs import CheckSpec, definite
from data_contracts.contract.codes import with_outcome
from data_contracts.contract.model import Column, Table
from data_contracts.contract.vocabulary import VOCABULARY
from data_contracts.findings import Note
from data_contracts.reading.arrow_cells import Mask
from data_contracts.rules.foretelling import follows, no_foretelling
from data_contracts.rules.identity_rules import no_twins, one_spelling
from data_contracts.rules.person_numbers import no_person_numbers
from data_contracts.rules.slices import View, WholeRule, on_column, parts, said_of

_ENOUGH_ROWS = 30
_FEW_MOVE = 0.05
"""Share of the patients with several records; where more change their cohort, it is the way of the table."""
_FEWEST_WHO_COULD = 5
"""Patients with several records, of whom one alone is few."""
_OF_EVERY_ROW = {"row_count", "typical_median"}
"""Rules that ask of the rows that are held back too."""


def whole_table_notes(
    frame: pd.DataFrame, kept: Mask, specs: Sequence[CheckSpec], table: Table, now: datetime
) -> list[Note]:
    """What every rule about the whole has to say; where no row stays, most have nothing to speak of."""
    view = View(frame=frame, kept=kept, table=table, now=now)
    speaking = _OF_EVERY_ROW if not kept.any() else WHOLE_RULES.keys()
    said: list[Note] = []
    of_all: set[tuple[str, str, str, str]] = set()
    for spec in sorted((s for s in specs if s.rule in speaking), key=lambda s: s.each_cohort):
        asked, notes = _asked(view, spec)
        about = {(spec.rule, spec.column, str(spec.where), n.code) for n in notes}
        # what is true of the whole and of every cohort is said once
        if not (spec.each_cohort and len(notes) >= asked and about <= of_all):
            said += notes
        of_all |= set() if spec.each_cohort else about
    return said


def _asked(view: View, spec: CheckSpec) -> tuple[int, list[Note]]:
    """Of how many parts of the table the rule is asked, and what it says of them."""
    cohort = view.table.cohort
    asked = list(parts(view.frame, spec, cohort, view.kept))
    said = (said_of(p, spec, cohort, WHOLE_RULES[spec.rule](view.at(p, spec), spec)) for p in asked)
    return len(asked), list(under_outcome(spec, chain.from_iterable(said)))


def under_outcome(spec: CheckSpec, notes: Iterable[Note]) -> Iterator[Note]:
    """The notes of a rule, their letters changed where the contract chose another outcome than the usual."""
    chosen = spec.outcome != VOCABULARY[spec.rule].outcome
    return (replace(n, code=with_outcome(n.code, spec.outcome)) if chosen else n for n in notes)


def row_count(view: View, spec: CheckSpec) -> Iterator[Note]:
    """As many rows as expected."""
    rows = len(view.frame)
    low, high = spec.arguments.get("min", 0), spec.arguments.get("max", np.inf)
    if not low <= rows <= high:
        message = f"The table has {rows:,} rows; the contract expects {low:,} to {high:,}."
        yield Note(code=spec.code, message=message, rule=spec.name, count=rows)


def typical_median(view: View, spec: CheckSpec) -> Iterator[Note]:
    """The middle value is where it belongs; a shift of scale and two swapped columns look different."""
    median = _median(view, spec)
    if median is None or spec.arguments["min"] <= median <= spec.arguments["max"]:
        return
    twin = _swapped_with(view, spec, median)
    if twin:
        message = f"Columns {spec.column!r} and {twin!r} have each other's middle value: they look swapped."
        yield on_column(spec, message, len(view.frame), code="E_DISTRIBUTION_SHIFT")
        return
    centre = float(np.sqrt(spec.arguments["min"] * spec.arguments["max"])) or 1.0
    hint = _unit_hint(view.table.column(spec.column), median / centre)
    message = f"The middle value of {spec.column!r} is about {median / centre:.2g} times what is usual{hint}."
    yield on_column(spec, message, len(view.frame))


def _median(view: View, spec: CheckSpec) -> float | None:
    """Of every row, held or not: a wrong unit would hide behind the rows it pushed out of range."""
    values = view.frame[spec.column].dropna()
    return float(values.median()) if len(values) >= spec.arguments.get("min_rows", _ENOUGH_ROWS) else None


def _swapped_with(view: View, spec: CheckSpec, median: float) -> str:
    for rule in view.table.rules:
        if rule.rule != "typical_median" or rule.column == spec.column:
            continue
        other = view.frame[rule.column].median()
        theirs = rule.arguments["min"] <= median <= rule.arguments["max"]
        off = not rule.arguments["min"] <= other <= rule.arguments["max"]
        if theirs and off and spec.arguments["min"] <= other <= spec.arguments["max"]:
            return rule.column
    return ""


def _unit_hint(column: Column, ratio: float) -> str:
    """The unit whose factor is nearest, when one is near at all."""
    known = {**column.alternative_units, "tens of the unit": 0.1, "tenths of the unit": 10.0, "months": 12.0}
    unit, factor = min(known.items(), key=lambda item: abs(np.log(max(ratio, 1e-12) / item[1])))
    return f"; it may be in {unit}" if 0.5 < ratio / factor < 2 else ""


def missing_at_most(view: View, spec: CheckSpec) -> Iterator[Note]:
    """Missing no more often than declared."""
    missing = view.values(spec.column).isna()
    if missing.mean() > spec.arguments["share"]:
        limit = spec.arguments["share"]
        message = (
            f"{spec.column!r} is missing in {missing.mean():.0%} of rows; the contract allows {limit:.0%}."
        )
        yield on_column(spec, message, int(missing.sum()))


def varies(view: View, spec: CheckSpec) -> Iterator[Note]:
    """More than one value."""
    values = view.values(spec.column).dropna()
    if len(values) >= _ENOUGH_ROWS and _is_constant(values):
        yield on_column(spec, f"{spec.column!r} has one and the same value in every row.", len(values))


def no_heaping(view: View, spec: CheckSpec) -> Iterator[Note]:
    """No single value stands for an implausible share of a continuous column."""
    values = view.values(spec.column).dropna()
    if len(values) < _ENOUGH_ROWS:
        return
    distinct, most = distinct_and_most(values.to_numpy(dtype=np.float64))
    if distinct >= 3 and most > spec.arguments["max_share"] * len(values):
        message = (
            f"{most / len(values):.0%} of the values of {spec.column!r} are one and the same; "
            "it may stand for 'missing'."
        )
        yield on_column(spec, message, most)


def no_copy_forward(view: View, spec: CheckSpec) -> Iterator[Note]:
    """Values change within patients who have several records."""
    values, subjects = view.values(spec.column), view.subjects()
    several = subjects.counts(values.notna().to_numpy()) >= 3
    frozen = several & ~varies_within(subjects, values)
    if several.sum() >= 10 and frozen.sum() > spec.arguments["max_share"] * several.sum():
        message = (
            f"{spec.column!r} never changes in {frozen.sum()} of {several.sum()} patients: copied forward?"
        )
        yield on_column(spec, message, int(frozen.sum()))


def not_leaked(view: View, spec: CheckSpec) -> Iterator[Note]:
    """The column is not the outcome in disguise."""
    values, outcomes = (view.values(c).to_numpy() for c in (spec.column, spec.arguments["outcome_column"]))
    both = ~(np.isnan(values) | np.isnan(outcomes))
    values, outcomes = values[both], outcomes[both]
    if len(values) < _ENOUGH_ROWS or min(map(distinct_up_to_three, (values, outcomes))) < 3:
        return
    if follows(values, outcomes, spec.arguments.get("max_correlation", 0.995)):
        message = f"{spec.column!r} follows {spec.arguments['outcome_column']!r} exactly: the outcome leaked."
        yield on_column(spec, message, len(values))


def target(view: View, spec: CheckSpec) -> Iterator[Note]:
    """The outcome is there, has more than one value, and every patient has some."""
    values = view.values(spec.column)
    if values.notna().sum() == 0:
        yield on_column(spec, f"The outcome {spec.column!r} is missing in every row.", len(values))
        return
    if values.count() >= _ENOUGH_ROWS and _is_constant(values.dropna()):
        message = f"The outcome {spec.column!r} has one and the same value in every row."
        yield on_column(spec, message, len(values), code="E_TARGET_CONSTANT")
    subjects = view.subjects()
    labelled = subjects.counts(values.notna().to_numpy())
    without = int(((labelled == 0) & (subjects.counts() > 0)).sum())
    if without:
        message = f"{without:,} patients have no value of {spec.column!r}; nothing adapts to them."
        yield on_column(spec, message, without, code="W_NO_SUPPORT")


def fresh(view: View, spec: CheckSpec) -> Iterator[Note]:
    """The newest record is not older than declared."""
    limit = pd.Timestamp(definite(spec.arguments["newest_not_before"], view.now))
    newest = view.values(spec.column).max()
    if pd.notna(newest) and newest < limit:
        message = f"The newest record is {(limit - newest).days:,} days older than the contract allows."
        yield on_column(spec, message, len(view.frame))


def one_cohort(view: View, spec: CheckSpec) -> Iterator[Note]:
    """Patients stay in one cohort, but where many change it as a rule, as from ward to ward."""
    subjects, cohorts = view.subjects(), view.values(view.table.cohort or "")
    several = int(varies_within(subjects, cohorts).sum())
    could = int((subjects.counts(cohorts.notna().to_numpy()) > 1).sum())
    if 0 < several <= max(_FEW_MOVE * could, could >= _FEWEST_WHO_COULD):
        message = f"{several:,} patients have records in more than one cohort: moved, or two people as one?"
        yield on_column(spec, message, several, column=view.table.cohort or "")


def enough_subjects(view: View, spec: CheckSpec) -> Iterator[Note]:
    """Enough patients to learn from."""
    patients = int((view.subjects().counts() > 0).sum())
    if patients < spec.arguments["min"]:
        message = f"The delivery has {patients} patients: enough to score, not to learn from."
        yield Note(code=spec.code, message=message, rule=spec.name, count=patients)


def no_dominant_subject(view: View, spec: CheckSpec) -> Iterator[Note]:
    """No patient holds most of the rows."""
    rows = view.subjects().counts()
    most = int(rows.max(initial=0))
    if (rows > 0).sum() > 1 and most > spec.arguments.get("max_share", 0.5) * rows.sum():
        message = f"One patient holds {most / rows.sum():.0%} of all rows."
        yield Note(code=spec.code, message=message, rule=spec.name, count=most)


def _is_constant(values: "pd.Series[Any]") -> bool:
    return bool((values == values.iloc[0]).all())


WHOLE_RULES: dict[str, WholeRule] = {
    f.__name__: f
    for f in (
        row_count,
        typical_median,
        missing_at_most,
        varies,
        no_heaping,
        no_copy_forward,
        not_leaked,
        target,
        fresh,
        enough_subjects,
        no_dominant_subject,
        no_foretelling,
        no_person_numbers,
        no_twins,
        one_cohort,
        one_spelling,
    )
}
