"""Text that somebody decoded with the wrong codec before it reached us, and its way back.

UTF-8 opened as GBK, GBK opened as Windows-1252, Big5 opened as GBK: every byte became a character,
so the bytes can be had back and read as they were meant. That holds only if nothing was replaced
on the way; ``锟斤拷`` and U+FFFD are what is left of lost characters and stay.

A line is repaired only if all of this holds. Numbers without a figure beside them were set by hand;
``docs/quality.md`` has what the rule reaches on 13,193 misread lines and 149,802 clean ones:

1. the line encodes strictly in the wrong codec, and these bytes decode strictly in the right one;
2. damaging the result again gives the line, so the repair can be undone;
3. the code length falls by a wide margin (``flows.decoding.costs``);
4. the result is ordinary text, and Han characters do not become another script.

Left alone: lines of which a part is damaged, GBK or Big5 read as Shift_JIS (often it reads as
well as the original), and anything whose gain is small. The cost of a line in clean text is one
look-up a character: only lines of rare characters or of Western ones in a row are suspected, and
of these only the few that could be misread (``flows.decoding.misreadings``) are tried.
"""

import codecs
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from flows.decoding.codecs import decode_strict, encode
from flows.decoding.costs import code_length, costs_of, mean_bits, quarter_bits
from flows.decoding.misreadings import (
    IMPOSSIBLE_BITS,
    LAST_NARROW,
    ORDINARY_BITS,
    Lines,
    find_possible,
)
from flows.text.code_points import code_points

SLOPPY_1252 = "jiaokan-1252"
"""cp1252 with its five holes filled from Latin-1, as browsers read it."""
_HOLES = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_SLOPPY_TABLE = {
    byte: byte if byte in _HOLES else ord(bytes([byte]).decode("cp1252")) for byte in range(256)
}
_SLOPPY_BYTES = {code: byte for byte, code in _SLOPPY_TABLE.items()}

_NARROW = ("latin-1", SLOPPY_1252, "cp437", "cp850", "mac-roman", "cp1251")
_WIDE = ("gb18030", "big5hkscs", "cp950", "cp949")
PAIRS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_NARROW, ("utf-8", "gb18030", "big5hkscs")),
    "gb18030": ("utf-8", "big5hkscs"),
    "big5hkscs": ("utf-8", "gb18030"),
    "cp950": ("utf-8", "gb18030"),
    "cp949": ("utf-8", "gb18030", "big5hkscs"),
    "utf-16-le": ("utf-16-be",),
}
"""The wrong codecs, and what the bytes may have been in."""
_TWICE = frozenset(("latin-1", SLOPPY_1252))
"""UTF-8 is read as Western text even twice, by two programs in a row."""

SUSPECT_MEAN_BITS = 12.0
"""Lines of clean Chinese cost less a character; a line of names may cost more and is then tried."""
_SUSPECT_WESTERN_BITS = 7.4
"""Small Greek and Cyrillic letters cost less; Latin ones with accents seldom stand in a row."""
_SUSPECT_KOREAN_BITS = 11.0
MIN_GAIN_BITS = 14.0
MIN_GAIN_SHARE = 0.22
"""The floor of the setting, which asks for more by default."""
SWITCH_BITS = 4.0
"""What a change of script or a capital after a small letter costs within a word."""
_ORDINARY_WESTERN_BITS = 12.2
"""What a character of the result may cost in the mean; ``ORDINARY_BITS`` for Chinese."""
_MOST = 0.5
_MIN_DISTINCT = 4
_MIN_DROP_BITS = 3.0
_RARE_BITS = 16.0
_LAST_ASCII = 0x7F
_HANGUL = (0xAC00, 0xD7A3)
_QUOTES = (0x2010, 0x201F)
"""Dashes and quotation marks, which stand beside accented letters in clean text."""


def _search(name: str) -> codecs.CodecInfo | None:
    if name.replace("_", "-") != SLOPPY_1252:
        return None
    return codecs.CodecInfo(
        lambda text, errors="strict": codecs.charmap_encode(text, errors, _SLOPPY_BYTES),
        lambda data, errors="strict": codecs.charmap_decode(data, errors, _SLOPPY_TABLE),
        name=SLOPPY_1252,
    )


codecs.register(_search)


@dataclass(frozen=True, slots=True)
class Repair:
    """A line as it was meant.

    Attributes:
        text: The repaired line.
        right: What its bytes were in.
        wrong: What they had been read as.
        times: How often in a row.
        gain: By how much it is cheaper, as a share of what the line cost; for misread UTF-8, of
            what its characters beyond ASCII cost.
    """

    text: str
    right: str
    wrong: str
    times: int
    gain: float


def suspect_lines(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield start and end of every line that is worth trying, in code points.

    >>> list(suspect_lines("河水漫过堤岸。\n鑰佽埞宸ユ敹璧风紗缁筹紝\n"))
    [(8, 20)]
    """
    if text.isascii():
        return
    codes = code_points(text)
    places = np.flatnonzero(codes > _LAST_ASCII)
    breaks = np.flatnonzero(codes == ord("\n"))
    edges = np.searchsorted(places, breaks)
    counts = np.diff(edges, prepend=0, append=len(places))
    numbers = np.flatnonzero(counts)
    starts = np.concatenate(([0], breaks + 1))[numbers]
    ends = np.append(breaks, len(codes))[numbers]
    counts = counts[numbers]
    lines = Lines(codes[places], places, np.cumsum(counts) - counts, ends - starts - counts)
    suspect = (counts > 1) & _is_unlikely(lines, counts)
    if suspect.any():
        suspect[suspect] = find_possible(lines.only(suspect), _NARROW)
    for line in np.flatnonzero(suspect):
        yield int(starts[line]), int(ends[line])


def _is_unlikely(lines: Lines, counts: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Say of each line whether its characters beyond ASCII are rare or oddly placed."""
    totals = np.add.reduceat(costs_of(lines.codes), lines.firsts, dtype=np.int64)
    unlikely: npt.NDArray[np.bool_] = totals > 4 * SUSPECT_MEAN_BITS * counts
    is_western = np.maximum.reduceat(lines.codes, lines.firsts) <= LAST_NARROW
    is_western &= totals > 4 * _SUSPECT_WESTERN_BITS * counts
    if is_western.any():
        unlikely[is_western] |= _has_neighbours(lines.only(is_western))
    hangul = (lines.codes >= _HANGUL[0]) & (lines.codes <= _HANGUL[1])
    if hangul.any():
        has_hangul = np.bitwise_or.reduceat(hangul, lines.firsts)
        unlikely |= has_hangul & (totals > 4 * _SUSPECT_KOREAN_BITS * counts)
    return unlikely


def _has_neighbours(lines: Lines) -> npt.NDArray[np.bool_]:
    """Say of each line whether two characters beyond ASCII stand side by side, quotes apart."""
    is_letter = (lines.codes < _QUOTES[0]) | (lines.codes > _QUOTES[1])
    is_neighbour = np.diff(lines.places, prepend=-2) == 1
    is_neighbour[1:] &= is_letter[1:] & is_letter[:-1]
    return np.bitwise_or.reduceat(is_neighbour, lines.firsts)


def repair_line(line: str) -> Repair | None:
    """Return ``line`` as it was meant, or None if it is better left alone.

    >>> repair_line("堤上的灯亮了，老船工收起缆绳。".encode().decode("latin-1")).text
    '堤上的灯亮了，老船工收起缆绳。'
    """
    best = max(_readings(line), key=lambda found: found.gain, default=None)
    if best is None or not _is_accepted(line, best):
        return None
    return best


@lru_cache(maxsize=64)  # several codecs give the same reading, and the line itself is asked often
def line_bits(line: str) -> float:
    """Return the code length of a line, changes of script within words paid for.

    Misread text mixes scripts and capitals as no writer does: `섯貫藁金싱`, `јёО»НЛРЭ`.
    """
    codes = code_points(line)
    kinds = _kinds()[np.minimum(codes, len(_kinds()) - 1)]
    before, after = kinds[:-1], kinds[1:]
    is_capital_inside = (before & 7 == _CASES["l"]) & (after & 7 == _CASES["u"])
    is_switch = (before > 0) & (after > 0) & ((before >> 3 != after >> 3) | is_capital_inside)
    return code_length(line) + SWITCH_BITS * int(np.count_nonzero(is_switch))


_CASES = {"l": 1, "u": 2}
"""Small and capital letters, as the lowest three bits of a kind; the others name the script."""
_HAN_AND_KANA, _HANGUL_SYLLABLES, _SYMBOL = 0x101, 0x102, 0x103
"""Scripts of several blocks; any other is named by its block of 256 code points, plus one."""


@cache
def _kinds() -> npt.NDArray[np.uint16]:
    """Return script and case of each character of the first plane; 0 for what parts words."""
    return np.array([_kind(chr(code)) for code in range(0x10000)], np.uint16)


def _kind(char: str) -> int:
    if "\u3400" <= char <= "\u9fff" or "\u3041" <= char <= "\u30ff":
        return _HAN_AND_KANA << 3
    if "\uac00" <= char <= "\ud7a3":
        return _HANGUL_SYLLABLES << 3
    category = unicodedata.category(char)
    if category[0] == "L":
        block = ord(char) >> 8
        script = _LATIN if block in _LATIN_BLOCKS else block + 1
        return script << 3 | _CASES.get(category[1], 0)
    if char.isascii() or ord(char) > LAST_NARROW or char in _BETWEEN_WORDS:
        return 0
    return _SYMBOL << 3


_LATIN = 1
_LATIN_BLOCKS = frozenset((0x00, 0x01, 0x02, 0x1E))
_BETWEEN_WORDS = frozenset("–—‘’“”…·•«»\N{NO-BREAK SPACE}")


def _readings(line: str) -> Iterator[Repair]:
    for once in _undo(line, _wrong_codecs(line)):
        yield replace(once, gain=_gain(line, once))
        if once.right == "utf-8" and once.wrong in _TWICE:
            for twice in _undo(once.text, (once.wrong,)):
                if twice.right == "utf-8":
                    yield replace(twice, times=2, gain=_gain(line, twice))


def _gain(line: str, found: Repair) -> float:
    """Return the share of the code length that a reading saves.

    Misread UTF-8 proves itself by every character beyond ASCII, and is judged by these alone: a
    few accents in a long line are a small share of it. In other encodings any bytes mean something.
    """
    before, after = line_bits(line), line_bits(found.text)
    if found.right == "utf-8":
        before, after = before - _ascii_bits(line), after - _ascii_bits(found.text)
    return 1 - after / before


def _ascii_bits(text: str) -> float:
    return code_length(text.encode("ascii", "ignore").decode("ascii"))


def _wrong_codecs(line: str) -> tuple[str, ...]:
    if max(line) > chr(LAST_NARROW):
        return (*_WIDE, "utf-16-le")
    return (*_NARROW, "utf-16-le")


def _undo(line: str, wrong_codecs: tuple[str, ...]) -> Iterator[Repair]:
    """Yield the readings of ``line`` that damage back to it."""
    for wrong in wrong_codecs:
        try:
            data = line.encode(wrong)
        except UnicodeError:
            continue
        for right in PAIRS[wrong]:
            try:
                text = decode_strict(data, right)
                reversible = encode(text, right, byte_order_mark=False) == data
            except UnicodeError:
                continue
            if reversible and data.decode(wrong) == line and not text.isascii():
                yield Repair(text, right, wrong, 1, 0.0)


def _is_accepted(line: str, found: Repair) -> bool:
    """Whether the gain is wide and the result ordinary text."""
    after = [char for char in found.text if char > "\x7f"]
    before = [char for char in line if char > "\x7f"]
    length = line_bits(line)
    saved = length - line_bits(found.text)
    if saved < MIN_GAIN_BITS or found.gain < MIN_GAIN_SHARE:
        return False
    new = "".join(set(found.text) - set(line))
    if np.any(quarter_bits(new) >= 4 * IMPOSSIBLE_BITS):
        return False
    han, mean = _share_of_han(after), mean_bits(found.text)
    if han < _MOST and _share_of_han(before) > _MOST:
        return False
    if found.right == "utf-8":  # valid by accident only if it is very short
        return han > 0 or mean < _ORDINARY_WESTERN_BITS
    if mean > ORDINARY_BITS or han < _MOST or len(set(after)) < _MIN_DISTINCT:
        return False
    was = length / len(before)
    drop = was - line_bits(found.text) / len(after)
    return max(before) <= chr(LAST_NARROW) or drop > _MIN_DROP_BITS or was > _RARE_BITS


def _share_of_han(chars: list[str]) -> float:
    return sum("\u4e00" <= char <= "\u9fff" for char in chars) / len(chars)
