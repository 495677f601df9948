"""The hash of releases that were published with a revision before 0009: over rows as JSON, a thousand at a time."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from itertools import islice

Value = str | float | int | None
Row = Sequence[Value]
HASHED_AT_ONCE = 1000  # part of the hash's definition


def rows_sha256(tables: Iterable[tuple[str, Iterable[Row]]]) -> str:
    """One hash over all tables' rows, independent of the order of tables."""
    digests = {}
    for name, rows in tables:
        digest = hashlib.sha256()
        remaining = iter(rows)
        while part := list(islice(remaining, HASHED_AT_ONCE)):
            digest.update(json.dumps(part, separators=(",", ":")).encode())
        digests[name] = digest.hexdigest()
    return hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()
