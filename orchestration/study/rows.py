"""Mistakes in how a study selects and reads its rows: reversed ranges, invalid patterns, missing units.

Also mistakes of time: keys in days where times are only an order, and two tables with different time origins.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from meta_med.study import CovariateSpec, RecordsSpec, StudySpec
from orchestration.study.covariate_keys import covariate_mistakes, keys_in_days


def row_mistakes(spec: StudySpec) -> Iterator[str]:
    """Every mistake in the keys that select rows, identify subjects and times, and map a covariate's texts."""
    yield from _records(spec.records)
    yield from _time(spec.records)
    for covariate in spec.covariates:
        yield from _covariate(covariate)
    yield from covariate_mistakes(spec)
    cohorts = {o.name for o in spec.outcomes if o.log_cohorts and o.standardise != "cohort"}
    for name in sorted(cohorts):
        yield f'"outcomes" entry "{name}": "log_cohorts" needs "standardise: cohort".'


def _records(records: RecordsSpec) -> Iterator[str]:
    for column, (low, high) in records.between.items():
        if low > high:
            yield f'"records.between.{column}" must be [low, high] with low not above high.'
    yield from _patterns("records.person", records.person)


def _time(records: RecordsSpec) -> Iterator[str]:
    time = records.time
    if bool(time.unit_column) != bool(time.unit_days):
        yield '"records.time": "unit_column" and "unit_days" go together: how many days does each of its values have?'
    if time.of_record and (not time.column or time.unit == "date"):
        yield '"records.time.of_record" is for times that are numbers: leave it out.'
    if records.events and records.events.time.of_record:
        yield '"records.events.time.of_record" has no effect: leave it out.'
    if not time.column and records.doses:
        yield '"records.doses" needs times; add "records.time.column".'


def _covariate(covariate: CovariateSpec) -> Iterator[str]:
    where = f"covariates.{covariate.name}"
    if covariate.kind != "category":
        for key in ("most", "groups"):
            if getattr(covariate, key):
                yield f'"{where}.{key}" is for categories; add "kind: category".'
    if covariate.kind != "numeric" and covariate.values:
        yield f'"{where}.values" turns texts into numbers; leave "kind" out.'
    yield from _patterns(f"{where}.groups", covariate.groups)


def _patterns(key: str, patterns: Mapping[str, str]) -> Iterator[str]:
    for name, pattern in patterns.items():
        try:
            re.compile(pattern)
        except re.error as error:
            yield f'"{key}.{name}" is not a regular expression: {error}.'


ORDER = "order"
IN_DAYS = ("horizon_days", "horizons_days", "max_age_days", "max_silence_days")


def time_mistakes(spec: StudySpec, tree: Mapping[str, Any]) -> Iterator[str]:
    """Keys that need days or years where times are only an order, and times that cannot be compared.

    `tree` is the study as written, because the specification does not show whether a key of `serve` is a default.
    """
    if spec.records.time.unit == ORDER:
        for key, counts in _needs_days(spec, tree):
            yield f'"{key}" {counts}, and "records.time.unit: order" has no days or years: leave it out.'
    if spec.records.events is not None:
        yield from _of_events(spec)


def _needs_days(spec: StudySpec, tree: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    serve = tree.get("serve")
    for name in IN_DAYS:
        if isinstance(serve, Mapping) and serve.get(name) is not None:
            yield f"serve.{name}", "counts days"
    records = spec.records
    if records.gap_days:
        yield "records.gap_days", "counts days"
    if records.time.step:
        yield "records.time.step", "counts days"
    if records.time.unit_column:
        yield "records.time.unit_column", "names units of time"
    if records.doses is not None:
        yield "records.doses", "counts hours since each dose"
    for covariate in spec.covariates:
        yield from keys_in_days(covariate)


def _of_events(spec: StudySpec) -> Iterator[str]:
    """Mistakes between the times of records and events: dates, orders and numbers cannot be mixed."""
    assert spec.records.events is not None
    own, theirs = spec.records.time, spec.records.events.time
    for unit in ("date", ORDER):
        if (own.unit == unit) != (theirs.unit == unit) and not (own.unit_column or theirs.unit_column):
            yield (
                f'"records.events.time.unit" is {theirs.unit}, but "records.time.unit" is {own.unit}: an event can '
                "only be placed before a record where both count from the same origin."
            )
            return
