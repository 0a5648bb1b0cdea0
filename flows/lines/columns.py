"""How wide the column was that lines were wrapped to, found by a vote of the lines themselves.

A line was wrapped where the next word would not have fitted: the column is at least as wide as
the line and narrower than the line with that word. Every gap thus votes for a stretch of widths,
and the width with most votes is the column. Lines of code, rows of tables and the last lines of
paragraphs vote for widths all over the place and are outvoted, where a quantile would follow
them. How many of the lines agree tells whether there is a column at all.

The vote is taken over the whole text, since columns seldom change, and among the lines nearby,
where they do: in quotations, lists, and pages of another size.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.lines.classes import Flags
from flows.lines.windows import Ints

_WIDEST: Final = 255  # columns; no page is wider, and a wider line has no vote
_WIDTHS: Final = _WIDEST + 2
_BLOCK: Final = 16  # lines; three neighbouring blocks vote together

Votes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The outcome of the votes; one entry a voter in every array.

    Attributes:
        width: Of the column that most lines of the text agree on, in columns.
        agreement: How many in a hundred of the text's lines do.
        width_nearby: Of the column that most lines nearby agree on.
        agreement_nearby: How many in a hundred of these do.
    """

    width: Ints
    agreement: Ints
    width_nearby: Ints
    agreement_nearby: Ints


def find_columns(reach: Ints, needed: Ints, text: Ints) -> Columns:
    """Return the columns that lines were wrapped to.

    Args:
        reach: How far each line reaches, in columns.
        needed: How far it would reach with the next line's first word on it.
        text: Number of its text, ascending.

    >>> reach, needed = np.array([38, 40, 12, 39]), np.array([44, 43, 20, 47])
    >>> votes = find_columns(reach, needed, np.zeros(4, np.int64))
    >>> votes.width.tolist(), votes.agreement.tolist()
    ([40, 40, 40, 40], [75, 75, 75, 75])
    """
    begins = np.ones(len(text), np.bool_)
    begins[1:] = text[1:] != text[:-1]
    number = np.cumsum(begins) - 1
    place = np.arange(len(text)) - np.flatnonzero(begins)[number]
    begins_block = place % _BLOCK == 0
    block = np.cumsum(begins_block) - 1
    owner = number[begins_block]
    votes, voters = _count(reach, needed, block, len(owner))
    first = np.flatnonzero(begins[begins_block])
    of_text = np.add.reduceat(votes, first, axis=0) if len(first) else votes
    width, agreement = _elected(of_text, np.bincount(owner, voters).astype(np.int64))
    is_same = owner[1:] == owner[:-1]
    nearby, agreement_nearby = _elected(
        votes + _beside(votes, is_same), voters + _beside(voters[:, None], is_same)[:, 0]
    )
    return Columns(width[number], agreement[number], nearby[block], agreement_nearby[block])


def _count(reach: Ints, needed: Ints, block: Ints, blocks: int) -> tuple[Votes, Ints]:
    """Return each block's votes, by the width at which they begin (or end, less), and its voters."""
    votes = reach <= _WIDEST
    at = block[votes] * _WIDTHS
    size = blocks * _WIDTHS
    begin = np.bincount(at + reach[votes], minlength=size)
    end = np.bincount(at + np.minimum(needed[votes], _WIDTHS - 1), minlength=size)
    changes = (begin - end).astype(np.int32).reshape(blocks, _WIDTHS)
    return changes, np.bincount(block, votes, minlength=blocks).astype(np.int64)


def _beside(values: npt.NDArray[np.int32] | Ints, is_same: Flags) -> npt.NDArray[np.int32] | Ints:
    """Return the sum of the rows before and after each row that belong to the same text."""
    sums = np.zeros_like(values)
    sums[1:] += values[:-1] * is_same[:, None]
    sums[:-1] += values[1:] * is_same[:, None]
    return sums


def _elected(votes: Votes, voters: Ints) -> tuple[Ints, Ints]:
    """Return for each row the width that most voted for, and their share in a hundred."""
    counts = np.cumsum(votes, axis=1)
    width = np.argmax(counts, axis=1)
    most = counts[np.arange(len(counts)), width]
    share: Ints = most.astype(np.int64) * 100 // np.maximum(voters, 1)
    return width, share
