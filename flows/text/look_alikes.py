"""What single characters stand for: a table for each rule of the character step.

Each table maps a character to its replacement, which is empty where the character is deleted. All
characters lie in the basic plane, so that one fast expression finds them. What Python's
`unicodedata` knows is taken from there; the radicals supplement, which no normalisation form maps,
comes from Unicode's Equivalent_Unified_Ideograph (`benchmarks/make_radical_table.py`).
"""

import unicodedata
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Final, Literal

Table = dict[str, str]


def _all_to(after: str, characters: str) -> Table:
    return dict.fromkeys(characters, after)


def _span(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


def _by_form(form: Literal["NFC", "NFKC"], characters: str) -> Table:
    """Return what one of Unicode's normalisation forms makes of each character it changes."""
    forms = {c: unicodedata.normalize(form, c) for c in characters}
    return {character: after for character, after in forms.items() if after != character}


def _radical_supplement() -> Table:
    table = resources.files("flows.text").joinpath("data/radicals.txt").read_text(encoding="ascii")
    rows = (row.split() for row in table.splitlines() if not row.startswith("#"))
    return {chr(int(radical, 16)): chr(int(ideograph, 16)) for radical, ideograph in rows}


TABLES: Final[Mapping[str, Callable[[], Table]]] = {
    "line_end": lambda: _all_to("\n", "\r\v\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"),
    "control": lambda: _all_to(
        "", _span(0, 8) + _span(0x0E, 0x1F) + _span(0x7F, 0x84) + _span(0x86, 0x9F)
    ),
    "invisible": lambda: _all_to(
        "",
        "\N{SOFT HYPHEN}\N{MONGOLIAN VOWEL SEPARATOR}\N{ZERO WIDTH SPACE}\N{WORD JOINER}"
        "\N{ZERO WIDTH NO-BREAK SPACE}",
    ),
    "space": lambda: _all_to(
        " ",
        "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{MEDIUM MATHEMATICAL SPACE}"
        + _span(0x2000, 0x200A),
    ),
    "kangxi_radical": lambda: _by_form("NFKC", _span(0x2F00, 0x2FD5)),
    "radical_supplement": _radical_supplement,
    "compatibility_ideograph": lambda: _by_form("NFC", _span(0xF900, 0xFAFF)),
    "fullwidth": lambda: _by_form(
        "NFKC", _span(0xFF10, 0xFF19) + _span(0xFF21, 0xFF3A) + _span(0xFF41, 0xFF5A)
    ),
    "ligature": lambda: _by_form("NFKC", _span(0xFB00, 0xFB06)),
    "arabic_form": lambda: _by_form("NFKC", _span(0xFB50, 0xFDFF) + _span(0xFE70, 0xFEFC)),
    "surrogate": lambda: _all_to("\N{REPLACEMENT CHARACTER}", _span(0xD800, 0xDFFF)),
}
"""Tables by the name of their rule, made when they are first needed."""
