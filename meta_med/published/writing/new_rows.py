"""The new rows of a table: they are inserted, and rows of some patients are read back and compared.

A database that changes values (another type of a column, a trigger) changes those of many patients, or what it changes
is found by the seals when a page reads it. Reading all rows of a million patients back takes as long as writing them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from meta_med.published import rows
from meta_med.published.content.columns import BLOCK, blocks_of, plain_values
from meta_med.published.content.patient_hashes import BY
from meta_med.published.content.row_hash import Row
from meta_med.published.errors import StoreUnreadable
from meta_med.published.tables import CONTENT

READ_BACK = 16_384
"""Patients whose rows are read back: all where there are no more, else so many evenly among them."""
AT_ONCE = 512
OTHER_ROWS = "The store returned other rows than were written. Nothing was published."


@dataclass(frozen=True)
class NewRows:
    """Rows of a table that are new, and (N,) their numbers: those of patients within each patient's own rows."""

    name: str
    rows_in: str
    table: pa.Table
    numbers: np.ndarray

    def insert(self, connection: Connection, also: Sequence[np.ndarray] = ()) -> None:
        """Insert them; `also` are columns of the store alone."""
        for number, block in enumerate(blocks_of(self.table)):
            part = slice(number * BLOCK, number * BLOCK + block.num_rows)
            at, more = self.numbers[part].tolist(), [column[part].tolist() for column in also]
            columns = [[self.rows_in] * len(at), at, *map(plain_values, block.columns), *more]
            rows.insert_many(connection, CONTENT[self.name], columns)

    def compare(self, connection: Connection, patients: pa.Array | None) -> None:
        """Read rows back: those of some of the patients, or all where the table is not about patients.

        Raises:
            StoreUnreadable: they are not those that were written.

        """
        table, numbers = self.table, self.numbers
        if patients is None:
            found = rows.stored_of(connection, self.name, self.rows_in)
        else:
            some = patients.take(pa.array(np.arange(0, len(patients), -(-len(patients) // READ_BACK) or 1)))
            found = self._stored_of(connection, some)
            chosen = is_in(table[BY], some)
            table, numbers = table.filter(pa.array(chosen)), numbers[chosen]
        columns = [plain_values(column.combine_chunks()) for column in table.columns]
        expected = list(zip(numbers.tolist(), *columns, strict=True))
        in_order = itemgetter(0) if patients is None else itemgetter(1 + table.column_names.index(BY), 0)
        if sorted(found, key=in_order) != sorted(expected, key=in_order):
            raise StoreUnreadable(OTHER_ROWS)

    def _stored_of(self, connection: Connection, patients: pa.Array) -> list[Row]:
        parts = (patients.slice(start, AT_ONCE).to_pylist() for start in range(0, len(patients), AT_ONCE))
        return [row for part in parts for row in rows.stored_of(connection, self.name, self.rows_in, part)]


def is_in(column: pa.ChunkedArray, values: pa.Array) -> np.ndarray:
    """(N,) which texts of a column are among these."""
    return np.asarray(pc.is_in(column, value_set=values).to_numpy())
