r"""Lines of two columns that were read across, so that they alternate.

Damage: some readers of pages take the lines of a page from top to bottom, whatever column they
stand in. A sentence then goes on two lines further down, and every join of neighbouring lines
makes nonsense. Nothing of this shows in a line: widths, marks and blank lines are as they should be.

How it is recognised: a document repeats itself. Two tokens (words, or single characters of Chinese
and Japanese) that follow each other over a line end often do so within some line as well, far more
often than two tokens that meet by chance. So the pairs over one line end are compared with those
two lines apart; those four, six and eight lines apart tell how many are known by chance, also in a
text and its translation that alternate. No word list and no language is needed.

What is not recognised: columns that only changed places as a whole, since most lines still follow
each other there; verse, whose lines seldom cut a phrase; and documents of few lines, which have too
few pairs. Tables, dialogues and word lists stay free of the suspicion: their lines continue nowhere,
so that known pairs are as rare two lines apart as eight.

``docs/quality.md`` has the figures.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.lines.classes import CLASS_OF, Class, Flags, codes_of, is_between
from flows.lines.windows import Ints

Hashes = npt.NDArray[np.uint64]
Shares = npt.NDArray[np.float64]

_MOST_POINTS: Final = 50_000  # of a document: some thirty pages tell enough
_FEWEST_LINES: Final = 100  # of 90 lines, only a third of English documents would be found
_LINES_APART: Final = (1, 2, 4, 6, 8)
_NEAREST: Final = 2  # of these; the others tell what chance does
_KNOWN_GAIN: Final = 3  # times as often as chance brings two tokens together
# Of 3,849 texts in order, generated, read back or clean, none reached both; those nearest had .18 at
# 6.0 and .25 at 4.1. Of 13 where 19 lines in 100 or more alternate, 11 had .24 and 6.2 or more.
_MIN_SHARE: Final = 0.2
_MIN_CERTAINTY: Final = 5.0  # standard deviations

# Odd numbers without a pattern in their bits.
_POWERS: Final = np.cumprod(np.full(64, 0x9E3779B97F4A7C15, np.uint64))
_PAIR_FACTOR: Final = np.uint64(0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True, slots=True)
class Alternation:
    """How far the lines of a document alternate.

    Attributes:
        share: Of the line ends that are known to go on, those that do so two lines further down.
        certainty: By how many standard deviations more pairs two lines apart are known than
            chance brings about.
    """

    share: float
    certainty: float


def is_interleaved(text: str) -> bool:
    r"""Return whether the lines of two columns alternate in ``text``.

    Args:
        text: Before its lines are joined.

    >>> is_interleaved("渡船靠岸的时候\n天刚刚亮。\n" * 50)
    False
    """
    start = text[:_MOST_POINTS]
    if start.count("\n") < _FEWEST_LINES:
        return False
    found = alternation(start)
    return found.share >= _MIN_SHARE and found.certainty >= _MIN_CERTAINTY


def alternation(text: str) -> Alternation:
    """Return how far the lines of ``text`` alternate."""
    tokens = _read_tokens(text)
    pairs = _KnownPairs(tokens)
    head = np.flatnonzero(np.diff(tokens.line, prepend=-1))
    asked, known = np.ones(len(_LINES_APART)), np.zeros(len(_LINES_APART))
    for place, apart in enumerate(_LINES_APART):
        if place == _NEAREST and _is_hopeless(asked, known):
            break
        there = head[apart:]
        end = head[1 : len(there) + 1] - 1
        is_asked = tokens.is_word[end] & tokens.is_word[there]
        asked[place] += np.count_nonzero(is_asked)
        known[place] = np.count_nonzero(pairs.are_known(end[is_asked], there[is_asked]))
    return _compare(asked, known)


def _is_hopeless(asked: Shares, known: Shares) -> bool:
    """Tell from the nearest lines alone that too few go on two lines down, whatever chance does."""
    following, alternating = (known[:_NEAREST] / asked[:_NEAREST]).tolist()
    return bool(alternating < _MIN_SHARE / (1 - _MIN_SHARE) * following)


def _compare(asked: Shares, known: Shares) -> Alternation:
    """Return what the numbers of known pairs, at each distance of lines, come to."""
    chance = known[_NEAREST:].sum() / asked[_NEAREST:].sum()
    following, alternating = np.maximum(known[:_NEAREST] / asked[:_NEAREST] - chance, 0).tolist()
    expected = float(chance * asked[1])
    return Alternation(
        share=alternating / (following + alternating) if alternating else 0.0,
        certainty=(float(known[1]) - expected) / (expected + 1) ** 0.5,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Tokens:
    """Words, single characters of scripts without spaces, and single marks.

    Attributes:
        name: A hash of each token, its letters in lower case.
        line: The line it stands in.
        is_word: Whether it is a word or such a character.
    """

    name: Hashes
    line: Ints
    is_word: Flags


def _read_tokens(text: str) -> _Tokens:
    lowered = text.replace("\N{SOFT HYPHEN}", "").lower()
    points = np.frombuffer(lowered.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = CLASS_OF.take(codes_of(points))
    is_letter = is_between(classes, Class.LOWER, Class.UPPER)
    begins = ~is_letter
    begins[:1] = True
    begins[1:] |= ~is_letter[:-1]
    ink = np.flatnonzero(~is_between(classes, Class.SPACE, Class.BREAK))
    start = np.flatnonzero(begins[ink])
    place = np.arange(len(ink)) - start[np.cumsum(begins[ink]) - 1]
    lines = np.cumsum(points == ord("\n"))
    first = ink[start]
    return _Tokens(
        name=np.add.reduceat(points[ink] * _POWERS[place % len(_POWERS)], start),
        line=lines[first],
        is_word=is_between(classes[first], Class.HAN, Class.UPPER),
    )


class _KnownPairs:
    """The pairs of tokens that follow each other within lines."""

    def __init__(self, tokens: _Tokens) -> None:
        self._name = tokens.name
        in_line = tokens.line[1:] == tokens.line[:-1]
        self._pairs = _Counts(_pair(tokens.name[:-1], tokens.name[1:])[in_line])
        self._names = _Counts(tokens.name)

    def are_known(self, ends: Ints, heads: Ints) -> Flags:
        """Return which tokens stand together within lines far more often than chance has it."""
        one, other = self._name[ends], self._name[heads]
        by_chance = self._names.of(one) * self._names.of(other) / len(self._name)
        known: Flags = self._pairs.of(_pair(one, other)) > _KNOWN_GAIN * by_chance
        return known


class _Counts:
    """How often each of some hashes occurs."""

    def __init__(self, hashes: Hashes) -> None:
        self._sorted = np.sort(hashes)

    def of(self, wanted: Hashes) -> Ints:
        """Return how often each of ``wanted`` occurs."""
        first = np.searchsorted(self._sorted, wanted)
        return np.searchsorted(self._sorted, wanted, side="right") - first


def _pair(one: Hashes, other: Hashes) -> Hashes:
    return one * _PAIR_FACTOR + other
