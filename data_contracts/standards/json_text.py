"""The text of a JSON or NDJSON file as blocks of plain UTF-8: without byte-order marks, with one kind of line end."""

from collections.abc import Iterator
from typing import BinaryIO

from data_contracts.byte_order_mark import without_marks
from data_contracts.csv_text import check_width

CHUNK_BYTES = 16 * 1024**2
_ENOUGH_TO_TELL = 4096


def blocks(stream: BinaryIO, chunk_bytes: int = CHUNK_BYTES) -> Iterator[bytes]:
    """The text, about so many bytes at once; raises `RejectedError` where a character has two or four bytes.

    A carriage return is no part of any JSON text but its line ends, so it may be replaced wherever it stands.
    """
    block = stream.read(max(chunk_bytes, _ENOUGH_TO_TELL))
    if block:
        check_width(block)
    block, held = without_marks(block), b""
    while block:
        block, held = held + block, b""
        if b"\r" in block:
            if block.endswith(b"\r"):
                block, held = block[:-1], b"\r"
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        yield block
        block = stream.read(chunk_bytes)
    if held:
        yield b"\n"
