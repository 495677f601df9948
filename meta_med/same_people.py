"""One person under two identifiers must not stand on both sides of a split: the answer would be known beforehand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from meta_med.records import RecordTable


def as_one_person(table: RecordTable, groups: Sequence[Sequence[str]]) -> RecordTable:
    """The table with each group's subjects, and all other series of the same people, as one person's.

    A group holds identifiers of subjects or persons; those that the table does not know are passed over.
    """
    if not groups:
        return table
    persons = (table.person_ids if len(table.person_ids) else table.subject_ids).copy()
    for group in groups:
        named = np.isin(table.subject_ids, list(group)) | np.isin(persons, list(group))
        if named.any():
            persons[np.isin(persons, persons[named])] = min(persons[named])
    return replace(table, person_ids=persons)
