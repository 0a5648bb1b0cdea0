"""What paragraphs are compared by: keys in which only the wording is left.

Two copies of a paragraph seldom agree code point for code point: one was typed full width, one
converted to simplified characters, one printed in capitals, one lost a comma. A key folds width,
script and case and drops spaces and punctuation. What makes a difference stays: digits, the point
or dash between two digits (``3.5`` is not ``35``, ``2-1`` is not ``21``), the sign before a number,
signs such as ``%`` and ``≥``, and the boxes that are ticked in a form.

Folding is one look-up a code point in a table made by ``benchmarks/make_repeat_tables.py`` from
Unicode's form KC and OpenCC's character table; a thousand paragraphs are folded at once.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from flows.text.code_points import code_points

FOLDED_CODE_POINTS = 0x33480
"""The table ends after the last Chinese character; beyond lie private use and tags."""
_TAGS = range(0xE0000, 0xE1000)
_FIRST_SYLLABLE = 0x3040
"""Letters from here on are syllables: kana, hangul."""
_POINT, _SIGN = ord("."), ord("-")


class Kind(IntEnum):
    """What a code point is to a key; those from ``LETTER`` on are kept."""

    IGNORED = 0  # zero width, control, unassigned: as if it were not there
    SPACE = 1
    MARK = 2
    PAUSE = 3  # a mark that ends no sentence, or a bracket
    COMMA = 4  # a pause that may also stand inside a number without changing it
    DASH = 5  # a mark that may be a sign
    EXPANDING = 6  # stands for several characters, such as a ligature
    LETTER = 7
    HAN = 8
    DIGIT = 9


class Break(IntEnum):
    """What follows a unit in the text."""

    NONE = 0  # another unit, with or without a space between
    PAUSE = 1  # a comma
    STOP = 2  # another mark, or the end of the paragraph


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of many paragraphs, laid end to end.

    Attributes:
        units: Code points of all keys, uint32.
        kinds: `Kind` of each unit, uint8.
        breaks: `Break` after each unit, uint8.
        bounds: Where each key starts in ``units``, and after the last one its end; int64.
    """

    units: npt.NDArray[np.uint32]
    kinds: npt.NDArray[np.uint8]
    breaks: npt.NDArray[np.uint8]
    bounds: npt.NDArray[np.int64]

    @property
    def lengths(self) -> npt.NDArray[np.int64]:
        """Units in each key."""
        return np.diff(self.bounds)

    @property
    def owners(self) -> npt.NDArray[np.int64]:
        """For each unit the number of its paragraph."""
        return np.repeat(np.arange(len(self.bounds) - 1), self.lengths)

    def count(self, kind: Kind) -> npt.NDArray[np.int64]:
        """Return how many units of ``kind`` each key has."""
        return self._count(np.flatnonzero(self.kinds == kind))

    def count_syllables(self) -> npt.NDArray[np.int64]:
        """Return how many kana and hangul each key has."""
        letters = np.flatnonzero(self.kinds == Kind.LETTER)
        return self._count(letters[self.units[letters] >= _FIRST_SYLLABLE])

    def _count(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return how many of the ``places``, which ascend, lie in each key."""
        return np.diff(np.searchsorted(places, self.bounds))

    def length(self, number: int) -> int:
        """Return how many units one key has."""
        return int(self.bounds[number + 1] - self.bounds[number])

    def key_bytes(self, number: int) -> bytes:
        """Return a key as bytes, equal for two paragraphs exactly when their keys are."""
        return self.units[self.bounds[number] : self.bounds[number + 1]].tobytes()

    def breaks_of(self, number: int) -> npt.NDArray[np.uint8]:
        """Return the breaks of one key."""
        return self.breaks[self.bounds[number] : self.bounds[number + 1]]

    def text(self, number: int) -> str:
        """Return a key as text."""
        return self.key_bytes(number).decode("utf-32-le", "surrogatepass")


_KIND_BITS = 4


@cache
def _table() -> npt.NDArray[np.uint32]:
    """Return for each code point what it is compared as, and in the lowest bits its kind."""
    with (files("flows.repeats") / "data" / "folding.npz").open("rb") as file:
        columns = np.load(file)
        return np.asarray(columns["folded"] << _KIND_BITS | columns["kind"], np.uint32)


def _look_up(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return what the table holds for each code point."""
    found = _table().take(points, mode="clip")
    beyond = np.flatnonzero(points >= FOLDED_CODE_POINTS)
    if len(beyond):
        own = points[beyond]
        is_tag = (own >= _TAGS.start) & (own < _TAGS.stop)
        found[beyond] = own << _KIND_BITS | np.where(is_tag, Kind.IGNORED, Kind.LETTER)
    return found


def _kinds(found: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    return (found & (1 << _KIND_BITS) - 1).astype(np.uint8)


def _expanded(texts: list[str]) -> list[str]:
    """Return the texts with characters that stand for several written out."""
    bounds = np.cumsum([len(text) for text in texts])
    where = np.flatnonzero(_kinds(_look_up(code_points("".join(texts)))) == Kind.EXPANDING)
    expanding = set(np.searchsorted(bounds, where, "right").tolist())
    return [
        unicodedata.normalize("NFKC", text) if number in expanding else text
        for number, text in enumerate(texts)
    ]


def _keep_points_and_signs(
    found: npt.NDArray[np.uint32],
    kinds: npt.NDArray[np.uint8],
    starts: npt.NDArray[np.int64],
) -> None:
    """Turn the marks that belong to a number into letters, in place.

    Args:
        found: What the table holds for each code point; the kind in it is not changed.
        kinds: Kind of each code point.
        starts: First code point of each text: a number never crosses from one into the next.
    """
    # All that matters stands right before a digit, and most text has few.
    marks = np.flatnonzero(kinds == Kind.DIGIT)
    marks = np.setdiff1d(marks, starts, assume_unique=True) - 1
    marks = marks[_MAY_BELONG[kinds[marks]]]
    before = np.where(np.isin(marks, starts), np.uint8(Kind.SPACE), kinds[marks - 1])
    in_number = before == Kind.DIGIT
    is_sign = (kinds[marks] == Kind.DASH) & ~np.isin(before, _NO_SIGN_AFTER)
    found[marks[is_sign]] = _SIGN << _KIND_BITS
    found[marks[in_number]] = _POINT << _KIND_BITS
    kinds[marks[in_number | is_sign]] = Kind.LETTER


_MAY_BELONG = np.zeros(len(Kind), np.bool_)
_MAY_BELONG[[Kind.MARK, Kind.PAUSE, Kind.DASH]] = True
_NO_SIGN_AFTER = (Kind.DASH, Kind.LETTER, Kind.DIGIT)
"""A dash after a letter joins (``B-2``), after a dash it is half of a Chinese dash."""


_BREAKS = np.zeros(len(Kind), np.uint8)
_BREAKS[[Kind.MARK, Kind.DASH]] = Break.STOP
_BREAKS[[Kind.PAUSE, Kind.COMMA]] = Break.PAUSE


def comparison_keys(texts: Sequence[str], points: npt.NDArray[np.uint32] | None = None) -> Keys:
    """Return the key of each text.

    Args:
        texts: Paragraphs, any text; the key of one never depends on the others.
        points: Code points of all texts end to end, where they are at hand.

    Returns:
        One key a text, in order; empty where nothing but marks and spaces stands.

    >>> keys = comparison_keys(["總計：3.5%", "总计 3.5 %", "总计35%"])
    >>> [keys.text(number) for number in range(3)]
    ['总计3.5%', '总计3.5%', '总计35%']
    """
    found = _look_up(code_points("".join(texts)) if points is None else points)
    kinds = _kinds(found)
    if (kinds == Kind.EXPANDING).any():
        return comparison_keys(_expanded(list(texts)))
    edges = np.cumsum([0, *map(len, texts)])
    _keep_points_and_signs(found, kinds, np.unique(edges[:-1]))
    kept = np.flatnonzero(kinds >= Kind.LETTER)
    breaks = _BREAKS[kinds.take(kept + 1, mode="clip")]
    bounds = np.searchsorted(kept, edges)
    ends = bounds[1:][bounds[1:] > 0]
    breaks[ends[kept[ends - 1] + 1 == edges[1:][bounds[1:] > 0]] - 1] = Break.STOP
    return Keys(found[kept] >> np.uint32(_KIND_BITS), kinds[kept], breaks, bounds)
