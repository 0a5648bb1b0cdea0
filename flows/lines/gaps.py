"""What becomes of each gap between two lines: joined, and how, or kept, and how.

The scored model decides in documents that show their habits. Where there are few lines, or where
no line is wrapped, its features say little, and plain rules go first (``flows.lines.plain``).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.lines.blocks import inside_blocks
from flows.lines.classes import (
    CLASS_OF,
    IS_LETTER,
    IS_UNSPACED,
    IS_UNSPACED_IN_CHINESE,
    Class,
    Flags,
    is_between,
)
from flows.lines.gap_facts import Gaps
from flows.lines.gap_features import find_gaps
from flows.lines.layout import Layout
from flows.lines.model import load_model, probability
from flows.lines.plain import plain_rules
from flows.lines.windows import Ints

_IS_WORD: Final = IS_LETTER.copy()
_IS_WORD[Class.DIGIT] = True


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """What becomes of each gap; one entry a gap in every array.

    Attributes:
        gaps: The gaps.
        is_joined: Whether the two lines are one.
        is_spaced: Whether a space goes between them, if they are joined.
        is_inside: Whether the break lies inside a block, if it is kept.
        score: How sure it is that the two lines are one, 0 to 1.
    """

    gaps: Gaps
    is_joined: Flags
    is_spaced: Flags
    is_inside: Flags
    score: npt.NDArray[np.float64]


def decide(layout: Layout, least_score: float) -> Decisions:
    """Return what becomes of every gap of a batch.

    Args:
        layout: The batch.
        least_score: Probability from which two lines are joined.
    """
    gaps = find_gaps(layout)
    if not len(gaps.before):
        none = np.zeros(0, np.bool_)
        return Decisions(gaps, none, none, none, np.zeros(0))
    score = probability(load_model("gap_model").score(gaps.features))
    score = plain_rules(gaps, score)
    is_joined = score >= least_score
    return Decisions(gaps, is_joined, _takes_space(gaps), inside_blocks(gaps, is_joined), score)


def _takes_space(gaps: Gaps) -> Flags:
    """Return for each gap whether a space goes between the two lines when they are joined."""
    layout, before = gaps.layout, gaps.before
    last, first = layout.code_from_end(0)[before], layout.code_from_start(0)[before + 1]
    ends_in, begins_with = CLASS_OF[last], CLASS_OF[first]
    ends_in_second = CLASS_OF[layout.code_from_end(1)[before]]
    text = layout.lines.document[before]
    is_chinese = layout.is_chinese[text]
    unspaced_last = np.where(is_chinese, IS_UNSPACED_IN_CHINESE[last], IS_UNSPACED[last])
    unspaced_first = np.where(is_chinese, IS_UNSPACED_IN_CHINESE[first], IS_UNSPACED[first])
    is_border = (ends_in == Class.HAN) & _IS_WORD[begins_with]
    is_border |= _IS_WORD[ends_in] & (begins_with == Class.HAN)
    spaced = ~unspaced_last & ~unspaced_first
    if is_border.any():
        spaced |= is_border & _spaces_borders(layout)[text]
    goes_on = (ends_in == Class.DIGIT) | (
        ((last == ord(".")) | (last == ord(","))) & (ends_in_second == Class.DIGIT)
    )
    number = is_chinese & (begins_with == Class.DIGIT) & goes_on
    tied_dash = ((ends_in == Class.DASH) | (ends_in == Class.HYPHEN)) & (
        ends_in_second > Class.BREAK
    )
    bracket = (ends_in == Class.OPENING_BRACKET) | (begins_with == Class.CLOSING_BRACKET)
    takes: Flags = spaced & ~number & ~tied_dash & ~bracket
    return takes


def _spaces_borders(layout: Layout) -> Flags:
    """Return for each text whether it rather puts a space between Han and Latin than none."""
    classes = layout.classes
    han, word = classes == Class.HAN, is_between(classes, Class.LOWER, Class.DIGIT)
    tight = np.flatnonzero(han[:-1] & word[1:] | word[:-1] & han[1:])
    around = han[:-2] & word[2:] | word[:-2] & han[2:]
    loose = np.flatnonzero(around & (classes[1:-1] == Class.SPACE))
    spaces: Flags = _per_text(layout, loose) > _per_text(layout, tight)
    return spaces


def _per_text(layout: Layout, places: Ints) -> Ints:
    """Return how many of ``places`` lie in each text."""
    counts: Ints = np.diff(np.searchsorted(places, layout.text_start))
    return counts
