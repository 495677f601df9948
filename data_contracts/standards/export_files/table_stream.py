"""Reads columns of a CSV or Parquet table, chunk by chunk, by case-insensitive name.

Types are not inferred from text. The same column may be text or numbers, depending on the exporting program.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from data_contracts.findings import RejectedError, reject
from data_contracts.reading.csv_text import check_width
from data_contracts.reading.file_format import foreign_bytes
from data_contracts.reading.file_names import PARQUET
from data_contracts.standards.export_files import csv_chunks
from data_contracts.standards.export_files.batch import plain
from data_contracts.standards.export_files.byte_stream import hash_file, opened
from data_contracts.standards.export_files.ledger import ExportCounts
from data_contracts.standards.export_files.moments import Mask

CHUNK_ROWS = 1 << 17
_HEAD_BYTES = 4096


@dataclass(frozen=True, kw_only=True)
class TablePart:
    """One file of a table, and the columns to read from it; `needed` ones are required."""

    table: str
    path: Path
    needed: Sequence[str]
    optional: Sequence[str] = ()
    final_newline: bool = True
    """Whether a CSV file must end its last line."""
    fixed: Mapping[str, str | None] = field(default_factory=dict)
    """Constant columns from the names of partition folders, such as `year=2020`."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The wanted columns, in order."""
        return (*self.needed, *self.optional)

    def locate(self, header: Sequence[str]) -> dict[str, str]:
        """Wanted column -> its name in the file; raises `RejectedError` if one is missing or repeated."""
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

    def select(self, found: Mapping[str, Any], rows: int) -> Any:
        """The wanted columns in order; a column that is not in the file is `fixed` or null."""
        import pyarrow as pa

        cells = [
            plain(found[name], name, self.table)
            if name in found
            else pa.array([self.fixed.get(name)] * rows, pa.string())
            for name in self.columns
        ]
        return pa.table(cells, names=list(self.columns))


def read_rows(part: TablePart, ledger: ExportCounts) -> Iterator[Any]:
    """The file's rows as Arrow tables; unreadable rows are counted. Raises `RejectedError` with the file's name."""
    try:
        yield from (
            _parquet_rows(part, ledger) if _file_format(part.path) == "parquet" else _csv_rows(part, ledger)
        )
    except RejectedError as error:
        raise RejectedError(replace(error.note, message=f"{part.path.name}: {error.note.message}")) from None


def _file_format(path: Path) -> Literal["csv", "parquet"]:
    """By the first unpacked bytes; raises `RejectedError` for any other format."""
    with opened(path) as file:
        start, packed = file.reader.read(_HEAD_BYTES), file.stream.packed
    if start.startswith(b"PAR1"):
        if packed:
            raise reject(
                "E_UNSUPPORTED_FORMAT",
                "Parquet is compressed already; deliver it without further compression.",
            )
        return "parquet"
    if path.suffix.lower() in PARQUET:
        raise reject("E_MAGIC_MISMATCH", "The file is named as Parquet, but its bytes are something else.")
    check_width(start)
    if foreign := foreign_bytes(start):
        raise reject(
            "E_UNSUPPORTED_FORMAT", f"The file is {foreign}; export the table as CSV (UTF-8) or Parquet."
        )
    return "csv"


def _parquet_rows(part: TablePart, ledger: ExportCounts) -> Iterator[Any]:
    import pyarrow as pa
    from pyarrow import parquet

    facts = hash_file(part.path)
    try:
        # as nanoseconds, INT96 timestamps overflow in the year 2262
        with parquet.ParquetFile(part.path, memory_map=False, coerce_int96_timestamp_unit="us") as file:
            place = part.locate(file.schema_arrow.names)
            wanted = {name: own for own, name in place.items()}
            for batch in file.iter_batches(CHUNK_ROWS, columns=list(wanted), use_threads=False):
                batch.validate(full=True)
                found = {wanted[name]: batch.column(i) for i, name in enumerate(batch.schema.names)}
                yield part.select(found, batch.num_rows)
    except (pa.ArrowException, OSError):
        raise reject("E_UNREADABLE", "The Parquet file is damaged and cannot be read.") from None
    facts.check(part.path)
    ledger.add_file(part.table, facts)


def _csv_rows(part: TablePart, ledger: ExportCounts) -> Iterator[Any]:
    with opened(part.path, text=True) as file:
        for chunk in csv_chunks.chunks(file.reader, part.locate, part.needed):
            ledger.unreadable(part.table, part.path, chunk.unreadable)
            ledger.not_used(part.table, "N_LINE_HEADER", chunk.headers)
            yield part.select(chunk.columns, chunk.rows)
        facts = file.facts()
        if part.final_newline and not file.stream.ends_a_line:
            raise reject(
                "E_TRUNCATED",
                f"The last line of table {part.table} has no line end: the file was cut off. If the source writes no "
                "final newline, declare it in the mapping (final_newline: optional).",
            )
        ledger.add_file(part.table, facts)


NULL_WORDS = ("NA", "N/A", "NULL", "Null", "null", "\\N", "None", "NaN", "nan", "NaT", "<NA>", "(null)")
"""Null tokens of R, pandas and databases."""
_LARGEST_EXACT_FLOAT = 2**53
"""Integers up to this are exact as floats."""


def without_null_words(table: Any, ledger: ExportCounts) -> Any:
    """The table with null tokens replaced by null; they are counted by column."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for place, name in enumerate(table.column_names):
        cells = table.column(place)
        if not pa.types.is_string(cells.type):
            continue
        words = pc.is_in(cells, value_set=pa.array(NULL_WORDS))
        count = int(pc.sum(words).as_py() or 0)
        if count:
            ledger.note("cells", "N_NULL_WORD", count, name)
            table = table.set_column(place, name, pc.if_else(words, pa.scalar(None, pa.string()), cells))
    return table


def identifiers(cells: Any) -> Any:
    """Identifiers as text; a whole number that was exported as 974.0 is 974."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_integer(cells.type):
        return cells.cast(pa.string())
    if pa.types.is_floating(cells.type):
        return _whole_numbers(cells).cast(pa.string())
    texts = pc.utf8_trim_whitespace(cells.cast(pa.string()))
    if pc.any(pc.match_substring(texts, ".")).as_py():
        texts = pc.replace_substring_regex(texts, pattern=r"^([+-]?\d+)\.0*$", replacement=r"\1")
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _whole_numbers(cells: Any) -> Any:
    """Floats as integers; null for NaN, fractions, and numbers too large to be exact."""
    import pyarrow as pa
    import pyarrow.compute as pc

    exact = pc.less_equal(pc.abs(cells), _LARGEST_EXACT_FLOAT)
    whole = pc.and_kleene(pc.and_kleene(pc.is_finite(cells), exact), pc.equal(cells, pc.floor(cells)))
    return pc.if_else(whole, cells, pa.scalar(None, cells.type)).cast(pa.int64(), safe=False)


def numbers(cells: Any) -> tuple[Any, Mask]:
    """The numbers, null for empty cells, and a mask of cells that are filled but not a number."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    if not (pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type)):
        if pa.types.is_timestamp(cells.type) or pa.types.is_date(cells.type):
            raise reject("E_TYPE", "A column of numbers holds times.")
        return cells.cast(pa.float64(), safe=False), np.zeros(len(cells), dtype=bool)
    texts = pc.utf8_trim_whitespace(cells.cast(pa.string()))
    written = np.array(
        pc.fill_null(pc.not_equal(texts, ""), False).to_numpy(zero_copy_only=False), dtype=bool
    )
    values = pd.to_numeric(pd.Series(texts.to_pandas(), dtype=object), errors="coerce").to_numpy(np.float64)
    return pa.array(values, mask=np.isnan(values)), written & np.isnan(values)
