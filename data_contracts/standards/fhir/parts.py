"""Parts of FHIR resources out of their nested Arrow columns: references, codings, times."""

import re
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.export_files.batch import Flat
from data_contracts.standards.export_files.moments import Integers, Mask
from data_contracts.standards.mapping.codes import coding

_ID = r"[^\s/?#|]+"
"""Of any length and letters: servers do not keep to the 64 of the standard."""
_REFERENCE = re.compile(
    rf"(?:(?P<server>https?://[^\s?#]+?)/+|/)?(?P<type>[A-Za-z]+)/+(?P<id>{_ID})(?:/_history/{_ID})?/?$",
    re.IGNORECASE,
)
_URN = re.compile(rf"urn:(?:uuid|oid):(?P<id>{_ID})$", re.IGNORECASE)
_SERVER = re.compile(r"(?P<scheme>https?)://(?P<host>[^/:]+)(?::(?P<port>\d+))?(?P<path>.*)$", re.IGNORECASE)
_USUAL_PORT = {"http": "80", "https": "443"}
_SAME_FOLDER = ("Patient", "Encounter")
"""What a record is tied to: of these, equal identifiers on two servers would be mixed up."""


class References:
    """Resolves references to the identifiers that resources have in the same export."""

    def __init__(self) -> None:
        self._servers: set[tuple[str, str]] = set()
        self._ports: set[str] = set()

    def to(self, kind: str, references: Any) -> Any:
        """Identifier of each referenced resource of that type; null for anything else.

        Raises `RejectedError` where the references lead to several servers: equal identifiers could then be
        different patients.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        coded = references.dictionary_encode()
        texts = coded.dictionary
        # nearly all are written in the plainest way, and of these there may be as many as patients
        plain = pc.match_substring_regex(texts, rf"^{kind}/{_ID}$")
        others = texts.filter(pc.invert(plain)).to_pylist()
        found = pc.replace_with_mask(
            pc.utf8_slice_codeunits(texts, len(kind) + 1),
            pc.invert(plain),
            pa.array([self._identifier(kind, text) for text in others], pa.string()),
        )
        return found.take(coded.indices)

    def _identifier(self, kind: str, reference: str) -> str | None:
        if urn := _URN.match(reference.strip()):
            return urn["id"]
        found = _REFERENCE.match(reference.strip())
        if found is None or found["type"].casefold() != kind.casefold():
            return None
        if found["server"] and kind in _SAME_FOLDER:
            self._check_server(found["server"])
        return found["id"]

    def _check_server(self, address: str) -> None:
        """One server may be reached by http and by https, and through a proxy at another port of the same host."""
        found = _SERVER.match(address)
        if found is None:
            return
        self._servers.add((found["host"].casefold(), re.sub(r"/+", "/", found["path"]).rstrip("/")))
        if found["port"] and found["port"] != _USUAL_PORT[found["scheme"].casefold()]:
            self._ports.add(found["port"])
        if len(self._servers) > 1 or len(self._ports) > 1:
            raise reject(
                "E_PARSE",
                "References lead to more than one server, where the same identifier may be another patient. "
                "Convert the export of each server by itself.",
            )


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
    import pyarrow as pa
    import pyarrow.compute as pc

    owner, flat = flattened(inside(concepts, "coding"))
    texts = pc.binary_join_element_wise(written(inside(flat, "system")), written(inside(flat, "code")), "|")
    whole = pc.is_valid(texts)
    coded = texts.filter(whole).dictionary_encode()
    in_one_form = pa.array([coding(text) for text in coded.dictionary.to_pylist()], pa.string())
    return Flat(texts=in_one_form.take(coded.indices), owner=owner[whole.to_numpy(zero_copy_only=False)])


def flattened(lists: Any) -> tuple[Integers, Any]:
    """The items of all lists, and the place of each item's list. An item that is null says nothing."""
    import pyarrow.compute as pc

    owner = np.array(pc.list_parent_indices(lists).to_numpy(zero_copy_only=False), dtype=np.int64)
    items = pc.list_flatten(lists)
    if not items.null_count:
        return owner, items
    held = items.is_valid()
    return owner[np.array(held.to_numpy(zero_copy_only=False), dtype=bool)], items.filter(held)


def written(cells: Any) -> Any:
    """Texts without blanks around them; null where nothing is left."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pc.utf8_trim_whitespace(cells)
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


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


def any_of(concepts: Any, codes: tuple[str, ...]) -> Mask:
    """Whether some coding of each concept has one of the codes."""
    owner, flat = flattened(inside(concepts, "coding"))
    found = np.zeros(len(concepts), dtype=bool)
    found[owner[one_of(inside(flat, "code"), codes)]] = True
    return found
