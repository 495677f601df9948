"""Held rows with their text. Whoever sees values is in the journal before seeing them."""

import pandas as pd

from data_contracts.quarantine_store.held_rows import Which, rows_in, texts_in
from data_contracts.quarantine_store.journal import Signature, add_entry
from data_contracts.quarantine_store.ledger import Ledger


def viewed(ledger: Ledger, which: Which, signed: Signature, limit: int = -1) -> pd.DataFrame:
    """The rows one by one, `as_delivered` being their text. Patients' data."""
    with ledger.writing() as connection:
        rows = pd.DataFrame([dict(row) for row in rows_in(connection, which, limit)])
        numbers = sorted({int(row) for row in rows.get("row", [])})
        texts = texts_in(connection, numbers)
        add_entry(
            connection,
            "viewed values",
            which.study or "",
            signed,
            {"rows": len(numbers), "row_numbers": numbers},
        )
    return rows.assign(as_delivered=[texts[int(row)].raw for row in rows.get("row", [])])
