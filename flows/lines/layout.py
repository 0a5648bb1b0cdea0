"""A batch of texts as arrays: code points, words, lines, and what each line holds.

Everything a line step wants to know is computed for all lines of a batch at once. Each text ends
with one more line feed than it has, so that texts can lie one after the other.

Widths are measured twice: in columns of a terminal (UAX #11), as plain-text tools wrap, and in a
common book face, as typeset pages do. The measure under which more lines of a document reach the
right edge is the one its width is told in.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.lines.classes import CLASS_OF, Codes, Flags, Points, codes_of
from flows.lines.line_counts import (
    COUNTED_POINTS,
    PACKED_WIDTHS,
    Words,
    count,
    field_of,
    measured_end,
    running_sums,
    unpack_widths,
)
from flows.lines.line_spans import Lines, find_lines, find_words
from flows.lines.windows import Ints, quantile, range_sums

_BATCH_POINTS: Final = 1_000_000
_WIDE_GAP: Final = 3  # spaces between two columns; justified text has gaps of two
_WIDEST_INDENT: Final = 200
_EDGE_SHARE: Final = 0.93  # of a document's lines are no longer than its column is wide


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A batch of texts, measured.

    Attributes:
        points: Code points of all texts, each followed by one line feed.
        codes: Their codes, see ``flows.lines.classes``.
        classes: Their classes.
        text_start: Where each text begins; one more entry than texts.
        word_start: Where each run of characters between white space begins.
        word_end: Where it ends.
        lines: The lines that hold something.
        first_line: First line of each text.
        end_line: One past its last line.
        counts: For each line the number of characters of a kind, by the kind's name.
        is_chinese: For each text whether Han and kana make up a quarter of it.
        width: Of each line, without its indent, in columns.
        indent: Of each line, in columns.
        is_proportional: For each text whether ``width`` is rather that of a book face.
        column: For each text the width of its column.
        gaps_in_line: For each line how many tabs or gaps of three or more spaces part it.
        width_sums: Running sums of packed widths.
    """

    points: Points
    codes: Codes
    classes: Codes
    text_start: Ints
    word_start: Ints
    word_end: Ints
    lines: Lines
    first_line: Ints
    end_line: Ints
    counts: dict[str, Ints]
    is_chinese: Flags
    width: Ints
    indent: Ints
    is_proportional: Flags
    column: Ints
    gaps_in_line: Ints
    width_sums: Words

    @property
    def reach(self) -> Ints:
        """How far to the right each line reaches, in columns, its indent included."""
        return self.width + self.indent

    def code_from_start(self, distance: int) -> Codes:
        """Return the code ``distance`` characters after each line's first; 0 beyond its end."""
        at = self.lines.start + distance
        return np.where(at < self.lines.end, self.codes[np.minimum(at, self.lines.end - 1)], 0)

    def code_from_end(self, distance: int) -> Codes:
        """Return the code ``distance`` characters before each line's last; 0 beyond its start."""
        at = self.lines.end - 1 - distance
        return np.where(at >= self.lines.start, self.codes[np.maximum(at, self.lines.start)], 0)

    def per_text(self, values: npt.NDArray[np.generic]) -> Ints:
        """Return the sum of ``values``, one a line, over each text."""
        return range_sums(values, self.first_line, self.end_line)

    def stretch_width(self, start: Ints, end: Ints, text: Ints) -> Ints:
        """Return the width of each stretch of code points, in the measure of its text."""
        columns, proportional = unpack_widths(
            self.width_sums[end] - self.width_sums[start], self.is_chinese[text]
        )
        return np.where(self.is_proportional[text], proportional, columns)


def lay_out(texts: Sequence[str]) -> Layout:
    r"""Return ``texts`` as measured arrays.

    >>> layout = lay_out(["桥头 的灯\n\n  亮了", ""])
    >>> layout.lines.start.tolist(), layout.width.tolist(), layout.indent.tolist()
    ([0, 9], [9, 4], [0, 2])
    """
    joined = "".join(f"{text}\n" for text in texts)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = codes_of(points)
    classes = CLASS_OF.take(codes)
    text_start = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) + 1 for text in texts], out=text_start[1:])
    word_start, word_end = find_words(classes)
    lines = find_lines(points, classes, text_start, word_start, word_end)
    text_numbers = np.arange(len(texts))
    first_line = np.searchsorted(lines.document, text_numbers)
    end_line = np.searchsorted(lines.document, text_numbers, side="right")
    places = codes.astype(np.intp)  # of the tables' entries; converted once for all of them
    counts = count(places, lines)
    is_chinese = _is_chinese(counts, lines, first_line, end_line)
    width_sums = running_sums(PACKED_WIDTHS, places)
    width, indent, is_proportional, column = _measure(
        lines, first_line, end_line, is_chinese, width_sums
    )
    is_wide = (word_start[1:] - word_end[:-1] >= _WIDE_GAP) | (points[word_end[:-1]] == ord("\t"))
    return Layout(
        points=points,
        codes=codes,
        classes=classes,
        text_start=text_start,
        word_start=word_start,
        word_end=word_end,
        lines=lines,
        first_line=first_line,
        end_line=end_line,
        counts=counts,
        is_chinese=is_chinese,
        width=width,
        indent=indent,
        is_proportional=is_proportional,
        column=column,
        gaps_in_line=range_sums(is_wide, lines.first_word, lines.last_word),
        width_sums=width_sums,
    )


def in_batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts in order, in lists of about a million code points.

    That many keep the arrays' overhead small and their memory within some hundred megabytes.

    >>> [len(batch) for batch in in_batches(["a" * 600_000] * 3)]
    [2, 1]
    """
    batch: list[str] = []
    points = 0
    for text in texts:
        batch.append(text)
        points += len(text)
        if points >= _BATCH_POINTS:
            yield batch
            batch, points = [], 0
    if batch:
        yield batch


def _is_chinese(counts: dict[str, Ints], lines: Lines, first_line: Ints, end_line: Ints) -> Flags:
    east_asian = range_sums(counts["han"] + counts["kana"], first_line, end_line)
    found: Flags = east_asian * 4 > range_sums(
        measured_end(lines) - lines.start, first_line, end_line
    )
    return found


def _measure(
    lines: Lines, first_line: Ints, end_line: Ints, is_chinese: Flags, sums: Words
) -> tuple[Ints, Ints, Flags, Ints]:
    """Return width and indent of each line, and measure and column of each text."""
    columns, proportional = unpack_widths(
        sums[measured_end(lines)] - sums[lines.start], is_chinese[lines.document]
    )
    lead_end = np.minimum(lines.start, lines.raw_start + COUNTED_POINTS)
    indent = np.minimum(field_of(sums[lead_end] - sums[lines.raw_start], 0, 20), _WIDEST_INDENT)
    edges: list[Ints] = []
    at_edge: list[Ints] = []
    for width in (columns, proportional):
        reach = width + indent
        edge = quantile(reach, lines.document, first_line, end_line, _EDGE_SHARE)
        is_full = reach * 100 >= edge[lines.document] * 96
        edges.append(edge)
        at_edge.append(range_sums(is_full, first_line, end_line))
    # The columns keep the benefit of the doubt: a few lines more are chance.
    is_proportional = at_edge[1] * 20 > at_edge[0] * 23 + 20
    return (
        np.where(is_proportional[lines.document], proportional, columns),
        indent,
        is_proportional,
        np.where(is_proportional, edges[1], edges[0]),
    )
