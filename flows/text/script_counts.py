"""How many characters of a text speak for which script: one look-up for a whole text.

The character sets come from OpenCC's own dictionaries (`benchmarks/make_script_tables.py`), so what
counts as traditional is what a converter would change.
"""

from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt


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
