"""Refuses records whose time looks like follow-up time: how long each patient was followed, not when a record was made.

A survival table has one row per patient, with a duration and whether the event was seen by then. As records they would
say that each patient was seen once, at the end of the follow-up, and who is still followed (censored) would count as
free of the event for good.
"""

import numpy as np

from meta_med.cohorts.record_table import RecordTable
from meta_med.outcomes import kind_of
from meta_med.study import StudyMismatch, StudySpec


def refuse_follow_up_time(table: RecordTable, study: StudySpec) -> None:
    """Refuse times that are likely follow-up times, unless the study says `records.time.of_record`.

    They are likely ones if every subject has a single record, an outcome is yes or no, and the times are numbers that
    begin near zero. Times far from zero and close to each other, such as years of the calendar, have one origin for
    all subjects; dates do as well.

    Raises:
        StudyMismatch: with the reason and what to write instead.

    """
    time = study.records.time
    if not time.column or time.unit == "date" or time.of_record:
        return
    binary = [o.name for o in study.outcomes if kind_of(o.kind).yes_or_no]
    single = bool((np.diff(table.offsets) == 1).all())
    if not binary or not single or not _begin_near_zero(table):
        return
    raise StudyMismatch(
        f"records.time: each of the {table.n_subjects:,} patients has one record, its time (column {time.column}) "
        f"counts from near zero, and outcome {', '.join(binary)} is yes or no: this looks like follow-up time and its "
        "event. Time to event is no outcome kind yet: whoever was followed for a shorter time would count as free of "
        "the event. If it is follow-up time, leave records.time out, and predict a fixed horizon: a column that is 1 "
        "for an event within, say, 365 days, 0 for those followed that long without it, and empty for the others. If "
        "it is when the record was made, write of_record: true under records.time"
    )


def _begin_near_zero(table: RecordTable) -> bool:
    """Whether the times differ, none is negative, and the first is nearer to zero than to the last."""
    first, last = float(table.time.min()), float(table.time.max())
    return 0 <= first < last and first <= last - first
