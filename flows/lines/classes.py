"""Character classes: what a code point is when lines, not words, are looked at.

A batch of texts is one array of code points. A first table turns each of them into a *code* of
eight bits: ASCII keeps its own number, everything else falls into one of a few groups. All other
tables then have 256 entries and stay in the processor's cache: the *class* (punctuation by its
function, letters by their script), the width in columns, the width in a proportional font, and
packed counts that a running sum turns into counts for any stretch of text.

Groups follow Unicode blocks and general categories (Unicode 16, UAX #11 for widths). Quotation
marks and the Chinese dash and ellipsis are ambiguous in width: they count as one column, and a
second one is added where the document is Chinese.
"""

# ruff: noqa: RUF001 - look-alikes are what these tables are about

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Final

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint8]
Points = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]

_TABLE_SIZE: Final = 1 << 16  # beyond the basic plane everything shares the last entry


class Group(IntEnum):
    """Codes of characters outside ASCII."""

    WIDE_SPACE = 128
    OTHER_SPACE = 129
    HAN = 130
    KANA = 131
    HANGUL = 132
    LOWER = 133
    UPPER = 134
    WIDE_DIGIT = 135
    WIDE_STOP = 136
    ELLIPSIS = 137
    WIDE_COMMA = 138
    WIDE_COLON = 139
    WIDE_SEMICOLON = 140
    CLOSING_QUOTE = 141
    CORNER_CLOSING_QUOTE = 142
    WIDE_CLOSING_BRACKET = 143
    OPENING_QUOTE = 144
    CORNER_OPENING_QUOTE = 145
    WIDE_OPENING_BRACKET = 146
    SOFT_HYPHEN = 147
    HYPHEN = 148
    DASH = 149
    BULLET = 150
    OTHER_WIDE = 151
    OTHER_NARROW = 152
    CIRCLED_NUMBER = 153
    ZERO_WIDTH = 154
    # Han characters that number things, told apart because they begin headings and list items.
    HAN_NUMBER = 155
    ORDINAL = 156  # 第
    PART = 157  # 章, 节, 条 ...
    DATE_UNIT = 158  # 年, 月, 日


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


_RANGES: Final[tuple[tuple[int, int, Group], ...]] = (
    (0x80, 0xBF, Group.OTHER_NARROW),
    (0xC0, 0x24F, Group.LOWER),
    (0x370, 0x52F, Group.LOWER),
    (0x1E00, 0x1FFF, Group.LOWER),
    (0x2000, 0x200A, Group.OTHER_SPACE),
    (0x2460, 0x24FF, Group.CIRCLED_NUMBER),
    (0x25A0, 0x25FF, Group.BULLET),
    (0x2776, 0x2793, Group.CIRCLED_NUMBER),
    (0x2E80, 0x2FDF, Group.HAN),
    (0x3001, 0x303F, Group.OTHER_WIDE),
    (0x3040, 0x30FF, Group.KANA),
    (0x3100, 0x312F, Group.OTHER_WIDE),
    (0x3130, 0x318F, Group.HANGUL),
    (0x31F0, 0x31FF, Group.KANA),
    (0x3200, 0x33FF, Group.OTHER_WIDE),
    (0x3400, 0x9FFF, Group.HAN),
    (0x1100, 0x11FF, Group.HANGUL),
    (0xAC00, 0xD7AF, Group.HANGUL),
    (0xD800, 0xDFFF, Group.HAN),
    (0xF900, 0xFAFF, Group.HAN),
    (0xFF01, 0xFFEF, Group.OTHER_WIDE),
    (0xFF10, 0xFF19, Group.WIDE_DIGIT),
    (0xFF66, 0xFF9F, Group.KANA),
)

_MEMBERS: Final[Mapping[Group, str]] = {
    Group.WIDE_SPACE: "\N{IDEOGRAPHIC SPACE}",
    Group.OTHER_SPACE: "\x85\xa0\u1680\u2028\u2029\u202f\u205f",
    Group.WIDE_STOP: "。！？．｡﹗﹖",
    Group.ELLIPSIS: "…⋯",
    Group.WIDE_COMMA: "，、﹐",
    Group.WIDE_COLON: "：︰",
    Group.WIDE_SEMICOLON: "；",
    Group.CLOSING_QUOTE: "”’»›",
    Group.CORNER_CLOSING_QUOTE: "」』〞",
    Group.WIDE_CLOSING_BRACKET: "）】》〉〕〗］｝",
    Group.OPENING_QUOTE: "“‘«‹„‚",
    Group.CORNER_OPENING_QUOTE: "「『〝",
    Group.WIDE_OPENING_BRACKET: "（【《〈〔〖［｛",
    Group.SOFT_HYPHEN: "\N{SOFT HYPHEN}\ufffe",
    Group.HYPHEN: "\N{HYPHEN}\N{NON-BREAKING HYPHEN}",
    Group.DASH: "—―\N{EN DASH}\N{MINUS SIGN}─",
    Group.BULLET: "•·◦‣⁃∙・",
    Group.ZERO_WIDTH: "\u200b\u200c\u200d\ufeff\u2060",
    Group.HAN_NUMBER: "零〇一二三四五六七八九十百两",
    Group.ORDINAL: "第",
    Group.PART: "章节節编編篇卷回條条款部页頁版",
    Group.DATE_UNIT: "年月日",
}

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

_WIDE_GROUPS: Final = (
    Group.WIDE_SPACE,
    Group.HAN,
    Group.KANA,
    Group.HANGUL,
    Group.WIDE_DIGIT,
    Group.WIDE_STOP,
    Group.WIDE_COMMA,
    Group.WIDE_COLON,
    Group.WIDE_SEMICOLON,
    Group.CORNER_CLOSING_QUOTE,
    Group.WIDE_CLOSING_BRACKET,
    Group.CORNER_OPENING_QUOTE,
    Group.WIDE_OPENING_BRACKET,
    Group.OTHER_WIDE,
    Group.CIRCLED_NUMBER,
    Group.HAN_NUMBER,
    Group.ORDINAL,
    Group.PART,
    Group.DATE_UNIT,
)
_ZERO_WIDTH: Final = (Group.SOFT_HYPHEN, Group.ZERO_WIDTH, 0x02, 0x0A, 0x0C, 0x0D)

# Advance widths of a common book face, in twentieths of an em: only their proportions matter.
_PROPORTIONAL: Final = (
    (5, " "),
    (6, "ijl.,;:'|!I"),
    (7, 'ftr()[]-"'),
    (9, "csz"),
    (10, "aegvxykJ?*"),
    (11, "bdhnopqu0123456789$_+=<>~^"),
    (13, "ABEFLPSTZ&"),
    (15, "wCDGHKNOQRUVXY"),
    (17, "m"),
    (19, "MW@%"),
)


def _code_table() -> Codes:
    codes = np.full(_TABLE_SIZE, Group.OTHER_NARROW, np.uint8)
    codes[:128] = np.arange(128)
    for first, last, group in _RANGES:
        codes[first : last + 1] = group
    for point in range(0xC0, 0x530):
        if chr(point).isupper():
            codes[point] = Group.UPPER
    for group, members in _MEMBERS.items():
        codes[[ord(char) for char in members]] = group
    codes[_TABLE_SIZE - 1] = Group.HAN  # beyond the basic plane nearly all text is Han
    return codes


def _class_table() -> Codes:
    classes = np.zeros(256, np.uint8)
    for name, chars, groups in _CLASSES:
        classes[[*map(ord, chars), *groups]] = name
    return classes


def _column_table() -> npt.NDArray[np.uint64]:
    columns = np.ones(256, np.uint64)
    columns[list(_WIDE_GROUPS)] = 2
    columns[list(_ZERO_WIDTH)] = 0
    columns[0x09] = 4
    return columns


def _proportional_table() -> npt.NDArray[np.uint64]:
    widths = np.full(256, 10, np.uint64)
    for width, chars in _PROPORTIONAL:
        widths[[ord(char) for char in chars]] = width
    widths[list(_WIDE_GROUPS)] = 20
    widths[[Group.OPENING_QUOTE, Group.CLOSING_QUOTE]] = 8
    widths[[Group.DASH, Group.ELLIPSIS]] = 18
    widths[list(_ZERO_WIDTH)] = 0
    widths[0x09] = 20
    return widths


CODE_OF: Final = _code_table()
CLASS_OF: Final = _class_table()
COLUMNS_OF: Final = _column_table()
PROPORTIONAL_OF: Final = _proportional_table()


def any_of(classes: Iterable[Class]) -> Flags:
    """Return a table of 256 that holds True for each of ``classes``."""
    table = np.zeros(256, np.bool_)
    table[list(classes)] = True
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
IS_UNSPACED: Final = np.zeros(256, np.bool_)
IS_UNSPACED[
    [
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
    ]
] = True
IS_UNSPACED_IN_CHINESE: Final = IS_UNSPACED.copy()
IS_UNSPACED_IN_CHINESE[[Group.ELLIPSIS, Group.CLOSING_QUOTE, Group.OPENING_QUOTE, Group.DASH]] = (
    True
)


def codes_of(points: Points) -> Codes:
    """Return the eight-bit code of each code point.

    >>> [int(code) for code in codes_of(np.array([65, 0x6CB3], np.uint32))] == [65, Group.HAN]
    True
    """
    return CODE_OF.take(points, mode="clip")  # beyond the table, its last entry holds
