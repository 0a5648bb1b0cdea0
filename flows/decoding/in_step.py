r"""A damaged line read along its cheapest path, so that only the damaged character suffers.

A transfer puts a byte in or takes one out. A decoder that then goes on at the next byte reads the
rest of the line one byte off, and every character of it is wrong. Here, at every byte, either a
character of the encoding begins, and costs its bits, or the byte is damaged, becomes U+FFFD and
costs as much. A path one byte off spells rare characters and soon costs more than the one damaged
byte that brings it back into step.

The byte 80 is the euro of Windows' cp936, which GB18030 does not have. A byte that no text of the
encoding can hold, thrust into a character, does not cost the character: it is read from its halves
and the damage marked behind it.
"""

from functools import lru_cache

from flows.decoding.codecs import decode_strict
from flows.decoding.costs import EURO_BITS, REPLACEMENT, REPLACEMENT_BITS, code_length

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


def steps_by_character(encoding: str) -> bool:
    """Whether a character of ``encoding`` may take several bytes, so that reading can fall out."""
    return encoding in _WIDTHS


@lru_cache(maxsize=1 << 16)
def _character(raw: bytes, encoding: str) -> tuple[str, float] | None:
    """Return the one character that ``raw`` spells and its bits, or None."""
    try:
        text = decode_strict(raw, encoding)
    except UnicodeError:
        return None
    return (text, code_length(text)) if len(text) == 1 or len(raw) == 2 else None  # noqa: PLR2004


def steps_at(line: bytes, at: int, encoding: str) -> list[tuple[int, str, float]]:
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
        for width, text, cost in steps_at(line, at, encoding):
            if bits[at] + cost < bits[at + width]:
                bits[at + width] = bits[at] + cost
                came[at + width] = (at, text)
    pieces: list[str] = []
    at = len(line)
    while at:
        at, text = came[at]
        pieces.append(text)
    return "".join(reversed(pieces))
