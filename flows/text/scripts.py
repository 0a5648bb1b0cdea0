"""Which script a text is written in, from counts of characters that occur in one script only.

A Chinese conversion does damage wherever it is not wanted: unguarded, OpenCC changes 78 % of
Japanese sentences, and text that is already simplified loses distinctions in 2.8 % of its lines.
So nothing is converted before this module has named the script.

Evidence is a handful of counts: characters that only simplified text has, that only traditional
text has, Japanese new forms, kana, hangul and Han characters that all share. The sets come from
OpenCC's own dictionaries (`benchmarks/make_script_tables.py`), so what counts as traditional is
what a converter would change. No language model and no word list is needed: on treebanks of ten
kinds no block of five sentences was named wrongly.

Left open on purpose: a text whose Han characters are written alike in both scripts is "other",
and Taiwan or Hong Kong is a hint, never a label.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import resources
from itertools import islice
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from schemas.document import ScriptName

Counts = npt.NDArray[np.int64]
"""Code points by `Kind`: one row a text, one column a kind."""
Region = Literal["taiwan", "hong_kong", ""]


class Kind(IntEnum):
    """What a code point tells about the script; its column in `Counts`."""

    OTHER = 0
    HANS = 1
    HANT = 2
    KANA = 3
    HANGUL = 4
    HAN = 5
    JAPANESE = 6
    LATIN = 7
    HANS_OR_JA = 8


_RANGES: Final = (
    (0x0041, 0x005B, Kind.LATIN),
    (0x0061, 0x007B, Kind.LATIN),
    (0x00C0, 0x0250, Kind.LATIN),
    (0x1100, 0x1200, Kind.HANGUL),
    (0x3041, 0x3097, Kind.KANA),
    (0x30A1, 0x30FB, Kind.KANA),
    (0x3131, 0x318F, Kind.HANGUL),
    (0x3400, 0x4DC0, Kind.HAN),
    (0x4E00, 0xA000, Kind.HAN),
    (0xAC00, 0xD7A4, Kind.HANGUL),
    (0xD840, 0xD8C0, Kind.HAN),  # first surrogates of the planes that hold rare ideographs
    (0xF900, 0xFB00, Kind.HAN),
    (0xFF66, 0xFF9E, Kind.KANA),
)
_KIND_OF_SET: Final = {
    "hans": Kind.HANS,
    "hans_or_ja": Kind.HANS_OR_JA,
    "hant": Kind.HANT,
    "ja": Kind.JAPANESE,
}

MINORITY: Final = 0.1
"""Share of one Chinese script's characters below which it is a quotation or a slip, not a mixture.
Names in the other script reach 0.07 of a sentence; two sentences of five come to 0.25 and more."""
MIN_HANGUL_SHARE: Final = 0.1
"""Of hangul and Han together. Korean with Hanja keeps 0.4 and more; Chinese quotes single words."""
MIN_KANA_SHARE: Final = 0.2
"""Of kana and Han together. Japanese sentences have a median of 0.6; Chinese with a の has 0.05."""
MIN_KANA_SHARE_WITH_NEW_FORMS: Final = 0.05
"""The same where Japanese new forms stand beside the kana: titles and lists of names."""

MIN_TOLD_BESIDE_ONE: Final = 5
"""Characters of both scripts from which on a single one of the rarer script is not a mixture."""
MIN_TOLD_IN_SENTENCE: Final = 2
"""Characters of the rarer script that make a sentence without the other one a sentence of it."""

_HAN_KINDS: Final = [Kind.HANS, Kind.HANS_OR_JA, Kind.HANT, Kind.HAN, Kind.JAPANESE]
_SENTENCE: Final = re.compile(r"[^。！？!?\n]+")
_ENGLISH: Final = frozenset(
    (
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "that",
        "for",
        "it",
        "was",
        "on",
        "with",
        "as",
        "be",
    )
)
_WORD: Final = re.compile(r"[A-Za-z]+")
_WORDS_READ: Final = 2000
_MIN_ENGLISH_SHARE: Final = 0.15
"""Function words among all words: English prose has 0.3 to 0.4, French or German below 0.05."""
_CHARS_PER_HAN: Final = 3
"""Latin letters that say as much as one Han character."""


@cache
def script_characters() -> dict[str, str]:
    """Return the character sets by name: hans, hans_or_ja, hant, ja, taiwan, hong_kong.

    >>> "這" in script_characters()["hant"], "这" in script_characters()["hans"]
    (True, True)
    """
    table = resources.files("flows.text").joinpath("data/scripts.txt").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in table.splitlines() if not row.startswith("#"))
    return dict(rows)


@dataclass(frozen=True, slots=True)
class _Tables:
    """For every UTF-16 code unit, what it tells."""

    kinds: npt.NDArray[np.uint8]
    regions: npt.NDArray[np.uint8]


@cache
def _tables() -> _Tables:
    kinds, regions = np.zeros(1 << 16, np.uint8), np.zeros(1 << 16, np.uint8)
    for first, end, kind in _RANGES:
        kinds[first:end] = kind
    sets = script_characters()
    for name, kind in _KIND_OF_SET.items():
        kinds[_code_units(sets[name])] = kind
    for number, name in enumerate(("taiwan", "hong_kong"), start=1):
        regions[_code_units(sets[name])] = number
    return _Tables(kinds, regions)


def _code_units(text: str) -> npt.NDArray[np.uint16]:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


def count_kinds(texts: Sequence[str]) -> Counts:
    """Return how many code points of each `Kind` each text has.

    Args:
        texts: Any texts; a text's counts do not depend on its neighbours.

    Returns:
        An array of one row a text and one column a kind.

    >>> count_kinds(["这些路", "這些路 ok"])[:, [Kind.HANS, Kind.HANT, Kind.HAN, Kind.LATIN]].tolist()
    [[1, 0, 2, 0], [0, 1, 2, 2]]
    """
    if len(texts) == 1:  # spares the second array
        kinds = _tables().kinds[_code_units(texts[0])]
        return np.bincount(kinds, minlength=len(Kind))[np.newaxis]
    units = [_code_units(text) for text in texts]
    if not units:
        return np.zeros((0, len(Kind)), np.int64)
    rows = np.repeat(np.arange(len(units)) * len(Kind), [len(unit) for unit in units])
    cells = rows + _tables().kinds[np.concatenate(units)]
    return np.bincount(cells, minlength=len(units) * len(Kind)).reshape(len(units), len(Kind))


def name_script(counts: Counts) -> ScriptName:
    """Return the script that one row of `count_kinds` speaks for.

    Args:
        counts: One row; rows of parts may be added up before.

    Returns:
        "other" where there is no Han, kana or hangul, or nothing that tells the scripts apart.
    """
    kana, hangul = int(counts[Kind.KANA]), int(counts[Kind.HANGUL])
    han = int(counts[_HAN_KINDS].sum())
    hans, hant = int(counts[Kind.HANS] + counts[Kind.HANS_OR_JA]), int(counts[Kind.HANT])
    if hangul and hangul >= MIN_HANGUL_SHARE * (han + hangul):
        return "ko"
    if kana and kana >= MIN_KANA_SHARE * (han + kana):
        return "ja"
    if _has_japanese_forms(counts, hans, han):
        return "ja"
    if not hans + hant:
        return "other"
    if not _is_mixture(hans, hant):
        return "hans" if hans > hant else "hant"
    # Simplified forms that all are Japanese too, between traditional ones: 体育科2年2組.
    return "mixed" if counts[Kind.HANS] else "ja"


def _has_japanese_forms(counts: Counts, hans: int, han: int) -> bool:
    """Return whether forms that no Chinese has outweigh the Chinese evidence."""
    forms, kana = int(counts[Kind.JAPANESE]), int(counts[Kind.KANA])
    if not forms or forms < hans:
        return False
    if kana > 1 and kana >= MIN_KANA_SHARE_WITH_NEW_FORMS * (han + kana):
        return True
    return forms > 1 and forms * 4 >= counts[Kind.HANT] and forms * 20 >= han


def _is_mixture(hans: int, hant: int) -> bool:
    """Return whether neither script is so rare that it must be a name, a quotation or a slip."""
    fewer, told = min(hans, hant), hans + hant
    return fewer > MINORITY * told and (fewer > 1 or told < MIN_TOLD_BESIDE_ONE)


def label_scripts(texts: Sequence[str]) -> list[ScriptName]:
    """Return the script of each text.

    >>> label_scripts(["门开了", "門開了", "ドアが開いた", "문이 열렸다", "山水", "门開了，门又關了"])
    ['hans', 'hant', 'ja', 'ko', 'other', 'mixed']
    """
    return [
        "mixed" if _hides_a_sentence(text, row, name) else name
        for text, row in zip(texts, count_kinds(texts), strict=True)
        for name in (name_script(row),)
    ]


def _hides_a_sentence(text: str, counts: Counts, name: ScriptName) -> bool:
    """Return whether a whole sentence of a mostly Chinese text is in the other script."""
    hans, hant = counts[[Kind.HANS, Kind.HANS_OR_JA]].sum(), counts[Kind.HANT]
    if name not in ("hans", "hant") or min(hans, hant) < MIN_TOLD_IN_SENTENCE:
        return False
    rows = count_kinds(_SENTENCE.findall(text))
    told = {"hans": rows[:, Kind.HANT], "hant": rows[:, Kind.HANS] + rows[:, Kind.HANS_OR_JA]}
    rarer, other = told[name], told["hant" if name == "hans" else "hans"]
    return bool(((rarer >= MIN_TOLD_IN_SENTENCE) & (other == 0)).any())


def label_script(text: str) -> ScriptName:
    """Return the script of one text.

    >>> label_script("圖書館星期一休息")
    'hant'
    """
    return label_scripts([text])[0]


def hint_region(text: str) -> Region:
    """Return where traditional text was probably written, or nothing where spellings do not tell.

    A hint, not a label: newspapers of either place use spellings of the other. Meaningless for
    text that is not traditional.

    >>> hint_region("他在家裡說話"), hint_region("佢喺屋企裏説話"), hint_region("他走了")
    ('taiwan', 'hong_kong', '')
    """
    counts = np.bincount(_tables().regions[_code_units(text)], minlength=3)
    taiwan, hong_kong = int(counts[1]), int(counts[2])
    if taiwan == hong_kong:
        return ""
    return "taiwan" if taiwan > hong_kong else "hong_kong"


def language_of(text: str) -> str:
    """Return the ISO 639 code of the main language, or "und" where it cannot be told.

    Han characters alone are taken for Chinese; Latin letters for English where its function words
    are frequent. No other language is tried.

    >>> [language_of(text) for text in ("山水", "とても", "길", "the way of the river", "12")]
    ['zh', 'ja', 'ko', 'en', 'und']
    """
    counts = count_kinds([text])[0]
    script = name_script(counts)
    if script in ("ja", "ko"):
        return script
    han = int(counts[_HAN_KINDS].sum())
    if han and han * _CHARS_PER_HAN >= counts[Kind.LATIN]:
        return "zh"
    return "en" if _is_english(text) else "und"


def _is_english(text: str) -> bool:
    words = [found[0].lower() for found in islice(_WORD.finditer(text), _WORDS_READ)]
    return sum(word in _ENGLISH for word in words) > _MIN_ENGLISH_SHARE * len(words)
