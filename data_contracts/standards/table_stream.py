"""Columns of a CSV or Parquet table, chunk by chunk, by name whatever its letter case; text is never guessed at."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_contracts.byte_order_mark import MARK
from data_contracts.findings import reject
from data_contracts.standards.byte_stream import hash_of, opened
from data_contracts.standards.ledger import Ledger

CHUNK_BYTES = 16 * 1024**2
CHUNK_ROWS = 1 << 17
_HEADER_BYTES = 1024**2
_DELIMITERS = (",", "\t", ";", "|")


@dataclass(frozen=True, kw_only=True)
class TablePart:
    """One file of a table, and the columns that are wanted from it: `needed` must be there."""

    table: str
    path: Path
    needed: Sequence[str]
    optional: Sequence[str] = ()
    final_newline: bool = True
    """Whether a CSV file must end its last line."""

    def place(self, header: Sequence[str]) -> dict[str, str]:
        """Wanted column -> its name in the file; raises `RejectedError` if a needed one is missing."""
        plain = {name.strip().strip('"').casefold(): name for name in reversed(header)}
        missing = [name for name in self.needed if name not in plain]
        if missing:
            raise reject(
                "E_COLUMNS_MISSING", f"Table {self.table} has no column {missing[0]!r}.", column=missing[0]
            )
        return {name: plain[name] for name in (*self.needed, *self.optional) if name in plain}

    def whole(self, found: Any) -> Any:
        """The wanted columns in order, those that the file lacks as nulls."""
        import pyarrow as pa

        names = (*self.needed, *self.optional)
        for name in found.column_names:
            self._check_type(name, found.column(name).type)
        cells = [
            found.column(name) if name in found.column_names else pa.nulls(found.num_rows, pa.string())
            for name in names
        ]
        return pa.table([_one_array(column) for column in cells], names=list(names))

    def _check_type(self, name: str, kind: Any) -> None:
        import pyarrow as pa

        inner = kind.value_type if pa.types.is_dictionary(kind) else kind
        of_text = (pa.types.is_string, pa.types.is_large_string, pa.types.is_null)
        of_numbers = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
        if not any(fits(inner) for fits in (*of_text, *of_numbers, pa.types.is_timestamp, pa.types.is_date)):
            raise reject(
                "E_TYPE", f"Column {name!r} of table {self.table} is of no type that could be meant."
            )


def rows(part: TablePart, ledger: Ledger) -> Iterator[Any]:
    """The file's rows as tables; rows with another number of fields are counted as unreadable."""
    if part.path.name.casefold().endswith(".parquet"):
        yield from _of_parquet(part, ledger)
    else:
        yield from _of_csv(part, ledger)


def _of_parquet(part: TablePart, ledger: Ledger) -> Iterator[Any]:
    import pyarrow as pa
    from pyarrow import parquet

    facts = hash_of(part.path)
    try:
        with parquet.ParquetFile(part.path, memory_map=False) as file:
            place = part.place(file.schema_arrow.names)
            wanted = {name: own for own, name in place.items()}
            for batch in file.iter_batches(CHUNK_ROWS, columns=list(wanted), use_threads=False):
                batch.validate(full=True)
                yield part.whole(pa.table(batch.columns, names=[wanted[n] for n in batch.schema.names]))
    except (pa.ArrowException, OSError):
        raise reject("E_UNREADABLE", "A Parquet file is damaged and cannot be read.") from None
    facts.check(part.path)
    ledger.file(part.table, facts)


def _of_csv(part: TablePart, ledger: Ledger) -> Iterator[Any]:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    header, delimiter = _header(part.path)
    place = part.place(header)
    torn: list[int] = []

    def skip(row: Any) -> str:
        torn.append(row.number or 0)
        return "skip"

    with opened(part.path, text=True) as file:
        try:
            reader = arrow_csv.open_csv(
                pa.PythonFile(file.reader, "r"),
                read_options=arrow_csv.ReadOptions(
                    column_names=[str(i) for i in range(len(header))],
                    skip_rows=1,
                    use_threads=False,
                    block_size=CHUNK_BYTES,
                ),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=delimiter, newlines_in_values=True, invalid_row_handler=skip
                ),
                convert_options=arrow_csv.ConvertOptions(
                    include_columns=[str(header.index(own)) for own in place.values()],
                    column_types={str(header.index(own)): pa.string() for own in place.values()},
                    null_values=[""],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=True,
                ),
            )
            for batch in reader:
                yield part.whole(pa.table(batch.columns, names=list(place)))
        except pa.ArrowException as error:
            if "empty" in str(error).casefold():
                return
            raise reject("E_PARSE", f"The rows of table {part.table} cannot be told apart.") from None
        finally:
            ledger.unreadable(part.table, part.path, torn)
        facts = file.facts()
        if part.final_newline and not file.stream.ends_a_line:
            raise reject(
                "E_TRUNCATED",
                f"The last line of table {part.table} does not end: the file was cut off. If the source never ends its "
                "last line, say so in the mapping (final_newline: optional).",
            )
        ledger.file(part.table, facts)


def _header(path: Path) -> tuple[list[str], str]:
    with opened(path) as file:
        start = file.reader.read(_HEADER_BYTES)
    try:
        line = start.removeprefix(MARK).split(b"\n", 1)[0].decode("utf-8").rstrip("\r")
    except UnicodeDecodeError:
        raise reject("E_ENCODING", "The header of a table is not UTF-8.") from None
    delimiter = max(_DELIMITERS, key=line.count)
    names = next(csv.reader([line], delimiter=delimiter), [])
    if not names:
        raise reject("E_FILE_EMPTY", "A table has no header line.")
    return names, delimiter


def _one_array(column: Any) -> Any:
    import pyarrow as pa

    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks)
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
