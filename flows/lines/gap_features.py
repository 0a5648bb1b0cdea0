"""What can be said of the gap between two neighbouring lines, as named columns of eight bits.

Which facts tell a wrapped line from the end of a paragraph was measured by leaving each out
(F1 of sentences cut by a blank line, 93.0 with all): without the width of the column 88.0,
without closing punctuation 91.7, without the first and last characters 92.6. A dictionary word
across the gap and open quotation marks added nothing. So: how much room was left at the end of
the line, seen against the document's column, the page's and the neighbouring lines'; what the
line ends in and the next begins with; headings, list markers and indents; and what lines nearby
usually look like. Every column is a small number of steps, because trees ask no finer.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from flows.lines.classes import (
    CLASS_OF,
    IS_EAST_ASIAN_LETTER,
    Class,
    Codes,
    Flags,
    any_of,
    characters,
)
from flows.lines.layout import Layout
from flows.lines.looks import Looks
from flows.lines.model import Column
from flows.lines.shapes import WordList, beginnings, ends, letter_classes, markers
from flows.lines.windows import (
    Ints,
    percent,
    quantile,
    running_distance,
    sliding_max,
)

# Kinds of gap, in the order of how much they part.
LINE, BLANK_LINE, BLANK_LINES, PAGE, PAGE_AND_BLANK_LINES = range(5)

UNWRAPPED_COLUMNS: Final = 160  # no page is this wide: each line is a paragraph, or part of one
_NO_SLACK: Final = 14  # the slack of an unwrapped text, which says nothing
_NEARBY: Final = 8  # lines either side
_PAGE_LINES: Final = 6  # fewer on a page do not show its width

ENDS_SENTENCE: Final = any_of((Class.WIDE_STOP, Class.STOP, Class.CLOSED_SENTENCE, Class.SEMICOLON))
_IS_PUNCTUATION: Final = ENDS_SENTENCE | any_of(
    (Class.WIDE_COMMA, Class.COMMA, Class.COLON, Class.CLOSING_QUOTE)
)
_HANGS: Final = any_of(
    (Class.WIDE_STOP, Class.WIDE_COMMA, Class.COLON, Class.SEMICOLON, Class.CLOSING_QUOTE)
) | any_of((Class.STOP, Class.COMMA, Class.CLOSING_BRACKET))
_IS_LINKING_HAN: Final = characters(
    "的和与與在是对對把被將将及或以為为從从向於于之而但其這这那个個並并等使让讓由所不很更最也都就還还要會会能可"
)
_IS_BOUND_HAN: Final = characters("的了着著過过们們地得之等者性化員员")
_LINKING_WORDS: Final = WordList(
    "the of and a to in or for with that is was as by at an from his her its my our are be were "
    "this which not on if but had has have who than into your their no so more such when will"
)


class Scale:
    """Turns a measure into a small number: how many of the cuts it reaches."""

    def __init__(self, *cuts: int) -> None:
        """Take the cuts, ascending."""
        self._lowest, self._highest = cuts[0] - 1, cuts[-1] + 1
        measures = np.arange(self._lowest, self._highest + 1)
        self._step = np.searchsorted(np.array(cuts), measures, side="right").astype(np.uint8)

    def __call__(self, measures: Ints) -> Column:
        """Return the step of each measure."""
        return self._step[np.clip(measures, self._lowest, self._highest) - self._lowest]


_SLACK: Final = Scale(-6, -3, -1, 0, 1, 2, 3, 5, 7, 11, 17, 25, 41)
_RATIO: Final = Scale(5, 12, 25, 40, 55, 70, 80, 88, 94, 98, 103)
_SHARE: Final = Scale(3, 12, 30, 55, 80)
_WIDTH: Final = Scale(6, 11, 17, 25, 41, 61, 121, 301)
_DIFFERENCE: Final = Scale(-8, -4, -1, 1, 3, 7)
_INDENT: Final = Scale(1, 3, 5, 9)
_COUNT: Final = Scale(1, 2, 3, 5)
_LINES: Final = Scale(3, 5, 9, 16, 40)
_WORDS: Final = Scale(2, 3, 5, 9)
_SINCE: Final = Scale(1, 2, 3, 6)

# Asked by value, not by size.
CLASS_FEATURES: Final = frozenset(
    {
        *("gap", "ends_in", "begins_with", "ends_in_second", "begins_with_second"),
        *("previous_ends_in", "next_ends_in", "next_begins_with", "line_begins_with"),
        *("marker", "next_marker"),
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """The gaps between neighbouring lines of one text, and what is known of all lines.

    Attributes:
        layout: The batch.
        looks: What each line looks like.
        before: Number of the line before each gap; the line after it is the next one.
        kind: For each line, the kind of the gap before it; ``PAGE_AND_BLANK_LINES`` for the first.
        ends_in: For each line, the class of its end.
        begins_with: For each line, the class of its beginning.
        marker: For each line, how it begins.
        neighbour_column: For each line, how far lines nearby reach in pairs.
        features: For each gap, the named columns.
    """

    layout: Layout
    looks: Looks
    before: Ints
    kind: Column
    ends_in: Codes
    begins_with: Codes
    marker: Codes
    neighbour_column: Ints
    features: dict[str, Column]


def find_gaps(layout: Layout) -> Gaps:
    """Return every gap of a batch with its features."""
    document = layout.lines.document
    is_same = document[1:] == document[:-1]
    kind = _kinds(layout, is_same)
    gaps = Gaps(
        layout=layout,
        looks=Looks(layout),
        before=np.flatnonzero(is_same),
        kind=kind,
        ends_in=ends(layout),
        begins_with=beginnings(layout),
        marker=markers(layout),
        neighbour_column=_neighbour_column(layout, is_same),
        features={},
    )
    for part in (_at_the_gap, _room_left, _contents, _indents, _around, _habits):
        gaps.features.update(part(gaps))
    return gaps


def _kinds(layout: Layout, is_same: Flags) -> Column:
    """Return for each line the kind of the gap before it."""
    lines = layout.lines
    blank = np.diff(lines.number) - 1 - np.diff(lines.page)
    is_page = np.diff(lines.page) > 0
    kind = np.where(
        is_page, np.where(blank > 0, PAGE_AND_BLANK_LINES, PAGE), np.clip(blank, 0, BLANK_LINES)
    )
    return np.append(PAGE_AND_BLANK_LINES, np.where(is_same, kind, PAGE_AND_BLANK_LINES)).astype(
        np.uint8
    )


def _neighbour_column(layout: Layout, is_same: Flags) -> Ints:
    """Return the greatest width that two neighbouring lines both reach, among lines nearby."""
    reach = layout.reach
    shared = np.zeros(len(reach), np.int64)
    shared[:-1] = np.minimum(reach[:-1], reach[1:]) * is_same
    return sliding_max(shared, layout.lines.document, _NEARBY)


def _at_the_gap(gaps: Gaps) -> dict[str, Column]:
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    ends_in = gaps.ends_in[before]
    last_point = layout.points[layout.lines.end[before] - 1]
    first_point = layout.points[layout.lines.start[after]]
    linking_word = _LINKING_WORDS.begin(layout, layout.lines.last_word[before])
    return {
        "gap": gaps.kind[after],
        "ends_in": ends_in,
        "begins_with": gaps.begins_with[after],
        "ends_in_second": letter_classes(layout.code_from_end(1))[before],
        "begins_with_second": letter_classes(layout.code_from_start(1))[after],
        "links": np.where(
            ends_in == Class.HAN,
            2 * _IS_LINKING_HAN[np.minimum(last_point, 0xFFFF)],
            linking_word & (ends_in == Class.LOWER),
        ).astype(np.uint8),
        "is_bound": _IS_BOUND_HAN[np.minimum(first_point, 0xFFFF)].view(np.uint8),
    }


def _room_left(gaps: Gaps) -> dict[str, Column]:
    """How much narrower the line is than it could be with the next line's first word on it."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    document = layout.lines.document
    reach = layout.reach
    needed = reach[before] + _first_word_width(gaps)
    text = document[before]
    column = layout.column[text]
    three_quarters = quantile(reach, document, layout.first_line, layout.end_line, 0.75)[text]
    nearby = gaps.neighbour_column[before]
    is_unwrapped = column > UNWRAPPED_COLUMNS

    def slack(width: Ints) -> Column:
        return np.where(is_unwrapped, np.uint8(_NO_SLACK), _SLACK(width - needed))

    return {
        "slack": slack(column),
        "slack_nearby": slack(nearby),
        "slack_on_page": slack(_page_column(gaps)[before]),
        "slack_three_quarters": slack(three_quarters),
        "is_unwrapped": is_unwrapped.view(np.uint8),
        "fill": _RATIO(reach[before] * 100 // np.maximum(nearby, 1)),
        "next_fill": _RATIO(reach[after] * 100 // np.maximum(nearby, 1)),
        "width": _WIDTH(layout.width[before]),
        "next_width": _WIDTH(layout.width[after]),
        "narrows": _DIFFERENCE(layout.width[before] - layout.width[after]),
        "is_proportional": layout.is_proportional[text].view(np.uint8),
        "is_chinese": layout.is_chinese[text].view(np.uint8),
    }


def _first_word_width(gaps: Gaps) -> Ints:
    """Return the room that the next line's first word would take on the line before.

    Chinese breaks after any character, but a closing mark stays with it.
    """
    layout, after = gaps.layout, gaps.before + 1
    lines = layout.lines
    start = lines.start[after]
    end = np.minimum(layout.word_end[lines.first_word[after]], start + 24)
    text = lines.document[after]
    word = layout.stretch_width(start, end, text) + ~layout.is_chinese[text]
    first = CLASS_OF[layout.code_from_start(0)[after]]
    second = CLASS_OF[layout.code_from_start(1)[after]]
    return np.where(
        IS_EAST_ASIAN_LETTER[first],
        np.where(_HANGS[second], 4, 2) + ~layout.is_chinese[text],
        word,
    )


def _page_column(gaps: Gaps) -> Ints:
    """Return for each line the width of its page, or of its document where the page is short."""
    layout = gaps.layout
    document = layout.lines.document
    starts = gaps.kind >= PAGE
    page = np.cumsum(starts) - 1
    first = np.flatnonzero(starts)
    end = np.append(first[1:], len(starts))
    width = quantile(layout.reach, page, first, end, 0.9)[page]
    return np.where((end - first)[page] >= _PAGE_LINES, width, layout.column[document])


def _contents(gaps: Gaps) -> dict[str, Column]:
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    counts = layout.counts
    lines = layout.lines
    punctuation = _presence(counts["commas"] > 0) + 2 * _presence(counts["stops"] > 1)
    is_capital = _presence((counts["upper"] > 2) & (counts["lower"] == 0))  # noqa: PLR2004 - "No."
    balance = counts["opening"] - counts["closing"]
    carried = np.where(gaps.kind[before] == LINE, balance[np.maximum(before - 1, 0)], 0)
    return {
        "marker": gaps.marker[before],
        "next_marker": gaps.marker[after],
        "code": _COUNT(counts["code"][before]),
        "next_code": _COUNT(counts["code"][after]),
        "holes": _COUNT(layout.gaps_in_line[before]),
        "next_holes": _COUNT(layout.gaps_in_line[after]),
        "is_capital": is_capital[before],
        "next_is_capital": is_capital[after],
        "punctuation": punctuation[before],
        "next_punctuation": punctuation[after],
        "opened": _sign(balance[before]),
        "opened_in_two": _sign(balance[before] + carried),
        "words": _WORDS((lines.last_word - lines.first_word + 1)[before]),
        "next_is_date": _presence((counts["digits"] > 0) & (layout.width < 30))[after],  # noqa: PLR2004 - columns of a date
        "line_begins_with": gaps.begins_with[before],
    }


def _presence(flags: Flags) -> Column:
    return flags.astype(np.uint8)


def _sign(balance: Ints) -> Column:
    return (np.sign(balance) + 1).astype(np.uint8)


def _indents(gaps: Gaps) -> dict[str, Column]:
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    relative = _relative_indent(layout)
    indented = percent(relative > 0, layout.first_line, layout.end_line)
    return {
        "indent": _INDENT(relative[before]),
        "next_indent": _INDENT(relative[after]),
        "indents": _DIFFERENCE(layout.indent[after] - layout.indent[before]),
        "indented_share": _SHARE(indented[layout.lines.document[before]]),
    }


def _relative_indent(layout: Layout) -> Ints:
    """Return each line's indent beyond the smallest one nearby."""
    most = 300  # greater than any indent
    smallest = most - sliding_max(most - layout.indent, layout.lines.document, _NEARBY)
    relative: Ints = layout.indent - smallest
    return relative


def _around(gaps: Gaps) -> dict[str, Column]:
    """The line before the gap's first line and the line after its second one."""
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


def _habits(gaps: Gaps) -> dict[str, Column]:
    """How often lines of the document, and lines nearby, are full, stop, or stand apart."""
    layout, before = gaps.layout, gaps.before
    document = layout.lines.document
    first, end = layout.first_line, layout.end_line
    at = np.arange(len(document))
    low = np.maximum(at - _NEARBY + 1, first[document])
    high = np.minimum(at + _NEARBY + 1, end[document])
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
