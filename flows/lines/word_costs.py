"""What a word costs to read in one document, in bits: less for words that it has more than once.

A listed word costs what its frequency is worth (``flows.lines.english_words``), any other a little
for every letter. What the document writes again and again, a name or a word of its trade, is
likelier than lists tell.
"""

from collections import Counter
from math import log2
from typing import Final

from flows.lines.english_words import english_words
from flows.lines.latin_runs import WORD

_UNLISTED_BITS: Final = 5.0
_LETTER_BITS: Final = 4.2  # of letters one at a time, as Shannon (1951) counts them
_GENITIVE_BITS: Final = 3.0
_OWN_SHARE: Final = 0.7
"""Of the bits of an unlisted word, for one that is made and stands elsewhere in the document."""
_SHORTEST_OWN: Final = 4
_CHEAPEST_WRITTEN: Final = 5.0
_CHEAPEST_MADE: Final = 4.0
_WRITTEN_AGAIN_BITS: Final = 5.0
"""Saved each time that a word stands twice as often in the document, as it is written."""
_MADE_AGAIN_BITS: Final = 1.5
_COMMON: Final = 3
"""Times that an unlisted word stands in a document in which it is no mistake any more."""


class WordCosts:
    """The costs of the words of one document.

    >>> costs = WordCosts("The har bour is quiet.")
    >>> costs.as_made("harbour"), costs.as_made("isqui"), costs.as_written("har")
    (19, None, 17.6)
    """

    def __init__(self, text: str) -> None:
        """Count the words of ``text``."""
        self._counts = Counter(WORD.findall(_folded(text)))

    def as_written(self, word: str) -> float:
        """Return the bits of a word that is left as it stands."""
        folded = _folded(word)
        bits, count = _listed_bits(folded), self._counts[folded]
        if bits is None:
            bits = _UNLISTED_BITS + _LETTER_BITS * len(word)
        if count > 1:
            return min(bits, max(_CHEAPEST_WRITTEN, bits - _WRITTEN_AGAIN_BITS * log2(count)))
        return bits

    def as_made(self, word: str) -> float | None:
        """Return the bits of a word that comes of moving spaces, None where that is no word."""
        folded = _folded(word)
        bits, count = _listed_bits(folded), self._counts.get(folded, 0)
        if (bits is None and not count) or not _is_plain(word):
            return None
        if bits is None:
            own = _OWN_SHARE * (_UNLISTED_BITS + _LETTER_BITS * len(word))
            return own if len(word) >= _SHORTEST_OWN else None
        return max(_CHEAPEST_MADE, bits - _MADE_AGAIN_BITS * log2(count)) if count > 1 else bits

    def is_repeated(self, word: str) -> bool:
        """Whether the document has ``word`` more than once."""
        return self._counts[_folded(word)] > 1

    def is_suspect(self, word: str) -> bool:
        """Whether ``word`` may be damaged: unlisted and rare, or too short to be a word."""
        if is_listed(word) or not _is_plain(word):
            return False
        return self._counts[_folded(word)] < _COMMON or len(word) < _COMMON


def is_listed(word: str) -> bool:
    """Whether the list has ``word`` in any case, or the word that it is the genitive of."""
    return _listed_bits(_folded(word)) is not None


def _is_plain(word: str) -> bool:
    """Whether no capital stands among small letters."""
    return len(word) == 1 or word[1:].islower() or word.isupper()


def _folded(text: str) -> str:
    return text.lower().replace("’", "'")


def _listed_bits(word: str) -> float | None:
    bits = english_words().get(word)
    if bits is None and word.endswith("'s"):
        bits = english_words().get(word[:-2])
        return None if bits is None else bits + _GENITIVE_BITS
    return bits
