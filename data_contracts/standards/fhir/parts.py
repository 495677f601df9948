"""Extracts parts of FHIR resources from nested Arrow columns: references, codings, texts."""

import re
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.export_files.batch import Flat
from data_contracts.standards.export_files.moments import Integers, Mask
from data_contracts.standards.mapping.codes import coding

_ID = r"[^\s/?#|]+"
"""Any characters and length: servers do not keep to the 64 characters of the standard."""
_REFERENCE = re.compile(
    rf"(?:(?P<server>https?://[^\s?#]+?)/+|/)?(?P<type>[A-Za-z]+)/+(?P<id>{_ID})(?:/_history/{_ID})?/?$",
    re.IGNORECASE,
)
_URN = re.compile(rf"urn:(?:uuid|oid):(?P<id>{_ID})$", re.IGNORECASE)
_SERVER = re.compile(r"(?P<scheme>https?)://(?P<host>[^/:]+)(?::(?P<port>\d+))?(?P<path>.*)$", re.IGNORECASE)
_USUAL_PORT = {"http": "80", "https": "443"}
_SAME_FOLDER = ("Patient", "Encounter")
"""Types of which equal identifiers on two servers would be confused."""


class References:
    """Resolves references to identifiers of resources in the same export."""

    def __init__(self) -> None:
        self._servers: set[tuple[str, str]] = set()
        self._ports: set[str] = set()

    def to(self, kind: str, references: Any) -> Any:
        """The identifier of each referenced resource.

        Args:
            kind: resource type; references to another type give null.
            references: Arrow column of texts.

        Raises:
            RejectedError: the references are to several servers, so equal identifiers may be different patients.

        """
        import pyarrow as pa
        import pyarrow.compute as pc

        coded = references.dictionary_encode()
        texts = coded.dictionary
        # fast path: nearly all have the form "Type/id", and there may be as many as patients
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
        """The same server may have http and https URLs, and one further port of a proxy."""
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
    """A column of the table, or a field of it, as one array."""
    import pyarrow as pa

    whole = table.column(name)
    array = whole.combine_chunks() if whole.num_chunks != 1 else whole.chunk(0)
    return inside(array if not isinstance(array, pa.ChunkedArray) else pa.concat_arrays(array.chunks), *names)


def codings(concepts: Any) -> Flat:
    """The "system|code" of every coding of every concept; a coding without system or code is left out."""
    import pyarrow as pa
    import pyarrow.compute as pc

    owner, flat = flattened(inside(concepts, "coding"))
    texts = pc.binary_join_element_wise(written(inside(flat, "system")), written(inside(flat, "code")), "|")
    whole = pc.is_valid(texts)
    coded = texts.filter(whole).dictionary_encode()
    in_one_form = pa.array([coding(text) for text in coded.dictionary.to_pylist()], pa.string())
    return Flat(texts=in_one_form.take(coded.indices), owner=owner[whole.to_numpy(zero_copy_only=False)])


def flattened(lists: Any) -> tuple[Integers, Any]:
    """The index of each item's list, and the items of all lists; null items are left out."""
    import pyarrow.compute as pc

    owner = np.array(pc.list_parent_indices(lists).to_numpy(zero_copy_only=False), dtype=np.int64)
    items = pc.list_flatten(lists)
    if not items.null_count:
        return owner, items
    held = items.is_valid()
    return owner[np.array(held.to_numpy(zero_copy_only=False), dtype=bool)], items.filter(held)


def written(cells: Any) -> Any:
    """Texts without surrounding whitespace; null if empty."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pc.utf8_trim_whitespace(cells)
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def first_of(*columns: Any) -> Any:
    """The first value of each row that is not null."""
    import pyarrow.compute as pc

    return pc.coalesce(*columns)


def mask(cells: Any) -> Mask:
    """A boolean Arrow column as a mask; null is False."""
    import pyarrow.compute as pc

    return np.array(pc.fill_null(cells, False).to_numpy(zero_copy_only=False), dtype=bool)


def one_of(cells: Any, words: tuple[str, ...]) -> Mask:
    """Whether each text is one of the words; False for null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return mask(pc.is_in(cells, value_set=pa.array(words, pa.string())))


def any_of(concepts: Any, codes: tuple[str, ...]) -> Mask:
    """Whether any coding of each concept has one of the codes."""
    owner, flat = flattened(inside(concepts, "coding"))
    found = np.zeros(len(concepts), dtype=bool)
    found[owner[one_of(inside(flat, "code"), codes)]] = True
    return found
