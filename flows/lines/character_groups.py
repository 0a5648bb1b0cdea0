"""Groups of characters outside ASCII: eight-bit codes, and which code points have them.

Groups follow Unicode blocks and general categories (Unicode 16).
"""

# ruff: noqa: RUF001 - look-alikes are what these tables are about

from collections.abc import Mapping
from enum import IntEnum
from typing import Final


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


RANGES: Final[tuple[tuple[int, int, Group], ...]] = (
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
MEMBERS: Final[Mapping[Group, str]] = {
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
