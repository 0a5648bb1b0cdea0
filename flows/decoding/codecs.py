"""The codecs text is read with, one name for each family of encodings.

Big5, cp950 and Big5-HKSCS are ``big5hkscs``; GB2312, GBK and GB18030 are ``gb18030``, which reads all
of them, where Python's ``gb2312`` reads a wrong dash and dot. Both are mended where Python's tables
would change a character (``flows.decoding.chinese_tables``).

A text is a text without byte order mark; the mark is said beside it.
"""

import codecs
from functools import cache

from flows.decoding.chinese_tables import (
    BIG5_ERRORS,
    BIG5_EURO,
    BIG5_REPLACED,
    stand_in_big5,
    swap_gb18030,
)


def canonical_name(label: str) -> str:
    """Return the name under which a codec is used here, whatever a detector calls it.

    Raises:
        LookupError: If Python has no such codec.

    >>> canonical_name("GB2312"), canonical_name("Big5"), canonical_name("Windows-1252")
    ('gb18030', 'big5hkscs', 'cp1252')
    """
    name = codecs.lookup(label).name
    if name in {"gb2312", "gbk", "gb18030"}:
        return "gb18030"
    return "big5hkscs" if name in {"big5", "big5hkscs", "cp950"} else name


@cache
def is_ascii_compatible(encoding: str) -> bool:
    r"""Whether ASCII bytes mean ASCII and a line feed is always the byte 0A.

    False for UTF-16, UTF-32, EBCDIC and the encodings that switch by escape sequences.

    >>> is_ascii_compatible("gb18030"), is_ascii_compatible("utf-16-le")
    (True, False)
    """
    if encoding.startswith(("utf-7", "hz", "iso2022")):
        return False
    return b"\n A".decode(encoding, "replace") == "\n A"


def _mended(text: str, encoding: str) -> str:
    return swap_gb18030(text) if encoding == "gb18030" else text


def decode_strict(data: bytes, encoding: str) -> str:
    r"""Return the text of ``data``, every byte accounted for.

    Args:
        data: All bytes of the text.
        encoding: A name that ``canonical_name`` gave.

    Raises:
        UnicodeError: If a byte has no meaning in this encoding.

    >>> decode_strict(bytes.fromhex("a3e1b3f6"), "big5hkscs")
    '€堤'
    """
    if encoding == "big5hkscs":
        return data.decode(encoding, BIG5_ERRORS)
    return _mended(data.decode(encoding), encoding)


def decode_replacing(data: bytes, encoding: str) -> str:
    r"""Return the text of ``data``, with U+FFFD for every byte that has no meaning.

    >>> decode_replacing(b"\xa3\xe1\xff", "big5hkscs") == "€\N{REPLACEMENT CHARACTER}"
    True
    """
    # Python's own replacing differs for the euro alone, and calls nothing back for each bad byte.
    has_euro = encoding == "big5hkscs" and BIG5_EURO in data
    errors = BIG5_REPLACED if has_euro else "replace"
    return _mended(data.decode(encoding, errors), encoding)


def decode_start(data: bytes, encoding: str) -> tuple[str, int]:
    """Return the text of ``data`` without an unfinished last character, and the bytes that it has.

    Raises:
        UnicodeError: If a byte before it has no meaning in this encoding.

    >>> decode_start("河岸".encode("gb18030")[:3], "gb18030")
    ('河', 1)
    """
    decoder = codecs.getincrementaldecoder(encoding)(
        BIG5_ERRORS if encoding == "big5hkscs" else "strict"
    )
    text = decoder.decode(data, False)  # noqa: FBT003 - the codec API takes it by position
    return _mended(text, encoding), len(decoder.getstate()[0])


def encode(text: str, encoding: str, *, byte_order_mark: bool) -> bytes:
    r"""Return the bytes that ``text`` was decoded from, where decoding was reversible.

    Args:
        text: Decoded text, without byte order mark.
        encoding: The name the text was decoded by; `mixed` has no bytes.
        byte_order_mark: Whether the file began with one.

    Raises:
        UnicodeError: If a character has no code in this encoding.
        LookupError: If ``encoding`` is no codec, as `mixed` is not.

    >>> encode("\N{FULLWIDTH SOLIDUS}堤", "big5hkscs", byte_order_mark=False).hex()
    'a1feb3f6'
    >>> encode("堤", "utf-16-le", byte_order_mark=True).hex()
    'fffe2458'
    """
    marked = "\N{ZERO WIDTH NO-BREAK SPACE}" + text if byte_order_mark else text
    if encoding == "big5hkscs":
        return stand_in_big5(marked).encode(encoding, BIG5_ERRORS)
    return _mended(marked, encoding).encode(encoding)
