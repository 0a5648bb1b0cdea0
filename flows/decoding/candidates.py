"""Which encoding a file is in that is not UTF-8: rivals compared by code length.

The same sample of bytes is read in every encoding a Chinese collection meets, and the shortest
reading wins (``flows.decoding.costs`` says why). Encodings of one byte a character cannot be told
apart by characters alone, because each of them reads any bytes: for those chardet is asked, which
knows letters' neighbours, and its answer joins the comparison with a head start. Clear Chinese
needs no second opinion and saves chardet's time.

``python -m benchmarks.encoding_thresholds`` halves each number here and raises it by half, and counts
1,560 short and damaged files and 60 pieces of random bytes again. Where no figure stands beside a
number, that changed none of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flows.decoding.codecs import decode_start
from flows.decoding.costs import (
    ALPHABET_BITS,
    REPLACEMENT,
    REPLACEMENT_BITS,
    code_length,
    count_alphabets,
    mean_bits,
)
from flows.decoding.damage import read_best, read_damaged, read_utf8
from flows.text.code_points import holds_any, make_table

CHINESE = ("gb18030", "big5hkscs")
UTF_16 = ("utf-16-le", "utf-16-be")
UTF_32 = ("utf-32-le", "utf-32-be")
NEIGHBOURS = ("cp949", "euc_jp", "cp932")
"""Japanese and Korean share bytes with Chinese: without them as rivals they would be taken for it."""

PRIOR_BITS = {"gb18030": 0.0, "utf-8": 0.0, "big5hkscs": 1.0, "utf-16-le": 6.0, "utf-16-be": 7.0}
OTHER_PRIOR_BITS = 8.0
"""How much rarer an encoding is, as bits; it decides only between a few characters."""
CUT_BITS = 8.0
"""A byte left over at the end of the sample, which any reading has to explain. Half as dear, 9 of
1,560 files come out wrong."""
CHARDET_LEAD_BITS = 3.0
CHARDET_LEAD_BITS_PER_CHAR = 0.5
"""The head start of chardet's answer, for a character outside ASCII and for all of them."""
STEPPED_BYTES = 512
"""In a short sample a lost byte may spoil the whole reading, so it is read in step where needed."""
_NUL_SHARE = 50
"""UTF-16 of which more than one character in so many is U+0000 is a table of numbers."""

CLEAR_CHARS, CLEAR_MEAN_BITS = 12, 12.0
SURE_CHARS, SURE_MEAN_BITS = 32, 13.5
"""So many characters beyond ASCII that cost no more in the mean are Chinese; names and classical
texts pay up to 13. In the public files that read strictly so by right the mean is 12.3 at most, in
those that are in another encoding 15.0 at least. At one and a half times either, 20 to 30 of 1,560
files come out wrong and up to half of the random bytes pass for text."""
_SPOILT_SHARE = 8
"""Of so many characters one may be U+FFFD."""
_KANA = make_table(((0x3041, 0x30FA),))
CLEAR_LEAD_BITS = 1.2
"""By how much a character outside ASCII must be cheaper than in the next best encoding (bits)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of the sample.

    Attributes:
        encoding: Codec name.
        text: The sample as this encoding reads it.
        bits: Its code length.
        prior: The encoding's own rarity, in bits, less the head start of what chardet named.
    """

    encoding: str
    text: str
    bits: float
    prior: float

    @property
    def total(self) -> float:
        """What it is compared by, in bits."""
        return self.bits + self.prior


def read_sample(sample: bytes, encoding: str, *, strictly: bool = False) -> Candidate | None:
    """Return the sample read in ``encoding``, damage paid for; None if it cannot be read at all."""
    try:
        text, left = decode_start(sample, encoding)
    except UnicodeError:
        if strictly or encoding in {*UTF_16, *UTF_32}:
            return None
        text, left = _read_leniently(sample, encoding), 0
    except LookupError:
        return None
    if not strictly and encoding in CHINESE and len(sample) <= STEPPED_BYTES:
        text = "\n".join(read_best(line, encoding) for line in sample.split(b"\n"))
    bits = code_length(text) + CUT_BITS * left
    if encoding in {*UTF_16, *UTF_32} and _NUL_SHARE * text.count("\0") > len(text):
        return None
    if encoding in {*UTF_16, *UTF_32, "utf-8"}:
        bits += ALPHABET_BITS * count_alphabets(text)
    return Candidate(encoding, text, bits, PRIOR_BITS.get(encoding, OTHER_PRIOR_BITS))


def _read_leniently(sample: bytes, encoding: str) -> str:
    if encoding == "utf-8":
        return read_utf8(sample)
    text = sample.decode(encoding, "replace")
    if encoding in CHINESE and _is_worth_stepping(sample, text):
        return "".join(read_damaged(line, encoding) for line in sample.splitlines(keepends=True))
    return text


def _is_worth_stepping(sample: bytes, text: str) -> bool:
    """Whether the damage is little, and what stands around it in a long sample ordinary."""
    is_long = len(sample) > STEPPED_BYTES
    return text.count(REPLACEMENT) <= _FEW_REPLACED and not (
        is_long and mean_bits(text.replace(REPLACEMENT, "")) > SURE_MEAN_BITS
    )


_FEW_REPLACED = 4
"""A stray byte or two are worth reading in step; in a wrong encoding more characters fail."""


def rank(sample: bytes, encodings: Iterable[str], *, strictly: bool = False) -> list[Candidate]:
    """Return the readings of ``sample``, cheapest first; ``strictly`` leaves out damaged ones.

    >>> [found.encoding for found in rank("河水漫过堤岸".encode("gb18030"), CHINESE)]
    ['gb18030', 'big5hkscs']
    """
    readings = (read_sample(sample, name, strictly=strictly) for name in dict.fromkeys(encodings))
    return sorted((found for found in readings if found), key=lambda found: found.total)


def is_ordinary(reading: Candidate) -> bool:
    """Whether a reading is plainly Chinese, stray damage apart: no binary file spells that."""
    wide = count_wide(reading.text)
    spoilt = reading.text.count(REPLACEMENT)
    return (
        reading.encoding in {*CHINESE, *UTF_16}
        and wide >= CLEAR_CHARS
        and spoilt * _SPOILT_SHARE <= wide
        and mean_bits(reading.text.replace(REPLACEMENT, ""))
        <= (CLEAR_MEAN_BITS if wide < SURE_CHARS else SURE_MEAN_BITS)
    )


def is_plain(ranked: list[Candidate]) -> bool:
    """Whether the first of Chinese ``ranked`` leaves no room for any encoding that is not Chinese.

    EUC-JP has its kana where GBK has them, so a text with kana is not plain.
    """
    return (
        is_clear(ranked)
        and count_wide(ranked[0].text) >= SURE_CHARS
        and not holds_any(ranked[0].text, _KANA)
    )


def is_clear(ranked: list[Candidate]) -> bool:
    """Whether the first of ``ranked`` is Chinese beyond doubt, so that nobody else need be asked."""
    if not ranked or not is_ordinary(ranked[0]):
        return False
    needed = ranked[0].total + CLEAR_LEAD_BITS * count_wide(ranked[0].text)
    return all(needed < rival.total for rival in ranked[1:2])


def count_wide(text: str) -> int:
    """Return how many characters of ``text`` are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def margin(ranked: list[Candidate]) -> float:
    """Return by how many bits the first of ``ranked`` is cheaper than the first other text."""
    others = [found.total for found in ranked[1:] if found.text != ranked[0].text]
    return min(others) - ranked[0].total if others else REPLACEMENT_BITS


def with_opinion(ranked: list[Candidate], sample: bytes, named: str) -> list[Candidate]:
    """Return the ranking with chardet's answer in it, which others must beat by a margin.

    Unless it says Chinese, Japanese and Korean readings of our own are left out then: chardet knows
    them better.
    """
    if not named:
        return ranked
    asked = read_sample(sample, named)
    if asked is None:
        return ranked
    wide = count_wide(asked.text)
    lead = min(CHARDET_LEAD_BITS, wide) + CHARDET_LEAD_BITS_PER_CHAR * wide
    asked = replace(asked, prior=asked.prior - lead)
    left_out = {named} if named in CHINESE else {named, *NEIGHBOURS}
    others = [found for found in ranked if found.encoding not in left_out]
    return sorted([asked, *others], key=lambda found: found.total)
