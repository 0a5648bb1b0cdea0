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

import numpy as np
import numpy.typing as npt

from flows.decoding.misread_tables import (
    BEYOND,
    FIRST_NARROW,
    FIRST_ONE_TO_ONE,
    LAST_NARROW,
    STATES,
    SWAPPED,
    Bits,
    Excess,
    Tables,
    ascii_spares,
    make_tables,
)

_BETWEEN_CHARACTERS = np.uint16(0x1111)
"""In each nibble the state in which no byte is due."""
_Numbers = npt.NDArray[np.intp]


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


def find_possible(lines: Lines, narrow: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Say of each line whether it could have been misread.

    Args:
        lines: At least one.
        narrow: The wrong codecs of one byte a character; two-byte ones are known here.
    """
    is_narrow = np.maximum.reduceat(lines.codes, lines.firsts) <= LAST_NARROW
    lines = replace(lines, codes=np.minimum(lines.codes, BEYOND))
    tables = make_tables(lines.codes, narrow)
    alive = np.bitwise_and.reduceat(tables.possible[lines.codes], lines.firsts)
    alive &= np.where(is_narrow, _narrow_lines(len(narrow)), _wide_lines())
    for bit in range(FIRST_ONE_TO_ONE, FIRST_NARROW):
        asked = (alive >> np.uint16(bit) & np.uint16(1)) > 0
        if asked.any():
            is_dear = _is_dear(lines.only(asked), bit, tables.excess[bit - FIRST_ONE_TO_ONE])
            alive[asked] &= ~(is_dear.astype(np.uint16) << np.uint16(bit))
    asked = (alive & _utf_8()) > 0
    if asked.any():
        alive[asked] &= _whole_in_utf_8(lines.only(asked), tables) | ~_utf_8()
    return alive > 0


def _utf_8() -> np.uint16:
    return np.uint16((1 << FIRST_ONE_TO_ONE) - 1)


def _wide_lines() -> np.uint16:
    return np.uint16((1 << FIRST_NARROW) - 1)


def _narrow_lines(count: int) -> np.uint16:
    return np.uint16(1 << SWAPPED | ((1 << count) - 1) << FIRST_NARROW)


def _is_dear(lines: Lines, bit: int, excess: Excess) -> npt.NDArray[np.bool_]:
    """Say of each line whether the repair of this misreading would be no ordinary text."""
    total = np.add.reduceat(excess[lines.codes], lines.firsts)
    spare = lines.ascii_counts * ascii_spares() if bit == SWAPPED else 0
    dear: npt.NDArray[np.bool_] = total > spare
    return dear


def _whole_in_utf_8(lines: Lines, tables: Tables) -> Bits:
    """Return, by bit, as which misreading of UTF-8 each line comes out whole."""
    is_neighbour = np.diff(lines.places) == 1
    entered, left = tables.entering[lines.codes], tables.leaving[lines.codes]
    met = np.where(is_neighbour, left[:-1] & entered[1:], _BETWEEN_CHARACTERS)
    entered[1:] &= np.where(is_neighbour, np.uint16(BEYOND), _BETWEEN_CHARACTERS)
    left[:-1] &= np.where(is_neighbour, np.uint16(BEYOND), _BETWEEN_CHARACTERS)
    entered[:1] &= _BETWEEN_CHARACTERS
    left[-1:] &= _BETWEEN_CHARACTERS
    agreed = _any_state(entered) & _any_state(left)
    agreed[1:] &= _any_state(met)
    whole = np.bitwise_and.reduceat(agreed, lines.firsts)
    bits = [(whole >> np.uint16(STATES * i) & np.uint16(1)) << np.uint16(i) for i in range(STATES)]
    joined: Bits = np.bitwise_or.reduce(bits)
    return joined


def _any_state(states: Bits) -> Bits:
    """Return the lowest bit of each nibble set where any of its bits is."""
    halves = states | states >> np.uint16(1)
    joined: Bits = (halves | halves >> np.uint16(2)) & _BETWEEN_CHARACTERS
    return joined
