"""Which kept breaks lie inside a block: code, a table, verse, an address, a signature.

A break that stays is either the end of a paragraph or one of those inside a block whose lines
belong together. Code shows by its characters, tables by wide gaps or bars within the line. Verse,
addresses and signatures are runs of short lines that are no sentences: where the document parts
its paragraphs by blank lines, two such lines are enough; where it has a paragraph a line, a run
must be longer and end lines in commas, as verse does, or it may be a heading and a byline.
List items, headings with a marker and lines of dialogue are paragraphs of their own.
"""

from typing import Final

import numpy as np

from flows.lines.classes import IS_LETTER, Class, Flags, any_of
from flows.lines.gap_features import ENDS_SENTENCE, LINE, Gaps
from flows.lines.layout import Layout
from flows.lines.shapes import Marker
from flows.lines.windows import range_sums

_ENTRY_COLUMNS: Final = 60  # wider lines are prose
_CHINESE_ENTRY_COLUMNS: Final = 40
_VERSE_LINES: Final = 3
_CODE_SHARE: Final = 8  # characters of code in a hundred columns

_PAUSES: Final = any_of((Class.WIDE_COMMA, Class.COMMA))
_SPEAKS: Final = any_of((Class.OPENING_QUOTE, Class.DASH))


def is_code(layout: Layout) -> Flags:
    """Return for each line whether it looks like program code.

    An indented line right below code belongs to it, whatever it looks like.
    """
    counts, lines = layout.counts, layout.lines
    last = layout.code_from_end(0)
    statement = (last == ord(";")) | (last == ord("{")) | (last == ord("}"))
    dense = (counts["code"] * 100 >= layout.width * _CODE_SHARE) & (counts["code"] > 1)
    calls = _calls(layout) & ((last == ord(")")) | (last == ord(":")))
    foreign = counts["han"] + counts["kana"] > counts["lower"] + counts["code"]
    found = (dense | calls | statement & (counts["code"] > 0)) & ~foreign
    below = np.zeros(len(lines), np.bool_)
    below[1:] = (np.diff(lines.number) == 1) & (np.diff(lines.document) == 0)
    heads = np.flatnonzero(~below | (layout.indent == 0) | found)
    block = np.searchsorted(heads, np.arange(len(lines)), side="right") - 1
    code: Flags = found[heads[block]] if len(heads) else found
    return code


def _calls(layout: Layout) -> Flags:
    """Return for each line whether a bracket follows a letter, as where a function is called."""
    opens = np.flatnonzero(layout.codes[1:] == ord("(")) + 1
    opens = opens[IS_LETTER[layout.classes[opens - 1]]]
    lines = layout.lines
    found: Flags = np.searchsorted(opens, lines.end) > np.searchsorted(opens, lines.start)
    return found


def is_row(layout: Layout) -> Flags:
    """Return for each line whether wide gaps part it into columns."""
    found: Flags = layout.gaps_in_line > 0
    return found


def inside_blocks(gaps: Gaps, is_joined: Flags) -> Flags:
    """Return for each gap whether a break kept there is one inside a block.

    Args:
        gaps: The gaps of a batch.
        is_joined: Which of them are no breaks at all.
    """
    layout = gaps.layout
    before, after = gaps.before, gaps.before + 1
    is_single = (gaps.kind[after] == LINE) & ~is_joined
    code, row = is_code(layout), is_row(layout)
    indented_code = (code[before] | code[after]) & (layout.indent[after] != layout.indent[before])
    same = code[before] & code[after] | indented_code | row[before] & row[after]
    found: Flags = is_single & (same | _in_run(gaps, is_joined, is_single))
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
    is_block = unended & (_has_blank_lines(gaps)[layout.lines.document[first]] | is_verse)
    found: Flags = links & is_block[run[before]]
    return found


def _entries(gaps: Gaps, is_joined: Flags) -> Flags:
    """Return for each line whether it is short, whole, and neither item nor speech."""
    layout = gaps.layout
    whole = np.ones(len(layout.lines), np.bool_)
    whole[gaps.before[is_joined]] = False
    whole[gaps.before[is_joined] + 1] = False
    widest = np.where(
        layout.is_chinese[layout.lines.document], _CHINESE_ENTRY_COLUMNS, _ENTRY_COLUMNS
    )
    speaks = _SPEAKS[gaps.begins_with]
    found: Flags = whole & (layout.width <= widest) & (gaps.marker == Marker.NONE) & ~speaks
    return found


def _has_blank_lines(gaps: Gaps) -> Flags:
    """Return for each text whether blank lines part some of its lines."""
    layout = gaps.layout
    apart = (gaps.kind > LINE).astype(np.int64)
    return layout.per_text(apart) > 1  # the first line always counts as apart


def keeps_indent(layout: Layout) -> Flags:
    """Return for each line whether its indent means something."""
    return is_code(layout) | is_row(layout)
