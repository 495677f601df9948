"""Limits of a study's values, by key: numbers outside their range, NaN and infinity, empty or malformed texts.

A range excludes only what makes no sense, such as more than a hundred years ahead. The ranges of learners' options are
with the options (`meta_med.learners.options`).
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from meta_med.learners.options import LARGEST, LearnerOptions, Range
from meta_med.learners.registry import options_class
from meta_med.study import LearnerSpec, StudyMismatch, StudySpec
from orchestration.study.keys import nearest

CENTURY = 36_525.0
MILLION = 1_000_000
LONGEST_NAME, LONGEST_TEXT = 100, 10_000
LONGEST_STUDY = 60


ANY = Range()
DAYS = Range(0.0, CENTURY)
DAYS_AHEAD = Range(0.0, CENTURY, above=True)
SHARE = Range(0.0, 1.0, above=True, below=True)
SEED = Range(0, 2**31 - 1)
COUNT = Range(1, MILLION)
COUNT_OR_NONE = Range(0, MILLION)

RANGES: Mapping[str, Range] = {
    "seed": SEED,
    "splits.seed": SEED,
    "splits.folds": Range(2, 1000),
    "splits.fold": Range(0, 999),
    "splits.parts": Range(1, 20),
    "splits.tuning": SHARE,
    "splits.calibration": SHARE,
    "splits.leave_cohorts_out": COUNT_OR_NONE,
    "cohorts.min_subjects": COUNT,
    "records.time.step": DAYS,
    "records.time.unit_days": DAYS_AHEAD,
    "records.events.time.step": DAYS,
    "records.events.time.unit_days": DAYS_AHEAD,
    "outcomes.other_units.factor": Range(1e-12, 1e12),
    "records.first": COUNT,
    "records.gap_days": DAYS,
    "records.share": Range(0.0, 1.0, above=True),
    "covariates.since_days": Range(-CENTURY, CENTURY),
    "covariates.window_days": DAYS_AHEAD,
    "covariates.most": COUNT,
    "learners.seeds": Range(1, 100),
    "learners.steps": COUNT,
    "learners.learning_rate": Range(0.0, 1.0, above=True),
    "budget": COUNT,
    "budget.context_records": COUNT_OR_NONE,
    "budget.processes": Range(0, 1024),
    "evaluation": COUNT,
    "evaluation.support_sizes": COUNT_OR_NONE,
    "evaluation.cohort_sizes": COUNT_OR_NONE,
    "evaluation.most_per_subject": COUNT_OR_NONE,
    "evaluation.bands": ANY,
    "promote.margin": Range(0.0, 1.0),
    "serve": DAYS_AHEAD,
    "serve.replay_records": COUNT_OR_NONE,
}
"""Key -> range; a key without one has that of its nearest parent, else `ANY`."""

NAMED = {"study", "name", "column", "next_column", "next_value", "source", "subject", "key", "value", "event", "labels",
         "any_positive", "amount", "log_cohorts", "title"}  # fmt: skip
MAY_BE_EMPTY = {"column", "next_column", "label", "unit", "note", "unit_column", "rate", "at_start", "person"}
OF_LINES = {"title", "note"}


def limit_mistakes(spec: StudySpec) -> Iterator[str]:
    """One message for each value outside its limits, with its key."""
    yield from _in(spec, "", "")


def _in(value: Any, key: str, shown: str) -> Iterator[str]:
    """`key` is the path without positions and free keys, for looking up ranges; `shown` is the path in messages."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            below = f"{key}.{field.name}".lstrip(".")
            yield from _in(getattr(value, field.name), below, f"{shown}.{field.name}".lstrip("."))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _text(name, key, f"{shown}.{name}")
            yield from _in(inner, key, f"{shown}.{name}")
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _in(inner, key, f"{shown}[{position}]")
    elif isinstance(value, str):
        yield from _text(value, key, shown)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield from _number(value, key, shown)


def _number(value: float, key: str, shown: str) -> Iterator[str]:
    if isinstance(value, float) and not math.isfinite(value):
        yield f'"{shown}" is {value}: it must be a finite number.'
        return
    allowed = range_of(key)
    if not allowed.holds(value):
        number = f"{value:,.15g}" if abs(value) < LARGEST else "too large a number"
        yield f'"{shown}" is {number}: it must be {allowed}.'


def range_of(key: str) -> Range:
    """The range of a key, or of its nearest parent that has one; `ANY` where none has."""
    while key not in RANGES and "." in key:
        key = key.rpartition(".")[0]
    return RANGES.get(key, ANY)


def _text(value: str, key: str, shown: str) -> Iterator[str]:
    last = key.rpartition(".")[2]
    longest = LONGEST_TEXT if last in OF_LINES else LONGEST_NAME if last in NAMED else 1000
    if (not value.strip() and value != "") or (not value and last in NAMED - MAY_BE_EMPTY):
        yield f'"{shown}" is empty: write a name, or leave the key out.'
    elif len(value) > longest:
        yield f'"{shown}" has {len(value):,} characters: at most {longest:,} make sense here.'
    elif not re.sub(r"[\n\t]", "", value).isprintable() or _is_invalid_unicode(value):
        yield f'"{shown}" holds a control character or invalid Unicode: write plain text.'
    elif last not in OF_LINES and value != value.strip():
        yield f'"{shown}" starts or ends with a blank: remove it.'


def _is_invalid_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return True
    return False


def option_mistakes(learner: LearnerSpec, position: int) -> Iterator[str]:
    """One message for each option that the learner does not have, that is out of range, or that conflicts with another.

    A learner of another distribution is loaded for this.
    """
    where = f"learners[{position}].options"
    try:
        known = options_class(learner.name)
    except StudyMismatch as error:
        yield f'"learners[{position}].name": {error}'
        return
    wrong = []
    for name, value in learner.options.items():
        if name not in known.defaults():
            wrong.append(
                f'"{where}.{name}": {learner.name} has no such option: {nearest(name, list(known.defaults()))}'
            )
        elif (right := known.mistake(name, value)) is not None:
            wrong.append(f'"{where}.{name}" of {learner.name} must be {right}.')
    yield from wrong or _conflict(known, learner, where)


def _conflict(known: type[LearnerOptions], learner: LearnerSpec, where: str) -> Iterator[str]:
    """Options that are valid alone and conflict with each other."""
    try:
        known(**learner.chosen)
    except ValueError as error:
        yield f'"{where}" of {learner.name}: {error}.'
