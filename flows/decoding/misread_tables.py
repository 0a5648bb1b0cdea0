"""What each character may be as a part of misread text, looked up by its code point.

A misread line is a line whose characters, written back in the wrong codec, are bytes of the right
one. For a character that is a question of tables, made for the characters of the lines that are
asked about and for no others: whether the wrong codec has it, what the character costs that it
stands for, and how its bytes may follow others in UTF-8.
"""

from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from flows.decoding.byte_pairs import NEVER, bits_of_some_pairs, pairs_of_characters
from flows.decoding.costs import costs_of

IMPOSSIBLE_BITS = 22.0
"""A character that costs so much (private use, control, unassigned) shows a wrong reading; the
rarest ideographs of the first plane cost 19."""
ORDINARY_BITS = 13.2
"""What a character of the result may cost in the mean; Chinese costs up to 13, misread Chinese 13.8
and more."""
LAST_NARROW = 0x2FFF
"""Below the Chinese blocks stand the characters of codecs of one byte a character."""

UTF_8_READ_AS = ("gb18030", "big5hkscs", "cp950", "cp949")
ONE_TO_ONE = (
    ("gb18030", "big5hkscs"),
    ("big5hkscs", "gb18030"),
    ("cp950", "gb18030"),
    ("cp949", "gb18030"),
    ("cp949", "big5hkscs"),
)
"""What it was read as, and what it is; the swapped bytes of UTF-16 are one more."""
FIRST_ONE_TO_ONE = len(UTF_8_READ_AS)
SWAPPED = FIRST_ONE_TO_ONE + len(ONE_TO_ONE)
FIRST_NARROW = SWAPPED + 1

BEYOND = 0xFFFF
"""Stands for all characters beyond the first plane, which are never ruled out."""
_PLANE = 0x10000
_FIRST_WIDE = 0x80
_FIFTHS = 5
_ALLOWED = round(4 * _FIFTHS * ORDINARY_BITS)
"""The mean that is allowed, in fifths of quarter bits, of which it has a whole number."""
_TOO_DEAR = 1 << 20
STATES = 4
"""From none to three bytes still due."""

Bits = npt.NDArray[np.uint16]
Excess = npt.NDArray[np.int64]
_Value = TypeVar("_Value", np.uint16, np.int64)


@dataclass(frozen=True, slots=True)
class Tables:
    """What each character of some lines may be, by its code point; 0 for all other characters.

    Attributes:
        possible: By bit, as which misreading's part it may stand.
        excess: For each misreading that maps one to one, the swapped bytes last, by how much what
            it stands for is dearer than the mean that is allowed.
        entering: In a nibble for each wrong codec, the states of UTF-8 it may be entered in.
        leaving: The same for the states it may be left in.
    """

    possible: Bits
    excess: list[Excess]
    entering: Bits
    leaving: Bits


def make_tables(codes: npt.NDArray[np.uint32], narrow: tuple[str, ...]) -> Tables:
    """Return the tables for these code points, none beyond ``BEYOND``, and for no others."""
    is_asked = np.zeros(_PLANE, np.bool_)
    is_asked[codes] = True
    characters = np.flatnonzero(is_asked).astype(np.uint32)
    excess = _excess(characters)
    entering, leaving = _transitions(characters)
    possible = np.zeros(len(characters), np.uint16)
    for bit, is_part in enumerate(
        (
            *(
                (entering >> np.uint16(STATES * i) & np.uint16(0xF)) > 0
                for i in range(FIRST_ONE_TO_ONE)
            ),
            *(dear < _TOO_DEAR for dear in excess),
            *(_is_written_by(codec)[characters] for codec in narrow),
        )
    ):
        possible |= is_part.astype(np.uint16) << np.uint16(bit)
    return Tables(
        _by_code_point(characters, possible, BEYOND),
        [_by_code_point(characters, dear, -_TOO_DEAR) for dear in excess],
        _by_code_point(characters, entering, BEYOND),
        _by_code_point(characters, leaving, BEYOND),
    )


def _by_code_point(
    characters: npt.NDArray[np.uint32], values: npt.NDArray[_Value], beyond: int
) -> npt.NDArray[_Value]:
    table = np.zeros(_PLANE, values.dtype)
    table[characters] = values
    table[BEYOND] = beyond
    return table


@cache
def _is_written_by(narrow: str) -> npt.NDArray[np.bool_]:
    """Say of each character whether a codec of one byte a character has it."""
    characters = bytes(range(0x100)).decode(narrow, "ignore")
    table = np.zeros(_PLANE, np.bool_)
    table[[ord(char) for char in characters]] = True
    return table


def _excess(characters: npt.NDArray[np.uint32]) -> list[Excess]:
    """Return by how much what each character stands for is dearer than the mean that is allowed.

    One array for each misreading that maps one to one, the swapped bytes last.
    """
    swapped = characters >> np.uint32(8) | (characters & np.uint32(0xFF)) << np.uint32(8)
    return [
        *(
            _excess_of(bits_of_some_pairs(pairs_of_characters(characters, wrong), right))
            for wrong, right in ONE_TO_ONE
        ),
        np.where(swapped < _FIRST_WIDE, 0, _excess_of(costs_of(swapped))),
    ]


def _excess_of(bits: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    excess = _FIFTHS * bits.astype(np.int64) - _ALLOWED
    return np.where((bits == NEVER) | (bits >= 4 * IMPOSSIBLE_BITS), _TOO_DEAR, excess)


@cache
def ascii_spares() -> int:
    """Return how much cheaper than allowed a character of ASCII may become at most, swapped."""
    swapped = np.arange(1, _FIRST_WIDE, dtype=np.uint32) << np.uint32(8)
    return max(0, _ALLOWED - _FIFTHS * int(costs_of(swapped).min()))


def _transitions(characters: npt.NDArray[np.uint32]) -> tuple[Bits, Bits]:
    """Return, in a nibble for each wrong codec, the states a character may be entered and left in.

    A state is how many bytes of a UTF-8 character are still due.
    """
    entering, leaving = np.zeros((2, len(characters)), np.uint16)
    entering_pair, leaving_pair = _transitions_of_pairs()
    for number, encoding in enumerate(UTF_8_READ_AS):
        pairs = pairs_of_characters(characters, encoding)
        entering |= entering_pair[pairs] << np.uint16(STATES * number)
        leaving |= leaving_pair[pairs] << np.uint16(STATES * number)
    return entering, leaving


@cache
def _transitions_of_pairs() -> tuple[Bits, Bits]:
    """Return, by a pair as a big-endian number, the states it may be entered and left in.

    The pair 0, which stands for none, has no states.
    """
    after = _due_after_octets()
    entering, leaving = np.zeros(_PLANE, np.uint16), np.zeros(_PLANE, np.uint16)
    for state in range(STATES):
        left = after[after[state]].ravel()
        entering |= (left >= 0).astype(np.uint16) << np.uint16(state)
        leaving |= np.array([1, 2, 4, 8, 0], np.uint16)[left]
    entering[0] = leaving[0] = 0
    return entering, leaving


def _due_after_octets() -> npt.NDArray[np.int8]:
    """Return the bytes still due by the state and the byte read in it.

    -1 where UTF-8 cannot go on with that byte, and in the last row, which is for the state -1.
    """
    after = np.full((STATES + 1, 0x100), -1, np.int8)
    for due, first, end in ((0, 0x00, 0x80), (1, 0xC2, 0xE0), (2, 0xE0, 0xF0), (3, 0xF0, 0xF5)):
        after[0, first:end] = due
    for due in range(1, STATES):
        after[due, 0x80:0xC0] = due - 1
    return after
