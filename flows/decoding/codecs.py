"""The codecs text is read with, mended where Python's own tables would change a character.

*Big5* files come from Windows (cp950) and from Hong Kong (Big5-HKSCS), and say only "Big5". Python's
``big5hkscs`` reads both, the symbols of the first rows as Big5 was first mapped to Unicode; its
``big5`` reads the ideographic zero as a kana. Two things are mended: the euro of Windows is read, and
ten characters that Big5 has twice are written to the bytes that files hold. Windows and browsers
give nine of the symbols other code points; ``docs/adr`` tells why these are not taken.

*The GB family* (GB2312, GBK, GB18030) is one superset: ``gb18030`` reads all of it, where
``gb2312`` reads a wrong dash and dot. Tables made before GB18030-2022 send some characters to
private-use code points; both ways are swapped here as that standard has them, so that bytes stay
restorable. Sources: GB 18030-2022, Microsoft's cp950 as in Python, measured on every byte pair.

A text is a text without byte order mark; the mark is said beside it.
"""

import codecs
import re
from functools import cache

from flows.text.code_points import holds_any, table_of

# GB18030-2022: private-use code points of earlier tables, and the characters that stand there.
_GB_PRIVATE_USE = "".join(
    map(
        chr,
        (
            *(0xE78D, 0xE78E, 0xE78F, 0xE790, 0xE791, 0xE792, 0xE793, 0xE794, 0xE795, 0xE796),
            *(0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864, 0xE7C7),
            *(0xE816, 0xE817, 0xE818, 0xE831, 0xE83B, 0xE855),
        ),
    )
)
_GB_CHARACTERS = "".join(
    map(
        chr,
        (
            *(0xFE10, 0xFE12, 0xFE11, 0xFE13, 0xFE14, 0xFE15, 0xFE16, 0xFE17, 0xFE18, 0xFE19),
            *(0x9FB4, 0x9FB5, 0x9FB6, 0x9FB7, 0x9FB8, 0x9FB9, 0x9FBA, 0x9FBB, 0x1E3F),
            *(0x20087, 0x20089, 0x200CC, 0x215D7, 0x2298F, 0x241FE),
        ),
    )
)
# Characters with two codes: big5hkscs writes the second, files hold the first.
_BIG5_FIRST_CODES = {
    "\N{FULLWIDTH SOLIDUS}": b"\xa1\xfe",
    "\N{FULLWIDTH REVERSE SOLIDUS}": b"\xa2\x40",
    "╭": b"\xa2\x7e",
    "╮": b"\xa2\xa1",
    "╰": b"\xa2\xa2",
    "╯": b"\xa2\xa3",
    "═": b"\xa2\xa4",
    "╞": b"\xa2\xa5",
    "╪": b"\xa2\xa6",
    "╡": b"\xa2\xa7",
    "€": b"\xa3\xe1",
}
_BIG5_ERRORS = "jiaokan.big5"
_BIG5_REPLACED = "jiaokan.big5.replaced"
_STAND_IN = 0xF0000
"""Private-use code points that no Big5 holds stand for the characters of two codes."""


def _swapped(left: str, right: str) -> dict[str, str]:
    return dict(zip(left + right, right + left, strict=True))


_BIG5_STAND_INS = {char: chr(_STAND_IN + i) for i, char in enumerate(_BIG5_FIRST_CODES)}
_BIG5_STAND_IN_CODES = tuple(_BIG5_FIRST_CODES.values())


def _mend_big5(error: UnicodeError) -> tuple[str | bytes, int]:
    """Answer for the codes that big5hkscs lacks: the euro, and the stand-ins when writing."""
    if isinstance(error, UnicodeDecodeError):
        if error.object[error.start : error.start + 2] == _BIG5_FIRST_CODES["€"]:
            return "€", error.start + 2
    elif isinstance(error, UnicodeEncodeError):
        place = ord(error.object[error.start]) - _STAND_IN
        if 0 <= place < len(_BIG5_STAND_IN_CODES):
            return _BIG5_STAND_IN_CODES[place], error.start + 1
    raise error


def _mend_or_replace_big5(error: UnicodeError) -> tuple[str | bytes, int]:
    try:
        return _mend_big5(error)
    except UnicodeError:
        return codecs.replace_errors(error)


codecs.register_error(_BIG5_ERRORS, _mend_big5)
codecs.register_error(_BIG5_REPLACED, _mend_or_replace_big5)


@cache
def _gb_swap() -> dict[str, str]:
    """Return the swap for those code points that this Python's table still has the old way."""
    pairs = [
        (old, new)
        for old, new in zip(_GB_PRIVATE_USE, _GB_CHARACTERS, strict=True)
        if len(old.encode("gb18030")) == len(b"\xa6\xd9")
    ]
    return _swapped("".join(old for old, _ in pairs), "".join(new for _, new in pairs))


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


_BIG5_TWICE_CODED = re.compile(f"[{''.join(_BIG5_FIRST_CODES)}]")
_GB_SWAPPED = re.compile(f"[{_GB_PRIVATE_USE}{_GB_CHARACTERS}]")
_GB_SWAPPED_TABLE = table_of(_GB_PRIVATE_USE + _GB_CHARACTERS)


def _mended(text: str, encoding: str) -> str:
    if encoding == "gb18030" and holds_any(text, _GB_SWAPPED_TABLE):
        return _GB_SWAPPED.sub(lambda found: _gb_swap().get(found[0], found[0]), text)
    return text


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
        return data.decode(encoding, _BIG5_ERRORS)
    return _mended(data.decode(encoding), encoding)


def decode_replacing(data: bytes, encoding: str) -> str:
    r"""Return the text of ``data``, with U+FFFD for every byte that has no meaning.

    >>> decode_replacing(b"\xa3\xe1\xff", "big5hkscs") == "€\N{REPLACEMENT CHARACTER}"
    True
    """
    # Python's own replacing differs for the euro alone, and calls nothing back for each bad byte.
    has_euro = encoding == "big5hkscs" and _BIG5_FIRST_CODES["€"] in data
    errors = _BIG5_REPLACED if has_euro else "replace"
    return _mended(data.decode(encoding, errors), encoding)


def decode_start(data: bytes, encoding: str) -> tuple[str, int]:
    """Return the text of ``data`` without an unfinished last character, and the bytes that it has.

    Raises:
        UnicodeError: If a byte before it has no meaning in this encoding.

    >>> decode_start("河岸".encode("gb18030")[:3], "gb18030")
    ('河', 1)
    """
    decoder = codecs.getincrementaldecoder(encoding)(
        _BIG5_ERRORS if encoding == "big5hkscs" else "strict"
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
        stood_in = _BIG5_TWICE_CODED.sub(lambda found: _BIG5_STAND_INS[found[0]], marked)
        return stood_in.encode(encoding, _BIG5_ERRORS)
    return _mended(marked, encoding).encode(encoding)
