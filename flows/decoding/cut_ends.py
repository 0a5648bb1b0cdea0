"""Characters that the ends of a file cut in two, as where it was taken out of a larger one.

The bytes that are left of them are no text; they are dropped and counted. In UTF-8 they can be seen;
in encodings of two bytes a character the first line is read with and without its first byte.
"""

from flows.decoding.codecs import decode_start
from flows.decoding.costs import REPLACEMENT, code_length, find_costly_lines
from flows.decoding.damage import read_best
from flows.decoding.in_step import steps_by_character
from flows.decoding.out_of_step import may_lack_head

HEAD_BITS = 10.0
"""What a reading must be cheaper by if the first byte is left out (bits); at 5 bits 19 of 1,560 short
files lose a byte that they need."""
_HEAD_BYTES = 256
_UTF8_MAX_HEAD = 3
"""A character of four bytes that lost its first has three left."""


def split_utf8_ends(data: bytes) -> tuple[int, int]:
    """Return how many bytes at the head and the tail belong to characters cut by the ends.

    >>> split_utf8_ends("河岸".encode()[1:-1])
    (2, 2)
    """
    head = 0
    while head < min(_UTF8_MAX_HEAD, len(data)) and 0x80 <= data[head] < 0xC0:  # noqa: PLR2004
        head += 1
    for tail in range(1, min(_UTF8_MAX_HEAD, len(data) - head) + 1):
        if data[-tail] >= 0xC0:  # noqa: PLR2004 - a first byte; it announces how many follow
            wanted = 2 + (data[-tail] >= 0xE0) + (data[-tail] >= 0xF0)  # noqa: PLR2004
            return head, tail if tail < wanted else 0
        if data[-tail] < 0x80:  # noqa: PLR2004 - ASCII
            break
    return head, 0


def cut_head(data: bytes, encoding: str) -> int:
    """Return 1 if the first byte belongs to a character that was cut, else 0.

    A first line of ordinary characters was not cut. Any other is read with and without its first
    byte, and must be clearly cheaper without it.
    """
    if not steps_by_character(encoding) or data[:1].isascii():
        return 0
    line = data.partition(b"\n")[0][:_HEAD_BYTES]
    if not _may_lack_head(line, encoding):
        return 0
    whole = read_best(line, encoding)
    if whole.startswith(REPLACEMENT):
        return 1
    if REPLACEMENT not in whole and not find_costly_lines(whole):
        return 0
    return int(code_length(read_best(line[1:], encoding)) + HEAD_BITS < code_length(whole))


def _may_lack_head(line: bytes, encoding: str) -> bool:
    try:
        text, left = decode_start(line, encoding)
    except UnicodeError:
        return True
    source = line[: len(line) - left]
    return bool(find_costly_lines(text)) and may_lack_head(text, source, encoding, HEAD_BITS)
