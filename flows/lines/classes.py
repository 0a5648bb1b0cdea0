"""Character classes: what a code point is when lines, not words, are looked at.

A batch of texts is one array of code points. A first table turns each of them into a *code* of
eight bits: ASCII keeps its own number, everything else falls into one of a few groups. All other
tables then have 256 entries and stay in the processor's cache: the *class* (punctuation by its
function, letters by their script), the width in columns, the width in a proportional font, and
packed counts that a running sum turns into counts for any stretch of text.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.lines.character_groups import MEMBERS, RANGES, Group

Codes = npt.NDArray[np.uint8]
Points = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]
_TABLE_SIZE: Final = 1 << 16  # beyond the basic plane everything shares the last entry


class Class(IntEnum):
    """What a character does at the end or the beginning of a line."""

    OTHER = 0
    SPACE = 1
    BREAK = 2
    HAN = 3
    KANA = 4
    HANGUL = 5
    LOWER = 6
    UPPER = 7
    DIGIT = 8
    WIDE_STOP = 9
    STOP = 10
    WIDE_COMMA = 11
    COMMA = 12
    COLON = 13
    SEMICOLON = 14
    CLOSING_QUOTE = 15
    CLOSING_BRACKET = 16
    OPENING_QUOTE = 17
    OPENING_BRACKET = 18
    HYPHEN = 19
    DASH = 20
    BULLET = 21
    CODE = 22
    # Only of a line's end: what a closing mark closes, and which hyphen it is.
    CLOSED_SENTENCE = 23
    TYPESET_HYPHEN = 24


_CLASSES: Final[tuple[tuple[Class, str, tuple[Group, ...]], ...]] = (
    (Class.SPACE, " \t\r\x0b\x1c\x1d\x1e\x1f", (Group.WIDE_SPACE, Group.OTHER_SPACE)),
    (Class.BREAK, "\n\f", ()),
    (Class.HAN, "", (Group.HAN, Group.HAN_NUMBER, Group.ORDINAL, Group.PART, Group.DATE_UNIT)),
    (Class.KANA, "", (Group.KANA,)),
    (Class.HANGUL, "", (Group.HANGUL,)),
    (Class.LOWER, "abcdefghijklmnopqrstuvwxyz", (Group.LOWER,)),
    (Class.UPPER, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", (Group.UPPER,)),
    (Class.DIGIT, "0123456789", (Group.WIDE_DIGIT,)),
    (Class.WIDE_STOP, "", (Group.WIDE_STOP, Group.ELLIPSIS)),
    (Class.STOP, ".!?", ()),
    (Class.WIDE_COMMA, "", (Group.WIDE_COMMA,)),
    (Class.COMMA, ",", ()),
    (Class.COLON, ":", (Group.WIDE_COLON,)),
    (Class.SEMICOLON, ";", (Group.WIDE_SEMICOLON,)),
    (Class.CLOSING_QUOTE, "\"'", (Group.CLOSING_QUOTE, Group.CORNER_CLOSING_QUOTE)),
    (Class.CLOSING_BRACKET, ")]", (Group.WIDE_CLOSING_BRACKET,)),
    (Class.OPENING_QUOTE, "", (Group.OPENING_QUOTE, Group.CORNER_OPENING_QUOTE)),
    (Class.OPENING_BRACKET, "([", (Group.WIDE_OPENING_BRACKET,)),
    (Class.HYPHEN, "-\x02", (Group.SOFT_HYPHEN, Group.HYPHEN)),
    (Class.DASH, "", (Group.DASH,)),
    (Class.BULLET, "*", (Group.BULLET, Group.CIRCLED_NUMBER)),
    (Class.CODE, "{}=<>$|\\#_`@/&+%^~", ()),
)


def _code_table() -> Codes:
    codes = np.full(_TABLE_SIZE, Group.OTHER_NARROW, np.uint8)
    codes[:128] = np.arange(128)
    for first, last, group in RANGES:
        codes[first : last + 1] = group
    for point in range(0xC0, 0x530):
        if chr(point).isupper():
            codes[point] = Group.UPPER
    for group, members in MEMBERS.items():
        codes[[ord(char) for char in members]] = group
    codes[_TABLE_SIZE - 1] = Group.HAN  # beyond the basic plane nearly all text is Han
    return codes


def _class_table() -> Codes:
    classes = np.zeros(256, np.uint8)
    for name, chars, groups in _CLASSES:
        classes[[*map(ord, chars), *groups]] = name
    return classes


CODE_OF: Final = _code_table()
CLASS_OF: Final = _class_table()


def any_of(classes: Iterable[Class]) -> Flags:
    """Return a table of 256 that holds True for each of ``classes``."""
    table = np.zeros(256, np.bool_)
    table[list(classes)] = True
    return table


def is_between(classes: Codes, first: Class, last: Class) -> Flags:
    """Return whether each of ``classes`` is one from ``first`` to ``last``.

    For all characters of a batch this takes a tenth of the time of a table.
    """
    found: Flags = np.subtract(classes, np.uint8(first)) <= last - first
    return found


def codes_in(*codes: int) -> Flags:
    """Return a table of 256 that holds True for each of ``codes``."""
    table = np.zeros(256, np.bool_)
    table[list(codes)] = True
    return table


def characters(chars: str) -> Flags:
    """Return a table over the basic plane that holds True for each of ``chars``."""
    table = np.zeros(_TABLE_SIZE, np.bool_)
    table[[ord(char) for char in chars]] = True
    return table


IS_LETTER: Final = any_of((Class.LOWER, Class.UPPER))
IS_STOP: Final = any_of((Class.WIDE_STOP, Class.STOP))
IS_EAST_ASIAN_LETTER: Final = any_of((Class.HAN, Class.KANA))
# Codes that take no space beside them when a line is continued; those of the second table only
# where the document is Chinese or Japanese.
IS_UNSPACED: Final = codes_in(
    Group.WIDE_SPACE,
    Group.HAN,
    Group.KANA,
    Group.WIDE_STOP,
    Group.WIDE_COMMA,
    Group.WIDE_COLON,
    Group.WIDE_SEMICOLON,
    Group.CORNER_CLOSING_QUOTE,
    Group.WIDE_CLOSING_BRACKET,
    Group.CORNER_OPENING_QUOTE,
    Group.WIDE_OPENING_BRACKET,
    Group.OTHER_WIDE,
    Group.HAN_NUMBER,
    Group.ORDINAL,
    Group.PART,
    Group.DATE_UNIT,
)
IS_UNSPACED_IN_CHINESE: Final = IS_UNSPACED | codes_in(
    Group.ELLIPSIS, Group.CLOSING_QUOTE, Group.OPENING_QUOTE, Group.DASH
)


def codes_of(points: Points) -> Codes:
    """Return the eight-bit code of each code point.

    >>> [int(code) for code in codes_of(np.array([65, 0x6CB3], np.uint32))] == [65, Group.HAN]
    True
    """
    return CODE_OF.take(points, mode="clip")  # beyond the table, its last entry holds
