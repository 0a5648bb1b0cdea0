r"""Bytes that were lost, cut or spoilt, read so that only the damaged character suffers.

A file is cut in the middle of a character; a transfer puts a byte in or takes one out. A decoder
that then goes on at the next byte reads the rest of the line one byte off, and every character
of it is wrong. Here a line that cannot be read strictly is read along the cheapest path: at every
byte either a character of the encoding begins, and costs its bits, or the byte is damaged, becomes
U+FFFD and costs as much. A path one byte off spells rare characters and soon costs more than the
one damaged byte that brings it back into step.

The byte 80 is the euro of Windows' cp936, which GB18030 does not have. A byte that no text of the
encoding can hold, thrust into a character, does not cost the character: it is read from its halves
and the damage marked behind it.

Left alone: damage that leaves a line readable. Nobody can see it from the bytes. Where a lost byte
makes one likely character of two, that character stays.

The numbers here were set by hand; ``docs/quality.md`` has what they reach on damaged files.
"""

import re
from functools import lru_cache
from itertools import compress

from flows.decoding.codecs import decode_start, decode_strict
from flows.decoding.costs import (
    EURO_BITS,
    REPLACEMENT_BITS,
    code_length,
    find_costly_lines,
    mean_bits,
)
from flows.decoding.out_of_step import find_detours, may_lack_head

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_WIDTHS = {
    "gb18030": (2, 4),
    "big5hkscs": (2,),
    "cp949": (2,),
    "euc_kr": (2,),
    "euc_jp": (2, 3),
    "shift_jis": (2, 1),
    "cp932": (2, 1),
}
"""Bytes that a character outside ASCII may have; other encodings need no stepping."""
_CP936_EURO = b"\x80"
_NEVER_TEXT = frozenset(b"\xff")
_UTF8_SPLIT = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})([\xc0\xc1\xf5-\xff])([\x80-\xbf]{1,3})")
_UTF8_MAX_HEAD = 3
"""A character of four bytes that lost its first has three left."""


def steps_by_character(encoding: str) -> bool:
    """Whether a character of ``encoding`` may take several bytes, so that reading can fall out."""
    return encoding in _WIDTHS


def read_utf8(line: bytes) -> str:
    r"""Return ``line`` read as UTF-8, with U+FFFD for what cannot be read.

    >>> read_utf8(b"\xe6\xb2\xff\xb3\xe5\xb2\xb8") == f"河{REPLACEMENT}岸"
    True
    """
    return _UTF8_SPLIT.sub(_rejoined, line).decode("utf-8", "replace")


def _rejoined(match: re.Match[bytes]) -> bytes:
    """Put a byte that UTF-8 never has behind the character it stands in, if there is one."""
    head, spoilt, tail = match.groups()
    try:
        (head + tail).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
    return head + tail + spoilt


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


@lru_cache(maxsize=1 << 16)
def _character(raw: bytes, encoding: str) -> tuple[str, float] | None:
    """Return the one character that ``raw`` spells and its bits, or None."""
    try:
        text = decode_strict(raw, encoding)
    except UnicodeError:
        return None
    return (text, code_length(text)) if len(text) == 1 or len(raw) == 2 else None  # noqa: PLR2004


def _steps(line: bytes, at: int, encoding: str) -> list[tuple[int, str, float]]:
    """Return what may begin at byte ``at``: bytes taken, text, bits."""
    first = line[at : at + 1]
    if first.isascii() and (found := _character(first, encoding)):
        return [(1, *found)]
    steps = [(1, REPLACEMENT, REPLACEMENT_BITS)]
    if encoding == "gb18030" and first == _CP936_EURO:
        steps.append((1, "€", EURO_BITS))
    for width in _WIDTHS[encoding]:
        raw = line[at : at + width]
        if len(raw) == width and (found := _character(raw, encoding)):
            steps.append((width, *found))
    if at + 2 < len(line) and line[at + 1] in _NEVER_TEXT:
        halves = first + line[at + 2 : at + 3]
        if found := _character(halves, encoding):
            steps.append((3, found[0] + REPLACEMENT, found[1] + REPLACEMENT_BITS))
    return steps


def read_in_step(line: bytes, encoding: str) -> str:
    r"""Return the cheapest reading of a damaged line in an encoding of several bytes a character.

    Args:
        line: Bytes of one line; time and memory grow with its length.
        encoding: One for which ``steps_by_character`` is true.

    Returns:
        The text, with U+FFFD for every damaged byte.

    >>> spoilt = "河水漫过堤".encode("gb18030")
    >>> read_in_step(spoilt[:4] + spoilt[5:], "gb18030") == f"河水{REPLACEMENT}过堤"
    True
    """
    bits = [float("inf")] * (len(line) + 1)
    bits[0] = 0.0
    came: list[tuple[int, str]] = [(0, "")] * (len(line) + 1)
    for at in range(len(line)):
        for width, text, cost in _steps(line, at, encoding):
            if bits[at] + cost < bits[at + width]:
                bits[at + width] = bits[at] + cost
                came[at + width] = (at, text)
    pieces: list[str] = []
    at = len(line)
    while at:
        at, text = came[at]
        pieces.append(text)
    return "".join(reversed(pieces))


def read_damaged(line: bytes, encoding: str) -> str:
    """Return ``line`` in ``encoding``: strictly where possible, else with U+FFFD for the damage."""
    if encoding == "utf-8":
        return read_utf8(line)
    try:
        return decode_strict(line, encoding)
    except UnicodeError:
        pass
    if steps_by_character(encoding):
        return read_in_step(line, encoding)
    return line.decode(encoding, "replace")


ORDINARY_MEAN_BITS = 12.5
"""Lines of ordinary Chinese cost less a character; what costs more may be out of step."""
_MIN_DISTINCT = 6
IN_STEP_GAIN_BITS = 10.0
"""What a reading with damage in it must be cheaper by than one without."""


def read_best(line: bytes, encoding: str) -> str:
    """Return ``line`` strictly read if that is ordinary text, else the cheapest reading in step.

    A lost byte may leave a line that decodes, every character after it wrong.
    """
    return _in_step_if_cheaper(line, read_damaged(line, encoding), encoding)


def _in_step_if_cheaper(line: bytes, text: str, encoding: str) -> str:
    is_repeated = len(set(text)) < _MIN_DISTINCT  # a row of one cry reads as well one byte off
    if is_repeated or not steps_by_character(encoding) or mean_bits(text) <= ORDINARY_MEAN_BITS:
        return text
    rival = read_in_step(line, encoding)
    return rival if code_length(rival) + IN_STEP_GAIN_BITS < code_length(text) else text


def read_lines_in_step(data: bytes, text: str, encoding: str) -> str:
    """Return ``text`` with the lines that fell out of step mended.

    ``text`` is ``data`` strictly read, without the bytes of a last character that was cut.
    """
    if not steps_by_character(encoding):
        return text
    costly = find_costly_lines(text, ORDINARY_MEAN_BITS)
    if not costly:
        return text
    lines, sources = text.split("\n"), data.split(b"\n")
    worth = find_detours(
        [lines[number] for number in costly], [sources[number] for number in costly], encoding
    )
    for number in compress(costly, worth):
        lines[number] = _in_step_if_cheaper(sources[number], lines[number], encoding)
    return "\n".join(lines)


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
    if mean_bits(whole) <= ORDINARY_MEAN_BITS:
        return 0
    return int(code_length(read_best(line[1:], encoding)) + HEAD_BITS < code_length(whole))


def _may_lack_head(line: bytes, encoding: str) -> bool:
    try:
        text, left = decode_start(line, encoding)
    except UnicodeError:
        return True
    source = line[: len(line) - left]
    is_ordinary = mean_bits(text) <= ORDINARY_MEAN_BITS
    return not is_ordinary and may_lack_head(text, source, encoding, HEAD_BITS)


HEAD_BITS = 10.0
"""What a reading must be cheaper by if the first byte is left out (bits)."""
_HEAD_BYTES = 256
