"""Make the two tables that the comparison of paragraphs rests on, in ``flows/repeats/data``.

``folding.npz``: for each code point below U+33480 what it is compared as (0 where it is dropped)
and its kind. Sources: the Unicode data of the running Python (normalisation form KC, categories,
case) and OpenCC's table from traditional to simplified characters (Apache-2.0).

``word_pairs.txt``: pairs of neighbouring characters inside words of jieba's dictionary (MIT) whose
frequencies add up to at least 60. One line a first character, which is followed by all its second
characters. With fewer pairs rewordings pass for noise, with more noise passes for rewording.

    python benchmarks/make_repeat_tables.py jieba/dict.txt

Run it again only on purpose: another Unicode version gives other keys, and with them another
answer to what a repeat is.
"""

import sys
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
import opencc

from flows.repeats.keys import FOLDED_CODE_POINTS, Kind

DATA = Path(__file__).parent.parent / "flows" / "repeats" / "data"
MIN_PAIR_FREQUENCY = 60
SURROGATES = range(0xD800, 0xE000)
VARIATION_SELECTORS = range(0xFE00, 0xFE10)
HALF_WIDTH_VOICING = (0xFF9E, 0xFF9F)
"""They make one kana of two half-width signs, so they are folded together with the one before."""
QUOTATION_BRACKETS = frozenset("\u300c\u300d\u300e\u300f")
HAN_BLOCKS = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, FOLDED_CODE_POINTS))
PICTURES = range(0x1F000, 0x20000)

BY_CHARACTER = {
    **dict.fromkeys("\t\n\f\r", Kind.SPACE),
    **dict.fromkeys(
        "\N{COMMA}\N{FULLWIDTH COMMA}\N{APOSTROPHE}\N{RIGHT SINGLE QUOTATION MARK}", Kind.COMMA
    ),
    "\N{IDEOGRAPHIC COMMA}": Kind.PAUSE,
    **dict.fromkeys(QUOTATION_BRACKETS, Kind.MARK),
    **dict.fromkeys(
        "\N{HYPHEN-MINUS}\N{MINUS SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}",
        Kind.DASH,
    ),
    # Punctuation by category, but ``5%`` and ``5`` are different figures.
    **dict.fromkeys("%\N{PER MILLE SIGN}", Kind.LETTER),
    # Boxes and ticks: in a form they are the answer.
    **dict.fromkeys("\u25a0\u25a1\u2610\u2611\u2612\u2713\u2714\u2717\u2718", Kind.LETTER),
    # Mathematical by category, but used as rules of tables and as dashes.
    **dict.fromkeys("|~", Kind.MARK),
}
BY_CATEGORY = {
    **dict.fromkeys(("Cc", "Cf", "Cn"), Kind.IGNORED),
    **dict.fromkeys(("Zs", "Zl", "Zp"), Kind.SPACE),
    **dict.fromkeys(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nl", "No"), Kind.LETTER),
    **dict.fromkeys(("Co", "Cs", "Sm", "Sc"), Kind.LETTER),
    "Nd": Kind.DIGIT,
    # A sentence goes on behind a bracket.
    **dict.fromkeys(("Ps", "Pe"), Kind.PAUSE),
}
"""Every other category is a mark."""


def simplified(characters: list[str]) -> list[str]:
    """Return each character in simplified script; one that OpenCC makes longer stays."""
    separator = "\n"
    converted = opencc.OpenCC("t2s").convert(separator.join(characters)).split(separator)
    return [new if len(new) == 1 else old for old, new in zip(characters, converted, strict=True)]


def kind_of(character: str) -> Kind:
    """Return the kind of a character that stands for itself under form KC."""
    point = ord(character)
    if character in BY_CHARACTER:
        return BY_CHARACTER[character]
    if point in VARIATION_SELECTORS:
        return Kind.IGNORED
    category = unicodedata.category(character)
    if category == "Lo" and any(point in block for block in HAN_BLOCKS):
        return Kind.HAN
    if category == "So" and point in PICTURES:
        return Kind.LETTER
    return BY_CATEGORY.get(category, Kind.MARK)


def fold(point: int) -> tuple[str, Kind]:
    """Return what a code point is compared as, before its script is folded, and its kind."""
    if point in HALF_WIDTH_VOICING:
        return chr(point), Kind.EXPANDING
    if point in SURROGATES:
        return "\N{REPLACEMENT CHARACTER}", Kind.LETTER
    plain = unicodedata.normalize("NFKC", chr(point))
    kept = [character for character in plain if kind_of(character) >= Kind.LETTER]
    if len(kept) > 1:
        return chr(point), Kind.EXPANDING
    character = kept[0] if kept else plain[:1]
    lower = character.lower()
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        lower = str(digit)
    return (lower if len(lower) == 1 else character), kind_of(character)


def folding_table() -> dict[str, np.ndarray]:
    """Return the columns of ``folding.npz``."""
    folds, kinds = zip(*(fold(point) for point in range(FOLDED_CODE_POINTS)), strict=True)
    kind = np.array(kinds, np.uint8)
    safe = [
        character if which == Kind.HAN else "x"
        for character, which in zip(folds, kinds, strict=True)
    ]
    folded = np.array(
        [
            ord(new if which == Kind.HAN else old)
            for old, new, which in zip(folds, simplified(safe), kinds, strict=True)
        ],
        np.uint32,
    )
    points = np.arange(FOLDED_CODE_POINTS, dtype=np.uint32)
    folded = np.where(np.isin(points, SURROGATES), points, folded)
    return {"folded": np.where(kind >= Kind.LETTER, folded, 0).astype(np.uint32), "kind": kind}


def word_pairs(dictionary: Path) -> str:
    """Return the lines of ``word_pairs.txt``."""
    frequency: Counter[tuple[str, str]] = Counter()
    lines = opencc.OpenCC("t2s").convert(dictionary.read_text(encoding="utf-8")).splitlines()
    for line in lines:
        word, count, *_ = line.split(" ")
        for pair in pairwise(word):
            frequency[pair] += int(count)
    seconds: dict[str, list[str]] = defaultdict(list)
    for (left, right), count in sorted(frequency.items()):
        if count >= MIN_PAIR_FREQUENCY and kind_of(left) == kind_of(right) == Kind.HAN:
            seconds[left].append(right)
    return "".join(f"{left}{''.join(rights)}\n" for left, rights in seconds.items())


def main() -> None:
    """Write both tables."""
    DATA.mkdir(exist_ok=True)
    np.savez_compressed(DATA / "folding.npz", **folding_table())
    (DATA / "word_pairs.txt").write_text(word_pairs(Path(sys.argv[1])), encoding="utf-8")


if __name__ == "__main__":
    main()
