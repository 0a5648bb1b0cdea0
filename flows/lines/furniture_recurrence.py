"""Features of a line that may be furniture which tell what it does over its text.

How often it comes again and how regularly, whether its numbers count up from page to page, how near
it stands to other lines that do, and whether sentences go on over it.
"""

from typing import Final

import numpy as np

from flows.lines.classes import Class, Flags, any_of
from flows.lines.layout import Layout
from flows.lines.model import Column
from flows.lines.page_places import Page
from flows.lines.recurrence import LineWords, group_by_stem
from flows.lines.scales import Scale, presence
from flows.lines.shapes import beginnings, ends
from flows.lines.windows import FAR, Ints, distances

_SMALLEST_PAGE: Final = 90  # code points between two page numbers that count up
_WHOLE_PAGES: Final = 1 << 40  # code points; the last page of a text may be of any length
_MOST_SKIPPED: Final = 3  # pages without a number between two that have one
_WIDE_SHARE: Final = 60  # in a hundred of the column
_NEAR_LINES: Final = 3
_IS_OPEN: Final = any_of(
    (Class.HAN, Class.LOWER, Class.COMMA, Class.WIDE_COMMA, Class.HYPHEN, Class.TYPESET_HYPHEN)
)
_GOES_ON: Final = any_of((Class.HAN, Class.LOWER, Class.WIDE_COMMA, Class.WIDE_STOP))
_CUT_SHARE: Final = Scale(5, 20, 35, 50, 70)
_CHAIN: Final = Scale(2, 3, 4, 6)
_REPEATS: Final = Scale(2, 3, 4, 6, 12)
_DISTANCE: Final = Scale(60, 150, 300, 600, 1200)
_REGULAR: Final = Scale(110, 140, 200, 360, 800)
_COVER: Final = Scale(10, 30, 50, 70, 85)
_EDGE_SHARE: Final = Scale(3, 12, 30, 55, 80)
_NEAR: Final = Scale(2, 3, 5)
_LEAST: Final = Scale(1, 2, 3, 8)
_PER_PAGE: Final = Scale(20, 40, 60, 80, 101, 130)


def recurrence(
    layout: Layout, page: Page, line: Ints, words: LineWords, is_form: Flags
) -> dict[str, Column]:
    """Return how often, how regularly and with what numbers a line comes again in its text."""
    text, at = layout.lines.document[line], layout.lines.start[line]
    groups = group_by_stem(text, words.stem)
    group, order, starts = groups.number, groups.order, groups.starts
    distance = np.append(0, np.diff(at[order]))[: len(order)]
    closes = (line == layout.end_line[text] - 1)[order]
    chain = _longest_chain(words, order, starts, np.where(closes, _WHOLE_PAGES, distance))
    repeats, nearest, farthest = _group_distances(group, order, starts, distance)
    steps = np.append(0, np.diff(layout.lines.number[line][order]))[: len(order)]
    _, fewest, most = _group_distances(group, order, starts, steps)
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
        "regular_lines": np.where(
            repeats < 2,  # noqa: PLR2004 - once
            no_chain,
            _REGULAR(most * 100 // np.maximum(fewest, 1)),
        ),
        "cover": _COVER(span[group] * 100 // np.maximum(length, 1)),
        "edge_share": np.where(has_pages, 1 + _EDGE_SHARE(edge_share[group]), np.uint8(0)),
        "per_page": np.where(
            has_pages, 1 + _PER_PAGE(repeats * 100 // np.maximum(pages, 1)), np.uint8(0)
        ),
        "near_counted": _NEAR(_near_others(layout, line, counted)),
        "beside_repeated": presence(_beside(layout, line, (repeats >= 3) & (words.count == 0))),  # noqa: PLR2004 - it comes again
        "least_number": _LEAST(_least_in_group(words.first, group)),
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


def _beside(layout: Layout, line: Ints, flags: Flags) -> Flags:
    """Return for each candidate whether the line right above or below is a set one of its text."""
    is_set = np.zeros(len(layout.lines) + 2, np.bool_)
    is_set[line[flags] + 1] = True
    text = np.append(np.append(-1, layout.lines.document), -1)
    above = is_set[line] & (text[line] == text[line + 1])
    found: Flags = above | is_set[line + 2] & (text[line + 2] == text[line + 1])
    return found


def _least_in_group(number: Ints, group: Ints) -> Ints:
    """Return for each candidate the least number among those that say the same."""
    least = np.full(int(group.max(initial=-1)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(least, group, number)
    return least[group]


def _near_others(layout: Layout, line: Ints, counted: Flags) -> Ints:
    """Return the number of lines to the nearest other line that counts up."""
    is_counted = np.zeros(len(layout.lines), np.bool_)
    is_counted[line[counted]] = True
    before, after = distances(is_counted, layout.lines.document)
    nearest: Ints = np.minimum(np.where(before == 0, FAR, before), np.where(after == 0, FAR, after))
    return nearest[line]


def cut_sentences(layout: Layout, line: Ints, words: LineWords) -> dict[str, Column]:
    """Return whether a sentence goes on over the line, and over how many of those that say the same.

    Headings, refrains and log lines never stand within a sentence; a running head mostly does.
    """
    text = layout.lines.document
    number = np.arange(len(text))
    is_wide = layout.width * 100 >= layout.column[text] * _WIDE_SHARE
    last_wide = np.maximum.accumulate(np.where(is_wide, number, -1))
    next_wide = np.minimum.accumulate(np.where(is_wide, number, len(text))[::-1])[::-1]
    before = last_wide[np.maximum(line - 1, 0)]
    after = next_wide[np.minimum(line + 1, len(text) - 1)]
    near = (before >= 0) & (line - before <= _NEAR_LINES) & (after < len(text))
    after = np.minimum(after, len(text) - 1)
    near &= (
        (after - line <= _NEAR_LINES) & (text[before] == text[line]) & (text[after] == text[line])
    )
    near &= (before < line) & (after > line)
    ends_in, begins_with = ends(layout)[before], beginnings(layout)[after]
    cut = near & _IS_OPEN[ends_in] & _GOES_ON[begins_with]
    group = group_by_stem(text[line], words.stem).number
    share = np.bincount(group, cut) * 100 / np.maximum(np.bincount(group, near), 1)
    return {
        "cut": (near.astype(np.uint8) + cut).astype(np.uint8),
        "cut_share": _CUT_SHARE(share.astype(np.int64))[group],
    }
