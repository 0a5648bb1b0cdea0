"""Text that somebody decoded with the wrong codec before it reached us, and its way back.

UTF-8 opened as GBK, GBK opened as Windows-1252, Big5 opened as GBK: every byte became a character,
so the bytes can be had back and read as they were meant. That holds only if nothing was replaced
on the way; ``锟斤拷`` and U+FFFD are what is left of lost characters and stay.

A line is repaired only if all of this holds; the rule and its numbers were measured on 13,000
reversible lines and 150,000 clean ones:

1. the line encodes strictly in the wrong codec, and these bytes decode strictly in the right one;
2. damaging the result again gives the line, so the repair can be undone;
3. the code length falls by a wide margin (``flows.decoding.costs``);
4. the result is ordinary text, and Han characters do not become another script.

Left alone: lines of which a part is damaged, GBK or Big5 read as Shift_JIS (often it reads as
well as the original), and anything whose gain is small. The cost of a line in clean text is one
look-up a character: only lines of rare characters or of Western ones in a row are tried at all.
"""

import codecs
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from flows.decoding.codecs import decode_strict, encode
from flows.decoding.costs import code_length, code_points, mean_bits, quarter_bits

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
IMPOSSIBLE_BITS = 22.0
"""A character that costs so much (private use, control, unassigned) shows a wrong reading."""
SWITCH_BITS = 4.0
"""What a change of script or a capital after a small letter costs within a word."""
_ORDINARY_BITS = 13.2
_ORDINARY_WESTERN_BITS = 12.2
"""What a character of the result may cost in the mean."""
_MOST = 0.5
_MIN_DISTINCT = 4
_MIN_DROP_BITS = 3.0
_RARE_BITS = 16.0
_LAST_NARROW = 0x2FFF
"""Below the Chinese blocks."""
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
        gain: By how much it is cheaper, as a share of what the line cost.
    """

    text: str
    right: str
    wrong: str
    times: int
    gain: float


def suspect_lines(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield start and end of every line that is worth trying, in code points.

    >>> list(suspect_lines("河水漫过堤岸。\n娌虫按婕繃鍫ゅ哺\n"))
    [(8, 16)]
    """
    if text.isascii():
        return
    codes = code_points(text)
    ends = np.append(np.flatnonzero(codes == ord("\n")), len(codes))
    starts = np.concatenate(([0], ends[:-1] + 1))
    starts, ends = starts[starts < ends], ends[starts < ends]
    if not len(starts):
        return
    wide = codes > ord("\x7f")
    bits = np.where(wide, quarter_bits(text), 0)
    edges = np.column_stack((starts, ends)).ravel()
    if edges[-1] == len(codes):
        edges = edges[:-1]
    counts = np.add.reduceat(wide, edges, dtype=np.int64)[::2]
    totals = np.add.reduceat(bits, edges, dtype=np.int64)[::2]
    highest = np.maximum.reduceat(codes, edges)[::2]
    suspect = totals > 4 * SUSPECT_MEAN_BITS * counts
    is_quote = (codes >= _QUOTES[0]) & (codes <= _QUOTES[1])
    in_a_row = np.add.reduceat(_follows(wide & ~is_quote), edges, dtype=np.int64)[::2] > 0
    suspect |= in_a_row & (highest <= _LAST_NARROW) & (totals > 4 * _SUSPECT_WESTERN_BITS * counts)
    hangul = (codes >= _HANGUL[0]) & (codes <= _HANGUL[1])
    if hangul.any():
        has_hangul = np.add.reduceat(hangul, edges, dtype=np.int64)[::2] > 0
        suspect |= has_hangul & (totals > 4 * _SUSPECT_KOREAN_BITS * counts)
    for line in np.flatnonzero((counts > 1) & suspect):
        yield int(starts[line]), int(ends[line])


def _follows(marks: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return where a mark stands right behind another."""
    return np.concatenate(([False], marks[1:] & marks[:-1]))


def repair_line(line: str) -> Repair | None:
    """Return ``line`` as it was meant, or None if it is better left alone.

    >>> repair_line("堤上的灯亮了，老船工收起缆绳。".encode().decode("latin-1")).text
    '堤上的灯亮了，老船工收起缆绳。'
    """
    best = max(_readings(line), key=lambda found: found.gain, default=None)
    if best is None or not _is_accepted(line, best):
        return None
    return best


def line_bits(line: str) -> float:
    """Return the code length of a line, changes of script within words paid for.

    Misread text mixes scripts and capitals as no writer does: `섯貫藁金싱`, `јёО»НЛРЭ`.
    """
    kinds = [_kind(char) for char in line]
    switches = sum(map(_is_switch, kinds, kinds[1:]))
    return code_length(line) + SWITCH_BITS * switches


@lru_cache(maxsize=1 << 14)
def _kind(char: str) -> tuple[str, str]:
    """Return script and case of a character; ("", "") for what stands between words."""
    if "\u3400" <= char <= "\u9fff" or "\u3041" <= char <= "\u30ff":
        return "han and kana", ""
    if "\uac00" <= char <= "\ud7a3":
        return "hangul", ""
    category = unicodedata.category(char)
    if category[0] == "L":
        block = ord(char) >> 8
        return ("latin" if block in _LATIN_BLOCKS else str(block)), category[1]
    if char.isascii() or ord(char) > _LAST_NARROW or char in _BETWEEN_WORDS:
        return "", ""
    return "symbol", ""


_LATIN_BLOCKS = frozenset((0x00, 0x01, 0x02, 0x1E))
_BETWEEN_WORDS = frozenset("–—‘’“”…·•«»\N{NO-BREAK SPACE}")


def _is_switch(before: tuple[str, str], after: tuple[str, str]) -> bool:
    if not before[0] or not after[0] or before == after:
        return False
    return before[0] != after[0] or (before[1], after[1]) == ("l", "u")


def _readings(line: str) -> Iterator[Repair]:
    undone = list(_undo(line, _wrong_codecs(line)))
    before = line_bits(line) if undone else 0.0
    for once in undone:
        yield replace(once, gain=1 - line_bits(once.text) / before)
        if once.right == "utf-8" and once.wrong in _TWICE:
            for twice in _undo(once.text, (once.wrong,)):
                if twice.right == "utf-8":
                    yield replace(twice, times=2, gain=1 - line_bits(twice.text) / before)


def _wrong_codecs(line: str) -> tuple[str, ...]:
    if max(line) > chr(_LAST_NARROW):
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
    if length * found.gain < max(MIN_GAIN_BITS, MIN_GAIN_SHARE * length):
        return False
    if any(code_length(char) >= IMPOSSIBLE_BITS for char in set(found.text) - set(line)):
        return False
    han, mean = _share_of_han(after), mean_bits(found.text)
    if han < _MOST and _share_of_han(before) > _MOST:
        return False
    if found.right == "utf-8":  # valid by accident only if it is very short
        return han > 0 or mean < _ORDINARY_WESTERN_BITS
    if mean > _ORDINARY_BITS or han < _MOST or len(set(after)) < _MIN_DISTINCT:
        return False
    was = length / len(before)
    drop = was - line_bits(found.text) / len(after)
    return max(before) <= chr(_LAST_NARROW) or drop > _MIN_DROP_BITS or was > _RARE_BITS


def _share_of_han(chars: list[str]) -> float:
    return sum("\u4e00" <= char <= "\u9fff" for char in chars) / len(chars)
