"""Freeze a list of English words into the Bloom filter that the hyphen rules ask.

    apt-get install wamerican wbritish      # Debian 12: SCOWL 2020.12.07, sizes 10 to 50
    cd /usr/share/dict && python .../benchmarks/make_word_filter.py american-english british-english

Words are lowercased; those with an apostrophe and single letters are left out. The result is the
same for any order of the lists. Their licence is kept beside the filter, in
``flows/lines/data/NOTICE``.
"""

import re
import sys
from pathlib import Path

import numpy as np

from flows.lines.word_filter import BITS, bits_of

_WORD = re.compile(r"[a-zà-öø-ÿ]{2,}")
_TARGET = Path(__file__).parents[1] / "flows" / "lines" / "data" / "english_words.bloom"


def words_in(lists: list[Path]) -> list[str]:
    """Return the distinct plain words of some lists with one word a line, sorted."""
    lines = {line.strip().lower() for path in lists for line in path.open(encoding="utf-8")}
    return sorted(line for line in lines if _WORD.fullmatch(line))


def filter_of(words: list[str]) -> bytes:
    """Return the filter in which every one of ``words`` is found."""
    bits = np.zeros(BITS, np.uint8)
    for word in words:
        bits[list(bits_of(word))] = 1
    return np.packbits(bits, bitorder="little").tobytes()


def main() -> None:
    """Write the filter and say what is in it."""
    words = words_in([Path(name) for name in sys.argv[1:]])
    _TARGET.write_bytes(filter_of(words))
    print(f"{len(words)} words, {_TARGET.stat().st_size} bytes: {_TARGET}")


if __name__ == "__main__":
    main()
