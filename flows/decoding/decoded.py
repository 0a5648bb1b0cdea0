"""What decoding answers: a text, and why it is believed."""

from dataclasses import dataclass

from flows.decoding.marks import NO_MARKS, Marks
from flows.decoding.mixed_files import Span


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the evidence for it.

    Attributes:
        text: With the source's line ends, without byte order mark.
        encoding: Python codec name, or `mixed`.
        method: The rung that answered: `byte_order_mark`, `utf-8`, `utf-8_cut`, `escapes`,
            `code_length`, `chardet` or `mixed`.
        confidence: 0 to 1; 1.0 for what proves itself.
        byte_order_mark: Whether the file began with one.
        restorable: Whether `encode(text, encoding, byte_order_mark)` gives the source's bytes.
        undecodable: U+FFFD put in for bytes that mean nothing.
        marks: Traces of damage that are left in the text, counted.
        flags: Names of what a person should look at.
        chardet_encoding: What chardet called it; empty where it was not asked.
        chardet_confidence: As chardet gave it; 0.0 where it was not asked.
        margin_bits: By how much the reading was cheaper than the next; 0.0 where none was weighed.
        dropped_bytes: Bytes of characters cut by the ends of the file, which are not in the text.
        spans: Of a mixed file, which bytes were read in which encoding; else empty.
    """

    text: str
    encoding: str
    method: str
    confidence: float
    byte_order_mark: bool = False
    restorable: bool = False
    undecodable: int = 0
    marks: Marks = NO_MARKS
    flags: tuple[str, ...] = ()
    chardet_encoding: str = ""
    chardet_confidence: float = 0.0
    margin_bits: float = 0.0
    dropped_bytes: int = 0
    spans: tuple[Span, ...] = ()
