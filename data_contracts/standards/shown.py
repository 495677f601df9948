"""The identifiers under which patients stand in the records, where they are not the export's own keys."""

import numpy as np

from data_contracts.standards.ledger import Ledger


def shown(identifiers: list[str | None], table: str, ledger: Ledger) -> tuple[str | None, ...]:
    """Who has no such identifier, or shares it with somebody, cannot be shown under it."""
    written = np.array([text or "" for text in identifiers], dtype=object)
    _, inverse, counts = np.unique(written.astype(str), return_inverse=True, return_counts=True)
    without = written == ""
    shared = (counts[inverse] > 1) & ~without
    ledger.leave_out(table, "W_PATIENT_NO_ID", int(without.sum()))
    ledger.leave_out(table, "W_PATIENT_SAME_ID", int(shared.sum()))
    return tuple(None if bad else str(text) for text, bad in zip(written, without | shared, strict=True))
