"""Text that somebody decoded with the wrong codec before it reached us, and its way back.

UTF-8 opened as GBK, GBK opened as Windows-1252, Big5 opened as GBK: every byte became a character,
so the bytes can be had back and read as they were meant. That holds only if nothing was replaced
on the way; ``锟斤拷`` and U+FFFD are what is left of lost characters and stay.

A line is repaired only if all of this holds. ``python -m benchmarks.encoding_thresholds`` halves each
number here and raises it by half, and counts 392 lines again; where no figure stands beside one, none
of them changed. ``docs/quality.md`` has what all reach on 13,193 misread lines and 149,802 clean ones:

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
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from flows.decoding.codecs import decode_strict, encode
from flows.decoding.costs import code_length, mean_bits, quarter_bits
from flows.decoding.misread_tables import IMPOSSIBLE_BITS, LAST_NARROW, ORDINARY_BITS
from flows.decoding.mixed_files import SHORT_LINE_BYTES
from flows.decoding.suspects import NARROW
from flows.decoding.word_scripts import line_bits

SLOPPY_1252 = "jiaokan-1252"
"""cp1252 with its five holes filled from Latin-1, as browsers read it."""
_HOLES = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_SLOPPY_TABLE = {
    byte: byte if byte in _HOLES else ord(bytes([byte]).decode("cp1252")) for byte in range(256)
}
_SLOPPY_BYTES = {code: byte for byte, code in _SLOPPY_TABLE.items()}

_WIDE = ("gb18030", "big5hkscs", "cp950", "cp949")
PAIRS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(NARROW, ("utf-8", "gb18030", "big5hkscs")),
    "gb18030": ("utf-8", "big5hkscs"),
    "big5hkscs": ("utf-8", "gb18030"),
    "cp950": ("utf-8", "gb18030"),
    "cp949": ("utf-8", "gb18030", "big5hkscs"),
    "utf-16-le": ("utf-16-be",),
}
"""The wrong codecs, and what the bytes may have been in."""
_TWICE = frozenset(("latin-1", SLOPPY_1252))
"""UTF-8 is read as Western text even twice, by two programs in a row."""

MIN_GAIN_BITS = 14.0
MIN_GAIN_SHARE = 0.22
"""The floor of the setting, which asks for more by default."""
_ORDINARY_WESTERN_BITS = 12.2
"""What a character of the result may cost in the mean; ``ORDINARY_BITS`` for Chinese. With half of
it 24 of 392 lines are not repaired."""
_MOST = 0.5
"""The share of Han characters that makes a line Chinese; at 0.75 12 of 392 are not repaired."""
_MIN_DISTINCT = 4
_MIN_DROP_BITS = 3.0
_RARE_BITS = 16.0


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


def repair_line(line: str) -> Repair | None:
    """Return ``line`` as it was meant, or None if it is better left alone.

    >>> repair_line("堤上的灯亮了，老船工收起缆绳。".encode().decode("latin-1")).text
    '堤上的灯亮了，老船工收起缆绳。'
    """
    best = max(_readings(line), key=lambda found: found.gain, default=None)
    if best is None or not _is_accepted(line, best):
        return None
    return best


def _readings(line: str) -> Iterator[Repair]:
    """Yield what a line may have been; nothing more once UTF-8 has proved itself."""
    for once in _undo(line, _wrong_codecs(line)):
        yield replace(once, gain=_gain(line, once))
        if once.right != "utf-8":
            continue
        if once.wrong in _TWICE:
            for twice in _undo(once.text, (once.wrong,)):
                if twice.right == "utf-8":
                    yield replace(twice, times=2, gain=_gain(line, twice))
        if len(once.text.encode()) - len(once.text) > SHORT_LINE_BYTES:
            return


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
    return (*NARROW, "utf-16-le")


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
