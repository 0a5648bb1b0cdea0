r"""Which lines could be read more cheaply with a damaged byte in them, found for all at once.

A line that decodes may still have lost a byte, every character after it wrong. To see that, the
line must be read along its cheapest path (``flows.decoding.damage``), byte by byte. Most lines
that look unlikely are only names or classical Chinese, and for these the answer is known sooner.

The reading at hand is one path of the same search. Another path can leave it only where it takes
the first byte of a character for damaged, then reads on from the middles of the characters, and
comes back where a byte is damaged again or where a middle and an ASCII character make a pair. All
of these have known costs. With prefix sums and a running maximum the best such detour that ends
at each character is found in one pass: if none pays, the search would find the line as it is.
So the answer is exact, not a guess, for lines of ASCII and characters of two bytes; any other
line is said to be worth the search.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from flows.decoding.byte_pairs import NEVER, bits_of_pairs, characters_of_pairs
from flows.decoding.costs import (
    EURO_BITS,
    PAIR_BITS,
    REPLACEMENT_BITS,
    quarter_bits,
)
from flows.text.code_points import code_points

ENCODINGS = frozenset(("gb18030", "big5hkscs", "cp949", "euc_kr"))
"""In these a first byte beyond ASCII never is a character by itself."""
_IMPOSSIBLE = -(1 << 20)
"""Costs here are in eighths of a bit, so that half a character's quarter bits are whole."""
_DAMAGE = round(8 * REPLACEMENT_BITS)
_EURO = round(8 * EURO_BITS)
_WORD_PAIR = round(8 * PAIR_BITS)
_EURO_BYTE = 0x80
_FIRST_WIDE = 0x80

_Numbers = npt.NDArray[np.int64]


def find_detours(lines: Sequence[str], sources: Sequence[bytes], encoding: str) -> list[bool]:
    """Say of each line whether a reading with damage in it could be cheaper.

    Args:
        lines: Lines strictly read, without line feeds.
        sources: The bytes of each.
        encoding: How they were read.

    >>> line = "河水漫过堤岸".encode("gb18030")
    >>> find_detours([line.decode("gb18030")], [line], "gb18030")
    [False]
    """
    answers = [True] * len(lines)
    if encoding not in ENCODINGS:
        return answers
    plain = [
        number
        for number, (line, source) in enumerate(zip(lines, sources, strict=True))
        if len(source) == 2 * len(line) - len(line.encode("ascii", "ignore"))
    ]
    if plain:
        text = "\n".join(lines[number] for number in plain)
        source = b"\n".join(sources[number] for number in plain)
        worth = _lines_worth_the_search(text, source, encoding)
        for number, is_worth in zip(plain, worth.tolist(), strict=True):
            answers[number] = is_worth
    return answers


def may_lack_head(line: str, source: bytes, encoding: str, bits: float) -> bool:
    """Say of a line strictly read whether it could be cheaper by ``bits`` without its first byte.

    Args:
        line: It begins with a character of several bytes.
        source: Its bytes.
        encoding: How it was read.
        bits: How much cheaper.

    >>> line = "河水漫过堤岸，堤上的灯亮了。".encode("gb18030")
    >>> may_lack_head(line.decode("gb18030"), line, "gb18030", 10.0)
    False
    """
    is_plain = len(source) == 2 * len(line) - len(line.encode("ascii", "ignore"))
    if encoding not in ENCODINGS or not is_plain:
        return True
    is_misread, middles = _middles(line, source, encoding)
    if is_misread.any() or np.any(_best_detours(middles) >= 0):
        return True
    # The detour starts for nothing, and all pairs it spells may stand in words.
    saved = middles.half[0] + _travelled(middles, _WORD_PAIR) + _leaving(middles)
    return bool(np.any(saved >= 8 * bits))


def _lines_worth_the_search(text: str, source: bytes, encoding: str) -> npt.NDArray[np.bool_]:
    """Say it of the lines of a text whose characters beyond ASCII have two bytes each."""
    is_misread, middles = _middles(text, source, encoding)
    worth = (_best_detours(middles) >= 0) | is_misread
    breaks = code_points(text) == ord("\n")
    line_of = np.cumsum(breaks)[code_points(text) >= _FIRST_WIDE]
    return np.bincount(line_of, worth, minlength=int(np.count_nonzero(breaks)) + 1) > 0


@dataclass(frozen=True, slots=True)
class _Middles:
    """What stands at the second byte of every character of two bytes; costs in eighths of a bit.

    Attributes:
        half: Half the character's cost: so much is booked to each of its bytes.
        following: Cost of the next character.
        is_followed: Whether the next character has two bytes too.
        between: Cost of the pair that the second byte makes with the byte behind it.
        trail: The second byte.
    """

    half: _Numbers
    following: _Numbers
    is_followed: npt.NDArray[np.bool_]
    between: _Numbers
    trail: npt.NDArray[np.uint8]


def _middles(text: str, source: bytes, encoding: str) -> tuple[npt.NDArray[np.bool_], _Middles]:
    """Return, for every character of two bytes, whether they mean another one, and its middle."""
    codes = code_points(text + "\n")
    octets = np.frombuffer(source + b"\n\n", np.uint8)
    is_wide = codes >= _FIRST_WIDE
    wide = np.flatnonzero(is_wide)
    firsts = wide + np.arange(len(wide))  # every wide character before it has one byte more
    pairs = octets[:-1].astype(np.uint16) << 8 | octets[1:]
    is_misread = characters_of_pairs(encoding)[pairs[firsts]] != codes[wide]
    quarters = quarter_bits(text + "\n").astype(np.int64)
    between = bits_of_pairs(encoding)[pairs[firsts + 1]].astype(np.int64)
    return is_misread, _Middles(
        half=quarters[wide],
        following=2 * quarters[wide + 1],
        is_followed=is_wide[wide + 1],
        between=np.where(between == NEVER, -_IMPOSSIBLE, 2 * between),
        trail=octets[firsts + 1],
    )


def _best_detours(at: _Middles) -> _Numbers:
    """Return what the best detour that ends at each middle saves, in eighths of a bit."""
    travelled = _travelled(at, 0)
    best: _Numbers = np.maximum.accumulate(at.half - _DAMAGE - travelled)
    return best + travelled + _leaving(at)


def _travelled(at: _Middles, bonus: int) -> _Numbers:
    """Return what is saved from the first middle to each by reading from middle to middle."""
    onward = at.half + at.following // 2 - at.between + bonus
    onward = np.where(at.is_followed, onward, _IMPOSSIBLE)
    travelled: _Numbers = np.cumsum(onward) - onward
    return travelled


def _leaving(at: _Middles) -> _Numbers:
    """Return what the step saves by which a detour ends at each middle."""
    swallowed = np.where(at.is_followed, _IMPOSSIBLE, at.half + at.following - at.between)
    alone = np.where(at.trail < _FIRST_WIDE, at.half - _trails_alone()[at.trail], _IMPOSSIBLE)
    euro = np.where(at.trail == _EURO_BYTE, at.half - _EURO, _IMPOSSIBLE)
    best: _Numbers = np.maximum.reduce([at.half - _DAMAGE, swallowed, alone, euro])
    return best


@cache
def _trails_alone() -> _Numbers:
    """Return the cost of every byte that is ASCII."""
    return 2 * quarter_bits("".join(map(chr, range(0x100)))).astype(np.int64)
