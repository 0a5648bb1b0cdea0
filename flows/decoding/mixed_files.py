r"""Files glued together from pieces in different encodings, read line by line.

Chapters pasted from several sources, logs, mail folders: some lines are UTF-8, others GBK or Big5,
and a decoder that knows one encoding per file spoils the rest. A line that is not ASCII and is
strict UTF-8 is UTF-8, because text in another encoding hardly ever is; a line of few characters
can be both, and then the cheaper reading wins. What remains is in one other encoding, or it is
damaged UTF-8; again the cheaper reading wins.

Left alone: two encodings within one line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from flows.decoding.certainty import leave_doubtful
from flows.decoding.costs import code_length
from flows.decoding.damage import read_best, read_damaged

SHORT_LINE_BYTES = 24
"""A line of no more non-ASCII bytes may be valid UTF-8 by accident: 3.5 % of two-hanzi GBK words."""

ACCIDENT_BITS = 12.0
"""What a short line in UTF-8 must be cheaper by: one pair of bytes in ten is valid UTF-8."""


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring lines in one encoding.

    Attributes:
        encoding: Codec name.
        start: First byte.
        end: One past the last byte.
        text: The lines, line ends included.
    """

    encoding: str
    start: int
    end: int
    text: str


def count_wide(line: bytes) -> int:
    """Return how many bytes of ``line`` are not ASCII."""
    return len(line) - len(line.translate(None, _WIDE))


_WIDE = bytes(range(0x80, 0x100))


def is_utf8(line: bytes) -> bool:
    """Whether ``line`` is strict UTF-8."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def part_lines(data: bytes) -> tuple[int, list[bytes]]:
    r"""Return the non-ASCII bytes in lines of strict UTF-8, and the lines that are not UTF-8.

    >>> part_lines("河岸\n".encode() + "堤岸\n".encode("gb18030"))
    (6, [b'\xb5\xcc\xb0\xb6\n'])
    """
    wide = 0
    rest: list[bytes] = []
    for line in _lines(data):
        if line.isascii():
            continue
        if is_utf8(line):
            wide += count_wide(line)
        else:
            rest.append(line)
    return wide, rest


def _lines(data: bytes) -> list[bytes]:
    """Return the lines with their line feeds; bytes.splitlines would also cut at a lone CR."""
    lines = data.split(b"\n")
    ended = [line + b"\n" for line in lines[:-1]]
    return [*ended, lines[-1]] if lines[-1] else ended


def _read_line(line: bytes, legacy: str, *, is_mixed: bool) -> tuple[str, str]:
    """Return the encoding and the text of a line that is not ASCII."""
    text = read_damaged(line, "utf-8")
    strict = is_utf8(line)
    if legacy == "utf-8" or (strict and _is_no_accident(line, text, is_mixed=is_mixed)):
        return "utf-8", text
    rival = read_best(line, legacy)
    if code_length(text) + (ACCIDENT_BITS if strict else 0.0) < code_length(rival):
        return "utf-8", text
    return legacy, leave_doubtful(line, rival, legacy)


def _is_no_accident(line: bytes, text: str, *, is_mixed: bool) -> bool:
    """Whether strict UTF-8 has a character of three bytes and is long, or not the only such line."""
    return (is_mixed or count_wide(line) > SHORT_LINE_BYTES) and max(text) > "\u07ff"


def _read_lines(data: bytes, legacy: str, *, is_mixed: bool) -> Iterator[tuple[str, bytes, str]]:
    for line in _lines(data):
        if line.isascii():
            yield "", line, line.decode("ascii")
        else:
            yield (found := _read_line(line, legacy, is_mixed=is_mixed))[0], line, found[1]


def read_mixed(data: bytes, legacy: str, *, is_mixed: bool = True) -> list[Span]:
    r"""Return the spans of a file whose lines are UTF-8 or in ``legacy``.

    Args:
        data: The file, in encodings that write ASCII and the line feed as ASCII does.
        legacy: The encoding of the lines that are not UTF-8; `utf-8` if there are none but
            damaged ones.
        is_mixed: Whether enough lines are UTF-8 that a short one is no accident.

    Returns:
        Spans in order, without gaps; a line of ASCII alone belongs to the span before it.

    >>> [(span.encoding, span.text) for span in
    ...  read_mixed("河岸\n".encode() + "堤岸\n".encode("gb18030"), "gb18030")]
    [('utf-8', '河岸\n'), ('gb18030', '堤岸\n')]
    """
    spans: list[Span] = []
    done, encoding = 0, ""
    lines: list[tuple[str, bytes, str]] = []
    for name, line, text in _read_lines(data, legacy, is_mixed=is_mixed):
        encoding = name or encoding or legacy
        lines.append((encoding, line, text))
    for name, group in groupby(lines, key=lambda found: found[0]):
        rows = list(group)
        end = done + sum(len(line) for _, line, _ in rows)
        spans.append(Span(name, done, end, "".join(text for _, _, text in rows)))
        done = end
    return spans
