"""The rungs that prove themselves: byte order mark, strict UTF-8, escape sequences.

Text in another encoding is strict UTF-8 by accident only if it is short: 3.5 % of two-hanzi GBK
words are. With few non-ASCII bytes the GBK reading is weighed against it. A file cut out of a
larger one may begin and end inside a character; those bytes are dropped and counted.
"""

import codecs
import re

from flows.decoding.codecs import decode_start, decode_strict
from flows.decoding.costs import ALPHABET_BITS, NUL_BITS, REPLACEMENT, code_length, count_alphabets
from flows.decoding.cut_ends import split_utf8_ends
from flows.decoding.damage import read_damaged
from flows.decoding.decoded import Decoded
from flows.decoding.evidence import is_text
from flows.decoding.opinion import ask_chardet

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPES = re.compile(rb"\x1b[$(]|~\{|\+[A-Za-z0-9/]{3,}-")
"""What ISO-2022, HZ and UTF-7 switch by: ASCII bytes that may not mean ASCII."""
_ESCAPE_ENCODINGS = ("hz", "iso2022", "utf-7")
SHORT_BYTES = 24
"""Up to so many bytes beyond one a character, strict UTF-8 may be an accident."""
_SHORT_LEAD_BITS = 12.0
"""By how much GBK must then be cheaper; at 18 bits 17 of 1,560 short files come out wrong."""
_WIDE_RUN = re.compile(rb"[\x80-\xff]+[\x00-\x7f]?")
"""Bytes beyond ASCII, and the byte that GBK may read as the second half of the last."""
_ASCII_AS_SPACE = b" " * 0x80 + bytes(range(0x80, 0x100))
_HOLE = re.compile(rb"\0{32,}")
"""Where a crash or a truncated log left nothing but zeros. Binary files have such runs too, but what
stands between them there is no text."""
_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r\f")


def by_mark(data: bytes) -> Decoded | None:
    """Read what begins with a byte order mark, unless it is no text.

    Damaged UTF-8 goes on to the rung that weighs, which reads every line for itself.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            found = _after_mark(data[len(mark) :], encoding)
            if not found.undecodable or (encoding != "utf-8" and _is_text(found.text, data)):
                return None if "\0" in found.text else found
    return None


def _after_mark(data: bytes, encoding: str) -> Decoded:
    undecodable = 0
    try:
        text, left = decode_start(data, encoding)
    except UnicodeError:
        text, left = read_damaged(data, encoding), 0
        undecodable = text.count(REPLACEMENT)
    return Decoded(
        text,
        encoding,
        "byte_order_mark",
        confidence=1.0,
        byte_order_mark=True,
        undecodable=undecodable,
        dropped_bytes=left,
    )


def by_utf8(data: bytes) -> Decoded | None:
    """Read strict UTF-8 of a length that is no accident; cut ends are allowed."""
    head, tail = split_utf8_ends(data)
    body = data[head : len(data) - tail]
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    is_cut = head + tail > 0
    if text.isascii():
        if is_cut or _ESCAPES.search(body):
            return None
    elif len(body) - len(text) <= SHORT_BYTES and (is_cut or _is_rather_gbk(data)):
        return None
    if len(body.translate(None, _CONTROLS)) < len(body) and not _is_text(text, body):
        return None
    return Decoded(
        text,
        "ascii" if text.isascii() else "utf-8",
        "utf-8_cut" if is_cut else "utf-8",
        confidence=1.0,
        restorable=not is_cut,
        dropped_bytes=head + tail,
    )


def by_escapes(data: bytes) -> Decoded | None:
    """Read ISO-2022, HZ or UTF-7, which use ASCII bytes alone: chardet knows their grammar."""
    if not data.isascii() or not _ESCAPES.search(data):
        return None
    opinion = ask_chardet(data)
    named = opinion.encoding if opinion.encoding.startswith(_ESCAPE_ENCODINGS) else "ascii"
    for encoding in (named, "ascii"):
        try:
            text = decode_strict(data, encoding)
        except UnicodeError:
            continue
        return Decoded(
            text,
            encoding,
            "utf-8" if encoding == "ascii" else "escapes",
            confidence=opinion.confidence,
            chardet_encoding=opinion.label,
            chardet_confidence=opinion.confidence,
        )
    return None


def _is_text(text: str, data: bytes) -> bool:
    """Whether ``data`` is text where something is written at all."""
    written = _HOLE.sub(b"", data)
    holes = len(data) - len(written)
    bits = code_length(text) - holes * NUL_BITS
    return bool(written.strip()) and is_text(bits, len(written))


def _is_rather_gbk(data: bytes) -> bool:
    """Whether short UTF-8 is GBK by accident; that spells letters of several alphabets."""
    runs = data.translate(_ASCII_AS_SPACE).split()
    if any(len(run) % 2 for run in runs):
        runs = _WIDE_RUN.findall(data)
    wide = b"\n".join(runs)
    try:
        rival = decode_strict(wide, "gb18030")
    except UnicodeError:
        return False
    text = wide.decode("utf-8")
    bits = code_length(text) + ALPHABET_BITS * count_alphabets(text)
    return code_length(rival) + _SHORT_LEAD_BITS < bits
