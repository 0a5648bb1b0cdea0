"""What each line holds and how wide it is, from running sums of packed 64-bit words.

Each word holds several counts. A count covers the first 4000 code points of a line at most, which
keeps every field of the word from overflowing; nothing that is asked of a line depends on what
follows.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from flows.lines.character_groups import Group
from flows.lines.classes import CLASS_OF, Class, Flags, any_of
from flows.lines.line_spans import Lines
from flows.lines.widths import COLUMNS_OF, PROPORTIONAL_OF
from flows.lines.windows import Ints

Words = npt.NDArray[np.uint64]
COUNTED_POINTS: Final = 4000  # below 2**12, the size of a count's field
_COUNTED: Final[tuple[tuple[str, tuple[Class, ...]], ...]] = (
    ("han", (Class.HAN,)),
    ("kana", (Class.KANA,)),
    ("upper", (Class.UPPER,)),
    ("lower", (Class.LOWER,)),
    ("digits", (Class.DIGIT,)),
    ("code", (Class.CODE,)),
    ("opening", (Class.OPENING_QUOTE, Class.OPENING_BRACKET)),
    ("closing", (Class.CLOSING_QUOTE, Class.CLOSING_BRACKET)),
    ("stops", (Class.WIDE_STOP, Class.STOP, Class.SEMICOLON)),
    ("commas", (Class.WIDE_COMMA, Class.COMMA)),
)
_COUNTS_A_WORD: Final = 5
_COUNT_BITS: Final = 12


def _packed_counts() -> tuple[Words, ...]:
    """Return tables of 256: one bit a class, in the field of its count."""
    tables: list[Words] = []
    for at in range(0, len(_COUNTED), _COUNTS_A_WORD):
        table = np.zeros(256, np.uint64)
        for field, (_, classes) in enumerate(_COUNTED[at : at + _COUNTS_A_WORD]):
            table |= any_of(classes)[CLASS_OF].astype(np.uint64) << np.uint64(_COUNT_BITS * field)
        tables.append(table)
    return tuple(tables)


def _packed_widths() -> Words:
    """Return a table of 256: columns, proportional width, and whether the width is ambiguous."""
    ambiguous = np.zeros(256, np.uint64)
    ambiguous[[Group.OPENING_QUOTE, Group.CLOSING_QUOTE, Group.DASH, Group.ELLIPSIS]] = 1
    packed: Words = COLUMNS_OF | PROPORTIONAL_OF << np.uint64(20) | ambiguous << np.uint64(44)
    return packed


_PACKED_COUNTS: Final = _packed_counts()
PACKED_WIDTHS: Final = _packed_widths()


def running_sums(table: Words, places: npt.NDArray[np.intp]) -> Words:
    """Return the sums of the table's entries before each place, and after the last."""
    sums = np.zeros(len(places) + 1, np.uint64)
    table.take(places, out=sums[1:], mode="clip")  # codes lie within; checking them costs half
    np.cumsum(sums[1:], out=sums[1:])
    return sums


def measured_end(lines: Lines) -> Ints:
    """Return up to where each line is counted."""
    return np.minimum(lines.end, lines.start + COUNTED_POINTS)


def count(places: npt.NDArray[np.intp], lines: Lines) -> dict[str, Ints]:
    """Return for each line the number of characters of a kind, by the kind's name.

    Args:
        places: The code of each code point.
        lines: Of the batch.
    """
    # Each line, and what lies behind it up to the next one.
    stretches = np.column_stack((lines.start, measured_end(lines))).ravel()
    counts: dict[str, Ints] = {}
    for word, table in enumerate(_PACKED_COUNTS):
        packed = np.add.reduceat(table.take(places, mode="clip"), stretches)[::2]
        names = _COUNTED[word * _COUNTS_A_WORD : (word + 1) * _COUNTS_A_WORD]
        for field, (name, _) in enumerate(names):
            counts[name] = field_of(packed, _COUNT_BITS * field, _COUNT_BITS)
    return counts


def field_of(packed: Words, shift: int, bits: int) -> Ints:
    """Return the field of ``bits`` bits that begins ``shift`` bits up in each word."""
    return (packed >> np.uint64(shift) & np.uint64((1 << bits) - 1)).astype(np.int64)


def unpack_widths(packed: Words, is_chinese: Flags) -> tuple[Ints, Ints]:
    """Return the width in columns and in a book face, brought to about the same scale."""
    ambiguous = field_of(packed, 44, 12) * is_chinese
    return (
        field_of(packed, 0, 20) + ambiguous,
        (field_of(packed, 20, 24) + 4 * ambiguous) // 10,
    )
