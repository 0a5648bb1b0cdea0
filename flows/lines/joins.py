"""Signs that a sentence goes on over a gap, in texts too short or too plain to show their habits.

Each rule names one construction that no writer ends a line with: a word that links to the next, a
number cut at its point, a date before its month, a title before its name, a quotation that is still
open, a list item whose next line hangs below it.
"""

from typing import Final

import numpy as np

from flows.lines.classes import CLASS_OF, Class, Flags, any_of, characters, is_between
from flows.lines.gap_facts import LINE, Gaps
from flows.lines.layout import Layout
from flows.lines.shapes import Marker, WordList
from flows.lines.windows import Ints, holds_any

_LONG_COLUMNS: Final = 60  # thirty Chinese characters
_PROSE_HAN: Final = 5
_SENTENCE_WORDS: Final = 4
_IS_OPEN: Final = any_of((Class.HAN, Class.DIGIT, Class.LOWER, Class.UPPER))
_PAUSES: Final = any_of((Class.WIDE_COMMA, Class.COMMA))
_LINKS: Final = characters("的和与與在是对對把被将將及或从從向但这這并並使让讓由很更最也都就还還")
_DATE_UNITS: Final = characters("年月")
_DATE_ENDS: Final = characters("月日号號")
_TITLES: Final = WordList("Mr. Mrs. Ms. Dr. St. Prof. Messrs. Mme. Fr. Rev. Capt. Sgt.")
_PRONOUNS: Final = characters("我你您他她它咱谁誰是嗯唉啊好对對不没沒有来來喂看")


def joined(gaps: Gaps) -> Flags:
    """Return for each gap whether something says that the sentence goes on over it."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    counts = layout.counts
    ends_in, begins_with = gaps.ends_in[before], gaps.begins_with[after]
    is_open = _IS_OPEN[ends_in]
    chinese_prose = counts["han"][before] >= _PROSE_HAN
    number = chinese_prose & (ends_in == Class.DIGIT) & (begins_with == Class.HAN)
    lower = (ends_in == Class.LOWER) | (ends_in == Class.COMMA)
    lower &= (begins_with == Class.LOWER) & _is_sentence(gaps)
    typeset = ends_in == Class.TYPESET_HYPHEN
    hyphen = (typeset | (ends_in == Class.HYPHEN)) & (begins_with == Class.LOWER)
    hyphen |= typeset & (begins_with == Class.DIGIT)
    hyphen &= gaps.features["ends_in_second"] == begins_with
    found: Flags = is_open & chinese_prose & (links(gaps) | is_scrap(gaps))
    found |= number | lower | hyphen
    return found


def surely_joined(gaps: Gaps) -> Flags:
    """Return for each gap whether a number, name, title, quotation or item goes on over it."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    balance = layout.counts["opening"] - layout.counts["closing"]
    unended = _IS_OPEN[gaps.ends_in[before]] | _PAUSES[gaps.ends_in[before]]
    quoted = (balance[before] > 0) & (balance[after] < 0)
    quoted &= (gaps.marker[after] == Marker.NONE) & ~gaps.looks.is_code[after]
    hangs = layout.indent[after] >= layout.indent[before] + 2
    item = (gaps.marker[before] != Marker.NONE) & (gaps.marker[after] == Marker.NONE) & hangs
    item &= gaps.kind[after] == LINE
    title = _TITLES.begin(layout, layout.lines.last_word[before])
    title &= gaps.begins_with[after] == Class.UPPER
    found: Flags = _is_decimal(gaps) | _is_date(gaps) | title | unended & (quoted | item)
    return found | _is_subject(gaps)


def _is_subject(gaps: Gaps) -> Flags:
    """Return for each gap whether a title parts before the 的 that ``关于`` asks for.

    Official titles run over two lines: "关于开展春季渡口安全" / "检查工作的通知".
    """
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    lines, points = layout.lines, layout.points
    second = points[np.minimum(lines.start + 1, lines.end - 1)]
    about = (points[lines.start] == ord("关")) & (second == ord("于"))
    about |= (points[lines.start] == ord("關")) & (second == ord("於"))
    about &= (layout.counts["han"] > _PROSE_HAN) & (gaps.ends_in == Class.HAN)
    has_particle = holds_any(np.flatnonzero(points == ord("的")), lines.start, lines.end)
    found: Flags = about[before] & ~has_particle[before] & has_particle[after]
    found &= (gaps.kind[after] == LINE) & (gaps.ends_in[after] == Class.HAN)
    return found


def _is_decimal(gaps: Gaps) -> Flags:
    """Return for each gap whether it parts a number in Chinese prose at its decimal point."""
    found: Flags = gaps.layout.counts["han"][gaps.before] >= _PROSE_HAN
    found &= gaps.ends_in[gaps.before] == Class.STOP
    found &= gaps.features["ends_in_second"] == Class.DIGIT
    found &= gaps.begins_with[gaps.before + 1] == Class.DIGIT
    return found


def _is_date(gaps: Gaps) -> Flags:
    """Return for each gap whether it parts a date in Chinese prose before its month or day."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    found: Flags = layout.counts["han"][before] >= _PROSE_HAN
    found &= gaps.features["ends_in_second"] == Class.DIGIT
    found &= _DATE_UNITS[_points(gaps, layout.lines.end[before] - 1)]
    found &= gaps.begins_with[after] == Class.DIGIT
    at = layout.lines.start[after] + 1
    unit = np.where(CLASS_OF[layout.code_from_start(1)[after]] == Class.DIGIT, at + 1, at)
    return found & _DATE_ENDS[_points(gaps, np.minimum(unit, layout.lines.end[after] - 1))]


def _is_sentence(gaps: Gaps) -> Flags:
    lines, before = gaps.layout.lines, gaps.before
    found: Flags = (lines.last_word - lines.first_word)[before] + 1 >= _SENTENCE_WORDS
    return found


def links(gaps: Gaps) -> Flags:
    """Return for each gap whether the line ends in a Chinese word that links to the next."""
    last = _points(gaps, gaps.layout.lines.end[gaps.before] - 1)
    found: Flags = _LINKS[last]
    return found


def is_scrap(gaps: Gaps) -> Flags:
    """Return for each gap whether the next line begins with the last character of a clause."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    first = _points(gaps, layout.lines.start[after])
    second = gaps.features["begins_with_second"]
    closes = (second == Class.WIDE_COMMA) | (second == Class.WIDE_STOP)
    is_han = (gaps.begins_with[after] == Class.HAN) & (gaps.ends_in[before] == Class.HAN)
    found: Flags = is_han & closes & ~_PRONOUNS[first]
    return found


def _points(gaps: Gaps, places: Ints) -> Ints:
    return np.minimum(gaps.layout.points[places], 0xFFFF).astype(np.int64)


def is_cut(gaps: Gaps) -> Flags:
    """Return for each gap whether a line too long for a heading ends in no mark or in a comma.

    It has a mark further inside, though: the headlines of news are long, but bare.
    """
    before, after = gaps.before, gaps.before + 1
    begins_with = gaps.begins_with[after]
    is_long = gaps.layout.width[before] >= _LONG_COLUMNS
    is_long &= _has_clauses(gaps.layout)[before]
    ends_in = gaps.ends_in[before]
    chinese = ((ends_in == Class.HAN) | (ends_in == Class.WIDE_COMMA)) & (begins_with == Class.HAN)
    latin = ((ends_in == Class.LOWER) | (ends_in == Class.COMMA)) & (begins_with == Class.LOWER)
    found: Flags = is_long & (chinese | latin)
    return found


def _has_clauses(layout: Layout) -> Flags:
    """Return for each line whether a mark parts it into clauses; an enumeration comma does not."""
    classes = layout.classes
    marks = np.flatnonzero(is_between(classes, Class.WIDE_STOP, Class.SEMICOLON))
    marks = marks[classes[marks] != Class.COLON]
    marks = marks[layout.points[marks] != ord("、")]
    lines = layout.lines
    return holds_any(marks, lines.start, lines.end - 1)
