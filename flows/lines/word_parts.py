"""What an English word that no list has is made of: a derived word, or two words in one.

"Unbundle" and "scriptable" are words, though no list has them and both parts are words too. "Ofthe"
is none: no word is made with *the*. The parts are listed in ``data/word_parts.toml``.
"""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from flows.lines.english_words import english_words

_SHORTEST_STEM: Final = 3
_SHORTEST_PART: Final = 2  # "a" and "I" stand at the ends of too many words


@cache
def word_parts() -> dict[str, frozenset[str]]:
    """Return the lists of ``data/word_parts.toml`` by name."""
    page = files("flows.lines").joinpath("data", "word_parts.toml").read_text("utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(page).items()}


def is_derived(word: str) -> bool:
    """Whether ``word``, in lower case, is a listed word with something before or after it.

    >>> is_derived("unbundle"), is_derived("ofthe")
    (True, False)
    """
    known, lists = english_words(), word_parts()
    for cut in range(1, len(word)):
        before, after = word[:cut], word[cut:]
        if before in lists["prefixes"] and len(after) >= _SHORTEST_STEM and after in known:
            return True
        is_stem = len(before) >= _SHORTEST_STEM and (before in known or f"{before}e" in known)
        if is_stem and after in lists["suffixes"]:
            return True
    return False


@lru_cache(maxsize=1 << 14)
def has_grammar_word_stuck(word: str) -> bool:
    """Whether ``word``, in lower case, is no word, but one of grammar and another one are.

    >>> has_grammar_word_stuck("ofthe"), has_grammar_word_stuck("filename")
    (True, False)
    """
    known, grammar = english_words(), word_parts()["grammar"]
    if word in known or word in word_parts()["one_word"]:
        return False
    parts = ((word[:cut], word[cut:]) for cut in range(_SHORTEST_PART, len(word) - 1))
    return any(
        (before in grammar and after in known) or (after in grammar and before in known)
        for before, after in parts
    )
