"""OpenCC's answer in a third of its time: words are looked up only where one can stand.

OpenCC looks for the longest word of its dictionaries at every character. Simplifying needs few
words: of a hundred characters of ordinary text three stand where one could matter. So all
characters are looked up in one table at once, and OpenCC is asked for these short runs alone.

The answer is OpenCC's own, code point for code point. Tables tell which characters can stand where
in a word (`benchmarks/make_word_tables.py`); between two that no word joins, a text can be
converted in parts, and where no word opens, character by character. They hold for one version of
the dictionaries: with any other, and for configurations without tables, all text goes to OpenCC. So
do short texts, for which it is as fast, and texts with ideographic descriptions (⿰ and its kind),
whose parts it keeps.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from importlib import resources
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.text.code_points import code_points

# What a character can be to a word, in bits.
_HEAD: Final = 1
_TAIL: Final = 2
_OPENS: Final = 4
_FOLLOWS: Final = 8
_LEFT_TO_OPENCC: Final = 16
_BITS: Final = {"head": _HEAD, "tail": _TAIL, "opens": _OPENS, "follows": _FOLLOWS}

_BEYOND: Final = 0x10000
"""Place of all code points beyond the basic plane in a table."""
_NORMALISED: Final = slice(0xF900, 0xFB00)
"""Compatibility ideographs, which OpenCC exchanges before it looks for words."""
_DESCRIPTION: Final = re.compile("[\u2ff0-\u2fff\u31ef]")
_MIN_LENGTH: Final = 600
"""Code points. Below it OpenCC itself is as fast; measured on Traditional prose."""

Convert = Callable[[str], str]
Table = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]


@cache
def word_rows() -> dict[str, str]:
    """Return the table by row: ``version``, and such as ``tw2s head`` the characters of a class."""
    table = resources.files("flows.text").joinpath("data/words.txt").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in table.splitlines() if not row.startswith("#"))
    return dict(rows)


class WordGate:
    """A simplifying conversion of OpenCC, asked only where the answer depends on words."""

    def __init__(self, convert: Convert, classes: Mapping[str, str]) -> None:
        """Keep what is needed; the tables are made for the first text that is long enough.

        Args:
            convert: OpenCC's conversion, which keeps the length of a text.
            classes: The characters that can be ``head``, ``tail``, ``opens`` and ``follows``.
        """
        self._convert = convert
        self._classes = classes

    def __call__(self, text: str) -> str:
        """Return what OpenCC makes of ``text``, which holds no NUL and no lone surrogate."""
        if len(text) < _MIN_LENGTH or _DESCRIPTION.search(text):
            return self._convert(text)
        codes = code_points(text)
        kinds = self._kinds.take(codes, mode="clip")
        after = self._single.take(codes, mode="clip")
        in_question = _places_in_question(kinds)
        if in_question.size:
            starts, ends = _runs_around(in_question, kinds)
            runs = zip(starts.tolist(), ends.tolist(), strict=True)
            answers = self._convert("\n".join(text[start:end] for start, end in runs))
            after[_mask(starts, ends, codes.size)] = code_points(answers.replace("\n", ""))
        return after.tobytes().decode("utf-32-le")

    @cached_property
    def _single(self) -> npt.NDArray[np.uint32]:
        """What becomes of each character of the basic plane that stands alone."""
        probed = [
            character
            for character in map(chr, range(0x80, _BEYOND))
            if not ("\ud800" <= character <= "\udfff" or _DESCRIPTION.match(character))
        ]
        table = np.arange(_BEYOND + 1, dtype=np.uint32)
        answers = self._convert("\n".join(probed)).replace("\n", "")
        table[code_points("".join(probed))] = code_points(answers)
        return table

    @cached_property
    def _kinds(self) -> Table:
        """What each character can be to a word."""
        table = np.zeros(_BEYOND + 1, np.uint8)
        for name, bit in _BITS.items():
            table[code_points(self._classes[name])] |= bit
        table[_NORMALISED] |= _HEAD | _TAIL | _LEFT_TO_OPENCC
        table[_BEYOND] = _HEAD | _TAIL | _LEFT_TO_OPENCC
        return table


def gated(config: str, version: str, convert: Convert) -> Convert:
    """Return a faster conversion with the answers of ``convert``, or itself for want of a table.

    Args:
        config: Name of an OpenCC configuration.
        version: Of the OpenCC that converts.
        convert: Its conversion.
    """
    rows = word_rows()
    if rows["version"] != version or f"{config} head" not in rows:
        return convert
    return WordGate(convert, {name: rows[f"{config} {name}"] for name in _BITS})


def _places_in_question(kinds: Table) -> Places:
    """Return where a word that matters can begin, and what is left to OpenCC anyhow."""
    in_question = kinds & _LEFT_TO_OPENCC
    in_question[:-1] |= kinds[:-1] & _OPENS & (kinds[1:] >> 1)
    return np.flatnonzero(in_question)


def _runs_around(places: Places, kinds: Table) -> tuple[Places, Places]:
    """Return where the runs around ``places`` start and end, beyond which no word reaches."""
    is_joined = kinds[:-1] & (kinds[1:] >> 1) & _HEAD
    ends = np.append(np.flatnonzero(is_joined == 0) + 1, kinds.size)
    starts = np.insert(ends[:-1], 0, 0)
    runs = np.unique(np.searchsorted(ends, places, side="right"))
    return starts[runs], ends[runs]


def _mask(starts: Places, ends: Places, size: int) -> npt.NDArray[np.bool_]:
    """Return an array of ``size`` that holds inside the spans, which do not overlap."""
    steps = np.zeros(size + 1, np.int8)
    steps[starts] = 1
    steps[ends] -= 1
    return np.cumsum(steps[:-1], dtype=np.int8).astype(np.bool_)
