"""Features of a gap that tell what its text, and the lines nearby, usually look like."""

from typing import Final

import numpy as np

from flows.lines.classes import Class, Flags, any_of
from flows.lines.gap_facts import ENDS_SENTENCE, LINE, NEARBY, Gaps
from flows.lines.layout import Layout
from flows.lines.model import Column
from flows.lines.scales import Scale
from flows.lines.windows import Ints, percent, running_distance, sliding_max

_IS_PUNCTUATION: Final = ENDS_SENTENCE | any_of(
    (Class.WIDE_COMMA, Class.COMMA, Class.COLON, Class.CLOSING_QUOTE)
)
_RATIO: Final = Scale(5, 12, 25, 40, 55, 70, 80, 88, 94, 98, 103)
_SHARE: Final = Scale(3, 12, 30, 55, 80)
_DIFFERENCE: Final = Scale(-8, -4, -1, 1, 3, 7)
_INDENT: Final = Scale(1, 3, 5, 9)
_LINES: Final = Scale(3, 5, 9, 16, 40)
_SINCE: Final = Scale(1, 2, 3, 6)


def indents(gaps: Gaps) -> dict[str, Column]:
    """Return how the lines around each gap are indented, and how common that is."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    relative = _relative_indent(layout)
    indented = percent(relative > 0, layout.first_line, layout.end_line)
    return {
        "indent": _INDENT(relative[before]),
        "next_indent": _INDENT(relative[after]),
        "following_indents": np.where(
            after + 1 < layout.end_line[layout.lines.document[before]],
            1
            + _DIFFERENCE(
                layout.indent[np.minimum(after + 1, len(layout.indent) - 1)] - layout.indent[after]
            ),
            np.uint8(0),
        ),
        "indents": _DIFFERENCE(layout.indent[after] - layout.indent[before]),
        "indented_share": _SHARE(indented[layout.lines.document[before]]),
    }


def _relative_indent(layout: Layout) -> Ints:
    """Return each line's indent beyond the smallest one nearby."""
    most = 300  # greater than any indent
    smallest = most - sliding_max(most - layout.indent, layout.lines.document, NEARBY)
    relative: Ints = layout.indent - smallest
    return relative


def around(gaps: Gaps) -> dict[str, Column]:
    """Return facts of the line before the gap's first line and the line after its second one."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    document = layout.lines.document
    has_previous = before > layout.first_line[document[before]]
    has_next = after + 1 < layout.end_line[document[before]]
    previous, following = np.maximum(before - 1, 0), np.minimum(after + 1, len(document) - 1)
    reach, nearby = layout.reach, np.maximum(gaps.neighbour_column[before], 1)
    narrower = _DIFFERENCE(layout.width[previous] - layout.width[before])

    def where(condition: Flags, column: Column) -> Column:
        return np.where(condition, column, np.uint8(0))

    return {
        "gap_before": where(has_previous, 1 + gaps.kind[before]),
        "gap_after": where(has_next, 1 + gaps.kind[following]),
        "previous_fill": where(has_previous, 1 + _RATIO(reach[previous] * 100 // nearby)),
        "following_fill": where(has_next, 1 + _RATIO(reach[following] * 100 // nearby)),
        "previous_ends_in": where(has_previous, gaps.ends_in[previous]),
        "next_ends_in": gaps.ends_in[after],
        "next_begins_with": where(has_next, gaps.begins_with[following]),
        "previous_narrows": where(has_previous, 1 + narrower),
        "lines_since_blank": _SINCE(running_distance(gaps.kind > LINE)[before]),
    }


def habits(gaps: Gaps) -> dict[str, Column]:
    """Return how often lines of the document, and lines nearby, are full, stop, or stand apart."""
    layout, before = gaps.layout, gaps.before
    document = layout.lines.document
    first, end = layout.first_line, layout.end_line
    at = np.arange(len(document))
    low = np.maximum(at - NEARBY + 1, first[document])
    high = np.minimum(at + NEARBY + 1, end[document])
    is_full = layout.reach * 100 >= layout.column[document] * 90
    stops = ENDS_SENTENCE[gaps.ends_in]
    is_inner = at > first[document]
    is_apart = (gaps.kind > LINE) & is_inner
    sudden_capital = (gaps.begins_with == Class.UPPER) & np.append(False, ~stops[:-1])
    text = document[before]

    def near(flags: Flags) -> Column:
        return _SHARE(percent(flags, low, high)[before])

    def overall(flags: Flags) -> Column:
        return _SHARE(percent(flags, first, end)[text])

    return {
        "full_share": overall(is_full),
        "loose_share": _SHARE(_loose_share(gaps)[text]),
        "blank_share": overall(is_apart),
        "stop_share": overall(stops),
        "lines": _LINES((end - first)[text]),
        "full_nearby": near(is_full),
        "stops_nearby": near(stops),
        "punctuation_nearby": near(_IS_PUNCTUATION[gaps.ends_in]),
        "capitals_nearby": near(sudden_capital & is_inner),
        "blanks_nearby": near(is_apart),
        "code_nearby": near(gaps.looks.is_code),
        "label_share": overall(gaps.looks.has_label),
    }


def _loose_share(gaps: Gaps) -> Ints:
    """Return for each text how many in a hundred of its lines end early before another line.

    Where none does, paragraphs end before blank lines only, and a line that has no blank line
    behind it goes on.
    """
    layout, before = gaps.layout, gaps.before
    text = layout.lines.document[before]
    is_line = gaps.kind[before + 1] == LINE
    ends_early = is_line & (layout.reach[before] * 100 < layout.column[text] * 85)
    texts = len(layout.first_line)
    early, all_lines = (
        np.bincount(text, flags, minlength=texts).astype(np.int64)
        for flags in (ends_early, is_line)
    )
    share: Ints = early * 100 // np.maximum(all_lines, 1)
    return share
