"""Which kept breaks lie inside a block: code, a table, verse, an address, a signature.

A break that stays is either the end of a paragraph or one of those inside a block whose lines
belong together. Code shows by its characters, tables by wide gaps or bars within the line. Verse,
addresses and signatures are runs of short lines that are no sentences: where the document parts
its paragraphs by blank lines, two such lines are enough; where it has a paragraph a line, a run
must be longer and end lines in commas, as verse does, or it may be a heading and a byline. A text
of nothing but such lines is a block.
Short list items right below each other are such a run too, if blank lines part paragraphs;
otherwise list items, headings with a marker and lines of dialogue are paragraphs of their own.
"""

from typing import Final

import numpy as np

from flows.lines.classes import CLASS_OF, IS_LETTER, Class, Flags, Group, any_of
from flows.lines.gap_features import ENDS_SENTENCE, LINE, Gaps
from flows.lines.layout import Layout
from flows.lines.shapes import Marker
from flows.lines.windows import range_sums

_ENTRY_COLUMNS: Final = 60  # wider lines are prose
_CHINESE_ENTRY_COLUMNS: Final = 40
_VERSE_LINES: Final = 3
_CODE_SHARE: Final = 8  # characters of code in a hundred columns

_HAN_LABEL: Final = 6  # characters before the colon
_LATIN_LABEL: Final = 14
_CODE_INDENT: Final = 2  # columns

_ENDS_STATEMENT: Final = np.zeros(256, np.bool_)
_ENDS_STATEMENT[[ord(char) for char in ";{}]"]] = True
_PAUSES: Final = any_of((Class.WIDE_COMMA, Class.COMMA))
_SPEAKS: Final = any_of((Class.OPENING_QUOTE, Class.DASH))


def is_code(layout: Layout) -> Flags:
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
    found: Flags = (dense | calls | statement) & ~foreign
    return found


def _calls(layout: Layout) -> Flags:
    """Return for each line whether a bracket follows a letter, as where a function is called."""
    opens = np.flatnonzero(layout.codes[1:] == ord("(")) + 1
    opens = opens[IS_LETTER[layout.classes[opens - 1]]]
    lines = layout.lines
    found: Flags = np.searchsorted(opens, lines.end) > np.searchsorted(opens, lines.start)
    return found


def is_row(layout: Layout) -> Flags:
    """Return for each line whether gaps or bars part it into columns, or dots lead to a number."""
    bar = ord("|")
    barred = (layout.code_from_start(0) == bar) & (layout.code_from_end(0) == bar)
    found: Flags = (layout.gaps_in_line > 0) | barred | has_leader(layout)
    return found


def has_leader(layout: Layout) -> Flags:
    """Return for each line whether it ends in a number that a row of dots leads to."""
    last: Flags = CLASS_OF[layout.code_from_end(0)] == Class.DIGIT
    if not last.any():
        return last
    codes, lines = layout.codes, layout.lines
    dot = (codes == ord(".")) | (codes == Group.ELLIPSIS) | (codes == Group.BULLET)
    thrice = np.flatnonzero(dot[:-2] & dot[1:-1] & dot[2:])
    inside = np.searchsorted(thrice, lines.end) > np.searchsorted(thrice, lines.start)
    found: Flags = last & inside
    return found


def has_label(layout: Layout) -> Flags:
    """Return for each line whether it begins with a short label and a colon."""
    lines = layout.lines
    colons = np.append(np.flatnonzero(layout.classes == Class.COLON), len(layout.classes) + 99)
    colon = colons[np.searchsorted(colons, lines.start)]
    distance = np.where(colon < lines.end, colon - lines.start, 0)
    is_han = CLASS_OF[layout.code_from_start(0)] == Class.HAN
    found: Flags = (distance > 0) & (distance <= np.where(is_han, _HAN_LABEL, _LATIN_LABEL))
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
    entry = has_label(gaps.layout) & _short_lines(gaps, is_joined)
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


def keeps_indent(layout: Layout) -> Flags:
    """Return for each line whether its indent means something."""
    return is_code(layout) | is_row(layout)
