r"""English words that are split ("har bour") or run together ("ofthe"), and no author wrote so.

Damage: readers of pages and OCR engines take a gap between two letters for a space, miss a space,
or see it one letter too early ("th eharbour").

How it is recognised:
1. A document is looked at only where several signs show the damage, each with another word: pieces
   that make a word when they are joined, one of them none by itself; or a word that no list has
   and that is a word of grammar stuck to another one.
2. There, words that no list has are read anew with their neighbours, as cheaply as the frequency
   of words allows (``flows.lines.word_gaps``). The document's own words count as well, and so a
   name is mended that it writes whole elsewhere.
3. Pieces are joined where that makes the cheapest reading: that pieces are no words is evidence by
   itself.
4. A word is parted where a word of grammar stuck to it, or where that saves very much, for
   "filename" and "Silvertown" look just like two words run together.

What is left alone on purpose: code, addresses, words with a hyphen, derived words ("unbundle"),
words that the document has more than once, names, unless parting them saves much, and documents in
other languages.

The thresholds were measured on some 800 pages of development data, each with damage and clean
(``docs/quality.md``).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from flows.lines.english_words import english_words
from flows.lines.latin_runs import Span, latin_runs
from flows.lines.unlisted_words import unlisted_words
from flows.lines.vocabulary import Vocabulary
from flows.lines.word_costs import WordCosts, is_listed
from flows.lines.word_gaps import Change, better_spaced
from flows.lines.word_parts import has_grammar_word_stuck, is_derived, word_parts

_MIN_SIGNS: Final = 3
_MAX_WORDS_A_SIGN: Final = 1000
_SHORTEST_SIGN: Final = 4
"""Letters: nearly every two or three letters are an abbreviation of something."""
_LONGEST_WORD: Final = 20

_GRAMMAR_BITS: Final = 3.0
"""Saved for each space put in beside a word of grammar; of 900 such repairs 2 were wrong."""
_CAPITAL_BITS: Final = 15.0
"""The same for a word with a capital, which may be a name: below, 13 of 36 were wrong."""
_CONTENT_BITS: Final = 25.0
"""The same where no word of grammar is among them: of 143 9 were wrong, of those below, half."""
_SHORTEST_CONTENT: Final = 3

_MOST_WORDS: Final = 40
_MOST_LETTERS: Final = 160
"""Of a stretch that is read anew at once; longer ones are no prose."""

_BEFORE: Final = re.compile(r"(?<![A-Za-z'’])[A-Za-z]+ \Z")
_AFTER: Final = re.compile(r" [A-Za-z]+")


class MisplacedSpace(NamedTuple):
    """A space to take out, or with ``start`` and ``end`` the same, a place that wants one."""

    start: int
    end: int


def misplaced_spaces(text: str, *, join: bool = True, part: bool = True) -> list[MisplacedSpace]:
    """Return the spaces of ``text`` that split English words, and the places that miss one.

    Args:
        text: One document, paragraphs parted by a blank line.
        join: Whether spaces are taken out.
        part: Whether spaces are put in.

    Returns:
        In ascending order, in code points of ``text``; nothing where the text shows no such damage.

    >>> found = misplaced_spaces("The har bour was qui et at the end ofthe day.")
    >>> [(space.start, space.end) for space in found]
    [(7, 8), (20, 21), (37, 37)]
    >>> misplaced_spaces("We measured the exam ple twice.")
    []
    """
    if not _is_damaged(text) or Vocabulary.of(text).language != "en":
        return []
    costs = WordCosts(text)
    return sorted(
        space
        for run in latin_runs(text)
        for spans, change in _changes(text, run, costs)
        if _is_sure([text[slice(*span)] for span in spans], change, costs)
        for space in _spaces(spans, change, join=join, part=part)
    )


def _is_damaged(text: str) -> bool:
    spans, words = unlisted_words(text)
    needed = max(_MIN_SIGNS, words / _MAX_WORDS_A_SIGN)
    return len(spans) >= needed and len(set(_signs(text, spans))) >= needed


def _signs(text: str, spans: Sequence[Span]) -> Iterator[str]:
    """Yield words, in lower case, whose pieces or whose neighbours show that a space is wrong."""
    known = english_words()
    for start, end in spans:
        word = text[start:end]
        if word in known or len(word) > _LONGEST_WORD:
            continue
        before = _BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
        after = _AFTER.match(text, end)
        whole = [before[0][:-1] + word] if before else []
        whole += [word + after[0][1:]] if after else []
        for joined in map(str.lower, whole):
            if len(joined) >= _SHORTEST_SIGN and joined in known:
                yield joined
        if has_grammar_word_stuck(word):
            yield word


def _changes(
    text: str, run: Sequence[Span], costs: WordCosts
) -> Iterator[tuple[Sequence[Span], Change]]:
    """Yield what reads better in a run of words, each with the words as they stand."""
    is_suspect = [costs.is_suspect(text[start:end]) for start, end in run]
    for first, last in _stretches(is_suspect):
        words = [text[start:end] for start, end in run[first:last]]
        if sum(map(len, words)) <= _MOST_LETTERS:
            for change in better_spaced(words, costs.as_written, costs.as_made):
                yield run[first + change.first : first + change.end], change


def _stretches(is_suspect: Sequence[bool]) -> Iterator[Span]:
    """Yield suspect words that stand near each other, with one word on either side."""
    end = 0
    for place, is_first in enumerate(is_suspect):
        if not is_first or place < end:
            continue
        end = place + 1
        while any(is_suspect[end : end + 2]) and end - place < _MOST_WORDS:
            end += 1
        end = min(end + 1, len(is_suspect))
        yield max(0, place - 1), end


def _is_sure(written: Sequence[str], change: Change, costs: WordCosts) -> bool:
    if len(change.words) == 1:
        return True
    if not all(map(is_listed, change.words)):
        return False
    parts = [word.lower() for word in change.words]
    if len(written) == 1:
        return _is_parted(written[0], parts, change.bits, costs)
    return not any(map(is_listed, written)) and _is_likely(parts, change.bits)


def _is_parted(word: str, parts: Sequence[str], bits: float, costs: WordCosts) -> bool:
    """Whether ``word`` is two or more words, and none that an author made."""
    if word.lower() in word_parts()["one_word"]:
        return False
    if not word.islower() and (word.isupper() or bits < _CAPITAL_BITS):
        return False
    grammar = word_parts()["grammar"]
    if all(part in grammar for part in parts):
        return True
    return (
        not costs.is_repeated(word)
        and (any(part in grammar for part in parts) or not is_derived(word.lower()))
        and _is_likely(parts, bits)
    )


def _is_likely(parts: Sequence[str], bits: float) -> bool:
    lists = word_parts()
    if any(part in lists["grammar"] or part in lists["weak_grammar"] for part in parts):
        return bits >= _GRAMMAR_BITS * (len(parts) - 1)
    return bits >= _CONTENT_BITS and min(map(len, parts)) >= _SHORTEST_CONTENT


def _spaces(
    spans: Sequence[Span], change: Change, *, join: bool, part: bool
) -> Iterator[MisplacedSpace]:
    """Yield the spaces that a change moves, nothing where it needs what is not wanted."""
    places = [place for span in spans for place in range(*span)]
    written = _ends([end - start for start, end in spans])
    made = _ends([len(word) for word in change.words])
    taken_out, put_in = written - made, made - written
    if (join or not taken_out) and (part or not put_in):
        for end in taken_out:
            yield MisplacedSpace(places[end - 1] + 1, places[end])
        for end in put_in:
            yield MisplacedSpace(places[end], places[end])


def _ends(lengths: Sequence[int]) -> set[int]:
    return set(accumulate(lengths))
