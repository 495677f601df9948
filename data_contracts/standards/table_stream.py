"""Columns of a CSV or Parquet table, chunk by chunk, by name whatever its letter case; text is never guessed at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from data_contracts.csv_text import check_width
from data_contracts.findings import RejectedError, reject
from data_contracts.magic import foreign_bytes
from data_contracts.standards import csv_chunks
from data_contracts.standards.byte_stream import hash_of, opened
from data_contracts.standards.ledger import Ledger
from data_contracts.standards.plain_columns import plain

CHUNK_ROWS = 1 << 17
_LOOK_BYTES = 4096
_PARQUET = (".parquet", ".pq", ".parq")


@dataclass(frozen=True, kw_only=True)
class TablePart:
    """One file of a table, and the columns that are wanted from it: `needed` must be there."""

    table: str
    path: Path
    needed: Sequence[str]
    optional: Sequence[str] = ()
    final_newline: bool = True
    """Whether a CSV file must end its last line."""
    fixed: Mapping[str, str | None] = field(default_factory=dict)
    """Columns that every row has alike, from names of folders such as `year=2020`."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The wanted columns, in order."""
        return (*self.needed, *self.optional)

    def place(self, header: Sequence[str]) -> dict[str, str]:
        """Wanted column -> its name in the file; raises `RejectedError` if one is missing, or stands there twice."""
        plain_names = [name.strip().strip('"').casefold() for name in header]
        for name in self.columns:
            if plain_names.count(name) > 1:
                raise reject("E_DUP_COLUMN", f"Table {self.table} has two columns {name!r}.", column=name)
        own = dict(zip(plain_names, header, strict=True))
        missing = [name for name in self.needed if name not in own and name not in self.fixed]
        if missing:
            raise reject(
                "E_COLUMNS_MISSING", f"Table {self.table} has no column {missing[0]!r}.", column=missing[0]
            )
        return {name: own[name] for name in self.columns if name in own}

    def whole(self, found: Mapping[str, Any], rows: int) -> Any:
        """The wanted columns in order; what the file lacks is null, or what its folder's name says."""
        import pyarrow as pa

        cells = [
            plain(found[name], name, self.table)
            if name in found
            else pa.array([self.fixed.get(name)] * rows, pa.string())
            for name in self.columns
        ]
        return pa.table(cells, names=list(self.columns))


def rows(part: TablePart, ledger: Ledger) -> Iterator[Any]:
    """The file's rows as tables; those that cannot be read are counted. Raises `RejectedError` and names the file."""
    try:
        yield from _of_parquet(part, ledger) if _form(part.path) == "parquet" else _of_csv(part, ledger)
    except RejectedError as error:
        raise RejectedError(replace(error.note, message=f"{part.path.name}: {error.note.message}")) from None


def _form(path: Path) -> Literal["csv", "parquet"]:
    """By the first bytes, unpacked; raises `RejectedError` for what is no table."""
    with opened(path) as file:
        start, packed = file.reader.read(_LOOK_BYTES), file.stream.packed
    if start.startswith(b"PAR1"):
        if packed:
            raise reject(
                "E_UNSUPPORTED_FORMAT", "Parquet is packed inside already; deliver it without packing."
            )
        return "parquet"
    if path.name.casefold().endswith(_PARQUET):
        raise reject("E_MAGIC_MISMATCH", "The file is named as Parquet, but its bytes are something else.")
    check_width(start)
    if foreign := foreign_bytes(start):
        raise reject(
            "E_UNSUPPORTED_FORMAT", f"The file is {foreign}; export the table as CSV (UTF-8) or Parquet."
        )
    return "csv"


def _of_parquet(part: TablePart, ledger: Ledger) -> Iterator[Any]:
    import pyarrow as pa
    from pyarrow import parquet

    facts = hash_of(part.path)
    try:
        # in nanoseconds, 96 bits of time wrap round in the year 2262 and come back as another century
        with parquet.ParquetFile(part.path, memory_map=False, coerce_int96_timestamp_unit="us") as file:
            place = part.place(file.schema_arrow.names)
            wanted = {name: own for own, name in place.items()}
            for batch in file.iter_batches(CHUNK_ROWS, columns=list(wanted), use_threads=False):
                batch.validate(full=True)
                found = {wanted[name]: batch.column(i) for i, name in enumerate(batch.schema.names)}
                yield part.whole(found, batch.num_rows)
    except (pa.ArrowException, OSError):
        raise reject("E_UNREADABLE", "The Parquet file is damaged and cannot be read.") from None
    facts.check(part.path)
    ledger.file(part.table, facts)


def _of_csv(part: TablePart, ledger: Ledger) -> Iterator[Any]:
    with opened(part.path, text=True) as file:
        for chunk in csv_chunks.chunks(file.reader, part.place, part.needed):
            ledger.unreadable(part.table, part.path, chunk.unreadable)
            ledger.not_used(part.table, "N_LINE_HEADER", chunk.headers)
            yield part.whole(chunk.columns, chunk.rows)
        facts = file.facts()
        if part.final_newline and not file.stream.ends_a_line:
            raise reject(
                "E_TRUNCATED",
                f"The last line of table {part.table} does not end: the file was cut off. If the source never ends its "
                "last line, say so in the mapping (final_newline: optional).",
            )
        ledger.file(part.table, facts)
