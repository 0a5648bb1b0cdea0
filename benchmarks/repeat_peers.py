"""Other ways to tell whether two paragraphs are copies, each asked about one pair at a time.

datasketch and rensa are asked as their documentation shows, over sets of 5 characters of the same
normalised wording. text-dedup and datatrove are asked through their own functions with their own
defaults, where they are installed; what both do with a corpus comes down to the same question:
whether two signatures agree in a whole band.

    pip install text-dedup==0.4.0 datatrove==0.10.1
"""

import importlib
import re
import unicodedata
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import datasketch
import numpy as np
import rensa

SEED = 20
PERMUTATIONS, SHINGLE = 128, 5
_NOT_WORDING = re.compile(r"[\W_]+")
_WORD_OR_HAN = re.compile(r"[a-z0-9']+|[^\x00-\x7f]")

AreCopies = Callable[[str, str], bool]


def normalised(text: str) -> str:
    """Return the wording alone: form KC, lower case, no marks and spaces."""
    return _NOT_WORDING.sub("", unicodedata.normalize("NFKC", text).lower())


def _shingles(text: str) -> set[str]:
    plain = normalised(text)
    return {plain[at : at + SHINGLE] for at in range(max(1, len(plain) - SHINGLE + 1))}


def by_hash(one: str, other: str) -> bool:
    """Compare the normalised texts."""
    return normalised(one) == normalised(other)


def by_datasketch(threshold: float) -> AreCopies:
    """Ask a MinHash LSH index that holds the first about the second."""

    def are_copies(one: str, other: str) -> bool:
        index = datasketch.MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
        sketches = [datasketch.MinHash(num_perm=PERMUTATIONS) for _ in range(2)]
        for sketch, text in zip(sketches, (one, other), strict=True):
            sketch.update_batch([shingle.encode() for shingle in _shingles(text)])
        index.insert("first", sketches[0])
        return bool(index.query(sketches[1]))

    return are_copies


def by_rensa(threshold: float) -> AreCopies:
    """Ask rensa's index, and its estimate of the resemblance."""

    def are_copies(one: str, other: str) -> bool:
        index = rensa.RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=16)
        sketches = [rensa.RMinHash(num_perm=PERMUTATIONS, seed=SEED) for _ in range(2)]
        for sketch, text in zip(sketches, (one, other), strict=True):
            sketch.update(sorted(_shingles(text)))
        index.insert(0, sketches[0])
        return bool(index.query(sketches[1])) and sketches[0].jaccard(sketches[1]) >= threshold

    return are_copies


def by_text_dedup() -> AreCopies:
    """Ask the signatures of text-dedup: 250 permutations, 5 words, .7; it drops shorter texts."""
    minhash: Any = importlib.import_module("text_dedup.minhash")
    permutations, words = 250, 5
    bands, rows = minhash.optimal_param(0.7, permutations, 0.5, 0.5)
    draw = np.random.RandomState(42)
    prime = np.uint64((1 << 61) - 1)
    drawn = tuple(
        draw.randint(low, int(prime), size=(permutations,), dtype=np.uint64) for low in (1, 0)
    )

    def signature(text: str) -> list[bytes]:
        found: list[bytes] = minhash.embed_func(
            text,
            0,
            num_perm=permutations,
            ngram_size=words,
            min_length=words,
            hashranges=[(at * rows, (at + 1) * rows) for at in range(bands)],
            permutations=drawn,
            hash_func=minhash.sha1_hash,
            dtype=np.uint64,
            max_hash=np.uint64((1 << 32) - 1),
            modulo_prime=prime,
        )["__signatures__"]
        return found

    def are_copies(one: str, other: str) -> bool:
        if min(len(minhash.NON_ALPHA.split(text.lower())) for text in (one, other)) < words:
            return False
        return any(map(bytes.__eq__, signature(one), signature(other)))

    return are_copies


class _Words:
    """Takes the place of datatrove's tokenisers, which need models: each hanzi, each other word."""

    @staticmethod
    def word_tokenize(text: str) -> list[str]:
        """Return the words of a text."""
        return _WORD_OR_HAN.findall(text)


def by_datatrove() -> AreCopies:
    """Ask the signatures of datatrove: 14 bands of 8, 5 words."""
    minhash: Any = importlib.import_module("datatrove.pipeline.dedup.minhash")
    minhash.load_word_tokenizer = lambda _: _Words()
    step = minhash.MinhashDedupSignature("memory://signatures", minhash.MinhashConfig())

    def are_copies(one: str, other: str) -> bool:
        shingles = [step.get_shingles(text) for text in (one, other)]
        if not all(map(len, shingles)):
            return False
        first, second = map(step.get_signature, shingles)
        return any(map(list.__eq__, first, second))

    return are_copies


def peers() -> dict[str, AreCopies]:
    """Return all that are installed, by name."""
    found = {
        "hash of the wording": by_hash,
        "datasketch .8": by_datasketch(0.8),
        "datasketch .5": by_datasketch(0.5),
        "rensa .8": by_rensa(0.8),
        "rensa .5": by_rensa(0.5),
    }
    if find_spec("text_dedup"):
        found["text-dedup"] = by_text_dedup()
    if find_spec("datatrove"):
        found["datatrove"] = by_datatrove()
    return found
