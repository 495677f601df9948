"""Damaged deliveries: valid files of every form, and what can happen to their bytes on the way."""

import gzip
import io
from dataclasses import dataclass
from functools import cache

import pandas as pd
import pyarrow as pa
from hypothesis import strategies as st

from tests.bad_inputs.base_table import base_table

NAMES = ("t.csv", "t.csv.gz", "t.csv.zst", "t.parquet")
TOKENS = (
    b"", b",", b";", b'"', b'""', b"\n", b"\r", b"\r\n", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xef\xbf\xbd", b"\t",
    b"=1+1", b"-999", b"1e400", b"9" * 400, b"nan", b"inf", b"0x1F", b"2023-02-29", b"9999-12-31T00:00:00Z", b"P0001",
    b"\xed\xa0\x80", b"\xe2\x80\x8b", b"'", b"\\", b"PAR1", b"\x1f\x8b", b"PK\x03\x04", b"<html>", b"{", b" " * 99,
)  # fmt: skip
"""Pieces that mean something to one reader or another."""


@dataclass(frozen=True)
class Damaged:
    """A file as it arrived; `steps` says what happened to it, for whoever reads a failure."""

    name: str
    content: bytes
    steps: tuple[str, ...]


@cache
def whole(name: str) -> bytes:
    """A valid delivery under that name."""
    table = base_table(patients=10)
    text: bytes = table.to_csv(index=False).encode()
    return {
        "t.csv": lambda: text,
        "t.csv.gz": lambda: gzip.compress(text, mtime=0),
        "t.csv.zst": lambda: _zstd(text),
        "t.parquet": lambda: _parquet(table),
    }[name]()


def _zstd(text: bytes) -> bytes:
    out = pa.BufferOutputStream()
    with pa.CompressedOutputStream(out, "zstd") as stream:
        stream.write(text)
    packed: bytes = out.getvalue().to_pybytes()
    return packed


def _parquet(table: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    table.assign(time=pd.to_datetime(table["time"], utc=True)).to_parquet(out, row_group_size=25)
    return out.getvalue()


@st.composite
def damaged(draw: st.DrawFn) -> Damaged:
    """One to four things that happen to the bytes, packed or before packing; now and then another name."""
    name = draw(st.sampled_from(NAMES))
    inside = name in NAMES[:3] and draw(st.booleans())
    content = whole("t.csv") if inside else whole(name)
    steps = []
    for _ in range(draw(st.integers(1, 4))):
        content, step = draw(_step(content))
        steps.append(step)
    if inside:
        content = {"t.csv": bytes, "t.csv.gz": gzip.compress, "t.csv.zst": _zstd}[name](content)
    if draw(st.integers(0, 19)) == 0:
        name = draw(st.sampled_from([*NAMES, "t.xlsx", "t.txt", "t", "t.tsv"]))
    return Damaged(name, content, tuple(steps))


@st.composite
def _step(draw: st.DrawFn, content: bytes) -> tuple[bytes, str]:
    at = draw(st.integers(0, len(content)))
    span = draw(st.one_of(st.integers(0, 8), st.integers(0, len(content))))
    match draw(st.sampled_from(["cut", "drop", "put", "flip", "again", "splice", "many"])):
        case "cut":
            return content[:at], f"cut at {at}"
        case "drop":
            return content[:at] + content[at + span :], f"drop {span} at {at}"
        case "put":
            piece = draw(st.one_of(st.sampled_from(TOKENS), st.binary(max_size=12)))
            return content[:at] + piece + content[at:], f"put {piece!r} at {at}"
        case "flip":
            bit = 1 << draw(st.integers(0, 7))
            return content[:at] + bytes([content[at] ^ bit] if at < len(content) else []) + content[
                at + 1 :
            ], f"flip {bit} at {at}"
        case "again":
            return content[:at] + content[at : at + span] * 2 + content[at + span :], f"{span} again at {at}"
        case "splice":
            other = whole(draw(st.sampled_from(NAMES)))
            return content[:at] + other[at : at + span] + content[at:], f"splice {span} at {at}"
        case _:
            old, new = draw(st.sampled_from(TOKENS[1:12])), draw(st.sampled_from(TOKENS))
            return content.replace(old, new, draw(st.integers(1, 40))), f"{old!r} becomes {new!r}"
