"""Who is one person, and the place that a keyed hash of the person's identifier gives.

A place depends on the identifier and the seed alone, so it is the same in every delivery, on every machine and among
whatever other patients. Groups of subjects who may be one person have one identifier, and so one place.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from meta_med.cohorts.record_table import Floats, Ints, RecordTable

Texts = Sequence[str] | NDArray[np.str_]
Use = Literal["split", "lend", "validate", "cohort"]
"""What a place decides; the places of two uses are independent."""
BLANK = r"[\t-\r\x1c-\x20]"
"""What `str.split` takes for a blank, among ASCII."""
PLACE_BYTES = 6  # so that a place times any number of folds is exact enough to stay below it


def places(names: Iterable[str], seed: int, use: Use) -> Floats:
    """(n,) in [0, 1): the place of each name, by BLAKE2b with the seed as its key.

    Spellings of one name (see `spelling`) have one place.

    Args:
        names: identifiers of persons, or names of cohorts.
        seed: the study's `splits.seed`; another one deals anew.
        use: what it decides.

    """
    key, person = str(seed).encode(), use.encode()
    digests = (
        blake2b(name.encode(errors="surrogatepass"), digest_size=PLACE_BYTES, key=key, person=person).digest()
        for name in spellings(list(names))
    )
    return np.asarray([int.from_bytes(d, "big") for d in digests], dtype=np.float64) / 2.0 ** (
        8 * PLACE_BYTES
    )


def person_places(table: RecordTable, seed: int, use: Use = "split") -> Floats:
    """(n_subjects,) the place of each subject's person."""
    names = table.person_ids if len(table.person_ids) else table.subject_ids
    return places(names.tolist(), seed, use)


def spelling(identifier: str) -> str:
    """The identifier without case, blanks and the choices of Unicode. Digits are as they are: 007 is not 7."""
    return "".join(unicodedata.normalize("NFKC", identifier).casefold().split())


def spellings(identifiers: Sequence[str]) -> list[str]:
    """`spelling` of each; all at once where they are ASCII, as nearly all identifiers are."""
    if not all(map(str.isascii, identifiers)):
        return [spelling(identifier) for identifier in identifiers]
    found: list[str] = _of_ascii(pa.array(identifiers, type=pa.large_string())).to_pylist()
    return found


def _of_ascii(identifiers: pa.Array) -> pa.Array:
    return pc.ascii_lower(pc.replace_substring_regex(identifiers, BLANK, ""))


def similar_identifiers(identifiers: Texts) -> list[list[str]]:
    """Groups of identifiers that differ only in case, in blanks or in how Unicode writes the same letter.

    They may be one person, so no split may separate them.
    """
    distinct, spelt = _spelt(identifiers)
    alike: dict[str, set[str]] = defaultdict(set)
    for identifier, one in zip(distinct, spelt, strict=True):
        alike[one].add(identifier)
    return sorted(sorted(group) for group in alike.values() if len(group) > 1)


def _spelt(identifiers: Texts) -> tuple[list[str], list[str]]:
    """Identifiers with the spelling of each, those that share it with no other left out where they are ASCII."""
    try:
        distinct = pc.unique(pa.array(identifiers, type=pa.large_string()))
    except UnicodeEncodeError:  # half of a pair of surrogates
        distinct = None
    if distinct is None or not pc.all(pc.string_is_ascii(distinct)).as_py():
        names = sorted({str(name) for name in identifiers})
        return names, spellings(names)
    spelt = _of_ascii(distinct)
    code = spelt.dictionary_encode().indices.to_numpy()
    shared = pa.array(np.bincount(code)[code] > 1)
    return distinct.filter(shared).to_pylist(), spelt.filter(shared).to_pylist()


def merge_persons(table: RecordTable, groups: Sequence[Sequence[str]]) -> RecordTable:
    """The table with each group's subjects, and all other series of the same persons, as one person.

    A group holds identifiers of patients, subjects or persons; unknown ones are ignored. It takes the identifier that
    is first in order of spelling, so that its place is that of one of its members, whatever the order of the rows.
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
    ordered = np.asarray(sorted(set(persons.tolist()), key=lambda name: (spelling(name), name)))
    rank = pd.Index(ordered).get_indexer(persons)
    first = pd.Series(rank).groupby(component).transform("min")
    return replace(table, person_ids=ordered[first.to_numpy()].astype(np.str_))


def _components(person: Ints, group: Ints, n_persons: int, n_groups: int) -> Ints:
    """(n_persons,) connected component of each person; persons are linked by shared groups."""
    size = n_persons + n_groups
    links = coo_matrix((np.ones(len(person)), (person, n_persons + group)), shape=(size, size))
    return np.asarray(connected_components(links, directed=False)[1][:n_persons], dtype=np.int64)
