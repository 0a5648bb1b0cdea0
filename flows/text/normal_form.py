"""What Unicode's form NFC changes, unit by unit, so that every change can be recorded.

A unit is a character that begins anew and the marks and letters after it that may join it. Text
without marks has none that matters, which one look-up tells. A letter with more than a thousand
marks is not text and stays: sorting marks takes the square of their number.

Source: UAX #15, section 9.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from flows.text.patterns import compiled_later

_COMPATIBILITY: Final = r"\uf900-\ufaff\U0002f800-\U0002fa1f"
STARTERS: Final = (
    *((0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x1100, 0x115F)),
    *((0x2010, 0x2027), (0x2030, 0x205F), (0x2070, 0x20CF), (0x2150, 0x2328), (0x232B, 0x29FF)),
    *((0x2E80, 0x3029), (0x3030, 0x3098), (0x309B, 0x9FFF), (0xAC00, 0xD7A3), (0xFF00, 0xFFEF)),
)
"""Characters by first and last that begin a unit: they are NFC themselves and never join the one
before. A text that has no others is in NFC."""
_STARTER_CLASS: Final = "".join(
    f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in STARTERS
)
_UNIT: Final = compiled_later(
    f"[{_COMPATIBILITY}]|[{_STARTER_CLASS}]?[^{_STARTER_CLASS}{_COMPATIBILITY}]+"
)
_MAX_UNIT: Final = 1024
"""Code points. A unit of 1024 marks takes a millisecond, one of a million a quarter of an hour."""


def changed_units(text: str) -> Iterator[tuple[int, int, str]]:
    r"""Yield the start, the end and the NFC of each unit of ``text`` that is not in NFC.

    >>> [*changed_units("un cafe\u0301")]
    [(6, 8, 'é')]
    """
    longest = max((len(unit.group()) for unit in _UNIT().finditer(text)), default=0)
    if longest <= _MAX_UNIT and unicodedata.is_normalized("NFC", text):
        return
    for unit in _UNIT().finditer(text):
        before = unit.group()
        if len(before) <= _MAX_UNIT:
            after = unicodedata.normalize("NFC", before)
            if after != before:
                yield unit.start(), unit.end(), after


def is_compatibility_ideograph(unit: str) -> bool:
    r"""Return whether ``unit`` is a single compatibility ideograph.

    >>> is_compatibility_ideograph("\uf914"), is_compatibility_ideograph("樂")
    (True, False)
    """
    return len(unit) == 1 and ("\uf900" <= unit <= "\ufaff" or "\U0002f800" <= unit <= "\U0002fa1f")
