"""The main language of a text, as far as its script and a few English words tell."""

import re
from itertools import islice
from typing import Final

from flows.text.script_counts import count_scripts
from flows.text.scripts import name_script

_ENGLISH: Final = frozenset(
    (
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "that",
        "for",
        "it",
        "was",
        "on",
        "with",
        "as",
        "be",
    )
)
_WORD: Final = re.compile(r"[A-Za-z]+")
_WORDS_READ: Final = 2000
_MIN_ENGLISH_SHARE: Final = 0.15
"""Function words among all words: English prose has 0.3 to 0.4, French or German below 0.05."""
_CHARS_PER_HAN: Final = 3
"""Latin letters that say as much as one Han character."""


def language_of(text: str) -> str:
    """Return the ISO 639 code of the main language, or "und" where it cannot be told.

    Han characters alone are taken for Chinese; Latin letters for English where its function words
    are frequent. No other language is tried.

    >>> [language_of(text) for text in ("山水", "とても", "길", "the way of the river", "12")]
    ['zh', 'ja', 'ko', 'en', 'und']
    """
    counts = count_scripts(text)
    script = name_script(counts)
    if script in ("ja", "ko"):
        return script
    if counts.han and counts.han * _CHARS_PER_HAN >= counts.latin:
        return "zh"
    return "en" if _is_english(text) else "und"


def _is_english(text: str) -> bool:
    words = [found[0].lower() for found in islice(_WORD.finditer(text), _WORDS_READ)]
    return sum(word in _ENGLISH for word in words) > _MIN_ENGLISH_SHARE * len(words)
