r"""Lines in which bytes were lost, put in or spoilt, read so that only the damaged character suffers.

A line that cannot be read strictly is read along its cheapest path (``flows.decoding.in_step``). So
is one that reads strictly but costs too much for ordinary text, if damage can explain it: a lost
byte may leave a line that decodes, every character after it wrong.

Left alone: damage that leaves a line readable. Nobody can see it from the bytes. So it often is in
Big5, where half a character may be a letter of ASCII.
"""

import re
from collections.abc import Sequence
from itertools import compress

from flows.decoding.certainty import leave_doubtful
from flows.decoding.codecs import decode_strict
from flows.decoding.costs import code_length, find_costly_lines
from flows.decoding.in_step import read_in_step, steps_by_character
from flows.decoding.out_of_step import find_detours

IN_STEP_GAIN_BITS = 10.0
"""What a reading with damage in it must be cheaper by than one without."""
_FEW_LINES, _LINES_TO_ONE_DAMAGED = 4, 8
"""Damage strikes here and there: where more lines than these are rare, the text is of that kind."""
_MIN_DISTINCT = 6
_UTF8_SPLIT = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})([\xc0\xc1\xf5-\xff])([\x80-\xbf]{1,3})")


def read_utf8(line: bytes) -> str:
    r"""Return ``line`` read as UTF-8, with U+FFFD for what cannot be read.

    >>> read_utf8(b"\xe6\xb2\xff\xb3\xe5\xb2\xb8") == "河\N{REPLACEMENT CHARACTER}岸"
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


def read_best(line: bytes, encoding: str) -> str:
    """Return ``line`` strictly read if that is ordinary text, else the cheapest reading in step."""
    return _in_step_if_cheaper(line, read_damaged(line, encoding), encoding)


def _in_step_if_cheaper(line: bytes, text: str, encoding: str) -> str:
    is_repeated = len(set(text)) < _MIN_DISTINCT  # a row of one cry reads as well one byte off
    if is_repeated or not steps_by_character(encoding) or not find_costly_lines(text):
        return text
    rival = read_in_step(line, encoding)
    return rival if code_length(rival) + IN_STEP_GAIN_BITS < code_length(text) else text


def costly_lines(text: str, encoding: str) -> list[int]:
    """Return the numbers of the lines of a text strictly read that may be out of step."""
    return find_costly_lines(text) if steps_by_character(encoding) else []


def mend_lines(text: str, costly: Sequence[int], sources: Sequence[bytes], encoding: str) -> str:
    """Return a text strictly read with those lines mended that fell out of step.

    Args:
        text: Without the bytes of a last character that was cut.
        costly: What ``costly_lines`` says of it.
        sources: The bytes of every line.
        encoding: How they were read.
    """
    if not costly or len(costly) > max(_FEW_LINES, len(sources) // _LINES_TO_ONE_DAMAGED):
        return text
    lines = text.split("\n")
    worth = find_detours(
        [lines[number] for number in costly], [sources[number] for number in costly], encoding
    )
    for number in compress(costly, worth):
        found = _in_step_if_cheaper(sources[number], lines[number], encoding)
        if found != lines[number]:
            lines[number] = leave_doubtful(sources[number], found, encoding)
    return "\n".join(lines)
