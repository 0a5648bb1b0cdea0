"""The gaps between neighbouring lines of a text, and what is known of the lines on both sides."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from flows.lines.classes import Class, Codes, Flags, any_of
from flows.lines.layout import Layout
from flows.lines.looks import Looks
from flows.lines.model import Column
from flows.lines.shapes import beginnings, ends, markers
from flows.lines.windows import Ints, sliding_max

# Kinds of gap, in the order of how much they part.
LINE, BLANK_LINE, BLANK_LINES, PAGE, PAGE_AND_BLANK_LINES = range(5)
FEW_LINES: Final = 8  # below, snippets of the development data were judged better by plain rules
UNWRAPPED_COLUMNS: Final = 160  # no page is this wide: each line is a paragraph, or part of one
NEARBY: Final = 8  # lines either side
ENDS_SENTENCE: Final = any_of((Class.WIDE_STOP, Class.STOP, Class.CLOSED_SENTENCE, Class.SEMICOLON))


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
        features: For each gap, the named columns (``flows.lines.gap_features``).
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

    def only(self, which: Ints) -> "Gaps":
        """Return these gaps alone; what is known of all lines stays."""
        features = {name: column[which] for name, column in self.features.items()}
        return replace(self, before=self.before[which], features=features)


def gap_facts(layout: Layout) -> Gaps:
    """Return every gap of a batch, without its features."""
    document = layout.lines.document
    is_same = document[1:] == document[:-1]
    return Gaps(
        layout=layout,
        looks=Looks(layout),
        before=np.flatnonzero(is_same),
        kind=_kinds(layout, is_same),
        ends_in=ends(layout),
        begins_with=beginnings(layout),
        marker=markers(layout),
        neighbour_column=_neighbour_column(layout, is_same),
        features={},
    )


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
    return sliding_max(shared, layout.lines.document, NEARBY)
