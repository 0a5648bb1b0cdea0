"""What can be said of the gap between two neighbouring lines, as named columns of eight bits.

Which facts tell a wrapped line from the end of a paragraph was measured by leaving each out
(F1 of sentences cut by a blank line, 93.0 with all): without the width of the column 88.0,
without closing punctuation 91.7, without the first and last characters 92.6. A dictionary word
across the gap and open quotation marks added nothing. So: how much room was left at the end of
the line, seen against the document's column, the page's and the neighbouring lines'; what the
line ends in and the next begins with; headings, list markers and indents; and what lines nearby
usually look like. Every column is a small number of steps, because trees ask no finer.
"""

from typing import Final

from flows.lines.gap_facts import Gaps, gap_facts
from flows.lines.gap_marks import at_the_gap, contents
from flows.lines.gap_room import room_left
from flows.lines.gap_surroundings import around, habits, indents
from flows.lines.layout import Layout

# Asked by value, not by size.
CLASS_FEATURES: Final = frozenset(
    {
        *("gap", "ends_in", "begins_with", "ends_in_second", "begins_with_second"),
        *("previous_ends_in", "next_ends_in", "next_begins_with", "line_begins_with"),
        *("marker", "next_marker", "looks_like_code", "looks_like_row"),
    }
)


def find_gaps(layout: Layout) -> Gaps:
    """Return every gap of a batch with its features."""
    gaps = gap_facts(layout)
    for part in (at_the_gap, room_left, contents, indents, around, habits):
        gaps.features.update(part(gaps))
    return gaps
