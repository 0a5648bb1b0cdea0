"""Is this a common English word? A frozen Bloom filter, asked where a document does not tell.

The filter holds some 75,000 words of American and British English (SCOWL, sizes 10 to 50; licence
in ``data/NOTICE``), made by ``benchmarks/make_word_filter.py``. A word of the list is always
found; about 1 in 140 other strings is found by mistake (measured on random letters).
A filter and not a list, because it is a tenth of the size and loads without being parsed.

Bloom, B. H. (1970): Space/time trade-offs in hash coding with allowable errors. CACM 13 (7).
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

import xxhash

BITS = 96 * 1024 * 8
_HASHES = 7


def bits_of(word: str) -> Iterator[int]:
    """Yield the places in the filter, 0 to ``BITS - 1``, that ``word`` sets."""
    fingerprint = xxhash.xxh3_128_intdigest(word.encode("utf-8", "surrogatepass"))
    place, stride = fingerprint >> 64, fingerprint & (2**64 - 1)
    for turn in range(_HASHES):
        yield (place + turn * stride) % BITS


@cache
def _english_words() -> bytes:
    return files("flows.lines").joinpath("data", "english_words.bloom").read_bytes()


@lru_cache(maxsize=1 << 16)  # words repeat; some 10 MB when full
def is_english_word(word: str) -> bool:
    """Whether ``word``, in lower case and without apostrophe, is a common English word.

    >>> is_english_word("orchard"), is_english_word("orchrad")
    (True, False)
    """
    bloom = _english_words()
    return all(bloom[place >> 3] >> (place & 7) & 1 for place in bits_of(word))
