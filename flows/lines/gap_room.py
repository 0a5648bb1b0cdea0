"""Features of a gap that tell how much room was left on its line.

The width of the column is what tells a wrapped line from one that ends, and it is seen in three
ways: as wide as the lines themselves say by a vote (``flows.lines.columns``), in the whole text and
nearby; as wide as nearly all lines of the text; and as wide as two lines nearby both are.
"""

from typing import Final

import numpy as np

from flows.lines.character_groups import Group
from flows.lines.classes import CLASS_OF, IS_EAST_ASIAN_LETTER, Class, any_of, codes_in
from flows.lines.columns import find_columns
from flows.lines.gap_facts import LINE, UNWRAPPED_COLUMNS, Gaps
from flows.lines.model import Column
from flows.lines.scales import Scale
from flows.lines.windows import Ints

_NO_SLACK: Final = 14  # the slack of an unwrapped text, which says nothing
_HANGS: Final = any_of(
    (Class.WIDE_STOP, Class.WIDE_COMMA, Class.COLON, Class.SEMICOLON, Class.CLOSING_QUOTE)
) | any_of((Class.STOP, Class.COMMA, Class.CLOSING_BRACKET))
_CLOSES_WIDE: Final = codes_in(
    *(
        Group.WIDE_STOP,
        Group.WIDE_COMMA,
        Group.WIDE_COLON,
        Group.WIDE_SEMICOLON,
        Group.CORNER_CLOSING_QUOTE,
        Group.WIDE_CLOSING_BRACKET,
        Group.CLOSING_QUOTE,
    )
)
_OPENS_WIDE: Final = codes_in(Group.CORNER_OPENING_QUOTE, Group.WIDE_OPENING_BRACKET)
_SLACK: Final = Scale(-6, -3, -1, 0, 1, 2, 3, 5, 7, 11, 17, 25, 41)
_RATIO: Final = Scale(5, 12, 25, 40, 55, 70, 80, 88, 94, 98, 103)
_AGREE: Final = Scale(15, 25, 35, 45, 55, 65, 75, 85)
_WIDTH: Final = Scale(6, 11, 17, 25, 41, 61, 121, 301)
_DIFFERENCE: Final = Scale(-8, -4, -1, 1, 3, 7)


def room_left(gaps: Gaps) -> dict[str, Column]:
    """Return how much narrower the line is than it could be with the next line's first word on it."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    document = layout.lines.document
    reach = _print_reach(gaps)
    needed = reach[before] + _first_word_width(gaps)
    text = document[before]
    column = layout.column[text]
    nearby = gaps.neighbour_column[before]
    is_unwrapped = column > UNWRAPPED_COLUMNS
    votes = find_columns(reach[before], needed, text)

    def slack(width: Ints) -> Column:
        return np.where(is_unwrapped, np.uint8(_NO_SLACK), _SLACK(width - needed))

    return {
        "slack": slack(column),
        "slack_nearby": slack(nearby),
        "room": slack(votes.width),
        "over": _DIFFERENCE(reach[before] - votes.width),
        "agreement": _AGREE(votes.agreement),
        "room_nearby": slack(votes.width_nearby),
        "over_nearby": _DIFFERENCE(reach[before] - votes.width_nearby),
        "agreement_nearby": _AGREE(votes.agreement_nearby),
        "is_unwrapped": is_unwrapped.view(np.uint8),
        "fill": _RATIO(reach[before] * 100 // np.maximum(nearby, 1)),
        "next_fill": _RATIO(reach[after] * 100 // np.maximum(nearby, 1)),
        "width": _WIDTH(layout.width[before]),
        "next_width": _WIDTH(layout.width[after]),
        "narrows": _DIFFERENCE(layout.width[before] - layout.width[after]),
        "is_proportional": layout.is_proportional[text].view(np.uint8),
        "is_chinese": layout.is_chinese[text].view(np.uint8),
    }


def _print_reach(gaps: Gaps) -> Ints:
    """Return how far each line reaches, what a reader of justified text cut off it added.

    Wide marks have room around them, where such a reader may see two lines in one: no line of
    print begins with a closing mark, and none parts two marks that touch.
    """
    layout = gaps.layout
    first, last = layout.code_from_start(0), layout.code_from_end(0)
    follows = np.zeros(len(first), np.bool_)
    opens, closes = _OPENS_WIDE[first], _CLOSES_WIDE[first]
    follows[1:] = (closes[1:] | opens[1:] & (_CLOSES_WIDE[last[:-1]] | _OPENS_WIDE[last[:-1]])) & (
        gaps.kind[1:] == LINE
    )
    fits = np.zeros(len(first), np.bool_)
    fits[1:] = (layout.reach[:-1] + layout.width[1:]) <= layout.column[
        layout.lines.document[1:]
    ] + 2
    follows &= fits
    if not follows.any():
        return layout.reach
    total = np.cumsum(layout.width)
    start = np.maximum.accumulate(np.where(follows, 0, np.arange(len(first))))
    reach: Ints = total - total[start] + layout.reach[start]
    return reach


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
