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
from flows.lines.furniture_recurrence import cut_sentences, recurrence
from flows.lines.gap_facts import ENDS_SENTENCE
from flows.lines.layout import Layout
from flows.lines.model import Column
from flows.lines.page_numbers import POSSIBLE_FORMS, SURE_FORMS
from flows.lines.page_places import Page, page_places
from flows.lines.recurrence import (
    Keys,
    LineWords,
    comes_again,
    form_hashes,
    is_one_of,
    read_words,
)
from flows.lines.scales import Scale
from flows.lines.shapes import beginnings, ends, markers
from flows.lines.windows import Ints

_SURE_HASHES: Final = form_hashes(SURE_FORMS)
_FORM_HASHES: Final = form_hashes(SURE_FORMS + POSSIBLE_FORMS)
_WIDEST: Final = 100  # columns; a running head leaves room
_LONGEST: Final = 120  # code points
_IS_UNFINISHED: Final = any_of((Class.WIDE_COMMA, Class.COMMA, Class.SEMICOLON))
_COUNT: Final = Scale(1, 2, 3, 5)
_FILL: Final = Scale(15, 30, 50, 70, 90)
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
        stem: Hash of what the line says besides its numbers.
        number: The first number in the line; -9 for none.
        features: For each candidate, the named columns.
    """

    line: Ints
    is_sure: Flags
    is_number: Flags
    stem: Keys
    number: Ints
    features: dict[str, Column]


def find_candidates(layout: Layout) -> Candidates:
    """Return the lines of a batch that may be furniture, with their features."""
    if not len(layout.lines):
        nothing = np.zeros(0, np.bool_)
        return Candidates(
            np.zeros(0, np.int64),
            nothing,
            nothing,
            np.zeros(0, np.uint64),
            np.zeros(0, np.int64),
            {},
        )
    page, again = page_places(layout), comes_again(layout)
    line = np.flatnonzero(_may_be_furniture(layout, page, again))
    words = read_words(layout, line)
    is_form = is_one_of(words.form, _FORM_HASHES)
    features = {
        **_looks(layout, line, words, is_form),
        **_places(layout, page, line),
        **recurrence(layout, page, line, words, is_form),
        **cut_sentences(layout, line, words),
    }
    return Candidates(
        line, is_one_of(words.form, _SURE_HASHES), is_form, words.stem, words.first, features
    )


def _may_be_furniture(layout: Layout, page: Page, again: Flags) -> Flags:
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


def _places(layout: Layout, page: Page, line: Ints) -> dict[str, Column]:
    text = layout.lines.document[line]
    return {
        "edge": np.minimum(page.edge[line], 5).astype(np.uint8),
        "has_pages": (layout.per_text(page.starts) > 2)[text].view(np.uint8),  # noqa: PLR2004 - three pages
        "room_before": np.minimum(page.room_before[line], 3).astype(np.uint8),
        "room_after": np.minimum(page.room_after[line], 3).astype(np.uint8),
        "from_top": np.minimum(line - layout.first_line[text], 3).astype(np.uint8),
        "lines": _LINES((layout.end_line - layout.first_line)[text]),
    }
