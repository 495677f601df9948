"""One person under two identifiers must not stand on both sides of a split: the answer would be known beforehand."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from meta_med.records import Ints, RecordTable


def spelt_alike(identifiers: Iterable[str]) -> list[list[str]]:
    """Groups of identifiers that differ only in case, in blanks or in how Unicode writes the same letter.

    They may be one person, whom two hands wrote down; so no split may part them. Digits are not touched: 007 is not 7.
    """
    alike: dict[str, set[str]] = defaultdict(set)
    for identifier in set(identifiers):
        alike["".join(unicodedata.normalize("NFKC", identifier).casefold().split())].add(identifier)
    return sorted(sorted(group) for group in alike.values() if len(group) > 1)


def as_one_person(table: RecordTable, groups: Sequence[Sequence[str]]) -> RecordTable:
    """The table with each group's subjects, and all other series of the same people, as one person's.

    A group holds identifiers of patients, subjects or persons; those that the table does not know are passed over.
    """
    if not groups:
        return table
    persons = table.person_ids if len(table.person_ids) else table.subject_ids
    code = table.person
    linked = pd.DataFrame(
        [(str(n), g) for g, group in enumerate(groups) for n in group], columns=["name", "group"]
    )
    named = pd.concat(
        pd.DataFrame({"name": names, "person": code})
        for names in (table.subject_ids, table.patients, persons)
    ).drop_duplicates()
    edges = linked.merge(named, on="name")
    shape = (int(code.max()) + 1, len(groups))
    component = _components(edges["person"].to_numpy(), edges["group"].to_numpy(), *shape)[code]
    first = pd.Series(persons).groupby(component).transform("min")
    return replace(table, person_ids=first.to_numpy(dtype=np.str_))


def _components(person: Ints, group: Ints, n_persons: int, n_groups: int) -> Ints:
    """(n_persons,) which persons are one, by the groups that they stand in; chains count."""
    size = n_persons + n_groups
    links = coo_matrix((np.ones(len(person)), (person, n_persons + group)), shape=(size, size))
    return np.asarray(connected_components(links, directed=False)[1][:n_persons], dtype=np.int64)
