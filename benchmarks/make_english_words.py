"""Make flows/lines/data/english_words.zlib: English words, each with how rare it is.

Membership is that of the SCOWL word lists, sizes 10 to 50; how rare a word is, is counted in the
definitions and examples of WordNet, and evened out by the size of the list that has the word. Both
licences are kept beside the table, in `flows/lines/data/NOTICE`. Unpack the two packages (no need
to install them) and run from the project's root:

    apt-get download scowl wordnet-base       # Debian 12: 2020.12.07-2 and 1:3.0-37
    for package in *.deb; do dpkg-deb -x "$package" words; done
    python -m benchmarks.make_english_words words/usr/share/dict/scowl words/usr/share/wordnet

A line of the result, once unpacked, holds a number of bits (the binary logarithm of one in so many
words) and the words that are about as rare.
"""

import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log2
from pathlib import Path

TARGET = Path("flows/lines/data/english_words.zlib")
SIZES = (10, 20, 35, 40, 50)
NAMES = 60
"""Stands for a size of their own: names are rarer than words."""
VARIANTS = ("english", "american", "british", "british_z")
KINDS = {"words": False, "contractions": False, "upper": True, "proper-names": True}
"""Of lists, each with whether they hold names."""
SHARE_OF_SIZE = {10: 0.8, 20: 0.09, 35: 0.08, 40: 0.012, 50: 0.012, NAMES: 0.006}
"""Of running text, for words of each size together; a guess that only evens out the counts."""
COUNTED = 0.6
"""Weight of the counts beside that guess."""
LARGEST_SIZE = {1: 0, 2: 10, 3: 35}
"""Of words so short: the larger lists fill up with abbreviations and names of letters."""
NO_WORDS = frozenset({"re", "cs", "em", "id", "pi"})
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def sizes_of_words(scowl: Path) -> dict[str, int]:
    """Return for every word, in lower case, the size of the smallest list that has it."""
    sizes = {"a": 10, "i": 10}
    for size in SIZES:
        for kind, is_names in KINDS.items():
            for word in sorted(_words_of(scowl, kind, size)):
                limit = LARGEST_SIZE.get(len(word), SIZES[-1])
                if size <= limit and not (is_names and len(word) in LARGEST_SIZE):
                    sizes.setdefault(word, NAMES if is_names else size)
    return {word: size for word, size in sizes.items() if word not in NO_WORDS}


def _words_of(scowl: Path, kind: str, size: int) -> Iterator[str]:
    for variant in VARIANTS:
        path = scowl / f"{variant}-{kind}.{size}"
        if path.exists():
            for word in path.read_text("latin-1").lower().split():
                if WORD.fullmatch(word) and not word.endswith("'s"):
                    yield word


def counts_of_words(wordnet: Path) -> Counter[str]:
    """Return how often each word stands in WordNet's definitions and examples."""
    counts: Counter[str] = Counter()
    for path in sorted(wordnet.glob("data.*")):
        for line in path.read_text("latin-1").splitlines():
            counts.update(WORD.findall(line.partition(" | ")[2].lower()))
    return counts


def bits_of_words(sizes: dict[str, int], counts: Counter[str]) -> dict[str, int]:
    """Return how rare each word is, in bits."""
    of_size, total = Counter(sizes.values()), sum(counts[word] for word in sizes)
    return {
        word: round(
            -log2(
                COUNTED * counts[word] / total + (1 - COUNTED) * SHARE_OF_SIZE[size] / of_size[size]
            )
        )
        for word, size in sizes.items()
    }


def main() -> None:
    """Write the table and say what is in it."""
    scowl, wordnet = map(Path, sys.argv[1:])
    bits = bits_of_words(sizes_of_words(scowl), counts_of_words(wordnet))
    by_bits: defaultdict[int, list[str]] = defaultdict(list)
    for word in sorted(bits):
        by_bits[bits[word]].append(word)
    lines = [f"{rare} {' '.join(words)}" for rare, words in sorted(by_bits.items())]
    TARGET.write_bytes(zlib.compress("\n".join(lines).encode("ascii"), 9))
    print(f"{len(bits)} words, {TARGET.stat().st_size} bytes: {TARGET}")


if __name__ == "__main__":
    main()
