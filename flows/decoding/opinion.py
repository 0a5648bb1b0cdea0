"""chardet's answer, asked only where the readings themselves leave a doubt.

chardet knows the letter pairs of the alphabets and is right on 99 % of single-byte files. It looks
at the first 200,000 bytes only, so it is given the file from its first non-ASCII byte on.
"""

from dataclasses import dataclass

from flows.decoding.codecs import canonical_name


@dataclass(frozen=True, slots=True)
class Opinion:
    """What chardet says.

    Attributes:
        label: Its own name for the encoding; empty where it has none or was not asked.
        encoding: The codec used here for that name; empty where Python has none.
        confidence: 0 to 1, as chardet gives it.
    """

    label: str = ""
    encoding: str = ""
    confidence: float = 0.0


def ask_chardet(data: bytes) -> Opinion:
    """Return chardet's answer for ``data``; chardet is imported at the first call."""
    import chardet  # noqa: PLC0415 - strict UTF-8 must not pay for it

    found = chardet.detect(data)
    label = found["encoding"] or ""
    try:
        encoding = canonical_name(label) if label else ""
    except LookupError:
        encoding = ""
    return Opinion(label, encoding, float(found["confidence"] or 0.0))
