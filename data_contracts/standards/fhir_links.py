"""Patients who are one person: records that were merged, and records that share an identifier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from data_contracts.standards.batch import hashes
from data_contracts.standards.fhir_parts import References, column, flattened, inside, written
from data_contracts.standards.fhir_shapes import PATIENT
from data_contracts.standards.ledger import Ledger
from data_contracts.standards.moments import Integers, Keys, Mask


@dataclass(frozen=True, kw_only=True)
class Links:
    """What Patient resources say about one another. `row`: the place of the one who says it among all of them."""

    row: tuple[int, ...]
    kind: tuple[str, ...]
    other: tuple[str | None, ...]
    rows: int
    """How many resources have been asked."""

    @staticmethod
    def none() -> "Links":
        """Before anybody was asked."""
        return Links(row=(), kind=(), other=(), rows=0)

    def and_then(self, more: "Links") -> "Links":
        """These, and those of the next resources."""
        return Links(
            row=self.row + tuple(row + self.rows for row in more.row),
            kind=self.kind + more.kind,
            other=self.other + more.other,
            rows=self.rows + more.rows,
        )


def links(table: Any, references: References) -> Links:
    """Of a chunk of Patient resources, those links that say who stands for whom."""
    import pyarrow as pa
    import pyarrow.compute as pc

    owner, flat = flattened(column(table, "link"))
    asked = pc.is_in(inside(flat, "type"), value_set=pa.array(["replaced-by", "replaces"]))
    chosen = np.array(pc.fill_null(asked, False).to_numpy(zero_copy_only=False), dtype=bool)
    flat = flat.filter(pa.array(chosen))
    return Links(
        row=tuple(owner[chosen].tolist()),
        kind=tuple(inside(flat, "type").to_pylist()),
        other=tuple(references.to(PATIENT, inside(flat, "other", "reference")).to_pylist()),
        rows=table.num_rows,
    )


def merged(told: Links, keys: Any, stands: Mask, ledger: Ledger) -> dict[str, str]:
    """Key of a patient who was merged -> key of the one who stands for them, at the end of the chain.

    A link that leads to nobody, in a circle or to two patients is counted and not followed.
    """
    known = set(keys.filter(_arrow(stands)).to_pylist())
    next_: dict[str, set[str | None]] = {}
    for row, kind, other in zip(told.row, told.kind, told.other, strict=True):
        own = keys[row].as_py() if stands[row] else None
        old, new = (own, other) if kind == "replaced-by" else (other, own)
        if own is not None and old is not None and old != new:
            next_.setdefault(old, set()).add(new)
    ends = {old: _end(old, next_) for old in next_}
    found = {old: end for old, end in ends.items() if end is not None and end in known and end != old}
    ledger.tell("patients", "W_PATIENT_LINK", len(next_.keys() - found.keys()))
    ledger.leave_out(PATIENT, "N_PATIENT_MERGED", len(known & found.keys()))
    return found


def _end(key: str, next_: Mapping[str, set[str | None]]) -> str | None:
    """Who stands for this patient in the end; None if that cannot be told."""
    seen: set[str] = set()
    at: str | None = key
    while at is not None and at in next_:
        if at in seen or len(next_[at]) > 1:
            return None
        seen.add(at)
        at = next(iter(next_[at]))
    return at


@dataclass(frozen=True, kw_only=True)
class Identifiers:
    """The identifiers of some patients: whose each is, by their place among them, and a hash of system and value."""

    owner: Integers
    key: Keys
    rows: int


def identifiers(table: Any) -> Identifiers:
    """Of a chunk of Patient resources."""
    import pyarrow.compute as pc

    owner, flat = flattened(column(table, "identifier"))
    texts = pc.binary_join_element_wise(written(inside(flat, "system")), written(inside(flat, "value")), "|")
    return Identifiers(owner=owner, key=hashes(texts), rows=table.num_rows)


def sharing(parts: Sequence[Identifiers], stands: Mask) -> int:
    """How many of the patients who stand share an identifier with another of them."""
    before = np.cumsum([0, *(part.rows for part in parts)])
    owner = np.concatenate([part.owner + first for part, first in zip(parts, before[:-1], strict=True)])
    key = np.concatenate([part.key for part in parts])
    own = stands[owner] & (key != 0)
    pairs = np.unique(np.stack([key[own], owner[own].astype(np.uint64)]), axis=1)
    _, place, counts = np.unique(pairs[0], return_inverse=True, return_counts=True)
    return len(np.unique(pairs[1][counts[place] > 1]))


def _arrow(mask: Mask) -> Any:
    import pyarrow as pa

    return pa.array(mask)
