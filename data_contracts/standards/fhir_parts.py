"""Parts of FHIR resources out of their nested Arrow columns: references, codings, times."""

import re
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.batch import Flat, Mask

_ID = r"[A-Za-z0-9\-.]{1,64}"
_REFERENCE = re.compile(
    rf"(?:(?P<server>https?://\S+)/)?(?P<type>[A-Z][A-Za-z]+)/(?P<id>{_ID})(?:/_history/{_ID})?$"
)
_URN = re.compile(rf"urn:(?:uuid|oid):(?P<id>{_ID})$")


class References:
    """Resolves references to the identifiers that resources have in the same export."""

    def __init__(self) -> None:
        self._server = ""

    def to(self, kind: str, references: Any) -> Any:
        """Identifier of each referenced resource of that type; null for anything else.

        Raises `RejectedError` where the references lead to several servers: equal identifiers could then be
        different patients.
        """
        import pyarrow as pa

        coded = references.dictionary_encode()
        found = pa.array([self._identifier(kind, text) for text in coded.dictionary.to_pylist()], pa.string())
        return found.take(coded.indices)

    def _identifier(self, kind: str, reference: str) -> str | None:
        if urn := _URN.match(reference):
            return urn["id"]
        found = _REFERENCE.match(reference)
        if found is None or found["type"] != kind:
            return None
        if found["server"]:
            if self._server not in ("", found["server"]):
                raise reject(
                    "E_PARSE",
                    "References lead to more than one server, where the same identifier may be another patient. "
                    "Convert the export of each server by itself.",
                )
            self._server = found["server"]
        return found["id"]


def inside(column: Any, *names: str) -> Any:
    """The field of a struct, by its path."""
    import pyarrow.compute as pc

    return pc.struct_field(column, list(names)) if names else column


def column(table: Any, name: str, *names: str) -> Any:
    """A column of the table, or a field inside it, as one array."""
    import pyarrow as pa

    whole = table.column(name)
    array = whole.combine_chunks() if whole.num_chunks != 1 else whole.chunk(0)
    return inside(array if not isinstance(array, pa.ChunkedArray) else pa.concat_arrays(array.chunks), *names)


def codings(concepts: Any) -> Flat:
    """ "system|code" of every coding of every concept; a coding without either is left out."""
    import pyarrow.compute as pc

    lists = inside(concepts, "coding")
    owner = np.array(pc.list_parent_indices(lists).to_numpy(zero_copy_only=False), dtype=np.int64)
    flat = pc.list_flatten(lists)
    texts = pc.binary_join_element_wise(inside(flat, "system"), inside(flat, "code"), "|")
    whole = pc.is_valid(texts)
    return Flat(texts=texts.filter(whole), owner=owner[whole.to_numpy(zero_copy_only=False)])


def first_of(*columns: Any) -> Any:
    """The first that is written."""
    import pyarrow.compute as pc

    return pc.coalesce(*columns)


def mask(cells: Any) -> Mask:
    """True where the cell is."""
    import pyarrow.compute as pc

    return np.array(pc.fill_null(cells, False).to_numpy(zero_copy_only=False), dtype=bool)


def one_of(cells: Any, words: tuple[str, ...]) -> Mask:
    """Whether each text is one of the words; a missing one is not."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return mask(pc.is_in(cells, value_set=pa.array(words, pa.string())))
