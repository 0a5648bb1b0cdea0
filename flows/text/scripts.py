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
and Taiwan and Hong Kong are not told apart.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import islice
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from schemas.document import ScriptName


class ScriptCounts(NamedTuple):
    """How many code points of a text say what about its script.

    Attributes:
        silent: Everything not named below.
        hans_only: Han characters that only simplified Chinese has.
        hant: That traditional Chinese has, and simplified has not.
        kana: Hiragana and katakana.
        hangul: Korean letters.
        shared_han: Han characters that tell nothing.
        japanese: Han characters that only Japanese has.
        latin: Latin letters.
        hans_or_ja: Han characters that simplified Chinese and Japanese both have.
    """

    silent: int
    hans_only: int
    hant: int
    kana: int
    hangul: int
    shared_han: int
    japanese: int
    latin: int
    hans_or_ja: int

    @property
    def hans(self) -> int:
        """Han characters that simplified Chinese has, and traditional has not."""
        return self.hans_only + self.hans_or_ja

    @property
    def han(self) -> int:
        """All Han characters."""
        return self.hans + self.hant + self.shared_han + self.japanese


# What a code point tells, as a place in `ScriptCounts`.
_PLACE: Final = {name: place for place, name in enumerate(ScriptCounts._fields)}
_RANGES: Final = (
    (0x0041, 0x005B, "latin"),
    (0x0061, 0x007B, "latin"),
    (0x00C0, 0x0250, "latin"),
    (0x1100, 0x1200, "hangul"),
    (0x3041, 0x3097, "kana"),
    (0x30A1, 0x30FB, "kana"),
    (0x3131, 0x318F, "hangul"),
    (0x3400, 0x4DC0, "shared_han"),
    (0x4E00, 0xA000, "shared_han"),
    (0xAC00, 0xD7A4, "hangul"),
    (0xD840, 0xD8C0, "shared_han"),  # first surrogates of the planes that hold rare ideographs
    (0xF900, 0xFB00, "shared_han"),
    (0xFF66, 0xFF9E, "kana"),
)
_FIELD_OF_SET: Final = {
    "hans": "hans_only",
    "hans_or_ja": "hans_or_ja",
    "hant": "hant",
    "ja": "japanese",
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

MIN_SHORT_FORMS: Final = 0.5
"""Short forms for each traditional character from which on a text without kana is Japanese."""
MIN_TOLD_BESIDE_ONE: Final = 5
"""Characters of both scripts from which on a single one of the rarer script is not a mixture."""
MIN_TOLD_IN_SENTENCE: Final = 2
"""Characters of the rarer script that make a sentence without the other one a sentence of it."""

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
    """Return the character sets by name: hans, hans_or_ja, hant, ja.

    >>> "這" in script_characters()["hant"], "这" in script_characters()["hans"]
    (True, True)
    """
    table = resources.files("flows.text").joinpath("data/scripts.txt").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in table.splitlines() if not row.startswith("#"))
    return dict(rows)


@cache
def _places() -> npt.NDArray[np.uint8]:
    """Return for every UTF-16 code unit its place in `ScriptCounts`."""
    places, sets = np.zeros(1 << 16, np.uint8), script_characters()
    for first, end, field in _RANGES:
        places[first:end] = _PLACE[field]
    for name, field in _FIELD_OF_SET.items():
        places[_code_units(sets[name])] = _PLACE[field]
    return places


def _code_units(text: str) -> npt.NDArray[np.uint16]:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


def count_scripts(text: str) -> ScriptCounts:
    """Return the counts of ``text``.

    >>> counts = count_scripts("這些路 ok")
    >>> counts.hans, counts.hant, counts.han, counts.latin
    (0, 1, 3, 2)
    """
    places = _places()[_code_units(text)]
    return ScriptCounts(*np.bincount(places, minlength=len(_PLACE)).tolist())


def name_script(counts: ScriptCounts) -> ScriptName:
    """Return the script that ``counts`` speak for.

    "other" means that there is no Han, kana or hangul, or nothing that tells the scripts apart.
    """
    if counts.hangul and counts.hangul >= MIN_HANGUL_SHARE * (counts.han + counts.hangul):
        return "ko"
    if _is_japanese(counts):
        return "ja"
    if not counts.hans + counts.hant:
        return "other"
    if not _is_mixture(counts.hans, counts.hant):
        return "hans" if counts.hans > counts.hant else "hant"
    if counts.hans_only:
        return "mixed"
    # Simplified forms that all are Japanese too, between traditional ones: 体育科2年2組. Where
    # they are few, a traditional writer used a short form, as in 瓮 for 甕.
    return "ja" if counts.kana or counts.hans >= MIN_SHORT_FORMS * counts.hant else "hant"


def _is_japanese(counts: ScriptCounts) -> bool:
    """Return whether kana, or forms that no Chinese has, outweigh the Chinese evidence."""
    kana, han, forms = counts.kana, counts.han, counts.japanese
    if kana and kana >= MIN_KANA_SHARE * (han + kana):
        return True
    if not forms or forms < counts.hans:
        return False
    if kana > 1 and kana >= MIN_KANA_SHARE_WITH_NEW_FORMS * (han + kana):
        return True
    return forms > 1 and forms * 4 >= counts.hant and forms * 20 >= han


def _is_mixture(hans: int, hant: int) -> bool:
    """Return whether neither script is so rare that it must be a name, a quotation or a slip."""
    fewer, told = min(hans, hant), hans + hant
    return fewer > MINORITY * told and (fewer > 1 or told < MIN_TOLD_BESIDE_ONE)


def label_script(text: str) -> ScriptName:
    """Return the script of ``text``; "mixed" also where one whole sentence is in another script.

    >>> [label_script(text) for text in ("门开了", "門開了", "ドアが開いた", "문이 열렸다", "山水")]
    ['hans', 'hant', 'ja', 'ko', 'other']
    >>> label_script("今天书店关门。門口貼著通知。")
    'mixed'
    """
    counts = count_scripts(text)
    name = name_script(counts)
    return "mixed" if _hides_a_sentence(text, counts, name) else name


def label_scripts(texts: Sequence[str]) -> list[ScriptName]:
    """Return the script of each text.

    >>> label_scripts(["这里", "這裡"])
    ['hans', 'hant']
    """
    return [label_script(text) for text in texts]


def _hides_a_sentence(text: str, counts: ScriptCounts, name: ScriptName) -> bool:
    """Return whether a whole sentence of a mostly Chinese text is in the other script."""
    if name not in ("hans", "hant") or min(counts.hans, counts.hant) < MIN_TOLD_IN_SENTENCE:
        return False
    told = ((one.hans, one.hant) for one in map(count_scripts, _SENTENCE.findall(text)))
    rarer_first = ((hant, hans) if name == "hans" else (hans, hant) for hans, hant in told)
    return any(rarer >= MIN_TOLD_IN_SENTENCE and not other for rarer, other in rarer_first)


def language_of(text: str) -> str:
    """Return the ISO 639 code of the main language, or "und" where it cannot be told.

    Han characters alone are taken for Chinese; Latin letters for English where its function words
    are frequent. No other language is tried.

    >>> [language_of(text) for text in ("山水", "とても", "길", "the way of the river", "12")]
    ['zh', 'ja', 'ko', 'en', 'und']
    """
    counts = count_scripts(text)
    script = name_script(counts)
    if script in ("ja", "ko"):
        return script
    if counts.han and counts.han * _CHARS_PER_HAN >= counts.latin:
        return "zh"
    return "en" if _is_english(text) else "und"


def _is_english(text: str) -> bool:
    words = [found[0].lower() for found in islice(_WORD.finditer(text), _WORDS_READ)]
    return sum(word in _ENGLISH for word in words) > _MIN_ENGLISH_SHARE * len(words)
