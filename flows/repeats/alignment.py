"""Two keys aligned character by character, and what of their differences is a cut.

What is missing at the ends of the shorter one is a cut, not a change, unless it is so little that
it may carry the meaning: ``不`` before ``同意``, a digit after ``98``.
"""

from rapidfuzz.distance import Levenshtein

from flows.repeats.comparison import Change
from flows.repeats.terms import NEGATIONS, NUMERALS

_MIN_CUT = 5
"""Missing characters at an end from which on they are a cut whatever they say."""
_MAX_RAGGED = 2
"""Characters before a cut that may be misread."""

Opcode = tuple[str, int, int, int, int]


def opcodes_of(first: str, second: str) -> list[Opcode]:
    """Return all in which two keys differ; where the first lies inside the second, its ends."""
    start = second.find(first)
    if start >= 0:
        end, length = start + len(first), len(first)
        ends = (("insert", 0, 0, 0, start), ("insert", length, length, end, len(second)))
        return [code for code in ends if code[3] < code[4]]
    return [
        (code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in Levenshtein.opcodes(first, second)
        if code.tag != "equal"
    ]


def changes_of(opcodes: list[Opcode], gap: int) -> list[Change]:
    """Return the changes, those at most ``gap`` equal characters apart taken together."""
    changes: list[Change] = []
    for _, start, end, other_start, other_end in opcodes:
        edits = max(end - start, other_end - other_start)
        if changes and start - changes[-1].end <= gap:
            last = changes.pop()
            changes.append(Change(last.start, end, last.other_start, other_end, last.edits + edits))
        else:
            changes.append(Change(start, end, other_start, other_end, edits))
    return changes


def _is_harmless(missing: str, short: str, *, at_start: bool) -> bool:
    """Return whether a few characters that are missing at an end can carry no meaning."""
    if at_start:
        return not any(
            character.isdigit() or character in NUMERALS | NEGATIONS for character in missing
        )
    return not (short[-1].isdigit() and missing[0].isdigit())


def _ragged_end(opcodes: list[Opcode], short: str, long: str) -> list[Opcode]:
    """Return ``opcodes`` with the last characters of ``short`` aligned before the cut.

    Where the last one is misread, nothing tells which of the missing ones it stands for, and it may
    be like one of them by chance; a copy that breaks off there has it at the cut.
    """
    kept = [code for code in opcodes if code[1] < len(short) - _MAX_RAGGED]
    ragged = [code for code in opcodes[len(kept) :] if code[1] < len(short)]
    if not ragged:
        return opcodes
    _, start, _, other, _ = ragged[0]
    cut = other + len(short) - start
    if len(long) - cut < _MIN_CUT:
        return opcodes
    replaced: list[Opcode] = [
        ("replace", place, place + 1, other + place - start, other + place - start + 1)
        for place in range(start, len(short))
        if short[place] != long[other + place - start]
    ]
    return [*kept, *replaced, ("insert", len(short), len(short), cut, len(long))]


def _mirrored(opcodes: list[Opcode], short: str, long: str) -> list[Opcode]:
    """Return the opcodes of both keys read backwards."""
    return [
        (tag, len(short) - end, len(short) - start, len(long) - other_end, len(long) - other_start)
        for tag, start, end, other_start, other_end in reversed(opcodes)
    ]


def _ragged_start(opcodes: list[Opcode], short: str, long: str) -> list[Opcode]:
    """Return ``opcodes`` with the first characters of ``short`` aligned after the cut."""
    backwards = _ragged_end(_mirrored(opcodes, short, long), short[::-1], long[::-1])
    return _mirrored(backwards, short, long)


def without_cuts(
    short: str, long: str, opcodes: list[Opcode], *, small: bool
) -> tuple[list[Opcode], int, int]:
    """Return ``opcodes`` without cut ends, and which part of ``long`` they cover.

    Args:
        short: The shorter key.
        long: The longer one.
        opcodes: All in which they differ.
        small: Whether a few missing characters count as a cut too, where they are harmless.
    """
    start, end = 0, len(long)
    opcodes = _ragged_start(opcodes, short, long)
    if opcodes and opcodes[0][:3] == ("insert", 0, 0):
        cut = opcodes[0][4]
        if cut >= _MIN_CUT or (small and _is_harmless(long[:cut], short, at_start=True)):
            start, opcodes = cut, opcodes[1:]
    opcodes = _ragged_end(opcodes, short, long)
    if opcodes and opcodes[-1][:2] == ("insert", len(short)):
        cut = opcodes[-1][3]
        if end - cut >= _MIN_CUT or (small and _is_harmless(long[cut:], short, at_start=False)):
            end, opcodes = cut, opcodes[:-1]
    return opcodes, start, end


def with_ends(opcodes: list[Opcode], short: str, long: str, start: int, end: int) -> list[Opcode]:
    """Return the opcodes of a window together with what the longer key has on either side."""
    if start:
        is_cut = bool(opcodes) and opcodes[0][:3] == ("insert", 0, 0)
        first = opcodes[0][4] if is_cut else start
        opcodes = [("insert", 0, 0, 0, first), *opcodes[is_cut:]]
    if end < len(long):
        is_cut = opcodes[-1][:2] == ("insert", len(short)) if opcodes else False
        last = opcodes[-1][3] if is_cut else end
        opcodes = opcodes[: len(opcodes) - is_cut]
        opcodes = [*opcodes, ("insert", len(short), len(short), last, len(long))]
    return opcodes
