"""The words of one document: which it has, in what language, and how it writes its hyphens.

A hyphen at a line end is judged by the document's own words before any rule. Few questions are
asked of most documents, so nothing is read or listed before somebody asks.
"""

import re
import tomllib
from collections import Counter
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final

LETTER: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
"""Latin letters, as a class of an expression holds them."""

# Begins with a plain character, which is searched for many times faster than a class.
_TYPED: Final = re.compile(f"\N{HYPHEN}(?<=[{LETTER}]\N{HYPHEN})[{LETTER}]")
_WORD: Final = re.compile(rf"[{LETTER}]++(?:-[{LETTER}]++)*+")
_PART: Final = re.compile(rf"-?[{LETTER}]")  # of a compound, read away from the word beside it

_MOST_SEARCHES: Final = 48  # about as many cost what a list of all words does
_MOST_HITS: Final = 100  # "a" is in every second word; the list answers sooner
# Enough function words to tell the language; the rest would only cost time.
_SAMPLE_CHARS: Final = 4_000


@cache
def listed(name: str) -> frozenset[str]:
    """Return one of the lists of ``data/hyphen_words.toml``."""
    words: str = _hyphen_words()[name]
    return frozenset(words.split())


@cache
def _function_words() -> dict[str, frozenset[str]]:
    languages: dict[str, str] = _hyphen_words()["function_words"]
    return {language: frozenset(words.split()) for language, words in languages.items()}


@cache
def _telling_words() -> frozenset[str]:
    return frozenset(word for words in _function_words().values() for word in words)


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
            language: sum(map(words.__getitem__, telling & words.keys()))
            for language, telling in _function_words().items()
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
