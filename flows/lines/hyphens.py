r"""A hyphen at the end of a line: did the typesetter put it there, or the author?

Damage: "the infor-" / "mation board" is one word once the lines are joined, but "a well-" / "known
shortcut" keeps its hyphen. Layout engines and readers write the hyphen in many forms: ``-``,
U+2010, U+2011, U+00AD, and U+FFFE or U+0002 where a PDF reader saw a hyphen and named it so.

How it is recognised, the first that tells decides:
1. U+00AD never is content. U+2010 is put in by layout engines, unless the document has it inside
   lines too; all other forms may be either.
2. Beside anything but Latin letters the hyphen stays.
3. A capital after the hyphen keeps it, and so does an acronym before it.
4. What is a word only when joined is joined: a frozen English word filter knows.
5. In a path, an address or code, and inside a chain ("state-of-" / "the-art"), the hyphen stays.
6. The document's own words: the joined or the hyphenated form seen elsewhere in it.
7. Two words that stand alone keep the hyphen ("paper-" / "bound") and all else is joined.

English words are asked only in documents that are not evidently written in another language:
German and French ones are joined, but for their own hyphens ("Baden-" / "Württemberg", "peut-" /
"être"). Scripts other than Latin are left alone on purpose: nothing here knows their words.
"""

import re
from typing import NamedTuple

from flows.lines.vocabulary import LETTER, Vocabulary, listed
from flows.lines.word_filter import is_english_word

HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}\ufffe\x02"

_LEFT_BACKWARDS = re.compile(rf"([{HYPHENS}]{{1,2}})([{LETTER}]+)")
_RIGHT = re.compile(rf"[{LETTER}]+")
_CHAIN = re.compile(rf"[{HYPHENS}][{LETTER}]")
_ODD = re.compile(r"[/_@\\=<>{}|#~`]|\w\.\w")


class _Cut(NamedTuple):
    """A word that a line end cuts in two, and what stands around it."""

    left: str
    marks: str
    right: str
    start: str
    end: str

    @property
    def joined(self) -> str:
        return (self.left + self.right).lower()

    @property
    def hyphenated(self) -> str:
        return f"{self.left}-{self.right}".lower()

    @property
    def changes_case(self) -> bool:
        """Whether it reads like ``Anglo-American`` or ``USB-connected``."""
        if self.right[0].isupper():
            return not self.left.isupper()
        return len(self.left) > 1 and self.left.isupper()

    @property
    def in_chain(self) -> bool:
        return self.start[-1:] in tuple(HYPHENS) or _CHAIN.match(self.end) is not None

    @property
    def is_odd(self) -> bool:
        """Whether the token that the word belongs to is an address, a path or code."""
        head = re.split(r"\s", self.start)[-1]
        tail = re.split(r"\s", self.end, maxsplit=1)[0]
        return _ODD.search(f"{head}a") is not None or _ODD.search(f"a{tail}") is not None


def hyphen_goes(before: str, after: str, vocabulary: Vocabulary) -> bool:
    """Whether the hyphen at the end of ``before`` is dropped when the lines are joined.

    Args:
        before: The end of the line with its one or two hyphens, some 40 code points.
        after: The start of the next line of text, some 40 code points.
        vocabulary: The words of the document that both come from.

    Returns:
        True if the hyphen only marks the break; False if the author wrote it. Either way nothing
        goes between the two lines, unless ``is_suspended`` says so.

    >>> known = Vocabulary.of("They took the shortcut through the orchard.")
    >>> hyphen_goes("before the infor-", "mation board", known)
    True
    >>> hyphen_goes("It was a well-", "known shortcut", known)
    False
    """
    if "\N{SOFT HYPHEN}" in before[-2:]:
        return True
    cut = _cut_between(before, after)
    if cut is None or _is_suspended(cut, vocabulary):
        return False
    if cut.changes_case:
        return vocabulary.has(cut.joined)
    if cut.marks == "\N{HYPHEN}" and not vocabulary.types_hyphen:
        return True
    is_one_word = _is_one_word if vocabulary.language == "en" else _is_one_foreign_word
    return is_one_word(cut, vocabulary)


def is_suspended(before: str, after: str, vocabulary: Vocabulary) -> bool:
    """Whether the hyphen stands for the rest of a word, so that a space goes after it.

    Takes what ``hyphen_goes`` takes, and is worth asking only where that returns False.

    >>> is_suspended("the pre-", "and post-war years", Vocabulary.of(""))
    True
    """
    cut = _cut_between(before, after)
    return cut is not None and _is_suspended(cut, vocabulary)


def _cut_between(before: str, after: str) -> _Cut | None:
    found, follows = _LEFT_BACKWARDS.match(before[::-1]), _RIGHT.match(after)
    if found is None or follows is None or found[1] == "--":
        return None
    start = before[: len(before) - found.end()]
    return _Cut(found[2][::-1], found[1][::-1], follows[0], start, after[follows.end() :])


def _is_suspended(cut: _Cut, vocabulary: Vocabulary) -> bool:
    is_open = cut.right in listed("joiners") and cut.end[:1] == " "
    return is_open and not (is_english_word(cut.joined) or vocabulary.has(cut.joined))


def _is_one_word(cut: _Cut, vocabulary: Vocabulary) -> bool:
    is_word, is_pair = is_english_word(cut.joined), _is_pair(cut)
    if is_word and not is_pair:
        return True
    if cut.is_odd or cut.in_chain:
        return False
    joined, hyphenated = vocabulary.has(cut.joined), vocabulary.has(cut.hyphenated)
    if joined != hyphenated:
        return joined
    left = cut.left.lower()
    if is_word:
        return left != "e"  # e-mail, e-book
    return left not in listed("apart") and (not is_pair or left in listed("joining"))


def _is_one_foreign_word(cut: _Cut, vocabulary: Vocabulary) -> bool:
    if cut.is_odd or cut.in_chain:
        return False
    joined, hyphenated = vocabulary.has(cut.joined), vocabulary.has(cut.hyphenated)
    if joined != hyphenated:
        return joined
    is_french = vocabulary.language == "fr"
    return not (
        is_french
        and (
            cut.right.lower() in listed("french_after")
            or cut.left.lower() in listed("french_before")
        )
    )


def _is_pair(cut: _Cut) -> bool:
    """Whether both parts could be English words of their own, as they are in a compound."""
    left, right = cut.left.lower(), cut.right.lower()
    before = left in listed("apart") or left in listed("prefixes")
    before = before or (_stands_alone(left) and left not in listed("syllables_before"))
    return before and _stands_alone(right) and right not in listed("syllables_after")


def _stands_alone(word: str) -> bool:
    # Abbreviations of two letters fill the word list; at a line end they are syllables.
    return word in listed("short_words") or (word[2:] != "" and is_english_word(word))
