"""A batch of texts as arrays: code points, words, lines, and what each line holds.

Everything a line step wants to know is computed for all lines of a batch at once. Each text ends
with one more line feed than it has, so that texts can lie one after the other. A *line* here is a
line with something on it; blank lines only show as the distance to the line before. Counts over
a line come from running sums of packed 64-bit words, several counts in each word. A count covers
the first 4000 code points of a line at most, which keeps every field of the word from overflowing;
nothing that is asked of a line depends on what follows.

Widths are measured twice: in columns of a terminal (UAX #11), as plain-text tools wrap, and in a
common book face, as typeset pages do. The measure under which more lines of a document reach the
right edge is the one its width is told in.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.lines.classes import (
    CLASS_OF,
    COLUMNS_OF,
    PROPORTIONAL_OF,
    Class,
    Codes,
    Flags,
    Group,
    Points,
    any_of,
    codes_of,
)
from flows.lines.windows import Ints, quantile, range_sums

Words = npt.NDArray[np.uint64]

_BATCH_POINTS: Final = 1_000_000
_COUNTED_POINTS: Final = 4000  # below 2**12, the size of a count's field
_WIDE_GAP: Final = 3  # spaces between two columns; justified text has gaps of two
_WIDEST_INDENT: Final = 200
_EDGE_SHARE: Final = 0.93  # of a document's lines are no longer than its column is wide

_COUNTED: Final[tuple[tuple[str, tuple[Class, ...]], ...]] = (
    ("han", (Class.HAN,)),
    ("kana", (Class.KANA,)),
    ("upper", (Class.UPPER,)),
    ("lower", (Class.LOWER,)),
    ("digits", (Class.DIGIT,)),
    ("code", (Class.CODE,)),
    ("opening", (Class.OPENING_QUOTE, Class.OPENING_BRACKET)),
    ("closing", (Class.CLOSING_QUOTE, Class.CLOSING_BRACKET)),
    ("stops", (Class.WIDE_STOP, Class.STOP, Class.SEMICOLON)),
    ("commas", (Class.WIDE_COMMA, Class.COMMA)),
)
_COUNTS_A_WORD: Final = 5
_COUNT_BITS: Final = 12


def _packed_counts() -> tuple[Words, ...]:
    """Return tables of 256: one bit a class, in the field of its count."""
    tables: list[Words] = []
    for at in range(0, len(_COUNTED), _COUNTS_A_WORD):
        table = np.zeros(256, np.uint64)
        for field, (_, classes) in enumerate(_COUNTED[at : at + _COUNTS_A_WORD]):
            table |= any_of(classes)[CLASS_OF].astype(np.uint64) << np.uint64(_COUNT_BITS * field)
        tables.append(table)
    return tuple(tables)


def _packed_widths() -> Words:
    """Return a table of 256: columns, proportional width, and whether the width is ambiguous."""
    ambiguous = np.zeros(256, np.uint64)
    ambiguous[[Group.OPENING_QUOTE, Group.CLOSING_QUOTE, Group.DASH, Group.ELLIPSIS]] = 1
    packed: Words = COLUMNS_OF | PROPORTIONAL_OF << np.uint64(20) | ambiguous << np.uint64(44)
    return packed


_PACKED_COUNTS: Final = _packed_counts()
_PACKED_WIDTHS: Final = _packed_widths()


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The lines of a batch that hold something; one entry a line in every array.

    Attributes:
        start: First code point that is no white space.
        end: One past the last code point that is no white space.
        raw_start: Where the line begins, its indent included.
        raw_end: Where its line feed or form feed stands.
        number: Place among all lines of the batch, blank ones included.
        page: Form feeds before it in the batch.
        document: Number of its text in the batch.
        first_word: Place of its first word among all words of the batch.
        last_word: Place of its last word.
    """

    start: Ints
    end: Ints
    raw_start: Ints
    raw_end: Ints
    number: Ints
    page: Ints
    document: Ints
    first_word: Ints
    last_word: Ints

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.start)


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
        columns, proportional = _unpack_widths(
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
    word_start, word_end = _words(classes)
    lines = _lines(points, classes, text_start, word_start, word_end)
    text_numbers = np.arange(len(texts))
    first_line = np.searchsorted(lines.document, text_numbers)
    end_line = np.searchsorted(lines.document, text_numbers, side="right")
    places = codes.astype(np.intp)  # of the tables' entries; converted once for all of them
    counts = _counts(places, lines)
    is_chinese = _is_chinese(counts, lines, first_line, end_line)
    width_sums = _running_sums(_PACKED_WIDTHS, places)
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


def _words(classes: Codes) -> tuple[Ints, Ints]:
    """Return where each run of characters between white space begins and ends."""
    is_white = np.ones(len(classes) + 1, np.bool_)
    np.less_equal(np.subtract(classes, np.uint8(Class.SPACE)), 1, out=is_white[1:])
    edges = np.flatnonzero(is_white[1:] != is_white[:-1])
    return edges[::2], edges[1::2]


def _lines(
    points: Points, classes: Codes, text_start: Ints, word_start: Ints, word_end: Ints
) -> Lines:
    breaks = np.flatnonzero(classes == Class.BREAK)
    raw_start = np.zeros(len(breaks), np.int64)
    raw_start[1:] = breaks[:-1] + 1
    pages = np.zeros(len(breaks) + 1, np.int64)
    np.cumsum(points[breaks] == ord("\f"), out=pages[1:])
    first_word = np.searchsorted(word_start, raw_start)
    end_word = np.append(first_word[1:], len(word_start))[: len(breaks)]
    number = np.flatnonzero(end_word > first_word)
    start = word_start[first_word[number]]
    return Lines(
        start=start,
        end=word_end[end_word[number] - 1],
        raw_start=raw_start[number],
        raw_end=breaks[number],
        number=number,
        page=pages[number],
        document=np.searchsorted(text_start, start, side="right") - 1,
        first_word=first_word[number],
        last_word=end_word[number] - 1,
    )


def _is_chinese(counts: dict[str, Ints], lines: Lines, first_line: Ints, end_line: Ints) -> Flags:
    east_asian = range_sums(counts["han"] + counts["kana"], first_line, end_line)
    found: Flags = east_asian * 4 > range_sums(
        _measured_end(lines) - lines.start, first_line, end_line
    )
    return found


def _running_sums(table: Words, places: npt.NDArray[np.intp]) -> Words:
    """Return the sums of the table's entries before each place, and after the last."""
    sums = np.zeros(len(places) + 1, np.uint64)
    table.take(places, out=sums[1:], mode="clip")  # codes lie within; checking them costs half
    np.cumsum(sums[1:], out=sums[1:])
    return sums


def _measured_end(lines: Lines) -> Ints:
    return np.minimum(lines.end, lines.start + _COUNTED_POINTS)


def _counts(places: npt.NDArray[np.intp], lines: Lines) -> dict[str, Ints]:
    end = _measured_end(lines)
    counts: dict[str, Ints] = {}
    for word, table in enumerate(_PACKED_COUNTS):
        sums = _running_sums(table, places)
        packed = sums[end] - sums[lines.start]
        names = _COUNTED[word * _COUNTS_A_WORD : (word + 1) * _COUNTS_A_WORD]
        for field, (name, _) in enumerate(names):
            counts[name] = _field(packed, _COUNT_BITS * field, _COUNT_BITS)
    return counts


def _field(packed: Words, shift: int, bits: int) -> Ints:
    return (packed >> np.uint64(shift) & np.uint64((1 << bits) - 1)).astype(np.int64)


def _unpack_widths(packed: Words, is_chinese: Flags) -> tuple[Ints, Ints]:
    """Return the width in columns and in a book face, brought to about the same scale."""
    ambiguous = _field(packed, 44, 12) * is_chinese
    return (
        _field(packed, 0, 20) + ambiguous,
        (_field(packed, 20, 24) + 4 * ambiguous) // 10,
    )


def _measure(
    lines: Lines, first_line: Ints, end_line: Ints, is_chinese: Flags, sums: Words
) -> tuple[Ints, Ints, Flags, Ints]:
    """Return width and indent of each line, and measure and column of each text."""
    columns, proportional = _unpack_widths(
        sums[_measured_end(lines)] - sums[lines.start], is_chinese[lines.document]
    )
    lead_end = np.minimum(lines.start, lines.raw_start + _COUNTED_POINTS)
    indent = np.minimum(_field(sums[lead_end] - sums[lines.raw_start], 0, 20), _WIDEST_INDENT)
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
