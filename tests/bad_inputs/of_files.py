"""Corruptions of the file itself: its bytes, its packing, its lines."""

import gzip
import io
import zipfile

import pandas as pd
import pyarrow as pa

from tests.bad_inputs.case import Frame, clean, csv, held, lines, put, rejected, remarked


def _zip(frame: Frame) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../evil.csv", frame.to_csv(index=False))
    return packed.getvalue()


def _zstd(frame: Frame) -> bytes:
    out = pa.BufferOutputStream()
    with pa.CompressedOutputStream(out, "zstd") as stream:
        stream.write(csv(frame))
    packed: bytes = out.getvalue().to_pybytes()
    return packed


def _open_quote(frame: Frame) -> bytes:
    rows = lines(frame)
    rows[5] = '"' + rows[5]
    return ("\n".join(rows) + "\n").encode()


def _mixed_line_ends(frame: Frame) -> bytes:
    return "".join(x + ("\r\n" if i % 2 else "\n") for i, x in enumerate(lines(frame))).encode()


def _parquet(frame: Frame) -> bytes:
    out = io.BytesIO()
    frame.assign(time=pd.to_datetime(frame["time"], utc=True)).to_parquet(out)
    return out.getvalue()


def _each_line(frame: Frame, more: str) -> bytes:
    head, *rows = lines(frame)
    return "\n".join([head, *(row + more for row in rows)]).encode()


def _joined(frame: Frame) -> bytes:
    return csv(frame[:300]) + b"\xef\xbb\xbf" + csv(frame[300:600]) + csv(frame[600:])


def _half(frame: Frame) -> bytes:
    return csv(frame)[: len(csv(frame)) // 2]


def _json(frame: Frame) -> bytes:
    return frame.to_json(orient="records").encode()


def _headed_again(frame: Frame) -> bytes:
    head, *rows = lines(frame)
    again = '"' + head.replace(",", '","') + '"'
    return "\n".join([head, *rows[:300], head.upper(), *rows[300:], again, ""]).encode()


def _text(frame: Frame) -> str:
    return csv(frame).decode()


FILES = [
    rejected("A01", "nothing in the file", "E_FILE_EMPTY", lambda f: b""),
    rejected("", "blank lines only", "E_FILE_EMPTY", lambda f: b"\n\n \n"),
    rejected("", "zero bytes only", "E_UNREADABLE", lambda f: bytes(5000)),
    rejected("A02", "header only", "E_NO_ROWS", lambda f: f.iloc[:0]),
    rejected("A03", "cut off", "E_TRUNCATED", lambda f: csv(f)[: int(len(csv(f)) * 0.6)]),
    rejected("", "cut off between two fields", "E_TRUNCATED", lambda f: csv(f).rstrip(b"\n")),
    rejected("A05", "Parquet magic, rubbish", "E_UNREADABLE", lambda f: b"PAR1" + bytes(range(256)) * 40 + b"PAR1",
             suffix=".parquet"),
    rejected("", "Parquet without its end", "E_UNREADABLE", lambda f: _parquet(f)[:-200], suffix=".parquet"),
    rejected("", "CSV named Parquet", "E_MAGIC_MISMATCH", csv, suffix=".parquet"),
    rejected("", "Parquet named CSV", "E_MAGIC_MISMATCH", _parquet),
    rejected("", "gzip named CSV", "E_MAGIC_MISMATCH", lambda f: gzip.compress(csv(f))),
    rejected("", "CSV named gzip", "E_MAGIC_MISMATCH", csv, suffix=".csv.gz"),
    rejected("", "gzip in gzip", "E_MAGIC_MISMATCH", lambda f: gzip.compress(gzip.compress(csv(f))),
             suffix=".csv.gz"),
    rejected("", "Parquet in gzip", "E_UNSUPPORTED_FORMAT", lambda f: gzip.compress(_parquet(f)),
             suffix=".parquet.gz"),
    rejected("A07", "zip named CSV", "E_MAGIC_MISMATCH", _zip),
    rejected("", "a workbook", "E_UNSUPPORTED_FORMAT", _zip, suffix=".xlsx"),
    rejected("", "a page that asks to log in", "E_MAGIC_MISMATCH", lambda f: b"<!DOCTYPE html><html>Log in</html>"),
    rejected("", "JSON", "E_MAGIC_MISMATCH", _json),
    rejected("", "JSON after a byte-order mark", "E_MAGIC_MISMATCH", lambda f: b"\xef\xbb\xbf" + _json(f)),
    rejected("", "XML of one's own", "E_MAGIC_MISMATCH", lambda f: b'\xef\xbb\xbf<records><row id="1"/></records>\n'),
    rejected("", "a page behind a comment", "E_MAGIC_MISMATCH", lambda f: b"<!-- export --><html></html>\n"),
    rejected("A10", "latin-1", "E_ENCODING", lambda f: csv(f).replace(b"P0003", b"P\xe93", 1)),
    rejected("", "UTF-16", "E_ENCODING", lambda f: _text(f).encode("utf-16")),
    rejected("", "UTF-16 without a mark", "E_ENCODING", lambda f: _text(f).encode("utf-16-le")),
    rejected("", "UTF-32", "E_ENCODING", lambda f: _text(f).encode("utf-32")),
    held("A11", "NUL in a cell", "Q_CONTROL_CHAR", 1, lambda f: csv(f).replace(b"P0004", b"P00\x0004", 1)),
    held("", "a character lost upstream", "Q_LOST_CHARACTER", 1, put("patient_id", ["P\ufffd1"])),
    rejected("A12", "semicolons", "E_COLUMNS_MISSING", lambda f: f.to_csv(index=False, sep=";").encode()),
    rejected("", "tabs", "E_COLUMNS_MISSING", lambda f: f.to_csv(index=False, sep="\t").encode()),
    rejected("", "Excel's hint of a delimiter", "E_COLUMNS_MISSING", lambda f: b"sep=,\n" + csv(f)),
    rejected("", "a title above the header", "E_COLUMNS_MISSING", lambda f: b"Export of the clinic\n\n" + csv(f)),
    rejected("", "no header", "E_COLUMNS_MISSING", lambda f: csv(f).split(b"\n", 1)[1]),
    rejected("A13", "open quote", "E_PARSE", _open_quote),
    rejected("A15", "a field too many in each row", "E_PARSE", lambda f: _each_line(f, ",1")),
    held("", "a field too many in one row", "Q_FIELD_COUNT", 1, lambda f: csv(f).replace(b"P0002", b"P,0002", 1)),
    held("", "a field too few in three rows", "Q_FIELD_COUNT", 3, lambda f: csv(f).replace(b",F,", b",", 3)),
    held("A16", "footer", "Q_KEY_FORMAT", 1, lambda f: csv(f) + b"Total rows: 123\n"),
    held("", "rows of nothing", "Q_KEY_NULL", 3, lambda f: csv(f) + b",,,,,,,,,,,\n" * 3),
    held("", "three files joined", "Q_HEADER_REPEATED", 2, _joined),
    held("", "the header again in capitals and in quotes", "Q_HEADER_REPEATED", 2, _headed_again),
    held("", "a document in a cell", "Q_ROW_TOO_LONG", 1, put("sex", ["F" * 3_000_000])),
    rejected("", "ten thousand columns", "E_TOO_LARGE", lambda f: b"c," * 9_999 + b"c\n" + b"1," * 9_999 + b"1\n"),
    rejected("A18", "column name twice", "E_DUP_COLUMN", lambda f: csv(f).replace(b"sbp_mmhg", b"glucose_mg_dl", 1)),
    remarked("A20", "mixed line ends", "N_EOL", _mixed_line_ends),
    remarked("", "byte-order mark", "N_BOM", lambda f: b"\xef\xbb\xbf" + csv(f)),
    remarked("", "byte-order mark twice", "N_BOM", lambda f: b"\xef\xbb\xbf" * 2 + csv(f)),
    remarked("", "line ends of an old Mac", "N_EOL", lambda f: csv(f).replace(b"\n", b"\r")),
    rejected("A22", "still being written", "E_UNSTABLE_FILE", _half, grows_to=csv),
    rejected("", "gzip cut off", "E_TRUNCATED", lambda f: gzip.compress(csv(f))[:-100], suffix=".csv.gz"),
    rejected("", "gzip damaged", "E_UNREADABLE", lambda f: gzip.compress(csv(f))[:40] + b"x" * 500, suffix=".csv.gz"),
    rejected("", "gzip bomb", "E_TOO_LARGE", lambda f: gzip.compress(bytes(2**24)), suffix=".csv.gz"),
    clean("", "Windows line ends", lambda f: csv(f).replace(b"\n", b"\r\n")),
    clean("", "blank lines between rows", lambda f: csv(f).replace(b"\n", b"\n\n")),
    clean("", "gzip", lambda f: gzip.compress(csv(f)), suffix=".csv.gz"),
    clean("", "Zstandard", _zstd, suffix=".csv.zst"),
    clean("", "Parquet", _parquet, suffix=".parquet"),
    clean("", "quoted cells", lambda f: f.to_csv(index=False, quoting=1).encode()),
]  # fmt: skip
