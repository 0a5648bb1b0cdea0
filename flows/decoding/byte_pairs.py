"""What two bytes mean in the encodings that write a character beyond ASCII with two.

The Chinese encodings and the Korean one do, four-byte GB18030 apart. Tables of all pairs let a
whole batch of lines be looked up at once, where reading byte by byte takes a hundred times longer.
They are made from Python's own codecs when first asked for, in some ten milliseconds each.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from flows.decoding.codecs import decode_replacing
from flows.decoding.costs import costs_of
from flows.text.code_points import code_points

NEVER = 255
"""Stands for the cost of a pair that spells nothing; real costs are lower (quarter bits)."""
_PLANE = 0x10000
_LEADS = np.arange(0x81, 0xFF, dtype=np.uint16)
_TRAILS = np.arange(0x40, 0xFF, dtype=np.uint16)
_ONE_AND_BREAK, _TWO_AND_BREAK = 2, 3
_REPLACEMENT = ord("\N{REPLACEMENT CHARACTER}")


@cache
def characters_of_pairs(encoding: str) -> npt.NDArray[np.uint32]:
    """Return the code point that each pair of bytes spells, by the pair as a big-endian number.

    0 where a pair spells nothing, or (four pairs of Big5-HKSCS) two code points.

    >>> chr(characters_of_pairs("gb18030")[0xBAD3])
    '河'
    """
    table = np.zeros(_PLANE, np.uint32)
    # One lead at a time: what is special in one row then slows down that row alone.
    for lead in _LEADS:
        pairs = lead << np.uint16(8) | _TRAILS
        table[pairs] = _spell(pairs, encoding)
    return table


def _spell(pairs: npt.NDArray[np.uint16], encoding: str) -> npt.NDArray[np.uint32]:
    breaks = np.full_like(pairs, ord("\n"))
    octets = np.column_stack((pairs >> np.uint16(8), pairs & np.uint16(0xFF), breaks))
    spelt = code_points(decode_replacing(octets.astype(np.uint8).tobytes(), encoding))
    ends = np.flatnonzero(spelt == ord("\n"))
    is_one = (np.diff(ends, prepend=-1) == _ONE_AND_BREAK) & (spelt[ends - 1] != _REPLACEMENT)
    return np.where(is_one, spelt[ends - 1], np.uint32(0))


@cache
def bits_of_pairs(encoding: str) -> npt.NDArray[np.uint8]:
    """Return the cost of what each pair of bytes spells, in quarter bits; else ``NEVER``."""
    return _bits(characters_of_pairs(encoding))


def bits_of_some_pairs(pairs: npt.NDArray[np.uint16], encoding: str) -> npt.NDArray[np.uint8]:
    """Return what ``bits_of_pairs`` says of some pairs, of which only these need to be read."""
    return _bits(_spell(pairs, encoding))


def _bits(spelt: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    return np.where(spelt > 0, costs_of(spelt), np.uint8(NEVER))


def pairs_of_characters(codes: npt.NDArray[np.uint32], encoding: str) -> npt.NDArray[np.uint16]:
    """Return the pair by which Python's codec writes each of some characters beyond ASCII.

    0 where a character has no code, or one of another length.

    >>> f"{pairs_of_characters(code_points('河'), 'big5hkscs')[0]:x}"
    'aa65'
    """
    breaks = np.full_like(codes, ord("\n"))
    characters = np.column_stack((codes, breaks)).astype("<u4").tobytes()
    written = characters.decode("utf-32-le", "surrogatepass").encode(encoding, "replace")
    octets = np.frombuffer(written, np.uint8).astype(np.uint16)
    ends = np.flatnonzero(octets == ord("\n"))
    is_pair = np.diff(ends, prepend=-1) == _TWO_AND_BREAK
    pairs = octets[ends - 2] << np.uint16(8) | octets[ends - 1]
    return np.where(is_pair, pairs, np.uint16(0))
