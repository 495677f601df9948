"""A table with one row a measured value becomes one row a subject and time, a column a test."""

from collections.abc import Collection

import pandas as pd

from meta_med.records import Bools
from meta_med.sources.account import Ledger
from meta_med.sources.asked_rows import PATIENT, PERSON, SUBJECT
from meta_med.sources.covariates import need
from meta_med.sources.levels import texts
from meta_med.sources.numbers import numbers
from meta_med.sources.same_time import ROWS, class_columns, disagreeing, merged, refuse_ties
from meta_med.sources.times import TIME
from meta_med.study import LongSpec, StudySpec

TEST, VALUE = "__test", "__value"
KEYS = [SUBJECT, TIME, TEST]


def one_row_a_time(
    frame: pd.DataFrame, study: StudySpec, named: Collection[str], ledger: Ledger, *, refuse: bool
) -> pd.DataFrame:
    """The measurements by subject and time; ROWS says how many of each are used.

    Args:
        frame: one row a value, with SUBJECT, PERSON, PATIENT, TIME. study: the configuration; `named`: tests it uses.
        ledger: what is counted. refuse: two values of one test of a subject at one time are refused; else they are
            one set, as rows of a wide table are.

    Raises:
        StudyMismatch: two values of one test at one time where they are refused; a value that is no number.

    """
    long, source = study.records.long, study.records.source
    assert long is not None
    asked = _asked(frame, long, named, ledger, source)
    if refuse:
        refuse_ties(asked, KEYS)
    coded = _coded(asked, study)
    number = asked[~coded].assign(**{VALUE: numbers(asked.loc[~coded, VALUE], f"records.long.{long.value}")})
    values = [
        _by_test(part, ledger, source, c) for part, c in ((number, False), (asked[coded], True)) if len(part)
    ]
    # a time at which something else was measured is a time all the same: the newest row says when a patient was seen
    every = frame.loc[frame[long.value].notna(), [SUBJECT, TIME]].drop_duplicates()
    wide = every.set_index([SUBJECT, TIME]).assign(**{ROWS: 0})
    for columns, used in values:
        wide = wide.join(columns)
        wide[ROWS] += used.reindex(wide.index, fill_value=0)
    wide = wide.reset_index()
    people = frame[[SUBJECT, PERSON, PATIENT]].drop_duplicates().sort_values([SUBJECT, PERSON])
    return wide.merge(people.drop_duplicates(SUBJECT), on=SUBJECT, how="left", validate="many_to_one")


def _asked(
    frame: pd.DataFrame, long: LongSpec, named: Collection[str], ledger: Ledger, source: str
) -> pd.DataFrame:
    """Values of tests that the study names, as SUBJECT, TIME, TEST, VALUE, ROWS; why others are not among them."""
    need(frame, source, [long.name, long.value])
    test, value = texts(frame[long.name]), frame[long.value]
    nameless, other, empty = test.isna(), ~test.isin(list(named)), value.isna()
    ledger.add("W_ROW_NO_TEST", int(nameless.sum()), source, long.name)
    ledger.add("N_ROW_OTHER_TEST", int((other & ~nameless).sum()), source, long.name)
    ledger.add("W_ROW_NO_VALUE", int((empty & ~other).sum()), source, long.value)
    columns = {SUBJECT: frame[SUBJECT], TIME: frame[TIME], TEST: test, VALUE: value, ROWS: frame[ROWS]}
    return pd.DataFrame(columns)[~other & ~empty]


def _coded(asked: pd.DataFrame, study: StudySpec) -> Bools:
    """(n,) values of tests that are classes: the study says so, or they are yes and no alone."""
    classes = class_columns(study)
    if not pd.api.types.is_numeric_dtype(asked[VALUE]):
        return asked[TEST].isin(classes).to_numpy(dtype=bool)
    yes_or_no = asked[VALUE].isin([0, 1]).groupby(asked[TEST]).transform("all")
    return (yes_or_no | asked[TEST].isin(classes)).to_numpy(dtype=bool)


def _by_test(
    part: pd.DataFrame, ledger: Ledger, source: str, is_class: bool
) -> tuple[pd.DataFrame, pd.Series]:
    """One column a test, by (SUBJECT, TIME); and how many values of it are used."""
    if part.duplicated(KEYS).any():
        ledger.add("N_SAME_TIME", int(part.duplicated(KEYS, keep=False).sum()), source)
        part, disagree = merged(part, KEYS, {VALUE} if is_class else ())
        torn = disagreeing(disagree, [VALUE])
        ledger.add("W_ROW_CLASSES_DISAGREE", int(part.loc[torn, ROWS].sum()), source)
        part = part[~torn]
    used = part.groupby([SUBJECT, TIME], sort=False)[ROWS].sum()
    wide = part.set_index(KEYS)[VALUE].unstack()
    return wide.rename_axis(columns=None), used
