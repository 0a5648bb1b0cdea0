"""What stands at the two ends of a line: its closing mark, its first character, its list marker.

Extracted and scanned Chinese often has half-width punctuation; after a Han character it counts
as the full-width mark it stands for. A quotation mark or bracket that closes a whole sentence
tells more than one that closes a word, so it is a class of its own. For these questions kana are
as good as Han (no spaces between words) and hangul as good as Latin letters (spaces).
"""

from enum import IntEnum
from typing import Final

import numpy as np

from flows.lines.character_groups import Group
from flows.lines.classes import (
    CLASS_OF,
    IS_EAST_ASIAN_LETTER,
    IS_LETTER,
    IS_STOP,
    Class,
    Codes,
    Flags,
    any_of,
    codes_in,
)
from flows.lines.layout import Layout
from flows.lines.windows import Ints

_IS_CLOSING_MARK: Final = any_of((Class.CLOSING_QUOTE, Class.CLOSING_BRACKET))
_ENDS_SENTENCE: Final = IS_STOP | any_of((Class.CLOSED_SENTENCE,))
_IS_DASH: Final = any_of((Class.HYPHEN, Class.DASH))
_WIDE_MARK_OF: Final = np.arange(256, dtype=np.uint8)
_WIDE_MARK_OF[[Class.STOP, Class.COMMA]] = (Class.WIDE_STOP, Class.WIDE_COMMA)
_LETTER_OF: Final = np.arange(256, dtype=np.uint8)
_LETTER_OF[[Class.KANA, Class.HANGUL]] = (Class.HAN, Class.LOWER)


_IS_CLOSING: Final = codes_in(ord(")"), ord("]"), Group.WIDE_CLOSING_BRACKET)
_IS_DOT: Final = _IS_CLOSING | codes_in(ord("."), Group.WIDE_COMMA, Group.WIDE_STOP)
_IS_SPACE: Final = any_of((Class.SPACE,))
_IS_TYPESET_HYPHEN: Final = codes_in(Group.SOFT_HYPHEN, Group.HYPHEN, 0x02)


class Marker(IntEnum):
    """How a line begins, if it begins like a list item or a heading."""

    NONE = 0
    BULLET = 1  # "• ", "- ", "①"
    NUMBER = 2  # "3.", "12)"
    BRACKETED = 3  # "(a)", "（三）", "[2]"
    HAN_NUMBER = 4  # "十二、"
    ORDINAL = 5  # "第三章"
    HEADING_WORD = 6  # "Chapter", "Fig.", "## "
    LETTER = 7  # "b. "


def ends(layout: Layout) -> Codes:
    """Return the class that each line ends in, as a reader of sentences sees it."""
    code = layout.code_from_end(0)
    last, before = CLASS_OF[code], CLASS_OF[layout.code_from_end(1)]
    seen = np.where(IS_EAST_ASIAN_LETTER[before], _WIDE_MARK_OF[last], last)
    closes_sentence = _IS_CLOSING_MARK[seen] & IS_STOP[before]
    seen = np.where(closes_sentence, np.uint8(Class.CLOSED_SENTENCE), seen)
    seen = np.where(_IS_TYPESET_HYPHEN[code], np.uint8(Class.TYPESET_HYPHEN), seen)
    return _LETTER_OF[seen]


def beginnings(layout: Layout) -> Codes:
    """Return the class that each line begins with, as a reader of sentences sees it.

    A straight quotation mark opens there. Hangul knows no capitals: it counts as one after a
    closing mark, and as a small letter elsewhere.
    """
    code = layout.code_from_start(0)
    first = CLASS_OF[code]
    after_stop = np.zeros(len(first), np.bool_)
    after_stop[1:] = _ENDS_SENTENCE[ends(layout)[:-1]] & (np.diff(layout.lines.document) == 0)
    first = np.where((first == Class.HANGUL) & after_stop, np.uint8(Class.UPPER), _LETTER_OF[first])
    is_straight_quote = (code == ord('"')) | (code == ord("'"))
    return np.where(is_straight_quote, np.uint8(Class.OPENING_QUOTE), first)


def letter_classes(codes: Codes) -> Codes:
    """Return the classes of ``codes``, kana told as Han and hangul as Latin letters."""
    return _LETTER_OF[CLASS_OF[codes]]


def markers(layout: Layout) -> Codes:
    """Return how each line begins, as ``Marker`` values."""
    head = _Head(layout)
    found = np.zeros(len(layout.lines), np.uint8)
    found[head.letter()] = Marker.LETTER
    found[head.number()] = Marker.NUMBER
    found[head.bracketed()] = Marker.BRACKETED
    found[head.han_number()] = Marker.HAN_NUMBER
    found[head.ordinal()] = Marker.ORDINAL
    found[head.bullet()] = Marker.BULLET
    found[head.heading_word(layout) & (found == 0) | (head.code[0] == ord("#"))] = (
        Marker.HEADING_WORD
    )
    return found


class _Head:
    """The first seven characters of every line."""

    def __init__(self, layout: Layout) -> None:
        self.code = [layout.code_from_start(distance) for distance in range(7)]
        self.cls = [CLASS_OF[code] for code in self.code]
        self.is_digit = [cls == Class.DIGIT for cls in self.cls]
        self.is_han_number = [code == Group.HAN_NUMBER for code in self.code]

    def _is_dot(self, at: int) -> Flags:
        return _IS_DOT[self.code[at]]

    def _is_closing(self, at: int) -> Flags:
        return _IS_CLOSING[self.code[at]]

    def _is_space(self, at: int) -> Flags:
        return _IS_SPACE[self.cls[at]]

    def letter(self) -> Flags:
        is_ascii_letter = (self.code[0] < 128) & IS_LETTER[self.cls[0]]  # noqa: PLR2004 - ASCII
        found: Flags = is_ascii_letter & self._is_dot(1) & self._is_space(2)
        return found

    def number(self) -> Flags:
        digit = self.is_digit
        one = self._is_dot(1) & ~digit[2]
        two = digit[1] & self._is_dot(2) & ~digit[3]
        three = digit[1] & digit[2] & self._is_dot(3) & ~digit[4]
        found: Flags = digit[0] & (one | two | three)
        return found

    def bracketed(self) -> Flags:
        code, han = self.code, self.is_han_number
        opens = (code[0] == ord("(")) | (code[0] == ord("["))
        opens |= code[0] == Group.WIDE_OPENING_BRACKET
        one = self._is_closing(2) & (self.is_digit[1] | (self.cls[1] == Class.LOWER) | han[1])
        pair = self.is_digit[1] & self.is_digit[2] | han[1] & han[2]
        found: Flags = opens & (one | self._is_closing(3) & pair)
        return found

    def han_number(self) -> Flags:
        han = self.is_han_number
        comma = [code == Group.WIDE_COMMA for code in self.code]
        found: Flags = han[0] & (comma[1] | han[1] & (comma[2] | han[2] & comma[3]))
        return found

    def ordinal(self) -> Flags:
        numbered = self.is_han_number[1] | self.is_digit[1]
        part = np.zeros(len(numbered), np.bool_)
        for distance in range(2, 6):
            part |= self.code[distance] == Group.PART
        found: Flags = (self.code[0] == Group.ORDINAL) & numbered & part
        return found

    def bullet(self) -> Flags:
        is_bullet = self.cls[0] == Class.BULLET
        spaced = (is_bullet | _IS_DASH[self.cls[0]]) & self._is_space(1)
        circled = self.code[0] == Group.CIRCLED_NUMBER
        found: Flags = spaced | circled | is_bullet & (self.cls[1] == Class.HAN)
        return found

    def heading_word(self, layout: Layout) -> Flags:
        return _HEADING_WORDS.begin(layout, layout.lines.first_word)


class WordList:
    """Words recognised by their first four letters, many at a time."""

    def __init__(self, words: str) -> None:
        """Take the words, white space between them."""
        keys = {_key(word[:4].ljust(4, "\0")) for word in words.split()}
        # Not by np.unique, which imports all of numpy.ma to ask whether something is masked.
        self._keys = np.array(sorted(keys), np.uint64)

    def begin(self, layout: Layout, word: Ints) -> Flags:
        """Return whether each of the numbered words of ``layout`` begins like one of these."""
        start, end = layout.word_start[word], layout.word_end[word]
        key = np.zeros(len(word), np.uint64)
        for distance in range(4):
            at = np.minimum(start + distance, end - 1)
            point = np.where(start + distance < end, layout.points[at], 0).astype(np.uint64)
            key |= np.minimum(point, 0xFFFF) << np.uint64(16 * distance)
        place = np.minimum(np.searchsorted(self._keys, key), len(self._keys) - 1)
        found: Flags = self._keys[place] == key
        return found


def _key(letters: str) -> int:
    return sum(ord(letter) << (16 * place) for place, letter in enumerate(letters))


_HEADING_WORDS: Final = WordList(
    "Chapter CHAPTER Section SECTION Part PART Appendix APPENDIX Figure FIGURE Table TABLE Fig. "
    "Note NOTE Step"
)
