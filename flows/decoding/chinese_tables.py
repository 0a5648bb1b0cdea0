"""Where Python's tables of Big5 and the GB family are mended, and how that is undone.

*Big5* files come from Windows (cp950) and from Hong Kong (Big5-HKSCS), and say only "Big5". Python's
``big5hkscs`` reads both, the symbols of the first rows as Big5 was first mapped to Unicode; its
``big5`` reads the ideographic zero as a kana. Two things are mended: the euro of Windows is read, and
ten characters that Big5 has twice are written to the bytes that files hold. Windows and browsers
give nine of the symbols other code points; ``docs/adr`` tells why these are not taken.

*The GB family*: tables made before GB18030-2022 send some characters to private-use code points;
both ways are swapped here as that standard has them, so that bytes stay restorable.

Sources: GB 18030-2022, Microsoft's cp950 as in Python, measured on every byte pair.
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
BIG5_EURO = b"\xa3\xe1"
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
    "€": BIG5_EURO,
}
BIG5_ERRORS, BIG5_REPLACED = "jiaokan.big5", "jiaokan.big5.replaced"
"""Names of error handlers that read the euro of Windows; the second puts U+FFFD for other bytes."""
_STAND_IN = 0xF0000
"""Private-use code points that no Big5 holds stand for the characters of two codes."""


def _swapped(left: str, right: str) -> dict[str, str]:
    return dict(zip(left + right, right + left, strict=True))


_BIG5_STAND_INS = {char: chr(_STAND_IN + i) for i, char in enumerate(_BIG5_FIRST_CODES)}
_BIG5_STAND_IN_CODES = tuple(_BIG5_FIRST_CODES.values())


def _mend_big5(error: UnicodeError) -> tuple[str | bytes, int]:
    """Answer for the codes that big5hkscs lacks: the euro, and the stand-ins when writing."""
    if isinstance(error, UnicodeDecodeError):
        if error.object[error.start : error.start + 2] == BIG5_EURO:
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


codecs.register_error(BIG5_ERRORS, _mend_big5)
codecs.register_error(BIG5_REPLACED, _mend_or_replace_big5)


def stand_in_big5(text: str) -> str:
    """Return ``text`` for ``big5hkscs`` to write, by ``BIG5_ERRORS``, with each first code."""
    return _BIG5_TWICE_CODED.sub(lambda found: _BIG5_STAND_INS[found[0]], text)


def swap_gb18030(text: str) -> str:
    r"""Return ``text`` as GB18030-2022 has it, or again as Python's table has it.

    >>> ascii(swap_gb18030("\ue81e")), ascii(swap_gb18030("\u9fb4"))
    ("'\\u9fb4'", "'\\ue81e'")
    """
    if not holds_any(text, _GB_SWAPPED_TABLE):
        return text
    return _GB_SWAPPED.sub(lambda found: _gb_swap().get(found[0], found[0]), text)


@cache
def _gb_swap() -> dict[str, str]:
    """Return the swap for those code points that this Python's table still has the old way."""
    pairs = [
        (old, new)
        for old, new in zip(_GB_PRIVATE_USE, _GB_CHARACTERS, strict=True)
        if len(old.encode("gb18030")) == len(b"\xa6\xd9")
    ]
    return _swapped("".join(old for old, _ in pairs), "".join(new for _, new in pairs))


_BIG5_TWICE_CODED = re.compile(f"[{''.join(_BIG5_FIRST_CODES)}]")
_GB_SWAPPED = re.compile(f"[{_GB_PRIVATE_USE}{_GB_CHARACTERS}]")
_GB_SWAPPED_TABLE = table_of(_GB_PRIVATE_USE + _GB_CHARACTERS)
