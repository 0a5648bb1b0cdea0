"""Which gaps lie in verse: stanzas of narrow lines whose breaks are the author's.

Verse shows by its lines' lengths and ends: uneven lines far narrower than a page, even lines that
all end in a mark, or several short lines of which none does. Prose in a narrow column looks alike
but for one thing: all its lines but the last of a paragraph are full.
"""

from typing import Final

import numpy as np

from flows.lines.classes import CLASS_OF, Class, Flags, any_of
from flows.lines.gap_facts import ENDS_SENTENCE, FEW_LINES, LINE, PAGE, Gaps
from flows.lines.joins import links
from flows.lines.windows import Ints, range_sums

_NARROW_COLUMNS: Final = 28  # fourteen Chinese characters
_VERSE_COLUMNS: Final = 40
_REGULAR_COLUMNS: Final = 32  # two halves of seven characters and their marks
_STANZA_LINES: Final = 3
_ONE_CHARACTER: Final = 2  # columns
_IS_OPEN: Final = any_of((Class.HAN, Class.DIGIT, Class.LOWER, Class.UPPER))
_HAS_NO_CAPITALS: Final = any_of((Class.HAN, Class.KANA, Class.HANGUL))
_PAUSES: Final = any_of((Class.WIDE_COMMA, Class.COMMA))
_ENDS_VERSE: Final = _PAUSES | ENDS_SENTENCE


def is_free_verse(gaps: Gaps) -> Flags:
    """Return for each gap whether its text is Chinese with narrow lines of uneven length.

    A column of print as narrow as that is filled by most of its lines.
    """
    layout = gaps.layout
    text = layout.lines.document
    is_full = layout.reach + 2 >= layout.column[text]
    is_narrow = layout.is_chinese & (layout.column <= _NARROW_COLUMNS)
    uneven = layout.per_text(is_full) * 2 < layout.end_line - layout.first_line
    found: Flags = (is_narrow & uneven)[text[gaps.before]] & (gaps.kind[gaps.before + 1] < PAGE)
    return found & (layout.end_line - layout.first_line >= FEW_LINES)[text[gaps.before]]


def is_regular_verse(gaps: Gaps) -> Flags:
    """Return for each gap whether it lies in a Chinese stanza of even lines, or above one.

    Lines of prose may end in a mark by chance, but not several narrow ones below each other, all
    of one width. The bare line right above such a stanza is its title.
    """
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    text = layout.lines.document
    is_single = gaps.kind[after] == LINE
    is_verse = _ENDS_VERSE[gaps.ends_in] & (layout.width <= _REGULAR_COLUMNS)
    is_verse &= layout.is_chinese[text]
    links = is_single & is_verse[before] & is_verse[after]
    links &= layout.width[before] == layout.width[after]
    begins = np.ones(len(layout.lines), np.bool_)
    begins[after[links]] = False
    first = np.flatnonzero(begins)
    run = np.cumsum(begins) - 1
    lines = np.diff(first, append=len(begins))
    is_stanza = (lines >= _STANZA_LINES)[run]
    titled = is_single & begins[after] & is_stanza[after]
    titled &= _IS_OPEN[gaps.ends_in[before]] & (layout.width[before] <= layout.width[after])
    found: Flags = links & is_stanza[before] | titled
    return found


def in_stanza(gaps: Gaps) -> Flags:
    """Return for each gap whether all lines around it are short, and all or none end in a mark.

    With marks they are verse; without any they are verse, a list of names, or a signature and its
    date. Verse may also close with its only mark: lines of one width are then prose in a column,
    which every line but the last would fill.
    """
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    starts = gaps.kind > LINE
    first = np.flatnonzero(starts)
    end = np.append(first[1:], len(starts))
    stanza = (np.cumsum(starts) - 1)[before]

    def all_are(flags: Flags) -> Flags:
        found: Flags = (range_sums(flags, first, end) == end - first)[stanza]
        return found

    verse = (layout.width <= _VERSE_COLUMNS) & _ENDS_VERSE[gaps.ends_in]
    alike = np.abs(layout.width[before] - layout.width[after]) <= 2 * _ONE_CHARACTER
    alike |= gaps.ends_in[before] != Class.WIDE_COMMA
    bare = _is_bare(gaps)
    closing = np.zeros(len(starts), np.bool_)
    closing[end - 1] = _closes_bare_line(gaps)[end - 1]
    uneven = _is_uneven(layout.width, first, end)[stanza]
    in_bare = all_are(bare) & ~links(gaps) | all_are(bare | closing) & uneven
    found: Flags = (gaps.kind[after] == LINE) & (all_are(verse) & alike | in_bare)
    return found


def _is_bare(gaps: Gaps) -> Flags:
    """Return for each line whether it is narrow, holds no mark and ends in no Latin letter."""
    layout, counts = gaps.layout, gaps.layout.counts
    found: Flags = (layout.width <= _NARROW_COLUMNS) & (counts["commas"] + counts["stops"] == 0)
    found &= _HAS_NO_CAPITALS[CLASS_OF[layout.code_from_end(0)]]
    return found


def _closes_bare_line(gaps: Gaps) -> Flags:
    """Return for each line whether it is narrow and its only mark is the full stop at its end."""
    layout, counts = gaps.layout, gaps.layout.counts
    found: Flags = (layout.width <= _NARROW_COLUMNS) & (counts["commas"] == 0)
    found &= (counts["stops"] == 1) & (gaps.ends_in == Class.WIDE_STOP)
    return found


def _is_uneven(width: Ints, first: Ints, end: Ints) -> Flags:
    """Return for each stanza whether lines below each other differ by a character; not the last."""
    differs = np.append(np.abs(np.diff(width)) >= _ONE_CHARACTER, False)
    found: Flags = range_sums(differs, first, np.maximum(end - 2, first)) > 0
    return found
