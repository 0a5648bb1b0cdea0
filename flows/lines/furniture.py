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

from flows.lines.classes import CLASS_OF, Class, Flags, any_of
from flows.lines.furniture_features import Candidates, find_candidates
from flows.lines.gap_facts import ENDS_SENTENCE
from flows.lines.layout import Layout
from flows.lines.model import load_model, probability
from flows.lines.recurrence import group_by_stem
from flows.lines.shapes import ends
from flows.lines.windows import Ints

_PAGE_DISTANCE: Final = 2  # the step of 150 code points: no page of prose is shorter
_BESIDE_NUMBERS: Final = 0.95
_PROSE_COLUMNS: Final = 16
_THREE_PAGES: Final = 2  # the step of three numbers that count up
_OFTEN_CUT: Final = 3  # the step of a sentence cut by every third copy
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
    counts = _counts_beside_head(layout, found)
    beside = counts | _beside_numbers(layout, found, found.is_sure | counts)
    text = layout.lines.document[found.line]
    between = _parts_sentence(layout, found)
    score = np.where(between | beside, np.maximum(score, _BESIDE_NUMBERS), score)
    score = np.where(found.is_sure, 1.0, score)
    stays = _is_title(layout, found) | _is_refrain(layout, found)
    stays = np.where(found.is_number, _is_lone_number(found) & ~between, stays)
    is_furniture = (score >= least_score) & ~stays
    removed = np.bincount(text, is_furniture, minlength=len(layout.first_line))
    is_furniture &= (removed < layout.end_line - layout.first_line)[text]
    return found.line[is_furniture], found.is_number[is_furniture], score[is_furniture]


def _is_title(layout: Layout, found: Candidates) -> Flags:
    """Return for each candidate whether it is the first line of its text, and prose follows.

    A running head that opens the text is also its title, unless another heading follows it or it
    has a page number in it.
    """
    line = found.line
    text = layout.lines.document[line]
    following = np.minimum(line + 1, len(layout.lines) - 1)
    is_prose = layout.width[following] * 2 > layout.column[text]
    is_prose |= ENDS_SENTENCE[ends(layout)[following]]
    title: Flags = (line == layout.first_line[text]) & is_prose
    counts = (found.number >= 0) & (found.features["chain"] > 0)
    return title & ~counts


def _parts_sentence(layout: Layout, found: Candidates) -> Flags:
    """Return for each candidate whether it is a number alone between two halves of a sentence.

    Blank lines or a page mark set it apart, the line before is open, and both are long enough for
    prose.
    """
    lines, line = layout.lines, found.line
    text = lines.document[line]
    before, after = np.maximum(line - 1, 0), np.minimum(line + 1, len(lines) - 1)
    inner = (line > layout.first_line[text]) & (line + 1 < layout.end_line[text])
    features = found.features
    is_apart = (features["room_before"] > 1) & (features["room_after"] > 1)
    last, first = layout.code_from_end(0), layout.code_from_start(0)
    is_han = (CLASS_OF[last[before]] == Class.HAN) & (CLASS_OF[first[after]] == Class.HAN)
    is_latin = (CLASS_OF[last[before]] == Class.LOWER) & (CLASS_OF[first[after]] == Class.LOWER)
    is_prose = (layout.width[before] >= _PROSE_COLUMNS) & (
        layout.counts["commas"] + layout.counts["stops"] > 0
    )[after]
    found_flags: Flags = found.is_number & inner & is_apart & (is_han | is_latin) & is_prose
    return found_flags


def _is_lone_number(found: Candidates) -> Flags:
    """Return for each candidate whether it counts with no other, and no page ends beside it."""
    features = found.features
    at_edge = (features["has_pages"] > 0) & (features["edge"] <= 1)
    lone: Flags = (features["chain"] == 0) & ~at_edge & ~found.is_sure
    return lone


def _counts_beside_head(layout: Layout, found: Candidates) -> Flags:
    """Return for each candidate whether it is a page number right beside a line that comes again.

    Sections of a poem or a novel are numbered too, but few of their numbers stand beside a head.
    """
    features = found.features
    beside = features["beside_repeated"] > 0
    group = group_by_stem(layout.lines.document[found.line], found.stem).number
    mostly = np.bincount(group, beside) * 2 > np.bincount(group)
    counts: Flags = found.is_number & (features["chain"] >= _THREE_PAGES)
    return counts & beside & mostly[group]


def _is_refrain(layout: Layout, found: Candidates) -> Flags:
    """Return for each candidate whether it comes again sooner than any page ends.

    Where form feeds or page numbers show the pages, they tell more than the distance does.
    """
    text = layout.lines.document[found.line]
    texts = len(layout.first_line)
    counted = (found.features["chain"] > 0) | found.is_sure
    has_numbers = np.bincount(text, counted, minlength=texts) > 1
    shows_pages = has_numbers[text] | (found.features["has_pages"] > 0)
    amid = (found.features["cut_share"] >= _OFTEN_CUT) & (found.features["cut"] > 0)
    refrain: Flags = ~shows_pages & ~amid & (found.features["nearest"] < _PAGE_DISTANCE)
    return refrain


def _beside_numbers(layout: Layout, found: Candidates, is_number: Flags) -> Flags:
    """Return for each candidate whether it comes again, each time beside a page number.

    Blank lines part it from what is around it. The first copy may stand elsewhere: that is the
    title which the others repeat.
    """
    lines, document = len(layout.lines), layout.lines.document
    numbers = np.zeros(lines + 2, np.bool_)
    numbers[found.line[is_number] + 1] = True
    features = found.features
    is_apart = (features["room_before"] > 1) & (features["room_after"] > 1)
    is_head = is_apart & _ENDS_HEAD[features["ends_in"]] & (features["size"] > 0)
    beside = (numbers[found.line] | numbers[found.line + 2]) & is_head
    group = group_by_stem(document[found.line], found.stem).number
    copies, copies_beside = np.bincount(group), np.bincount(group, beside)
    always = (copies_beside >= 2) & (copies_beside >= copies - 1)  # noqa: PLR2004 - it comes again
    recurs: Flags = beside & always[group] & ~is_number
    return recurs
