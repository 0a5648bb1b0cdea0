"""What can be said of a reading: whether it is text at all, and what a person should look at.

Random bytes carry eight bits each. Text is redundant: in the right encoding its characters cost
well under that. What no reading makes much cheaper is compressed, compiled or encrypted, and is
declined.
"""

from flows.decoding.decoded import Decoded
from flows.decoding.leftovers import holds_misread_lines
from flows.errors import DocumentError
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


def is_text(bits: float, size: int) -> bool:
    """Whether a reading of ``size`` bytes that costs ``bits`` is text."""
    return bits <= TEXT_BITS_PER_BYTE * size + SHORT_TEXT_BITS


def flags_of(found: Decoded) -> tuple[str, ...]:
    r"""Return the names of what a person should look at, in a fixed order.

    >>> flags_of(Decoded("河岸", "gb18030", "code_length", 1.0, dropped_bytes=1, margin_bits=40.0))
    ('cut_characters',)
    """
    named = (
        ("mixed_encodings", found.encoding == "mixed"),
        ("uncertain_encoding", _is_uncertain(found)),
        ("undecodable_bytes", found.undecodable > 0),
        ("cut_characters", found.dropped_bytes > 0),
        ("control_characters", found.marks.nul + found.marks.control > 0),
        ("private_use_characters", found.marks.private_use > 0),
        ("lost_characters", found.marks.lost > 0),
        ("misread_lines", holds_misread_lines(found.text)),
    )
    return tuple(name for name, holds in named if holds)


def _is_uncertain(found: Decoded) -> bool:
    if found.method not in {"code_length", "chardet"} or found.margin_bits >= UNCERTAIN_MARGIN_BITS:
        return False
    return len(found.text.encode("ascii", "ignore")) + UNCERTAIN_CHARS > len(found.text)


def refuse(reason: Reason, found: str, advice: str, *, place: str = "") -> DocumentError:
    """Return the error that ends a document in this step."""
    return DocumentError(reason, step="decoding", place=place, found=found, advice=advice)
