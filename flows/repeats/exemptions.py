"""What is left alone although it stands twice: text whose form asks for repetition.

A refrain, a table row, a salutation, ``表决结果：同意 9 票`` after each item of the minutes: these are
not copies but parts of the text. They are told by their form alone, never by their words:

- short text, below ``min_weight``;
- table rows (bars, tabs), rows of figures, and form rows (blanks to fill in, several labels);
- verse: clauses of equal length, or several short lines in one paragraph;
- a document of short paragraphs (poem, song, subtitles, list), as a whole.

`flows.repeats.admission` adds what only a pair can tell.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

SENTENCE_ENDS = tuple("。！？…；：.!?;:")
"""A paragraph that ends otherwise, closing marks apart, is open: cut, or a heading."""
CLOSING_MARKS = '”"』」)）》】'
CLAUSE_MARKS = re.compile(r"[，。；！？,;!?]")
COMMAS = ("，", "、", ",")
"""A paragraph that begins or ends so is broken."""

_CLAUSE_BREAK = re.compile(r"[，。；：？！、,.;:?!\n]+\s*|(?<=[\u2e80-\ua4cf])[ \u3000]+")
"""A space ends a clause after a Chinese character only: Korean and English part words by it."""
_VERSE_METRES = (3, 4, 5, 6, 7)
_MIN_VERSE_CLAUSES = 4
_MIN_METRED_SHARE = 0.7
_MIN_MIXED_CLAUSES = 5
"""Clauses from which on a paragraph of none but short ones is verse of mixed metre, as odes are."""
_MAX_VERSE_WEIGHT = 60
"""A longer stretch of equal clauses is a parallel in prose, as speeches love it."""
_MAX_STANZA_LINE = 18
_MIN_BARS, _MIN_LABELS, _MAX_FORM_WEIGHT = 2, 2, 32
_BAR, _LABEL, _LOW_LINE, _LINE_FEED = 1, 2, 3, 4
_MARKS = np.zeros(0xFF41, np.uint8)
"""Marks of tables and forms, by code point; low lines are there to write on, two and more touch."""
_MARKS[[ord(mark) for mark in "|\t"]] = _BAR
_MARKS[[ord(mark) for mark in ":\N{FULLWIDTH COLON}"]] = _LABEL
_MARKS[[ord(mark) for mark in "_\N{FULLWIDTH LOW LINE}"]] = _LOW_LINE
_MARKS[ord("\n")] = _LINE_FEED
_MAX_DIGIT_SHARE = 0.35
_LINED_MEDIAN, _LINED_PARAGRAPHS, _LINED_MAX = 26, 4, 45
"""A document whose paragraphs are lines: median weight, least paragraphs, up to which weight its
paragraphs are exempt. In news and statutes half the paragraphs are above 80."""


def weighted_length(text: str) -> float:
    """Return a length in which three Latin letters count as one Chinese character.

    >>> weighted_length("天气sunny.")
    4.0
    """
    wide = sum(character >= "\u2e80" for character in text)
    return wide + (len(text) - wide) / 3


def is_verse(paragraph: str) -> bool:
    """Return whether a paragraph is verse by its metre or its lines.

    >>> is_verse("月出东山，人归北渡，灯火一船，歌声满路。"), is_verse("月亮从东山后面出来了。")
    (True, False)
    """
    if "\n" in paragraph:
        lines = paragraph.split("\n")
        if all(weighted_length(line) <= _MAX_STANZA_LINE for line in lines):
            return True
    clauses = [len(clause) for clause in _CLAUSE_BREAK.split(paragraph) if clause]
    if len(clauses) < _MIN_VERSE_CLAUSES:
        return False
    metred = max(clauses.count(metre) for metre in _VERSE_METRES)
    is_mixed = len(clauses) >= _MIN_MIXED_CLAUSES and max(clauses) <= _VERSE_METRES[-1]
    return is_mixed or metred >= _MIN_METRED_SHARE * len(clauses)


def exempt_by_form(
    pieces: Sequence[str],
    points: npt.NDArray[np.uint32],
    weights: npt.NDArray[np.float64],
    digit_shares: npt.NDArray[np.float64],
) -> npt.NDArray[np.bool_]:
    """Return which paragraphs are left alone for their own form, whatever their length.

    Args:
        pieces: The paragraphs.
        points: Code points of all of them, end to end.
        weights: Of their keys, as in `Paragraphs`.
        digit_shares: Share of digits in each key, 0 to 1.
    """
    bounds = np.cumsum([0, *map(len, pieces)])
    marks = _MARKS.take(points, mode="clip")
    places = np.flatnonzero(marks)
    marks, owners = marks[places], np.searchsorted(bounds, places, "right") - 1
    exempt = digit_shares > _MAX_DIGIT_SHARE
    exempt |= np.bincount(owners[marks == _BAR], minlength=len(pieces)) >= _MIN_BARS
    labels = np.bincount(owners[marks == _LABEL], minlength=len(pieces))
    exempt |= (labels >= _MIN_LABELS) & (weights < _MAX_FORM_WEIGHT)
    is_low = marks == _LOW_LINE
    is_blank = is_low[1:] & is_low[:-1] & (np.diff(places) == 1) & (np.diff(owners) == 0)
    exempt[owners[1:][is_blank]] = True
    may_be_verse = weights < _MAX_VERSE_WEIGHT
    may_be_verse[owners[marks == _LINE_FEED]] = True
    for number in np.flatnonzero(may_be_verse & ~exempt).tolist():
        exempt[number] = is_verse(pieces[number])
    return exempt


def exempt_in_lined_documents(
    weights: npt.NDArray[np.float64], documents: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """Return which paragraphs are lines of a poem, song or list, judged by the whole document.

    Args:
        weights: Of all paragraphs.
        documents: The document of each paragraph, ascending.
    """
    order = np.lexsort((weights, documents))
    starts = np.flatnonzero(np.diff(documents, prepend=-1))
    counts = np.diff(np.append(starts, len(weights)))
    middle = weights[order[starts + (counts - 1) // 2]] + weights[order[starts + counts // 2]]
    is_lined = (counts >= _LINED_PARAGRAPHS) & (middle / 2 < _LINED_MEDIAN)
    return np.repeat(is_lined, counts) & (weights < _LINED_MAX)
