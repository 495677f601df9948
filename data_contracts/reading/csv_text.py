"""Normalise CSV bytes: check that they are UTF-8, drop byte-order marks, make every line end LF."""

from collections.abc import Callable, Iterator

from data_contracts.findings import Note, reject

BOM = b"\xef\xbb\xbf"


def bom_length(content: bytes) -> int:
    """Number of bytes of the byte-order marks before the text."""
    start = 0
    while content.startswith(BOM, start):
        start += len(BOM)
    return start


def drop_bom(content: bytes) -> bytes:
    """The text after its byte-order marks."""
    start = bom_length(content)
    return content[start:] if start else content


_SAMPLE = 4096
_BLOCK = 16 * 1024**2
_WIDE = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


def plain_text(content: bytes) -> tuple[bytes, list[Note]]:
    """Normalise the text of a file.

    Returns:
        UTF-8 text without byte-order mark and with LF as line end, and notes about what was changed.

    Raises:
        RejectedError: the bytes are not UTF-8.

    """
    check_width(content)
    notes = []
    marked, content = content, drop_bom(content)
    if marks := (len(marked) - len(content)) // len(BOM):
        message = "The file begins with a byte-order mark, which was dropped."
        notes.append(Note(code="N_BOM", message=message, count=marks))
    _check_utf8(content)
    if b"\r" in content:
        windows = content.count(b"\r\n")
        if content.count(b"\r") != windows or content.count(b"\n") != windows:
            notes.append(
                Note(
                    code="N_EOL",
                    message="Some lines end with LF, others with CR or CRLF; all were accepted.",
                    count=1,
                )
            )
        content = _one_line_end(content)
    return content, notes


def plain_pieces(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    """Normalise a stream in pieces of about `size` bytes; the caller checks that it is UTF-8."""
    piece = read(size)
    check_width(piece)
    piece, half = drop_bom(piece), b""
    while piece:
        piece = half + piece
        # a CRLF may be split between two pieces
        half = piece[-1:] if piece.endswith(b"\r") else b""
        yield _one_line_end(piece[: len(piece) - len(half)])
        piece = read(size)
    if half:
        yield b"\n"


def _one_line_end(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in content else content


def check_width(content: bytes) -> None:
    """Refuse UTF-16 and UTF-32; without a mark, such text is valid UTF-8 full of NUL characters."""
    for mark, name in _WIDE.items():
        if content.startswith(mark):
            raise reject("E_ENCODING", f"The file is {name}; export it as UTF-8.")
    sample = content[:_SAMPLE]
    zeros = sample.count(0)
    if zeros and zeros == len(sample):
        raise reject("E_UNREADABLE", "The file begins with zero bytes only: an interrupted copy.")
    if zeros > 0.25 * len(sample):
        raise reject("E_ENCODING", "The file looks like UTF-16 without a mark; export it as UTF-8.")


def _check_utf8(content: bytes) -> None:
    start = len(content) if content.isascii() else 0
    while start < len(content):
        end = _end_of_block(content, start)
        try:
            content[start:end].decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, start + error.start) + 1
            raise reject(
                "E_ENCODING", f"Line {line} is not UTF-8; no character is guessed.", lines=(line,)
            ) from None
        start = end


def _end_of_block(content: bytes, start: int) -> int:
    """End of the block, moved so that no character is split: at most three continuation bytes (10xxxxxx) follow."""
    end = start + _BLOCK
    for _ in range(3):
        if end < len(content) and content[end] & 0xC0 == 0x80:
            end += 1
    return end
