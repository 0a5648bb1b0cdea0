"""What a line costs if changes of script within a word are paid for.

Misread text mixes scripts and capitals as no writer does: `섯貫藁金싱`, `јёО»НЛРЭ`.
"""

import unicodedata
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from flows.decoding.costs import code_length
from flows.decoding.misread_tables import LAST_NARROW
from flows.text.code_points import code_points

SWITCH_BITS = 4.0
"""What a change of script or a capital after a small letter costs within a word."""
_CASES = {"l": 1, "u": 2}
"""Small and capital letters, as the lowest three bits of a kind; the others name the script."""
_HAN_AND_KANA, _HANGUL_SYLLABLES, _SYMBOL = 0x101, 0x102, 0x103
"""Scripts of several blocks; any other is named by its block of 256 code points, plus one."""
_LATIN = 1
_LATIN_BLOCKS = frozenset((0x00, 0x01, 0x02, 0x1E))
_BETWEEN_WORDS = frozenset("–—‘’“”…·•«»\N{NO-BREAK SPACE}")


@lru_cache(maxsize=64)  # several codecs give the same reading, and the line itself is asked often
def line_bits(line: str) -> float:
    """Return the code length of a line, changes of script within words paid for."""
    codes = code_points(line)
    kinds = _kinds()[np.minimum(codes, len(_kinds()) - 1)]
    before, after = kinds[:-1], kinds[1:]
    is_capital_inside = (before & 7 == _CASES["l"]) & (after & 7 == _CASES["u"])
    is_switch = (before > 0) & (after > 0) & ((before >> 3 != after >> 3) | is_capital_inside)
    return code_length(line) + SWITCH_BITS * int(np.count_nonzero(is_switch))


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
