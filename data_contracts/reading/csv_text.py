"""CSV bytes to plain UTF-8 lines: encoding, byte-order mark (once or repeated) and line ends."""

from collections.abc import Callable, Iterator

from data_contracts.findings import Note, reject

MARK = b"\xef\xbb\xbf"


def length_of_marks(content: bytes) -> int:
    """Bytes before the text."""
    start = 0
    while content.startswith(MARK, start):
        start += len(MARK)
    return start


def without_marks(content: bytes) -> bytes:
    """The text after its byte-order marks; the bytes themselves where there is none."""
    start = length_of_marks(content)
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
    """UTF-8 without byte-order mark and with one kind of line end; what was changed is noted."""
    check_width(content)
    notes = []
    marked, content = content, without_marks(content)
    if marks := (len(marked) - len(content)) // len(MARK):
        message = "The file begins with a byte-order mark, which was dropped."
        notes.append(Note(code="N_BOM", message=message, count=marks))
    _check_utf8(content)
    if b"\r" in content:
        windows = content.count(b"\r\n")
        if content.count(b"\r") != windows or content.count(b"\n") != windows:
            notes.append(
                Note(
                    code="N_EOL",
                    message="Not all lines end with LF, nor all with CRLF; they were read alike.",
                    count=1,
                )
            )
        content = _one_line_end(content)
    return content, notes


def plain_pieces(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    """The plain text of a stream, in pieces of about `size` bytes; whether it is UTF-8 is the stream's to check."""
    piece = read(size)
    check_width(piece)
    piece, half = without_marks(piece), b""
    while piece:
        piece = half + piece
        # the second half of a Windows line end may be the first byte of the next piece
        half = piece[-1:] if piece.endswith(b"\r") else b""
        yield _one_line_end(piece[: len(piece) - len(half)])
        piece = read(size)
    if half:
        yield b"\n"


def _one_line_end(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in content else content


def check_width(content: bytes) -> None:
    """Text of two or four bytes a character is valid UTF-8 where it is plain English: full of NUL, that is."""
    for mark, name in _WIDE.items():
        if content.startswith(mark):
            raise reject("E_ENCODING", f"The file is {name}; export it as UTF-8.")
    sample = content[:_SAMPLE]
    zeros = sample.count(0)
    if zeros and zeros == len(sample):
        raise reject("E_UNREADABLE", "The file begins with zero bytes only: a copy that broke off.")
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
    """So far that no character is cut: bytes that go on with one begin with the bits 10, three at most."""
    end = start + _BLOCK
    for _ in range(3):
        if end < len(content) and content[end] & 0xC0 == 0x80:
            end += 1
    return end
