"""From bytes to text, with evidence: the rungs in order, from what is certain to what is weighed.

A wrong decoding is the one damage that no later step can repair, and most wrong decodings raise no
error. So what proves itself comes first (``flows.decoding.proofs``), then readings are weighed
against each other (``flows.decoding.weighing``); what is cut or spoilt is repaired, and what no
reading makes text is declined with a reason.

Line ends stay as they are; the byte order mark is not part of the text. Nothing is normalised.
Measured beside chardet and charset-normalizer; ``docs/quality.md`` has the figures.
"""

from dataclasses import replace

from flows.decoding.codecs import encode
from flows.decoding.costs import REPLACEMENT
from flows.decoding.decoded import Decoded
from flows.decoding.evidence import flags_of, refuse
from flows.decoding.marks import count_marks
from flows.decoding.proofs import by_escapes, by_mark, by_utf8
from flows.decoding.weighing import by_weight
from schemas.rejection import Reason
from schemas.settings import DecodingSettings

__all__ = ["Decoded", "decode"]

_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def decode(data: bytes, settings: DecodingSettings) -> Decoded:
    r"""Return the text of a file's bytes, with the evidence for it.

    Args:
        data: The whole file.
        settings: How much is compared, and how much may be damaged.

    Returns:
        The text, never empty nor white space alone, and how it was read.

    Raises:
        DocumentError: If the file is empty, blank, no text, or too damaged.

    >>> found = decode("堤上的灯亮了。\r\n".encode("gb18030"), DecodingSettings())
    >>> found.text, found.encoding, found.restorable
    ('堤上的灯亮了。\r\n', 'gb18030', True)
    """
    if not data:
        raise refuse(Reason.EMPTY, "no bytes", "leave it out or fetch it again")
    found = by_mark(data) or by_utf8(data) or by_escapes(data) or by_weight(data, settings)
    if found.text.startswith(_BYTE_ORDER_MARK):
        text = found.text.removeprefix(_BYTE_ORDER_MARK)
        found = replace(found, text=text, byte_order_mark=True)
    marks = count_marks(found.text, found.undecodable)
    restorable = found.restorable or _is_restorable(data, found)
    if marks != found.marks or restorable != found.restorable:
        found = replace(found, marks=marks, restorable=restorable)
    _decline(data, found, settings)
    flags = flags_of(found)
    return replace(found, flags=flags) if flags else found


def _decline(data: bytes, found: Decoded, settings: DecodingSettings) -> None:
    """Raise the error that ends a blank or too damaged document."""
    text = found.text
    if not text or text.isspace():
        raise refuse(Reason.BLANK, f"{len(data)} bytes of white space", "leave it out")
    spoilt = found.undecodable + found.marks.lost
    if spoilt > settings.max_damaged_share * len(text):
        raise refuse(
            Reason.TOO_DAMAGED,
            f"{found.undecodable} undecodable places and {found.marks.lost} lost characters "
            f"among {len(text)} code points, read as {found.encoding}",
            "fetch the file again, or raise decoding.max_damaged_share",
            place=f"code point {text.find(REPLACEMENT)}" if REPLACEMENT in text else "",
        )


def _is_restorable(data: bytes, found: Decoded) -> bool:
    if found.undecodable or found.dropped_bytes or found.spans:
        return False
    try:
        return encode(found.text, found.encoding, byte_order_mark=found.byte_order_mark) == data
    except (UnicodeError, LookupError):
        return False
