"""Finds the files of a folder that hold FHIR resources, by content and not by name, and splits Bundles.

Servers write Bundles in search responses, histories and `deleted/` files.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from data_contracts.findings import RejectedError
from data_contracts.standards.export_files.byte_stream import opened
from data_contracts.standards.export_files.export import everything_below
from data_contracts.standards.export_files.json_documents import blocks, braces
from data_contracts.standards.export_files.ledger import ExportCounts
from data_contracts.standards.fhir.shapes import ENCOUNTER, EVENTS, PATIENT

BUNDLE = "Bundle"
_ENTRIES = re.compile(rb'"entry"\s*:\s*$')
_RESOURCE = re.compile(rb'"resource"\s*:\s*$')
_BEFORE = 64
_URL = re.compile(r"(?:^|/)([A-Za-z]+)/([^/?#\s]+)(?:/_history/[^/\s]+)?$")
_ETAG = re.compile(r'(?:W/)?"?(\d{1,18})"?$')


@dataclass(frozen=True, kw_only=True)
class Deletion:
    """A statement that a resource was deleted; `kind` is "" if the resource is not identified."""

    kind: str
    key: str
    when: str | None = None
    version: str | None = None


def resources(document: bytes) -> Iterator[bytes | Deletion]:
    """The resources in a document, each on one line, and its deletions.

    A document that is not a Bundle is itself a resource. Invalid JSON is passed on unchanged, to be counted.
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
    """The resource with the identifier of its entry's `fullUrl`, if it has no id."""
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
    """The text from `whole[0]` to `whole[1]` with each part replaced by null."""
    pieces, start = [], whole[0]
    for start_of, end_of in parts:
        pieces += [document[start:start_of], b"null"]
        start = end_of
    return b"".join([*pieces, document[start : whole[1]]])


def _on_one_line(document: bytes) -> bytes:
    """The document on one line; JSON strings contain no line ends."""
    return document.replace(b"\n", b" ")


_NAMED = re.compile(r"\.(ndjson|jsonl)(\.|$)", re.IGNORECASE)
_MIGHT_HOLD = re.compile(
    r"\.(ndjson|jsonl|json|xml|zip|tar|tgz|7z|rar|bz2|xz|lz4|br|parquet|avro)(\.|$)", re.IGNORECASE
)
"""Names of files that may hold resources in an unsupported format."""
_FIRST_LOOK, _FIRST_LINES = 1024**2, 1000
_WORD = b'"resourceType"'
_TYPE = re.compile(_WORD + rb'\s*:\s*"([A-Za-z]+)"')
_OVERLAP = 128
_GOES_ON = (b"{", b"[", b",", b":")


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file with resources.

    Attributes:
        path: of the file.
        kind: type of its first resource.
        kinds: types that it may hold; a superset of those it holds.
        by_line: whether each line is one resource (NDJSON).

    """

    path: Path
    kind: str
    kinds: frozenset[str]
    by_line: bool


def sources(folder: Path, ledger: ExportCounts) -> list[Source]:
    """The files with resources; every other file of the folder is counted as passed over."""
    visible, hidden = everything_below(folder)
    found = []
    for path in visible:
        source = _source(path)
        if isinstance(source, Source):
            found.append(source)
        else:
            ledger.pass_over(path.relative_to(folder), source)
    for path in hidden:
        ledger.pass_over(path.relative_to(folder), "N_FILE_OTHER")
    return found


def _source(path: Path) -> Source | str:
    """The source, or the reason why the file is not one."""
    named = bool(_NAMED.search(path.name))
    head = _head(path, named=named)
    kind = _first_kind(head) if head is not None else ""
    if not kind and named and head is not None and _is_text(head):
        kind = _kind_by_name(path.name)
    if head is None or not kind:
        return "W_FILE_UNREADABLE" if _MIGHT_HOLD.search(path.name) else "N_FILE_OTHER"
    kinds = _kinds(path, kind)
    return Source(path=path, kind=kind, kinds=kinds, by_line=_by_line(head) and BUNDLE not in kinds)


def _head(path: Path, *, named: bool) -> bytes | None:
    """The beginning of the file's text; None if it is not text.

    Raises `RejectedError` if a file named as NDJSON is damaged or in another encoding.
    """
    try:
        with opened(path, hashed=False) as file:
            return next(blocks(file.reader, _FIRST_LOOK), b"")[:_FIRST_LOOK]
    except RejectedError:
        if named:
            raise
        return None


def _is_text(head: bytes) -> bool:
    """Whether it is UTF-8; the last character may be cut off."""
    return "\ufffd" not in head.decode("utf-8", errors="replace")[:-1] and b"\x00" not in head


def _lines(head: bytes) -> list[bytes]:
    return head.split(b"\n", _FIRST_LINES)[:_FIRST_LINES]


def _kind_of(text: bytes) -> str:
    """The resource type of a JSON text; "" if it is not a resource."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    kind = found.get("resourceType") if isinstance(found, dict) else None
    return kind if isinstance(kind, str) else ""


def _first_kind(head: bytes) -> str:
    """The type of the first line that is a resource, else the first `resourceType` in the text."""
    if _WORD not in head:
        return ""
    by_line = next((kind for line in _lines(head) if (kind := _kind_of(line))), "")
    if by_line:
        return by_line
    named = _TYPE.search(head) if head.lstrip()[:1] in (b"{", b"[") else None
    return named[1].decode() if named else ""


def _by_line(head: bytes) -> bool:
    """Whether the file is NDJSON; otherwise it is a list, or objects that span several lines."""
    if head.lstrip().startswith(b"["):
        return False
    if _WORD not in head:
        return True
    lines = [line for line in _lines(head) if line.strip()]
    if any(_kind_of(line) for line in lines):
        return True
    # a single line without a line end may continue after `head`
    return b"\n" in head if len(lines) == 1 else not lines[0].rstrip().endswith(_GOES_ON)


def _kind_by_name(name: str) -> str:
    return next((kind for kind in (*EVENTS, PATIENT, ENCOUNTER) if kind.casefold() in name.casefold()), "")


def _kinds(path: Path, kind: str) -> frozenset[str]:
    """The first kind, and every other `resourceType` in the file."""
    found = {kind}
    own = [_WORD + colon + b'"' + kind.encode() + b'"' for colon in (b":", b": ")]
    with opened(path, hashed=False) as file:
        for text in _overlapping(file.reader):
            if text.count(_WORD) not in (text.count(own[0]), text.count(own[1])):
                found |= {other.decode() for other in _TYPE.findall(text)}
    return frozenset(found)


def _overlapping(stream: BinaryIO) -> Iterator[bytes]:
    """Blocks of text, each with the end of the previous one, so that no name is split."""
    before = b""
    for block in blocks(stream):
        yield before + block
        before = block[-_OVERLAP:]
