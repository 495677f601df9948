"""Refuse a study whose outcome is known before its record, unless the study says that this is meant."""

from collections.abc import Iterator

import numpy as np

from meta_med.cohorts.determined.constant import constant_within_patients
from meta_med.cohorts.determined.copied import told_ahead, told_before
from meta_med.cohorts.record_table import RecordTable
from meta_med.outcomes import kind_of
from meta_med.study import OutcomeSpec, StudyMismatch, StudySpec

MEANT = "if it is meant, write `determined: allow` at this outcome"


def refuse_determined(table: RecordTable, study: StudySpec) -> None:
    """Refuse outcomes that one earlier record, or a covariate, tells; those with `determined: allow` are not judged.

    Raises:
        StudyMismatch: it names every such outcome with the rule, the counts and what to do.

    """
    judged = [(d, o) for d, o in enumerate(study.outcomes) if o.determined == "refuse"]
    if found := [mistake for d, o in judged for mistake in _mistakes(table, d, o)]:
        raise StudyMismatch(" ".join(found))


def _mistakes(table: RecordTable, d: int, spec: OutcomeSpec) -> Iterator[str]:
    kind = kind_of(spec.kind)
    is_class = kind.is_class or kind.yes_or_no
    constant = constant_within_patients(table.subject, table.y[:, d])
    if constant is not None:
        yield (
            f"outcomes.{spec.name}: it is the same in all records of {constant.same:,} of {constant.patients:,} "
            "patients with two or more, and differs between patients, so that any earlier record tells it. Predict "
            "something that changes; or keep one record per patient (`records.first: 1`), or leave it empty in the "
            f"records before the one that it is about; {MEANT}."
        )
        return
    if ahead := told_ahead(table, d, is_class=is_class):
        yield (
            f"outcomes.{spec.name}: {_names(ahead)} (known ahead) {_determine(ahead)} it in {_judged(table, d)}, also "
            "of those whom nothing was fitted on. Leave out what is only known with the outcome, or write `known: "
            f"at_record` where it is measured at the record; {MEANT}."
        )
    elif before := told_before(table, d, is_class=is_class):
        yield (
            f"outcomes.{spec.name}: {_names(before)} of the record before {_determine(before)} it in "
            f"{_judged(table, d)}, and the outcome of that record does not. Leave out what is known only later; "
            f"{MEANT}."
        )


def _judged(table: RecordTable, d: int) -> str:
    rows = np.flatnonzero(~np.isnan(table.y[:, d]))
    people = len(np.unique(table.person[table.subject[rows]]))
    return f"(nearly) all of {len(rows):,} records of {people:,} patients"


def _names(covariates: tuple[str, ...]) -> str:
    return f"covariate{'s' if len(covariates) > 1 else ''} {', '.join(covariates)}"


def _determine(covariates: tuple[str, ...]) -> str:
    return "determine" if len(covariates) > 1 else "determines"
