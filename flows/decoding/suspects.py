"""Which lines of a text are worth trying as misread ones.

Misread Chinese spells rare characters, misread Western text letters in a row that seldom stand so.
What a character adds to that suspicion is looked up, and lines whose sum is not positive are left:
in clean text nearly all. The rest are asked whether they could have been misread at all
(``flows.decoding.misreadings``).
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from flows.decoding.costs import RARE_BITS, costs_of
from flows.decoding.misread_tables import LAST_NARROW
from flows.decoding.misreadings import Lines, find_possible
from flows.text.code_points import code_points

NARROW = ("latin-1", "jiaokan-1252", "cp437", "cp850", "mac-roman", "cp1251")
"""Wrong codecs of one byte a character."""
SUSPECT_BITS = RARE_BITS
"""Of 725 misread lines of Chinese characters none cost less in the mean than 13.8 a character."""
_LATIN_BITS, _WESTERN_BITS = 8.0, 7.4
"""Small Latin letters with accents cost no more than the first, small Greek and Cyrillic ones less
than the second. Of 1,744 misread lines of such characters none was below 8.2 in the mean, but for GBK
read as Cyrillic, which was not below 7.8."""
_KOREAN_BITS = 11.0
"""Of 106 lines of GBK read as Korean one cost less."""
_LAST_ASCII = 0x7F
_LINE_FEED = 0x0A
_HANGUL = (0xAC00, 0xD7A3)
_GREEK_AND_CYRILLIC = (0x0370, 0x052F)
_QUOTES = (0x2010, 0x201F)
"""Dashes and quotation marks, which stand beside accented letters in clean text."""
_ALWAYS = 1 << 12
"""Hangul makes a line suspect for the time being, whatever stands beside it."""


def suspect_lines(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield start and end of every line that is worth trying, in code points.

    >>> list(suspect_lines("河水漫过堤岸。\n鑰佽埞宸ユ敹璧风紗缁筹紝\n"))
    [(8, 20)]
    """
    if text.isascii():
        return
    codes = code_points(text + "\n")
    ends = np.flatnonzero(codes == _LINE_FEED)
    starts = np.concatenate((ends[:1] * 0, ends[:-1] + 1))
    sums = np.add.reduceat(_suspicions().take(codes, mode="clip"), starts)
    chosen = np.flatnonzero(sums > 0)
    if len(chosen):
        asked = codes[np.repeat(sums > 0, ends - starts + 1)]
        for line in chosen[_find_suspects(asked)].tolist():
            yield int(starts[line]), int(ends[line])


@cache
def _suspicions() -> npt.NDArray[np.int32]:
    """Return, for each character, at least what it adds to any suspicion (quarter bits)."""
    codes = np.arange(0x30000, dtype=np.uint32)
    suspicions = costs_of(codes).astype(np.int32) - int(4 * SUSPECT_BITS)
    narrow = codes[: LAST_NARROW + 1]
    is_latin = (narrow < _GREEK_AND_CYRILLIC[0]) | (narrow > _GREEK_AND_CYRILLIC[1])
    least = np.where(is_latin, int(4 * _LATIN_BITS), int(4 * _WESTERN_BITS))
    suspicions[narrow] = costs_of(narrow).astype(np.int32) - least
    suspicions[_HANGUL[0] : _HANGUL[1] + 1] = _ALWAYS
    suspicions[: _LAST_ASCII + 1] = 0
    return suspicions


def _find_suspects(codes: npt.NDArray[np.uint32]) -> list[int]:
    """Return the numbers of the suspect lines; each has a character beyond ASCII and a line feed."""
    places = np.flatnonzero(codes > _LAST_ASCII)
    breaks = np.flatnonzero(codes == _LINE_FEED)
    ends = np.searchsorted(places, breaks)
    counts = np.diff(ends, prepend=0)
    lengths = np.diff(breaks, prepend=-1) - 1
    lines = Lines(codes[places], places, ends - counts, lengths - counts)
    suspect = (counts > 1) & _is_unlikely(lines, counts)
    if suspect.any():
        suspect[suspect] = find_possible(lines.only(suspect), NARROW)
    numbers: list[int] = np.flatnonzero(suspect).tolist()
    return numbers


def _is_unlikely(lines: Lines, counts: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Say of each line whether its characters beyond ASCII are rare or oddly placed."""
    totals = np.add.reduceat(costs_of(lines.codes), lines.firsts, dtype=np.int64)
    unlikely: npt.NDArray[np.bool_] = totals > 4 * SUSPECT_BITS * counts
    is_western = np.maximum.reduceat(lines.codes, lines.firsts) <= LAST_NARROW
    is_western &= totals > 4 * _WESTERN_BITS * counts
    if is_western.any():
        unlikely[is_western] |= _has_neighbours(lines.only(is_western))
    hangul = (lines.codes >= _HANGUL[0]) & (lines.codes <= _HANGUL[1])
    if hangul.any():
        has_hangul = np.bitwise_or.reduceat(hangul, lines.firsts)
        unlikely |= has_hangul & (totals > 4 * _KOREAN_BITS * counts)
    return unlikely


def _has_neighbours(lines: Lines) -> npt.NDArray[np.bool_]:
    """Say of each line whether two characters beyond ASCII stand side by side, quotes apart."""
    is_letter = (lines.codes < _QUOTES[0]) | (lines.codes > _QUOTES[1])
    is_neighbour = np.diff(lines.places, prepend=-2) == 1
    is_neighbour[1:] &= is_letter[1:] & is_letter[:-1]
    return np.bitwise_or.reduceat(is_neighbour, lines.firsts)
