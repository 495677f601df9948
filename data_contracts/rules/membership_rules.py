"""Rules that compare the subjects with the previous delivery: same people, same identifiers, same cohorts."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from data_contracts.columns.coded import Coded, factorize
from data_contracts.contract.check_specs import CheckSpec
from data_contracts.contract.codes import Code
from data_contracts.contract.rule_word import COLUMNS, Argument, RuleWord, Words
from data_contracts.findings import Note, Positions
from data_contracts.rules.delivery_pair import Pair
from data_contracts.rules.identity_rules import normalise_spelling
from data_contracts.rules.slices import rows_where

WORDS = Words()
_ANY_STAYED = 1e-9
"""Default share of subjects who must stay: only a delivery without any earlier subject is reported."""


@WORDS.add(RuleWord(
    scope="table", level="batch", code="Q_IDENTITY_CHANGED", outcome="quarantine_patient",
    takes={"columns": COLUMNS}, promise="has the same person under each identifier as the previous delivery",
    violation="the identifier belonged to another person in the previous delivery", roles=("subject",),
    across_cohorts=True,
    codes=(
        Code("IDENTITY_CHANGED", "plausibility", "Another person than before under this identifier",
             "Check whether identifiers were reused or exchanged; these patients get no prediction.", withholds=True),
    ),
))  # fmt: skip
def same_person(pair: Pair, spec: CheckSpec) -> Positions:
    """Rows of subjects whose constant facts changed: another person, or two persons exchanged."""
    some = pair
    if spec.where:
        new, old = (frame[rows_where(frame, spec.where)] for frame in (pair.new, pair.old))
        some = replace(pair, new=new, old=old)
    patients: set[str] = set()
    for column in spec.arguments["columns"]:
        now, before = some.values_per_subject(column, first=True)
        before, now = before.align(now, join="inner")
        patients |= some.names(before.index[before != now].to_numpy())
    return np.flatnonzero(pair.new[pair.table.subject or ""].isin(patients))


@WORDS.add(RuleWord(
    scope="table", level="batch", code="W_COHORT_GONE", outcome="warn",
    promise="has the cohorts of the previous delivery, and patients stay in theirs", roles=("subject", "cohort"),
    across_cohorts=True, default_arguments={},
    codes=(
        Code("COHORT_GONE", "completeness", "A cohort is missing"),
        Code("COHORT_NEW_AND_GONE", "plausibility", "A cohort may have been renamed"),
    ),
))  # fmt: skip
def cohorts_stay(pair: Pair, spec: CheckSpec) -> Iterator[Note]:
    """Cohorts do not disappear or change their names, and subjects stay in their cohort."""
    new, old = pair.values_per_subject(pair.table.cohort or "")
    there, before = (set(values.unique()) for values in (new, old))
    gone, come = before - there, there - before
    both_old, both_new = old.align(new, join="inner")
    moved = both_old != both_new
    renamed = moved & both_old.isin(gone) & both_new.isin(come)
    if renamed.any():
        message = f"{len(gone)} cohorts are missing and {len(come)} are new, with the same patients: renamed?"
        yield Note(code="W_COHORT_NEW_AND_GONE", message=message, rule=spec.name, count=int(renamed.sum()))
    elif gone:
        message = (
            f"{len(gone)} cohorts of the previous delivery are missing; their published results stay old."
        )
        yield Note(code=spec.code, message=message, rule=spec.name, count=len(gone))
    if (moved & ~renamed).any():
        count = int((moved & ~renamed).sum())
        message = f"{count:,} patients are in another cohort than in the previous delivery."
        yield Note(code="W_COHORT_MOVED", message=message, rule=spec.name, count=count)


@WORDS.add(RuleWord(
    scope="table", level="batch", code="W_SUBJECTS_GONE", outcome="warn",
    takes={"min_share": Argument("share", looser="down")},
    promise="has the patients of the previous delivery, under the same identifiers", roles=("subject",),
    across_cohorts=True, default_arguments={"min_share": _ANY_STAYED},
    codes=(
        Code("SUBJECTS_GONE", "completeness", "Patients of the previous delivery are missing"),
        Code("SUBJECTS_ALL_NEW", "plausibility", "All patients are new"),
    ),
))  # fmt: skip
def subjects_stay(pair: Pair, spec: CheckSpec) -> Iterator[Note]:
    """The earlier subjects are present under the same identifiers; otherwise their history is lost."""
    old, new = (pd.Index(found.values[found.counts() > 0]) for found in _subjects(pair))
    gone, come = old[new.get_indexer(old) < 0], new[old.get_indexer(new) < 0]
    if not len(gone):
        return
    respelled = int(normalise_spelling(gone).isin(normalise_spelling(come)).sum())
    if respelled:
        message = (
            f"{respelled:,} patients of the previous delivery are missing, but their identifiers are here with other "
            "letter case or leading zeros: were they rewritten? Under another spelling, a patient has no history."
        )
        yield Note(code="W_SPELLINGS", message=message, rule=spec.name, count=respelled)
    elif len(gone) == len(old):
        message = (
            f"All {len(come):,} patients are new: none of the {len(old):,} of the previous delivery is here."
        )
        yield Note(code="W_SUBJECTS_ALL_NEW", message=message, rule=spec.name, count=len(come))
    elif len(old) - len(gone) < spec.arguments.get("min_share", 0.5) * len(old):
        message = f"{len(gone):,} of {len(old):,} patients of the previous delivery are missing, {len(come):,} are new."
        yield Note(code=spec.code, message=message, rule=spec.name, count=len(gone))


def _subjects(pair: Pair) -> tuple[Coded, Coded]:
    subject = pair.table.subject or ""
    return factorize(pair.old[subject]), factorize(pair.new[subject])
