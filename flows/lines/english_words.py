"""English words, each with how rare it is.

Some 72,000 words of American and British English (SCOWL, sizes 10 to 50) with the number of bits
that their frequency is worth: 5 for *the*, 20 for *breakwater*. Frequencies are counted in the
definitions and examples of WordNet. Both licences stand in ``data/NOTICE``;
``benchmarks/make_english_words.py`` makes the table. It is unpacked when it is first asked, in
some thirty milliseconds.

Whoever only asks whether there is such a word asks ``flows.lines.word_filter``, which loads at
once.
"""

import zlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def english_words() -> Mapping[str, int]:
    """Return every word, in lower case, with how rare it is in bits.

    >>> english_words()["the"], english_words()["breakwater"], "orchrad" in english_words()
    (5, 20, False)
    """
    packed = files("flows.lines").joinpath("data", "english_words.zlib").read_bytes()
    words: dict[str, int] = {}
    for line in zlib.decompress(packed).decode("ascii").split("\n"):
        bits, *listed = line.split(" ")
        words.update(dict.fromkeys(listed, int(bits)))
    return words
