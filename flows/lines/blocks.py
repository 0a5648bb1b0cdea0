"""Which kept breaks lie inside a block: code, a table, verse, an address, a signature.

A break that stays is either the end of a paragraph or one of those inside a block whose lines
belong together. Code and tables show by their looks (``flows.lines.looks``). Verse,
addresses and signatures are runs of short lines that are no sentences: where the document parts
its paragraphs by blank lines, two such lines are enough; where it has a paragraph a line, a run
must be longer and end lines in commas, as verse does, or it may be a heading and a byline. A text
of nothing but such lines is a block.
Short list items right below each other are such a run too, if blank lines part paragraphs;
otherwise list items, headings with a marker and lines of dialogue are paragraphs of their own.
"""

from typing import Final

import numpy as np

from flows.lines.classes import Class, Flags, any_of
from flows.lines.gap_facts import ENDS_SENTENCE, LINE, Gaps
from flows.lines.shapes import Marker
from flows.lines.windows import range_sums

_ENTRY_COLUMNS: Final = 60  # wider lines are prose
_CHINESE_ENTRY_COLUMNS: Final = 40
_VERSE_LINES: Final = 3
_PAUSES: Final = any_of((Class.WIDE_COMMA, Class.COMMA))
_SPEAKS: Final = any_of((Class.OPENING_QUOTE, Class.DASH))


def inside_blocks(gaps: Gaps, is_joined: Flags) -> Flags:
    """Return for each gap whether a break kept there is one inside a block.

    Args:
        gaps: The gaps of a batch.
        is_joined: Which of them are no breaks at all.
    """
    layout = gaps.layout
    before, after = gaps.before, gaps.before + 1
    is_single = (gaps.kind[after] == LINE) & ~is_joined
    code, row = gaps.looks.is_code, gaps.looks.is_row
    indented_code = (code[before] | code[after]) & (layout.indent[after] != layout.indent[before])
    same = code[before] & code[after] | indented_code | row[before] & row[after]
    same |= _in_list(gaps, is_joined) | _in_form(gaps, is_joined)
    found: Flags = is_single & (same | _in_run(gaps, is_joined, is_single))
    return found


def _in_list(gaps: Gaps, is_joined: Flags) -> Flags:
    """Return for each gap whether it parts two short items of a list that blank lines frame."""
    before, after = gaps.before, gaps.before + 1
    short = _short_lines(gaps, is_joined)
    same = (gaps.marker[before] == gaps.marker[after]) & (gaps.marker[after] != Marker.NONE)
    framed = _has_blank_lines(gaps)[gaps.layout.lines.document[before]]
    found: Flags = same & framed & short[before] & short[after]
    return found


def _in_form(gaps: Gaps, is_joined: Flags) -> Flags:
    """Return for each gap whether it parts two short labelled entries that are no sentences."""
    entry = gaps.looks.has_label & _short_lines(gaps, is_joined)
    entry &= ~ENDS_SENTENCE[gaps.ends_in]
    found: Flags = entry[gaps.before] & entry[gaps.before + 1]
    return found


def _in_run(gaps: Gaps, is_joined: Flags, is_single: Flags) -> Flags:
    """Return for each gap whether it lies in a run of short lines that are no sentences."""
    layout, before = gaps.layout, gaps.before
    entry = _entries(gaps, is_joined)
    links = is_single & entry[before] & entry[before + 1]
    continues = np.zeros(len(layout.lines), np.bool_)
    continues[before + 1] = links
    run = np.cumsum(~continues) - 1
    first = np.flatnonzero(~continues)
    end = np.append(first[1:], len(continues))
    stops = ENDS_SENTENCE[gaps.ends_in] | (gaps.ends_in == Class.COLON)
    inner = end - 1  # the last line of a run may end a sentence
    unended = range_sums(~stops, first, inner) * 3 >= end - first - 1
    pauses = range_sums(_PAUSES[gaps.ends_in], first, inner)
    is_verse = (end - first >= _VERSE_LINES) & (pauses * 4 >= end - first - 1)
    text = layout.lines.document[first]
    is_whole = (first == layout.first_line[text]) & (end == layout.end_line[text])
    is_whole &= range_sums(stops, first, end) == 0
    is_block = unended & (_has_blank_lines(gaps)[text] | is_verse | is_whole)
    found: Flags = links & is_block[run[before]]
    return found


def _entries(gaps: Gaps, is_joined: Flags) -> Flags:
    """Return for each line whether it is short, whole, and neither item nor speech."""
    speaks = _SPEAKS[gaps.begins_with]
    found: Flags = _short_lines(gaps, is_joined) & (gaps.marker == Marker.NONE) & ~speaks
    return found


def _short_lines(gaps: Gaps, is_joined: Flags) -> Flags:
    """Return for each line whether it is short and no part of a longer one."""
    layout = gaps.layout
    whole = np.ones(len(layout.lines), np.bool_)
    whole[gaps.before[is_joined]] = False
    whole[gaps.before[is_joined] + 1] = False
    is_chinese = layout.is_chinese[layout.lines.document]
    found: Flags = whole & (
        layout.width <= np.where(is_chinese, _CHINESE_ENTRY_COLUMNS, _ENTRY_COLUMNS)
    )
    return found


def _has_blank_lines(gaps: Gaps) -> Flags:
    """Return for each text whether blank lines part some of its lines."""
    layout = gaps.layout
    apart = (gaps.kind > LINE).astype(np.int64)
    return layout.per_text(apart) > 1  # the first line always counts as apart


def keeps_indent(gaps: Gaps) -> Flags:
    """Return for each line whether its indent means something."""
    return gaps.looks.is_code | gaps.looks.is_row
