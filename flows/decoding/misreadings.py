"""Which lines could have been misread, asked of all lines at once.

A misread line is a line whose characters, written back in the wrong codec, are bytes of the right
one. For most lines one character is enough to rule that out: it has no code in the wrong codec, or
its two bytes cannot follow each other in the right one. What remains is looked at more closely:

- One encoding of two bytes read as another maps characters one to one, so that what the repaired
  line would cost is a sum of look-ups, and a repair must be ordinary text.
- UTF-8 read two bytes a character must come out as whole characters: each pair takes the number
  of bytes still due from one value to another, and neighbours must agree on it.

What is ruled out could not have been repaired. One exception is let go: a line that holds both a
character of no text and the character which that would become.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from flows.decoding.byte_pairs import NEVER, bits_of_some_pairs, pairs_of_characters
from flows.decoding.costs import costs_of

IMPOSSIBLE_BITS = 22.0
"""A character that costs so much (private use, control, unassigned) shows a wrong reading."""
ORDINARY_BITS = 13.2
"""What a character of the result may cost in the mean."""
LAST_NARROW = 0x2FFF
"""Below the Chinese blocks stand the characters of codecs of one byte a character."""

_UTF_8_READ_AS = ("gb18030", "big5hkscs", "cp950", "cp949")
_ONE_TO_ONE = (
    ("gb18030", "big5hkscs"),
    ("big5hkscs", "gb18030"),
    ("cp950", "gb18030"),
    ("cp949", "gb18030"),
    ("cp949", "big5hkscs"),
)
"""What it was read as, and what it is; the swapped bytes of UTF-16 are one more."""
_FIRST_ONE_TO_ONE = len(_UTF_8_READ_AS)
_SWAPPED = _FIRST_ONE_TO_ONE + len(_ONE_TO_ONE)
_FIRST_NARROW = _SWAPPED + 1

_BEYOND = 0xFFFF
"""Stands for all characters beyond the first plane, which are never ruled out."""
_PLANE = 0x10000
_FIRST_WIDE = 0x80
_FIFTHS = 5
_ALLOWED = round(4 * _FIFTHS * ORDINARY_BITS)
"""The mean that is allowed, in fifths of quarter bits, of which it has a whole number."""
_TOO_DEAR = 1 << 20
_STATES = 4
"""From none to three bytes still due."""
_BETWEEN_CHARACTERS = np.uint16(0x1111)

_Bits = npt.NDArray[np.uint16]
_Numbers = npt.NDArray[np.intp]
_Excess = npt.NDArray[np.int64]
_Value = TypeVar("_Value", np.uint16, np.int64)


@dataclass(frozen=True, slots=True)
class Lines:
    """The characters beyond ASCII of some lines.

    Attributes:
        codes: Their code points.
        places: Where each stands; neighbours in a line differ by one, others by more.
        firsts: Where in ``codes`` each line begins; every line has one at least.
        ascii_counts: How many characters of ASCII each line has beside them.
    """

    codes: npt.NDArray[np.uint32]
    places: _Numbers
    firsts: _Numbers
    ascii_counts: _Numbers

    def only(self, chosen: npt.NDArray[np.bool_]) -> "Lines":
        """Return the lines for which ``chosen`` holds."""
        counts = np.diff(self.firsts, append=len(self.codes))
        characters = np.repeat(chosen, counts)
        lasts = np.cumsum(counts[chosen])
        return Lines(
            self.codes[characters],
            self.places[characters],
            lasts - counts[chosen],
            self.ascii_counts[chosen],
        )


@dataclass(frozen=True, slots=True)
class _Tables:
    """What each character of some lines may be, by its code point; 0 for all other characters.

    Attributes:
        possible: By bit, as which misreading's part it may stand.
        excess: For each misreading that maps one to one, the swapped bytes last, by how much what
            it stands for is dearer than the mean that is allowed.
        entering: In a nibble for each wrong codec, the states of UTF-8 it may be entered in.
        leaving: The same for the states it may be left in.
    """

    possible: _Bits
    excess: list[_Excess]
    entering: _Bits
    leaving: _Bits


def find_possible(lines: Lines, narrow: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Say of each line whether it could have been misread.

    Args:
        lines: At least one.
        narrow: The wrong codecs of one byte a character; two-byte ones are known here.
    """
    is_narrow = np.maximum.reduceat(lines.codes, lines.firsts) <= LAST_NARROW
    lines = replace(lines, codes=np.minimum(lines.codes, _BEYOND))
    tables = _make_tables(lines.codes, narrow)
    alive = np.bitwise_and.reduceat(tables.possible[lines.codes], lines.firsts)
    alive &= np.where(is_narrow, _narrow_lines(len(narrow)), _wide_lines())
    for bit in range(_FIRST_ONE_TO_ONE, _FIRST_NARROW):
        asked = (alive >> np.uint16(bit) & np.uint16(1)) > 0
        if asked.any():
            is_dear = _is_dear(lines.only(asked), bit, tables.excess[bit - _FIRST_ONE_TO_ONE])
            alive[asked] &= ~(is_dear.astype(np.uint16) << np.uint16(bit))
    asked = (alive & _utf_8()) > 0
    if asked.any():
        alive[asked] &= _whole_in_utf_8(lines.only(asked), tables) | ~_utf_8()
    return alive > 0


def _utf_8() -> np.uint16:
    return np.uint16((1 << _FIRST_ONE_TO_ONE) - 1)


def _wide_lines() -> np.uint16:
    return np.uint16((1 << _FIRST_NARROW) - 1)


def _narrow_lines(count: int) -> np.uint16:
    return np.uint16(1 << _SWAPPED | ((1 << count) - 1) << _FIRST_NARROW)


def _is_dear(lines: Lines, bit: int, excess: _Excess) -> npt.NDArray[np.bool_]:
    """Say of each line whether the repair of this misreading would be no ordinary text."""
    total = np.add.reduceat(excess[lines.codes], lines.firsts)
    spare = lines.ascii_counts * _ascii_spares() if bit == _SWAPPED else 0
    dear: npt.NDArray[np.bool_] = total > spare
    return dear


def _whole_in_utf_8(lines: Lines, tables: _Tables) -> _Bits:
    """Return, by bit, as which misreading of UTF-8 each line comes out whole."""
    is_neighbour = np.diff(lines.places) == 1
    entered, left = tables.entering[lines.codes], tables.leaving[lines.codes]
    met = np.where(is_neighbour, left[:-1] & entered[1:], _BETWEEN_CHARACTERS)
    entered[1:] &= np.where(is_neighbour, np.uint16(_BEYOND), _BETWEEN_CHARACTERS)
    left[:-1] &= np.where(is_neighbour, np.uint16(_BEYOND), _BETWEEN_CHARACTERS)
    entered[:1] &= _BETWEEN_CHARACTERS
    left[-1:] &= _BETWEEN_CHARACTERS
    agreed = _any_state(entered) & _any_state(left)
    agreed[1:] &= _any_state(met)
    whole = np.bitwise_and.reduceat(agreed, lines.firsts)
    bits = [
        (whole >> np.uint16(_STATES * i) & np.uint16(1)) << np.uint16(i) for i in range(_STATES)
    ]
    joined: _Bits = np.bitwise_or.reduce(bits)
    return joined


def _any_state(states: _Bits) -> _Bits:
    """Return the lowest bit of each nibble set where any of its bits is."""
    halves = states | states >> np.uint16(1)
    joined: _Bits = (halves | halves >> np.uint16(2)) & _BETWEEN_CHARACTERS
    return joined


def _make_tables(codes: npt.NDArray[np.uint32], narrow: tuple[str, ...]) -> _Tables:
    """Return the tables for these code points, none beyond ``_BEYOND``, and for no others."""
    is_asked = np.zeros(_PLANE, np.bool_)
    is_asked[codes] = True
    characters = np.flatnonzero(is_asked).astype(np.uint32)
    excess = _excess(characters)
    entering, leaving = _transitions(characters)
    possible = np.zeros(len(characters), np.uint16)
    for bit, is_part in enumerate(
        (
            *(
                (entering >> np.uint16(_STATES * i) & np.uint16(0xF)) > 0
                for i in range(_FIRST_ONE_TO_ONE)
            ),
            *(dear < _TOO_DEAR for dear in excess),
            *(_is_written_by(codec)[characters] for codec in narrow),
        )
    ):
        possible |= is_part.astype(np.uint16) << np.uint16(bit)
    return _Tables(
        _by_code_point(characters, possible, _BEYOND),
        [_by_code_point(characters, dear, -_TOO_DEAR) for dear in excess],
        _by_code_point(characters, entering, _BEYOND),
        _by_code_point(characters, leaving, _BEYOND),
    )


def _by_code_point(
    characters: npt.NDArray[np.uint32], values: npt.NDArray[_Value], beyond: int
) -> npt.NDArray[_Value]:
    table = np.zeros(_PLANE, values.dtype)
    table[characters] = values
    table[_BEYOND] = beyond
    return table


@cache
def _is_written_by(narrow: str) -> npt.NDArray[np.bool_]:
    """Say of each character whether a codec of one byte a character has it."""
    characters = bytes(range(0x100)).decode(narrow, "ignore")
    table = np.zeros(_PLANE, np.bool_)
    table[[ord(char) for char in characters]] = True
    return table


def _excess(characters: npt.NDArray[np.uint32]) -> list[_Excess]:
    """Return by how much what each character stands for is dearer than the mean that is allowed.

    One array for each misreading that maps one to one, the swapped bytes last.
    """
    swapped = characters >> np.uint32(8) | (characters & np.uint32(0xFF)) << np.uint32(8)
    return [
        *(
            _excess_of(bits_of_some_pairs(pairs_of_characters(characters, wrong), right))
            for wrong, right in _ONE_TO_ONE
        ),
        np.where(swapped < _FIRST_WIDE, 0, _excess_of(costs_of(swapped))),
    ]


def _excess_of(bits: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    excess = _FIFTHS * bits.astype(np.int64) - _ALLOWED
    return np.where((bits == NEVER) | (bits >= 4 * IMPOSSIBLE_BITS), _TOO_DEAR, excess)


@cache
def _ascii_spares() -> int:
    """Return how much cheaper than allowed a character of ASCII may become at most, swapped."""
    swapped = np.arange(1, _FIRST_WIDE, dtype=np.uint32) << np.uint32(8)
    return max(0, _ALLOWED - _FIFTHS * int(costs_of(swapped).min()))


def _transitions(characters: npt.NDArray[np.uint32]) -> tuple[_Bits, _Bits]:
    """Return, in a nibble for each wrong codec, the states a character may be entered and left in.

    A state is how many bytes of a UTF-8 character are still due.
    """
    entering, leaving = np.zeros((2, len(characters)), np.uint16)
    entering_pair, leaving_pair = _transitions_of_pairs()
    for number, encoding in enumerate(_UTF_8_READ_AS):
        pairs = pairs_of_characters(characters, encoding)
        entering |= entering_pair[pairs] << np.uint16(_STATES * number)
        leaving |= leaving_pair[pairs] << np.uint16(_STATES * number)
    return entering, leaving


@cache
def _transitions_of_pairs() -> tuple[_Bits, _Bits]:
    """Return, by a pair as a big-endian number, the states it may be entered and left in.

    The pair 0, which stands for none, has no states.
    """
    after = _due_after_octets()
    entering, leaving = np.zeros(_PLANE, np.uint16), np.zeros(_PLANE, np.uint16)
    for state in range(_STATES):
        left = after[after[state]].ravel()
        entering |= (left >= 0).astype(np.uint16) << np.uint16(state)
        leaving |= np.array([1, 2, 4, 8, 0], np.uint16)[left]
    entering[0] = leaving[0] = 0
    return entering, leaving


def _due_after_octets() -> npt.NDArray[np.int8]:
    """Return the bytes still due by the state and the byte read in it.

    -1 where UTF-8 cannot go on with that byte, and in the last row, which is for the state -1.
    """
    after = np.full((_STATES + 1, 0x100), -1, np.int8)
    for due, first, end in ((0, 0x00, 0x80), (1, 0xC2, 0xE0), (2, 0xE0, 0xF0), (3, 0xF0, 0xF5)):
        after[0, first:end] = due
    for due in range(1, _STATES):
        after[due, 0x80:0xC0] = due - 1
    return after
