"""Which lines are page furniture: page numbers, running heads and feet.

Furniture shows by what it does over a document, seldom by one line: its number counts up from
page to page, its words come again at the distance of a page, it stands near a form feed, next to
blank lines, and the sentence goes on behind it. A page number in a form that nothing else has,
such as a number between two dashes, is furniture wherever it stands alone.

Left alone on purpose: lines that come again within a few lines (log lines, code, refrains, table
rows), headings whose numbers count up with text of their own, and full lines that end a sentence.
Losing body text is worse than keeping a page number, so the scored decision asks for more than
even odds.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from flows.lines.classes import Class, Flags, any_of
from flows.lines.furniture_features import Candidates, find_candidates
from flows.lines.gap_features import ENDS_SENTENCE
from flows.lines.layout import Layout
from flows.lines.model import load_model, probability
from flows.lines.recurrence import group_by_stem
from flows.lines.shapes import ends
from flows.lines.windows import Ints

_PAGE_DISTANCE: Final = 2  # the step of 150 code points: no page of prose is shorter
_BESIDE_NUMBERS: Final = 0.95
_ENDS_HEAD: Final = any_of((Class.HAN, Class.LOWER, Class.UPPER, Class.CLOSING_BRACKET))


def find_furniture(
    layout: Layout, least_score: float
) -> tuple[Ints, Flags, npt.NDArray[np.float64]]:
    """Return the lines that are furniture, whether each is a page number, and how sure that is.

    Args:
        layout: The batch.
        least_score: Probability from which a line counts as furniture.

    A text of nothing but furniture keeps it: something has to be left to read.
    """
    found = find_candidates(layout)
    if not len(found.line):
        return found.line, found.is_number, np.zeros(0)
    score = probability(load_model("furniture_model").score(found.features))
    score = np.where(_beside_numbers(layout, found), np.maximum(score, _BESIDE_NUMBERS), score)
    score = np.where(found.is_sure, 1.0, score)
    text = layout.lines.document[found.line]
    stays = _is_title(layout, found.line) | _is_refrain(layout, found)
    stays = np.where(found.is_number, _is_lone_number(found), stays)
    is_furniture = (score >= least_score) & ~stays
    removed = np.bincount(text, is_furniture, minlength=len(layout.first_line))
    is_furniture &= (removed < layout.end_line - layout.first_line)[text]
    return found.line[is_furniture], found.is_number[is_furniture], score[is_furniture]


def _is_title(layout: Layout, line: Ints) -> Flags:
    """Return for each line whether it is the first of its text, and prose follows.

    A running head that opens the text is also its title, unless another heading follows it.
    """
    text = layout.lines.document[line]
    following = np.minimum(line + 1, len(layout.lines) - 1)
    is_prose = layout.width[following] * 2 > layout.column[text]
    is_prose |= ENDS_SENTENCE[ends(layout)[following]]
    found: Flags = (line == layout.first_line[text]) & is_prose
    return found


def _is_lone_number(found: Candidates) -> Flags:
    """Return for each candidate whether it counts with no other, and no page ends beside it."""
    features = found.features
    at_edge = (features["has_pages"] > 0) & (features["edge"] <= 1)
    lone: Flags = (features["chain"] == 0) & ~at_edge & ~found.is_sure
    return lone


def _is_refrain(layout: Layout, found: Candidates) -> Flags:
    """Return for each candidate whether it comes again sooner than any page ends.

    Where form feeds or page numbers show the pages, they tell more than the distance does.
    """
    text = layout.lines.document[found.line]
    texts = len(layout.first_line)
    counted = (found.features["chain"] > 0) | found.is_sure
    has_numbers = np.bincount(text, counted, minlength=texts) > 1
    shows_pages = has_numbers[text] | (found.features["has_pages"] > 0)
    refrain: Flags = ~shows_pages & (found.features["nearest"] < _PAGE_DISTANCE)
    return refrain


def _beside_numbers(layout: Layout, found: Candidates) -> Flags:
    """Return for each candidate whether it comes again, each time beside a sure page number.

    Blank lines part it from what is around it. The first copy may stand elsewhere: that is the
    title which the others repeat.
    """
    lines, document = len(layout.lines), layout.lines.document
    is_sure = np.zeros(lines + 2, np.bool_)
    is_sure[found.line[found.is_sure] + 1] = True
    features = found.features
    is_apart = (features["room_before"] > 1) & (features["room_after"] > 1)
    is_head = is_apart & _ENDS_HEAD[features["ends_in"]] & (features["size"] > 0)
    beside = (is_sure[found.line] | is_sure[found.line + 2]) & is_head
    group = group_by_stem(document[found.line], found.stem).number
    copies, copies_beside = np.bincount(group), np.bincount(group, beside)
    always = (copies_beside >= 2) & (copies_beside >= copies - 1)  # noqa: PLR2004 - it comes again
    recurs: Flags = beside & always[group] & ~found.is_sure
    return recurs
