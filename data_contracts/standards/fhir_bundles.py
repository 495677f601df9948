"""Bundles of FHIR resources, as servers answer with them and as `deleted/` and histories are written."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from data_contracts.standards.json_documents import braces

BUNDLE = "Bundle"
_ENTRIES = re.compile(rb'"entry"\s*:\s*$')
_RESOURCE = re.compile(rb'"resource"\s*:\s*$')
_BEFORE = 64
_URL = re.compile(r"(?:^|/)([A-Za-z]+)/([^/?#\s]+)(?:/_history/[^/\s]+)?$")
_ETAG = re.compile(r'(?:W/)?"?(\d{1,18})"?$')


@dataclass(frozen=True, kw_only=True)
class Deletion:
    """A statement that a resource is no more; `kind` is "" where it does not say which."""

    kind: str
    key: str
    when: str | None = None
    version: str | None = None


def resources(document: bytes) -> Iterator[bytes | Deletion]:
    """The resources in a document, each on one line, and what it says was deleted.

    A document that is no Bundle is a resource itself. One that is no JSON is handed on as it is, to be counted.
    """
    if f'"{BUNDLE}"'.encode() not in document:
        yield _on_one_line(document)
        return
    found = braces(document)
    parts = found.spans(2)
    try:
        bundle = json.loads(_without(document, (0, len(document)), parts))
    except (ValueError, RecursionError):
        bundle = {}
    if not isinstance(bundle, dict) or bundle.get("resourceType") != BUNDLE:
        yield _on_one_line(document)
        return
    lists = [span for span in parts if _ENTRIES.search(document[max(span[0] - _BEFORE, 0) : span[0]])]
    inner = np.array(found.spans(4), dtype=np.int64).reshape(-1, 2)
    for entry in found.spans(3):
        if any(start < entry[0] < end for start, end in lists):
            first, last = inner[:, 0].searchsorted(entry)
            yield from _of_entry(document, entry, inner[first:last].tolist(), bundle)


def _of_entry(
    document: bytes, entry: tuple[int, int], parts: list[list[int]], bundle: dict[str, Any]
) -> Iterator[bytes | Deletion]:
    own = [(a, b) for a, b in parts if _RESOURCE.search(document[max(a - _BEFORE, 0) : a])]
    try:
        shell = json.loads(_without(document, entry, own))
    except (ValueError, RecursionError):
        yield _on_one_line(document[slice(*entry)])
        return
    request = _object(shell, "request")
    for span in own:
        yield from resources(_named(document[slice(*span)], shell.get("fullUrl")))
    if not own and str(request.get("method")).upper() == "DELETE":
        yield _deletion(str(request.get("url")), _object(shell, "response"), bundle)


def _object(holder: Any, name: str) -> dict[str, Any]:
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, dict) else {}


def _deletion(url: str, response: dict[str, Any], bundle: dict[str, Any]) -> Deletion:
    found, etag = _URL.search(url), _ETAG.match(str(response.get("etag")))
    when = response.get("lastModified") or bundle.get("timestamp")
    return Deletion(
        kind=found[1] if found else "",
        key=found[2] if found else "",
        when=when if isinstance(when, str) else None,
        version=etag[1] if etag else None,
    )


def _named(resource: bytes, address: Any) -> bytes:
    """With the identifier of its entry, where it has none of its own."""
    own = re.search(r"([^/:\s]+)$", address) if isinstance(address, str) else None
    if own is None:
        return resource
    try:
        found = json.loads(resource)
    except (ValueError, RecursionError):
        return resource
    if not isinstance(found, dict) or "id" in found:
        return resource
    return b'{"id":' + json.dumps(own[1]).encode() + b"," + resource[1:]


def _without(document: bytes, whole: tuple[int, int], parts: list[tuple[int, int]]) -> bytes:
    """The text from `whole[0]` to `whole[1]` with null in the place of each part."""
    pieces, start = [], whole[0]
    for start_of, end_of in parts:
        pieces += [document[start:start_of], b"null"]
        start = end_of
    return b"".join([*pieces, document[start : whole[1]]])


def _on_one_line(document: bytes) -> bytes:
    """A line end is no part of any text in JSON."""
    return document.replace(b"\n", b" ")
