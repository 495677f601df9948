"""The mark that some programs put before UTF-8 text, and put again before text that has it already."""

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
