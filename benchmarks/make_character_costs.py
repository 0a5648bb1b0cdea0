"""Make the two tables of ``flows/decoding/data``: what characters cost, and which pairs are words.

``character_costs.bin`` has one byte a code point, quarter bits, compressed by zlib.
A cost is a code length: about ``-log2`` of how often the character stands in ordinary text. A
wrong decoding shows itself by its length, because it spells rare characters.

Han characters are counted in jieba's dictionary (https://github.com/fxsjy/jieba, MIT; each word
with its frequency), as the dictionary has them and as OpenCC (Apache-2.0) writes them in Taiwan,
Hong Kong and Japan. Everything else gets the cost of its class, set here by hand: letters of an
alphabet cost what that alphabet's text costs a letter, and what never stands in text costs most.

``word_pairs.bin`` has one bit a hashed pair of Han characters, set where the pair stands inside a
word of jieba's dictionary; compressed by zlib.

Run it with ``python -m benchmarks.make_character_costs``; it needs ``jieba`` and takes seconds.
Python 3.11 and later give the same file up to characters that newer Unicode versions assign.
"""

import importlib.util
import math
import unicodedata
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
import opencc

from flows.decoding.costs import PAIR_SLOTS, pair_slots
from flows.text.code_points import code_points

CODE_POINTS = 0x30000
"""Planes 0 to 2; what lies above costs what an unassigned character costs."""
FOLDER = Path(__file__).parents[1] / "flows" / "decoding" / "data"
MIN_FREQUENCY = 10
"""Rarer words are mostly names and would set every tenth bit more."""

UNASSIGNED, FORMAT = 30.0, 18.0
RARE_HAN, EXTENSION_A, EXTENSION_B = 19.0, 22.0, 23.0
ALL_SCRIPTS = 1.0
"""Bits added to every counted Han character: text may also hold something else."""

# Ranges of letters: first, last, bits of a lower-case or caseless letter, bits of an upper-case one.
ALPHABETS = (
    (0x00C0, 0x00FF, 8.0, 10.0),  # Latin-1
    (0x0100, 0x017F, 9.0, 11.0),  # Latin Extended-A
    (0x0180, 0x02FF, 14.0, 14.0),
    (0x0300, 0x036F, 12.0, 12.0),
    (0x0370, 0x03FF, 6.5, 9.0),
    (0x0400, 0x045F, 6.5, 9.0),
    (0x0460, 0x052F, 9.0, 11.0),
    (0x0530, 0x058F, 9.0, 11.0),
    (0x0590, 0x05FF, 6.5, 6.5),
    (0x0600, 0x064A, 6.5, 6.5),
    (0x064B, 0x06D5, 9.0, 9.0),
    (0x06D6, 0x06FF, 13.0, 13.0),
    (0x0700, 0x0DFF, 10.0, 10.0),
    (0x0E00, 0x0E7F, 6.0, 6.0),
    (0x0E80, 0x1DFF, 11.0, 11.0),
    (0x1E00, 0x1EFF, 10.0, 12.0),  # Vietnamese
    (0x1F00, 0x1FFF, 12.0, 13.0),
    (0x3041, 0x3096, 8.0, 8.0),
    (0x30A1, 0x30FC, 9.0, 9.0),
    (0x3105, 0x312F, 14.0, 14.0),
    (0xFF10, 0xFF5A, 9.0, 9.0),
    (0xFF66, 0xFF9F, 8.0, 8.0),
)
HAN_BLOCKS = (
    (0x3400, 0x4DBF, EXTENSION_A),
    (0x4E00, 0x9FFF, RARE_HAN),
    (0xF900, 0xFAFF, RARE_HAN),
    (0x20000, 0x2FFFF, EXTENSION_B),
)
SYMBOL_BLOCKS = ((0x2500, 0x257F, 8.0), (0x2600, 0x2FFFF, 13.0))
"""Box drawing comes in long rows; pictographs and far scripts are rare."""
SYMBOL = 12.0
PUNCTUATION = {
    " ": 3.0,
    "\n": 6.0,
    "\r": 6.5,
    "\t": 7.0,
    **dict.fromkeys(",.", 6.0),
    **dict.fromkeys("，。", 5.5),
    **dict.fromkeys("、；：？！“”‘’（）《》〈〉【】「」『』…—·\N{IDEOGRAPHIC SPACE}", 7.0),
    **dict.fromkeys("①②③④⑤–•©®°§«»‧～￥－｜", 9.0),
    **dict.fromkeys("\uff05\uff0b\uff0f\uff1d", 9.0),  # full-width percent, plus, solidus, equals
    "\N{NO-BREAK SPACE}": 9.0,
}
CANTONESE = (
    "嘅咗喺哋佢冇唔係啲嗰咁嘢㗎嚟晒咩乜嘥攞搵瞓嘞啩喎囉嘛啱俾畀咪邊揸諗睇嬲孭冚攰噉咋咯啫吖喇嚿掟嗌瞌乸嗱嘈噏噚唞啖嗮屙"
    "\U00020a62\U00020bcb\U000202b7\U000210c1\U00020edd"
)
"""Common where Cantonese is written, and hardly known to a dictionary of Standard Chinese."""
CANTONESE_BITS = 11.0
HANGUL_COMMON = (
    "이다는을를에의가고하지은한로도기사서시인대해자어아리나그들일수있것정보부전제상원소장주과와으여"
    "라게니면만스경동구국조연생선방세계적관당무성공회위유신비치진안년마교문차미중야산오우개발재영학"
    "실반러트모화민용명터드된되했던려요입습않없때까습각간감건결금김남내너느단데등또람르말며물박받분"
    "불살새설속손식심알업였외운월음임작점종준지직집참천초출크타통특파판편표하합행현형호후히"
)


def read_words() -> list[tuple[int, set[str]]]:
    """Return the frequency of every word of jieba's dictionary, and its spellings."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed: python -m pip install jieba")
    entries = [
        line.split()[:2]
        for line in (Path(spec.origin).parent / "dict.txt").read_text("utf-8").splitlines()
    ]
    words = "\n".join(word for word, _ in entries)
    spellings = [words] + [opencc.OpenCC(name).convert(words) for name in ("s2t", "s2tw", "s2hk")]
    spellings.append(opencc.OpenCC("t2jp").convert(spellings[1]))
    rows = zip(entries, *(text.split("\n") for text in spellings), strict=True)
    return [(int(frequency), set(variants)) for (_, frequency), *variants in rows]


def count_han(words: list[tuple[int, set[str]]]) -> dict[str, float]:
    """Return the bits of every Han character that the words hold, in any script variant."""
    counts: Counter[str] = Counter()
    for frequency, variants in words:
        for variant in variants:
            counts.update(dict.fromkeys(variant, frequency))
    han = {char: count for char, count in counts.items() if "\u3400" <= char <= "\u9fff"}
    total = sum(han.values())
    return {
        char: min(RARE_HAN - 0.5, ALL_SCRIPTS - math.log2(count / total))
        for char, count in han.items()
    }


def mark_pairs(words: list[tuple[int, set[str]]]) -> bytes:
    """Return the bits of the pairs that stand inside words which are not rare."""
    marks = np.zeros(PAIR_SLOTS, np.uint8)
    common = "\n".join(
        variant for count, variants in words if count >= MIN_FREQUENCY for variant in variants
    )
    marks[pair_slots(code_points(common))] = 1
    return np.packbits(marks).tobytes()


def letter_cost(char: str) -> float | None:
    """Return the bits of a letter of an alphabet; None for any other character."""
    for first, last, lower, upper in ALPHABETS:
        if first <= ord(char) <= last and unicodedata.category(char)[0] in "LMN":
            return upper if char.isupper() else lower
    return None


def ascii_cost(char: str) -> float:
    """Return the bits of an ASCII character that has no entry in ``PUNCTUATION``."""
    if char.isalpha():
        return 6.5 if char.isupper() else 4.5
    if char.isdigit():
        return 6.0
    return 7.5 if char.isprintable() else UNASSIGNED


def class_cost(char: str) -> float:
    """Return the bits of a character that no count and no table knows."""
    code = ord(char)
    category = unicodedata.category(char)
    if char == "\N{REPLACEMENT CHARACTER}" or category[0] == "C":
        return FORMAT if category == "Cf" else UNASSIGNED
    if "\uac00" <= char <= "\ud7a3":
        return hangul_cost(char)
    for first, last, bits in (*HAN_BLOCKS, *SYMBOL_BLOCKS):
        if first <= code <= last:
            return bits
    return SYMBOL


def hangul_cost(char: str) -> float:
    """Return the bits of a syllable: few are common, and KS X 1001 leaves out the rare ones."""
    if char in HANGUL_COMMON:
        return 8.5
    return 13.0 if len(char.encode("euc_kr")) == 2 else 19.0  # noqa: PLR2004 - else composed


def cost(char: str, han: dict[str, float]) -> float:
    """Return the bits of any character."""
    if char in PUNCTUATION:
        return PUNCTUATION[char]
    if char in CANTONESE:
        return min(CANTONESE_BITS, han.get(char, CANTONESE_BITS))
    if char in han:
        return han[char]
    if char.isascii():
        return ascii_cost(char)
    letter = letter_cost(char)
    return class_cost(char) if letter is None else letter


def main() -> None:
    """Write both tables and say what is in them."""
    words = read_words()
    han = count_han(words)
    costs = bytes(round(4 * cost(chr(code), han)) for code in range(CODE_POINTS))
    for name, table in (("character_costs", costs), ("word_pairs", mark_pairs(words))):
        path = FOLDER / f"{name}.bin"
        path.write_bytes(zlib.compress(table, 9))
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
