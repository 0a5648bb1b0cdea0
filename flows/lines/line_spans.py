"""Where the words and the lines of a batch of texts begin and end.

A *line* here is a line with something on it; blank lines only show as the distance to the line
before.
"""

from dataclasses import dataclass

import numpy as np

from flows.lines.classes import Class, Codes, Points
from flows.lines.windows import Ints


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


def find_words(classes: Codes) -> tuple[Ints, Ints]:
    """Return where each run of characters between white space begins and ends."""
    is_white = np.ones(len(classes) + 1, np.bool_)
    np.less_equal(np.subtract(classes, np.uint8(Class.SPACE)), 1, out=is_white[1:])
    edges = np.flatnonzero(is_white[1:] != is_white[:-1])
    return edges[::2], edges[1::2]


def find_lines(
    points: Points, classes: Codes, text_start: Ints, word_start: Ints, word_end: Ints
) -> Lines:
    """Return the lines of a batch that hold something."""
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
