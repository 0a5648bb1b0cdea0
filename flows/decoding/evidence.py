"""What can be said of a reading: whether it is text at all, and what a person should look at.

Random bytes carry eight bits each. Text is redundant: in the right encoding its characters cost
well under that. What no reading makes much cheaper is compressed, compiled or encrypted, and is
declined.

Numbers without a figure beside them were set by hand; ``docs/quality.md`` has what is reached.
"""

import re

from flows.decoding.costs import REPLACEMENT
from flows.decoding.decoded import Decoded
from flows.errors import DocumentError
from flows.text.code_points import holds_any, make_table
from schemas.rejection import Reason

TEXT_BITS_PER_BYTE = 6.4
"""Bits a byte of text may cost at most. Measured on 1,711 files in 90 encodings and 847 pieces of
binary files: at 6.0 Greek and Kazakh texts are lost, at 7.0 every tenth piece of 64 bytes passes.
"""
SHORT_TEXT_BITS = 16.0
"""Allowed on top, so that two rare characters are a text."""
UNCERTAIN_MARGIN_BITS = 5.0
UNCERTAIN_CHARS = 8
"""A reading of few characters that is hardly cheaper than the next is a guess, and says so."""

_CONTROLS = r"\x00-\x06\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f"
_PRIVATE_CODES = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_CONTROL = re.compile(f"[{_CONTROLS}]")
_PRIVATE_USE = re.compile(f"[{_PRIVATE_CODES}]")
_ANY = make_table(
    (
        *((0x00, 0x06), (0x0E, 0x1A), (0x1C, 0x1F), (0x7F, 0x84), (0x86, 0x9F)),
        *((0xE000, 0xF8FF), (0xFFFD, 0xFFFD), (0xF0000, 0xF0000)),
    ),
    beyond=True,
)
"""One look tells that most texts have none of these."""
_LOST = ("锟斤拷", "ï¿½")
"""U+FFFD as it reads after its UTF-8 was taken for GBK or Latin-1: what stood there is lost."""


def is_text(bits: float, size: int) -> bool:
    """Whether a reading of ``size`` bytes that costs ``bits`` is text."""
    return bits <= TEXT_BITS_PER_BYTE * size + SHORT_TEXT_BITS


def flags_of(found: Decoded) -> tuple[str, ...]:
    r"""Return the names of what a person should look at, in a fixed order.

    >>> flags_of(Decoded("河\x00岸锟斤拷", "utf-8", "utf-8", 1.0))
    ('control_characters', 'lost_characters')
    """
    text = found.text if holds_any(found.text, _ANY) else ""
    was_lost = text.count(REPLACEMENT) > found.undecodable or any(
        sign in found.text for sign in _LOST
    )
    named = (
        ("mixed_encodings", found.encoding == "mixed"),
        ("uncertain_encoding", _is_uncertain(found)),
        ("undecodable_bytes", found.undecodable > 0),
        ("cut_characters", found.dropped_bytes > 0),
        ("control_characters", _CONTROL.search(text) is not None),
        ("private_use_characters", _PRIVATE_USE.search(text) is not None),
        ("lost_characters", was_lost),
    )
    return tuple(name for name, holds in named if holds)


def count_marks(text: str) -> dict[str, int]:
    r"""Return how many traces of damage stand in a decoded text, by name; names of none left out.

    >>> count_marks("河\x00岸\ue000")
    {'NUL': 1, 'private use': 1}
    """
    counts = {
        "NUL": text.count("\0"),
        "control": len(_CONTROL.findall(text)) - text.count("\0"),
        "private use": len(_PRIVATE_USE.findall(text)),
        "replacement": text.count(REPLACEMENT),
    }
    return {name: count for name, count in counts.items() if count}


def _is_uncertain(found: Decoded) -> bool:
    is_weighed = found.method in {"code_length", "chardet"}
    few = len(found.text.encode("ascii", "ignore")) + UNCERTAIN_CHARS > len(found.text)
    return is_weighed and few and found.margin_bits < UNCERTAIN_MARGIN_BITS


def refuse(reason: Reason, found: str, advice: str, *, place: str = "") -> DocumentError:
    """Return the error that ends a document in this step."""
    return DocumentError(reason, step="decoding", place=place, found=found, advice=advice)
