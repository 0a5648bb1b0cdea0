"""What can be said of a line that may be page furniture, as named columns of eight bits.

Only lines that stand out are looked at: short ones, those beside blank lines or page marks, those
in capitals, those that come again. What tells furniture is whether its numbers count up at the
distance of a page, how often and how regularly its words come again, how near it stands to form
feeds, blank lines and other furniture, and what it looks like by itself.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from flows.lines.classes import Class, Flags, any_of
from flows.lines.gap_features import ENDS_SENTENCE, Scale
from flows.lines.layout import Layout
from flows.lines.model import Column
from flows.lines.recurrence import (
    Keys,
    LineWords,
    comes_again,
    form_hashes,
    group_by_stem,
    is_one_of,
    read_words,
)
from flows.lines.shapes import beginnings, ends, markers
from flows.lines.windows import FAR, Ints, distances

# Forms of a page number; 9 stands for any number, and white space does not count.
_SURE_FORMS: Final = (
    *("-9-", "\N{HYPHEN}9\N{HYPHEN}", "–9–", "—9—", "－9－", "──9──", "——9——", "~9~"),
    *("第9页", "第9頁", "第9页共9页", "第9頁共9頁", "第9页/共9页", "第9頁/共9頁", "共9页第9页"),
    *("共9頁第9頁", "第9页，共9页", "第9頁，共9頁", "第9页(共9页)", "第9页（共9页）"),
    *("Page9of9", "page9of9", "PAGE9OF9", "Page9/9", "Seite9von9", "9ページ", "-9쪽-"),
)
_POSSIBLE_FORMS: Final = (
    *("9", "9/9", "9of9", "Page9", "page9", "PAGE9", "p.9", "P.9", "Seite9", "页9", "頁9", "P9"),
    *("[9]", "(9)", "·9·", "•9•", "|9|", "9|", "|9", "-9", "9-", "第9版", "9年9月9日第9版", "9页"),
)
_SURE_HASHES: Final = form_hashes(_SURE_FORMS)
_FORM_HASHES: Final = form_hashes(_SURE_FORMS + _POSSIBLE_FORMS)

_WIDEST: Final = 100  # columns; a running head leaves room
_LONGEST: Final = 120  # code points
_SMALLEST_PAGE: Final = 90  # code points between two page numbers that count up
_MOST_SKIPPED: Final = 3  # pages without a number between two that have one

_IS_UNFINISHED: Final = any_of((Class.WIDE_COMMA, Class.COMMA, Class.SEMICOLON))
_COUNT: Final = Scale(1, 2, 3, 5)
_CHAIN: Final = Scale(2, 3, 4, 6)
_REPEATS: Final = Scale(2, 3, 4, 6, 12)
_DISTANCE: Final = Scale(60, 150, 300, 600, 1200)
_REGULAR: Final = Scale(110, 140, 200, 360, 800)
_COVER: Final = Scale(10, 30, 50, 70, 85)
_EDGE_SHARE: Final = Scale(3, 12, 30, 55, 80)
_NEAR: Final = Scale(2, 3, 5)
_FILL: Final = Scale(15, 30, 50, 70, 90)
_PER_PAGE: Final = Scale(20, 40, 60, 80, 101, 130)
_WORDS: Final = Scale(2, 3, 5, 9)
_SIZE: Final = Scale(3, 5, 9, 15, 25, 41)
_LINES: Final = Scale(3, 5, 9, 16, 40)

CLASS_FEATURES: Final = frozenset({"ends_in", "begins_with", "marker"})


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Lines that may be furniture, and what is known of them.

    Attributes:
        line: Numbers of the lines.
        is_sure: Whether the line is a page number in a form that nothing else has.
        is_number: Whether the line is nothing but a page number.
        features: For each candidate, the named columns.
    """

    line: Ints
    is_sure: Flags
    is_number: Flags
    stem: Keys
    features: dict[str, Column]


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """Where lines stand between page marks and blank lines; one entry a line.

    Attributes:
        starts: Whether a page begins with the line, as far as form feeds tell.
        edge: Lines to the nearest page mark, itself counted as 0.
        room_before: Line feeds between the line before and this one.
        room_after: Line feeds between this line and the next.
    """

    starts: Flags
    edge: Ints
    room_before: Ints
    room_after: Ints


def _page_places(layout: Layout) -> _Page:
    lines = layout.lines
    is_same = lines.document[1:] == lines.document[:-1]
    starts = np.append(True, ~is_same | (np.diff(lines.page) > 0))
    ends_page = np.append(starts[1:], True)
    after_mark, _ = distances(starts, lines.document)
    _, before_mark = distances(ends_page, lines.document)
    step = np.where(is_same, np.diff(lines.number), 9)
    return _Page(
        starts, np.minimum(after_mark, before_mark), np.append(9, step), np.append(step, 9)
    )


def find_candidates(layout: Layout) -> Candidates:
    """Return the lines of a batch that may be furniture, with their features."""
    if not len(layout.lines):
        nothing = np.zeros(0, np.bool_)
        return Candidates(np.zeros(0, np.int64), nothing, nothing, np.zeros(0, np.uint64), {})
    page, again = _page_places(layout), comes_again(layout)
    line = np.flatnonzero(_may_be_furniture(layout, page, again))
    words = read_words(layout, line)
    is_form = is_one_of(words.form, _FORM_HASHES)
    features = {
        **_looks(layout, line, words, is_form),
        **_places(layout, page, line),
        **_recurrence(layout, page, line, words, is_form),
    }
    return Candidates(line, is_one_of(words.form, _SURE_HASHES), is_form, words.stem, features)


def _may_be_furniture(layout: Layout, page: _Page, again: Flags) -> Flags:
    lines, counts = layout.lines, layout.counts
    column = layout.column[lines.document]
    ends_in = ends(layout)
    is_short = (layout.width <= _WIDEST) & (lines.end - lines.start < _LONGEST)
    stands_out = (
        (layout.width * 100 < column * 72)
        | (page.room_before > 1)
        | (page.room_after > 1)
        | (page.edge <= 2)  # noqa: PLR2004 - a head of two lines
        | ((counts["upper"] > 2) & (counts["lower"] == 0))  # noqa: PLR2004 - more than initials
        | (layout.gaps_in_line > 0)
        | again
    )
    is_sentence = (
        ENDS_SENTENCE[ends_in] & (ends_in != Class.SEMICOLON) & (layout.width * 2 > column)
    )
    found: Flags = is_short & stands_out & (again | ~is_sentence) & ~_IS_UNFINISHED[ends_in]
    return found


def _looks(layout: Layout, line: Ints, words: LineWords, is_form: Flags) -> dict[str, Column]:
    lines, counts = layout.lines, layout.counts
    text = lines.document[line]
    is_capital = (counts["upper"] > 2) & (counts["lower"] == 0)  # noqa: PLR2004 - more than initials
    return {
        "is_sure": is_one_of(words.form, _SURE_HASHES).view(np.uint8),
        "is_number": is_form.view(np.uint8),
        "numbers": np.minimum(words.count, 3).astype(np.uint8),
        "fill": _FILL(layout.width[line] * 100 // np.maximum(layout.column[text], 1)),
        "ends_in": ends(layout)[line],
        "begins_with": beginnings(layout)[line],
        "marker": markers(layout)[line],
        "code": _COUNT(counts["code"][line]),
        "words": _WORDS((lines.last_word - lines.first_word + 1)[line]),
        "is_capital": is_capital[line].view(np.uint8),
        "han": _COUNT(counts["han"][line]),
        "size": _SIZE(layout.width[line]),
    }


def _places(layout: Layout, page: _Page, line: Ints) -> dict[str, Column]:
    text = layout.lines.document[line]
    return {
        "edge": np.minimum(page.edge[line], 5).astype(np.uint8),
        "has_pages": (layout.per_text(page.starts) > 2)[text].view(np.uint8),  # noqa: PLR2004 - three pages
        "room_before": np.minimum(page.room_before[line], 3).astype(np.uint8),
        "room_after": np.minimum(page.room_after[line], 3).astype(np.uint8),
        "from_top": np.minimum(line - layout.first_line[text], 3).astype(np.uint8),
        "lines": _LINES((layout.end_line - layout.first_line)[text]),
    }


def _recurrence(
    layout: Layout, page: _Page, line: Ints, words: LineWords, is_form: Flags
) -> dict[str, Column]:
    """How often, how regularly and with what numbers a line comes again in its text."""
    text, at = layout.lines.document[line], layout.lines.start[line]
    groups = group_by_stem(text, words.stem)
    group, order, starts = groups.number, groups.order, groups.starts
    distance = np.append(0, np.diff(at[order]))[: len(order)]
    chain = _longest_chain(words, order, starts, distance)
    repeats, nearest, farthest = _group_distances(group, order, starts, distance)
    first = np.flatnonzero(starts)
    span = at[order][np.append(first[1:], len(order))[: len(first)] - 1] - at[order][first]
    length = layout.text_start[text + 1] - layout.text_start[text]
    pages = layout.per_text(page.starts)[text]
    has_pages = pages > 2  # noqa: PLR2004 - three pages
    at_edge = np.bincount(group, page.edge[line] <= 2)  # noqa: PLR2004 - a head of two lines
    edge_share = (at_edge * 100 / np.bincount(group)).astype(np.int64)
    no_chain = np.uint8(6)
    counted = (chain >= 3) | is_form & (chain >= 2)  # noqa: PLR2004 - three pages, or two page numbers
    return {
        "chain": _CHAIN(chain),
        "repeats": _REPEATS(repeats),
        "nearest": _DISTANCE(nearest),
        "regular": np.where(
            repeats < 2,  # noqa: PLR2004 - once
            no_chain,
            _REGULAR(farthest * 100 // np.maximum(nearest, 1)),
        ),
        "cover": _COVER(span[group] * 100 // np.maximum(length, 1)),
        "edge_share": np.where(has_pages, 1 + _EDGE_SHARE(edge_share[group]), np.uint8(0)),
        "per_page": np.where(
            has_pages, 1 + _PER_PAGE(repeats * 100 // np.maximum(pages, 1)), np.uint8(0)
        ),
        "near_counted": _NEAR(_near_others(layout, line, counted)),
    }


def _longest_chain(words: LineWords, order: Ints, starts: Flags, distance: Ints) -> Ints:
    """Return how many lines in a row, of the same stem, count up at the distance of a page."""
    longest = np.zeros(len(order), np.int64)
    for number in (words.first, words.last):
        step = np.append(0, np.diff(number[order]))[: len(order)]
        counts_up = ~starts & (step >= 1) & (step <= _MOST_SKIPPED)
        counts_up &= (distance >= _SMALLEST_PAGE * step) & (words.count[order] > 0)
        chain = np.cumsum(~counts_up)
        size = np.bincount(chain)[chain]
        longest[order] = np.maximum(longest[order], size)
    return longest


def _group_distances(
    group: Ints, order: Ints, starts: Flags, distance: Ints
) -> tuple[Ints, Ints, Ints]:
    """Return how often each line's stem comes, and the least and the greatest distance."""
    size = np.bincount(group)
    nearest = np.full(len(size), np.iinfo(np.int64).max // 1000)
    farthest = np.zeros(len(size), np.int64)
    inner = ~starts
    np.minimum.at(nearest, group[order][inner], distance[inner])
    np.maximum.at(farthest, group[order][inner], distance[inner])
    return size[group], nearest[group], farthest[group]


def _near_others(layout: Layout, line: Ints, counted: Flags) -> Ints:
    """Return the number of lines to the nearest other line that counts up."""
    is_counted = np.zeros(len(layout.lines), np.bool_)
    is_counted[line[counted]] = True
    before, after = distances(is_counted, layout.lines.document)
    nearest: Ints = np.minimum(np.where(before == 0, FAR, before), np.where(after == 0, FAR, after))
    return nearest[line]
