"""Plain rules for texts that are too short, or not wrapped at all, to show their habits.

A text of a few lines has no column whose width could be estimated, and where each line is a
paragraph a line's width says only how long the paragraph is. There the scored model is led by
what remains: marks and words at the gap. These rules settle the clear cases and leave the others
to the model. First come the reasons to part two lines: list markers, code, tables, stanzas,
salutations and headings; then the reasons to join them, each a sign of a sentence that is not
over. In unwrapped texts a Chinese line of thirty characters that ends in no mark at all is taken
to go on: it is too long for a heading. Some rules hold for every text: what stands between two code
fences stays, a line whose dots lead to a number is an entry of a contents page, lines that each
begin with a label are entries of a form, a log or a play, and narrow lines of uneven length, or of
one length that all end in a mark, are verse.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from flows.lines.classes import Flags
from flows.lines.gap_facts import FEW_LINES, UNWRAPPED_COLUMNS, Gaps
from flows.lines.joins import is_cut, joined, surely_joined
from flows.lines.partings import (
    are_labelled,
    is_heading,
    is_paragraph_end,
    is_salutation,
    parted,
    trusts_blank_lines,
)
from flows.lines.verse import is_free_verse, is_regular_verse

Scores = npt.NDArray[np.float64]
_JOINED: Final = 0.97
_PARTED: Final = 0.03


def plain_rules(gaps: Gaps, score: Scores) -> Scores:
    """Return the scores, settled by rules where the text is short or unwrapped.

    Args:
        gaps: The gaps of a batch.
        score: Of each gap, the model's probability that its two lines are one.
    """
    layout = gaps.layout
    text = layout.lines.document[gaps.before]
    is_short = (layout.end_line - layout.first_line < FEW_LINES)[text]
    is_unwrapped = (layout.column > UNWRAPPED_COLUMNS)[text]
    entries = gaps.looks.has_leader[gaps.before] | are_labelled(gaps)
    entries |= gaps.looks.is_fenced[gaps.before] & gaps.looks.is_fenced[gaps.before + 1]
    settled = np.where(entries | is_free_verse(gaps) | is_regular_verse(gaps), _PARTED, score)
    trusted = is_short | is_unwrapped | trusts_blank_lines(gaps)[text]
    settled = np.where(trusted & is_paragraph_end(gaps), _PARTED, settled)
    plain = np.flatnonzero(is_short | is_unwrapped)
    if len(plain):
        settled[plain] = _settle(gaps.only(plain), settled[plain], is_short[plain], entries[plain])
    return settled


def _settle(gaps: Gaps, score: Scores, is_short: Flags, entries: Flags) -> Scores:
    """Return the scores of gaps in short texts and in those without wrapped lines."""
    apart_lines = parted(gaps)
    settled = np.where(is_heading(gaps) | is_salutation(gaps), _PARTED, score)
    settled = np.where(is_short & apart_lines, _PARTED, settled)
    joins = is_short & (joined(gaps) & ~apart_lines | surely_joined(gaps))
    joins |= ~is_short & ~apart_lines & is_cut(gaps)
    return np.where(joins & ~entries, _JOINED, settled)
