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
import tomllib
from collections import Counter
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple

from flows.lines.word_filter import is_english_word

HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}\ufffe\x02"

_LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
# Begins with a plain character, which is searched for many times faster than a class.
_TYPED = re.compile(f"\N{HYPHEN}(?<=[{_LETTER}]\N{HYPHEN})[{_LETTER}]")
_WORD = re.compile(rf"[{_LETTER}]+(?:-[{_LETTER}]+)*")
_PART = re.compile(rf"-?[{_LETTER}]")  # of the same word or compound, away from where one stands
_LEFT_BACKWARDS = re.compile(rf"([{HYPHENS}]{{1,2}})([{_LETTER}]+)")
_RIGHT = re.compile(rf"[{_LETTER}]+")
_CHAIN = re.compile(rf"[{HYPHENS}][{_LETTER}]")
_ODD = re.compile(r"[/_@\\=<>{}|#~`]|\w\.\w")


_MOST_SEARCHES = 48  # about as many cost what a list of all words does
_MOST_HITS = 100  # "a" is in every second word; the list answers sooner
_SAMPLE_CHARS = 4_000  # enough function words to tell the language; the rest would only cost time


@cache
def _listed(name: str) -> frozenset[str]:
    """Return one of the lists of ``data/hyphen_words.toml``."""
    listed: str = _hyphen_words()[name]
    return frozenset(listed.split())


@cache
def _function_words() -> dict[str, frozenset[str]]:
    listed: dict[str, str] = _hyphen_words()["function_words"]
    return {language: frozenset(words.split()) for language, words in listed.items()}


@cache
def _telling_words() -> frozenset[str]:
    return frozenset(word for listed in _function_words().values() for word in listed)


@cache
def _hyphen_words() -> dict[str, Any]:
    return tomllib.loads(
        files("flows.lines").joinpath("data", "hyphen_words.toml").read_text("utf-8")
    )


class Vocabulary:
    """What a document's own text tells about its words; each fact is worked out when first asked.

    >>> words = Vocabulary.of("Der Wind kam von der See und die Boote lagen still.")
    >>> words.language, words.has("wind")
    ('de', True)
    """

    def __init__(self, text: str) -> None:
        """Keep the text; nothing is read before somebody asks."""
        self._text = text
        self._answers: dict[str, bool] = {}
        self._searches = _MOST_SEARCHES

    @classmethod
    def of(cls, text: str) -> "Vocabulary":
        """Return the vocabulary of ``text``, one document with its line breaks."""
        return cls(text)

    def has(self, word: str) -> bool:
        """Whether the text has a word in lower case, and not only as a part of a compound.

        The first questions are answered by searching; many together cost less with all words
        listed.

        >>> words = Vocabulary.of("An Old\N{HYPHEN}Timer told it.")
        >>> words.has("old-timer"), words.has("old")
        (True, False)
        """
        if word not in self._answers:
            found = _find_word(word, self._lower) if self._searches > 0 else None
            self._searches -= 1
            self._answers[word] = word in self._forms if found is None else found
        return self._answers[word]

    @cached_property
    def _lower(self) -> str:
        return _with_ascii_hyphens(self._text.lower())

    @cached_property
    def _forms(self) -> frozenset[str]:
        """Every word in lower case, compounds as a whole with ``-`` for each inner hyphen."""
        return frozenset(_WORD.findall(self._lower))

    @cached_property
    def types_hyphen(self) -> bool:
        """Whether U+2010 stands inside lines too, so that an author or editor typed it."""
        return _TYPED.search(self._text) is not None

    @cached_property
    def language(self) -> str:
        """``en`` unless the function words of another language are in the majority."""
        tells = _telling_words().__contains__
        words = Counter(filter(tells, self._text[:_SAMPLE_CHARS].lower().split()))
        votes = {
            language: sum(map(words.__getitem__, listed & words.keys()))
            for language, listed in _function_words().items()
        }
        return max(votes, key=votes.__getitem__)  # the first, English, where nothing tells


def _with_ascii_hyphens(text: str) -> str:
    return text.replace("\N{HYPHEN}", "-").replace("\N{NON-BREAKING HYPHEN}", "-")


def _find_word(word: str, text: str) -> bool | None:
    """Whether ``word`` is one of the words of ``text``; None if it is in too many others to tell.

    >>> _find_word("old", "an old-timer"), _find_word("old", "(old-")
    (False, True)
    """
    if _WORD.fullmatch(word) is None:
        return False
    start = -1
    for _ in range(_MOST_HITS):
        start = text.find(word, start + 1)
        if start < 0:
            return False
        before = text[max(0, start - 2) : start][::-1]
        if not (_PART.match(before) or _PART.match(text, start + len(word))):
            return True
    return None


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
    is_open = cut.right in _listed("joiners") and cut.end[:1] == " "
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
    return left not in _listed("apart") and (not is_pair or left in _listed("joining"))


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
            cut.right.lower() in _listed("french_after")
            or cut.left.lower() in _listed("french_before")
        )
    )


def _is_pair(cut: _Cut) -> bool:
    """Whether both parts could be English words of their own, as they are in a compound."""
    left, right = cut.left.lower(), cut.right.lower()
    before = left in _listed("apart") or left in _listed("prefixes")
    before = before or (_stands_alone(left) and left not in _listed("syllables_before"))
    return before and _stands_alone(right) and right not in _listed("syllables_after")


def _stands_alone(word: str) -> bool:
    # Abbreviations of two letters fill the word list; at a line end they are syllables.
    return word in _listed("short_words") or (word[2:] != "" and is_english_word(word))
