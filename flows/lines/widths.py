"""How wide characters are: in columns of a terminal (UAX #11), and in a common book face.

Quotation marks and the Chinese dash and ellipsis are ambiguous in width: they count as one column,
and a second one is added where the document is Chinese.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from flows.lines.character_groups import Group

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


COLUMNS_OF: Final = _column_table()
PROPORTIONAL_OF: Final = _proportional_table()
