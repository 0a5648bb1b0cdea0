"""What a reading costs: its code length in bits, by which rival decodings are told apart.

Bytes read with the wrong codec spell rare characters. A table gives every character its bits, as
``-log2`` of how often it stands in ordinary text (Han characters counted in jieba's dictionary,
other scripts by class), and pairs that stand in words save some, so that the sum over a text is short where the reading is right. Random
bytes carry eight bits each and no reading makes them shorter: that tells text from binary.

The tables are made by ``benchmarks/make_character_costs.py``, which names its sources.
"""

import zlib
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from flows.text.code_points import code_points

_SCALE = 4
"""The table holds quarter bits."""
_LAST_ASCII = 0x7F
_LINE_FEED = 0x0A
_FIRST_CHINESE = 0x3000
_BLOCK_BITS = 8
_PUNCTUATION = 0x20

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
REPLACEMENT_BITS = NUL_BITS = 30.0
"""What U+FFFD and U+0000 cost in the table: as much as what never stands in text."""
EURO_BITS = 9.0
"""What the euro costs where it is written as the one byte of Windows' cp936."""
ALPHABET_BITS = 10.0
"""What a reading pays for each block of alphabets where bytes of another kind often spell some:
compiled code read as UTF-16 a dozen of them, three hanzi in GBK read as UTF-8 one or two."""
PAIR_BITS = 4.0
"""What a pair of Han characters saves if it stands in a word of the dictionary. Two in five pairs
of Chinese text do, one in eight of chance."""
PAIR_SLOTS = 1 << 20
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF


@cache
def _table(name: str) -> npt.NDArray[np.uint8]:
    packed = (files("flows.decoding") / "data" / f"{name}.bin").read_bytes()
    return np.frombuffer(zlib.decompress(packed), np.uint8)


def quarter_bits(text: str) -> npt.NDArray[np.uint8]:
    """Return the cost of every code point of ``text``, in quarter bits.

    Code points above plane 2 cost what the table's last entry, an unassigned one, costs.
    """
    return costs_of(code_points(text))


def costs_of(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """Return the cost of every code point of an array, in quarter bits."""
    return _table("character_costs").take(codes, mode="clip")


def code_length(text: str) -> float:
    """Return the bits of ``text``; 0.0 for an empty one.

    >>> code_length("河水漫过堤岸") < code_length("娌虫按婕繃鍫ゅ哺")
    True
    """
    codes = code_points(text)
    bits = float(costs_of(codes).sum(dtype=np.int64)) / _SCALE
    return bits if text.isascii() else bits - PAIR_BITS * _count_word_pairs(codes)


def is_word_pair(pair: str) -> bool:
    """Whether two Han characters stand side by side in a word of the dictionary.

    >>> is_word_pair("河水"), is_word_pair("水漫")
    (True, False)
    """
    return _count_word_pairs(code_points(pair)) > 0


def _count_word_pairs(codes: npt.NDArray[np.uint32]) -> int:
    slots = pair_slots(codes)
    return int(np.count_nonzero(_table("word_pairs")[slots >> 3] & (0x80 >> (slots & 7))))


def pair_slots(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return the hash slots of the neighbouring Han characters in an array of code points."""
    is_han = (codes >= _FIRST_HAN) & (codes <= _LAST_HAN)
    both = np.flatnonzero(is_han[:-1] & is_han[1:])
    mixed = codes[both] * np.uint32(0x9E3779B1) + codes[both + 1] * np.uint32(0x85EBCA77)
    slots: npt.NDArray[np.uint32] = mixed ^ (mixed >> np.uint32(15))
    return slots & np.uint32(PAIR_SLOTS - 1)


def mean_bits(text: str) -> float:
    """Return the mean bits of the characters outside ASCII; 0.0 where there are none."""
    codes = code_points(text)
    costs = costs_of(codes[codes > _LAST_ASCII])
    return float(costs.mean()) / _SCALE if len(costs) else 0.0


def count_alphabets(text: str) -> int:
    """Return how many blocks of 256 code points ``text`` draws on.

    Latin-1, the general punctuation and what is Chinese, Japanese or Korean do not count.

    >>> count_alphabets("Москва и Paris")
    1
    """
    codes = code_points(text)
    blocks = np.bincount(codes[codes < _FIRST_CHINESE] >> _BLOCK_BITS, minlength=_PUNCTUATION + 1)
    blocks[[0, _PUNCTUATION]] = 0
    return int(np.count_nonzero(blocks))


RARE_BITS, RARE_RUN_BITS = 13.5, 15.0
"""A run of characters that cost more than the first, by the second in all, is out of step or rare.

Of 1,250 lines of public Chinese files 3 hold one. Of lines that lost a byte, yet decode and could be
mended, 82 to 100 in a hundred do; by the mean of the whole line only 21 to 69 were seen.
"""


def find_costly_lines(text: str) -> list[int]:
    r"""Return the numbers of the lines in which a run of characters beyond ASCII is rare.

    >>> find_costly_lines("河水漫过堤岸。\n\n娌虫按婕繃鍫ゅ哺\n")
    [2]
    """
    codes = code_points("\n" + text)
    sums = np.cumsum(_excess().take(codes, mode="clip"))
    hits = np.flatnonzero(sums - np.minimum.accumulate(sums) >= _SCALE * RARE_RUN_BITS)
    if not len(hits):
        return []
    lines: list[int] = np.unique(np.cumsum(codes == _LINE_FEED)[hits] - 1).tolist()
    return lines


@cache
def _excess() -> npt.NDArray[np.int64]:
    """Return by how much each character is rarer than ``RARE_BITS``; ASCII counts for nothing.

    A line feed brings the sum so far down that the lowest point is the head of every line.
    """
    excess = _table("character_costs").astype(np.int64) - round(_SCALE * RARE_BITS)
    excess[: _LAST_ASCII + 1] = 0
    excess[_LINE_FEED] = -(1 << 40)
    return excess
