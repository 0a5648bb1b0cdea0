"""What a line looks like, whatever it says: code, a row of a table, a contents entry, a label.

Code shows by its characters and by the indent below such a line, or by the fences around it; a row of a table by wide gaps or
bars in it; an entry of a contents page by dots that lead to a number; an entry of a form, a log
or a play by a short label and a colon.
"""

from functools import cached_property
from typing import Final

import numpy as np

from flows.lines.character_groups import Group
from flows.lines.classes import CLASS_OF, IS_LETTER, Class, Flags
from flows.lines.layout import Layout
from flows.lines.shapes import WordList
from flows.lines.windows import Ints, holds_any, range_sums

_CODE_SHARE: Final = 8  # characters of code in a hundred columns

_HAN_LABEL: Final = 6  # characters before the colon
_LATIN_LABEL: Final = 14
_CODE_INDENT: Final = 2  # columns
_FENCE_TICKS: Final = 3
_OPENS_BLOCK: Final = WordList(
    "class def for while if elif else: try: except except: finally: with switch case func fn struct"
)

_ENDS_STATEMENT: Final = np.zeros(256, np.bool_)
_ENDS_STATEMENT[[ord(char) for char in ";{}]"]] = True


class Looks:
    """The looks of all lines of a batch; each is worked out once, when it is first asked for."""

    def __init__(self, layout: Layout) -> None:
        """Take the batch; its lines are not looked at yet."""
        self._layout = layout

    @cached_property
    def is_fenced(self) -> Flags:
        """For each line whether it is a code fence of Markdown or lies between two."""
        return _is_fenced(self._layout)

    @cached_property
    def is_code(self) -> Flags:
        """For each line whether it looks like program code, or is fenced as such."""
        return _is_code(self._layout) | self.is_fenced

    @cached_property
    def is_row(self) -> Flags:
        """For each line whether gaps or bars part it into columns, or dots lead to a number."""
        return _is_row(self._layout, self.has_leader)

    @cached_property
    def has_leader(self) -> Flags:
        """For each line whether it ends in a number that a row of dots leads to."""
        return _has_leader(self._layout)

    @cached_property
    def has_label(self) -> Flags:
        """For each line whether it begins with a short label and a colon."""
        return _has_label(self._layout)


def _is_fenced(layout: Layout) -> Flags:
    """Return for each line whether it is one of a pair of code fences or lies between them."""
    tick = ord("`")
    fences = np.ones(len(layout.lines), np.bool_)
    for distance in range(_FENCE_TICKS):
        fences &= layout.code_from_start(distance) == tick
    if not fences.any():
        return fences
    document = layout.lines.document
    passed = np.cumsum(fences)
    before_text: Ints = (passed - fences)[layout.first_line[document]]
    opened: Ints = passed - before_text  # fences of this text down to this line
    is_paired = opened <= layout.per_text(fences)[document] // 2 * 2
    found: Flags = is_paired & ((opened % 2 == 1) | fences)
    return found


def _is_code(layout: Layout) -> Flags:
    """Return for each line whether it looks like program code.

    Indented lines right below each other are code together, if half of them look like it, or if
    they stand right below a line that does.
    """
    looks, lines = _looks_like_code(layout), layout.lines
    if not looks.any():
        return looks
    is_indented = layout.indent >= _CODE_INDENT
    below = np.zeros(len(lines), np.bool_)
    below[1:] = (np.diff(lines.number) == 1) & (np.diff(lines.document) == 0)
    heads = np.flatnonzero(~below | ~is_indented)
    end = np.append(heads[1:], len(lines))
    # A run begins with an indented line after a blank one, or with the line above its indent.
    block = np.searchsorted(heads, np.arange(len(lines)), side="right") - 1
    half = range_sums(looks, heads, end) * 2 >= end - heads
    code: Flags = looks | is_indented & (half | looks[heads])[block]
    return code


def _looks_like_code(layout: Layout) -> Flags:
    counts = layout.counts
    last = layout.code_from_end(0)
    statement = _ENDS_STATEMENT[last] & (counts["code"] > 0)
    dense = (counts["code"] * 100 >= layout.width * _CODE_SHARE) & (counts["code"] > 1)
    calls = _calls(layout) & ((last == ord(")")) | (last == ord(":")))
    foreign = counts["han"] + counts["kana"] > counts["lower"] + counts["code"]
    found: Flags = (dense | calls | statement | _opens_block(layout)) & ~foreign
    return found


def _opens_block(layout: Layout) -> Flags:
    """Return for each line whether it is a keyword's line that a deeper one follows."""
    lines = layout.lines
    found: Flags = layout.code_from_end(0) == ord(":")
    found[-1:] = False
    found[:-1] &= (layout.indent[1:] > layout.indent[:-1]) & (np.diff(lines.document) == 0)
    opening = np.flatnonzero(found)
    found[opening] = _OPENS_BLOCK.begin(layout, lines.first_word[opening])
    return found


def _calls(layout: Layout) -> Flags:
    """Return for each line whether a bracket follows a letter, as where a function is called."""
    opens = np.flatnonzero(layout.codes[1:] == ord("(")) + 1
    opens = opens[IS_LETTER[layout.classes[opens - 1]]]
    lines = layout.lines
    return holds_any(opens, lines.start, lines.end)


def _is_row(layout: Layout, leader: Flags) -> Flags:
    """Return for each line whether gaps or bars part it into columns, or dots lead to a number."""
    bar = ord("|")
    barred = (layout.code_from_start(0) == bar) & (layout.code_from_end(0) == bar)
    found: Flags = (layout.gaps_in_line > 0) | barred | leader
    return found


def _has_leader(layout: Layout) -> Flags:
    """Return for each line whether it ends in a number that a row of dots leads to."""
    last: Flags = CLASS_OF[layout.code_from_end(0)] == Class.DIGIT
    if not last.any():
        return last
    codes, lines = layout.codes, layout.lines
    dot = (codes == ord(".")) | (codes == Group.ELLIPSIS) | (codes == Group.BULLET)
    thrice = np.flatnonzero(dot[:-2] & dot[1:-1] & dot[2:])
    return last & holds_any(thrice, lines.start, lines.end)


def _has_label(layout: Layout) -> Flags:
    """Return for each line whether it begins with a short label and a colon."""
    lines = layout.lines
    colons = np.append(np.flatnonzero(layout.classes == Class.COLON), len(layout.classes) + 99)
    colon = colons[np.searchsorted(colons, lines.start)]
    distance = np.where(colon < lines.end, colon - lines.start, 0)
    is_han = CLASS_OF[layout.code_from_start(0)] == Class.HAN
    found: Flags = (distance > 0) & (distance <= np.where(is_han, _HAN_LABEL, _LATIN_LABEL))
    return found
