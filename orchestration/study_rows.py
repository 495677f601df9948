"""Mistakes in how a study chooses and reads its rows: ranges upside down, patterns that are none, units unnamed."""

import re
from collections.abc import Iterator, Mapping

from meta_med.study import CovariateSpec, RecordsSpec, StudySpec


def row_mistakes(spec: StudySpec) -> Iterator[str]:
    """Every mistake in the keys that say which rows, whose, when, and what a covariate's texts mean."""
    yield from _records(spec.records)
    yield from _time(spec.records)
    for covariate in spec.covariates:
        yield from _covariate(covariate)
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
        yield '"records.time": "unit_column" and "unit_days" go together: how many days is each of its words?'
    if not time.column and records.doses:
        yield '"records.doses" needs times; add "records.time.column".'


def _covariate(covariate: CovariateSpec) -> Iterator[str]:
    where = f"covariates.{covariate.name}"
    if covariate.kind != "category":
        for key in ("most", "groups"):
            if getattr(covariate, key):
                yield f'"{where}.{key}" is for categories; add "kind: category".'
    if covariate.kind != "numeric" and covariate.values:
        yield f'"{where}.values" makes numbers of texts; leave "kind" out.'
    yield from _patterns(f"{where}.groups", covariate.groups)


def _patterns(key: str, patterns: Mapping[str, str]) -> Iterator[str]:
    for name, pattern in patterns.items():
        try:
            re.compile(pattern)
        except re.error as error:
            yield f'"{key}.{name}" is no regular expression: {error}.'
