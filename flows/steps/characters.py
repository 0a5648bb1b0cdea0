r"""Characters that look right and are not, and characters that cannot be seen.

PDF extractors hand out radicals for the ideographs that look like them, fonts put ligatures into
the text, layout leaves soft hyphens, no-break and zero-width spaces behind, and every system has
its own line end. Searching, comparing and converting then fail on text that looks flawless.

Every repair is one replacement that depends on the character, at most on its neighbours, and is a
rule of its own that a setting switches off. A scan for the characters in question comes first, so
clean text costs one look-up.

What carries meaning stays, which is why NFKC is never used: it turns ㎡ into m2, ① into 1 and every
full-width comma into an ASCII one (213 kinds of 4816 in one page of Chinese). Full-width
punctuation, units, fractions, circled and roman numbers, half-width kana, variation selectors,
joiners and direction marks stay; so do private use characters and U+FFFD, which nobody can guess.

Three characters stay because a later step reads them: the form feed (a page ends), the ideographic
space at the start of a line (an indent), and a soft hyphen right before a line end, which some
extractors write as U+0002 or U+FFFE. An ideographic space between two wide characters stays too:
it parts the number of a chapter from its title, where an ordinary space would look like a stray.

Sources: Unicode 15, UAX #15 for NFC; Equivalent_Unified_Ideograph for the radicals supplement.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.edits import apply_edits
from flows.text.code_points import holds_any, make_table, table_of
from flows.text.look_alikes import TABLES
from flows.text.patterns import compiled_later
from schemas.edit import Edit
from schemas.settings import CharacterSettings

LINE_END: Final = "characters.line_end"
CONTROL: Final = "characters.control"
INVISIBLE: Final = "characters.invisible"
SPACE: Final = "characters.space"
KANGXI_RADICAL: Final = "characters.kangxi_radical"
RADICAL_SUPPLEMENT: Final = "characters.radical_supplement"
COMPATIBILITY_IDEOGRAPH: Final = "characters.compatibility_ideograph"
FULLWIDTH: Final = "characters.fullwidth"
LIGATURE: Final = "characters.ligature"
ARABIC_FORM: Final = "characters.arabic_form"
SURROGATE: Final = "characters.surrogate"
NFC: Final = "characters.nfc"

_LINE_ENDS: Final = frozenset("\n\r\v\f\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}")
_LINE: Final = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_SOFT_HYPHENS: Final = frozenset("\N{SOFT HYPHEN}\x02")
# Those at the start of a line are indents; they are many, and the expression passes them over.
_IDEOGRAPHIC_SPACES: Final = re.compile("(?<![\n\r\v\f\x85\u2028\u2029\u3000])\u3000+")
# Full-width letters and digits are not wide here: the same step makes them narrow.
_WIDE: Final = compiled_later(
    r"[\u00b7\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U00020000-\U0003ffff]"
)
_OTHER_LETTERS: Final = compiled_later(
    r"[^\W\d_\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
)
_COMPATIBILITY_PLANE: Final = r"\U0002f800-\U0002fa1f"
# Characters that begin a new unit for NFC: starters that are NFC themselves and never join the one
# before (UAX #15, section 9). What this step deletes is left out, since its neighbours then meet.
_STARTERS: Final = (
    *((0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x1100, 0x115F)),
    *((0x2010, 0x2027), (0x2030, 0x205F), (0x2070, 0x20CF), (0x2150, 0x2328), (0x232B, 0x29FF)),
    *((0x2E80, 0x3029), (0x3030, 0x3098), (0x309B, 0x9FFF), (0xAC00, 0xD7A3), (0xFF00, 0xFFEF)),
)
_STARTER_CLASS: Final = "".join(
    f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in _STARTERS
)
_NFC_UNIT: Final = compiled_later(
    f"[{_COMPATIBILITY_PLANE}]|[{_STARTER_CLASS}]?[^{_STARTER_CLASS}{_COMPATIBILITY_PLANE}]+"
)

_IS_NO_STARTER: Final = ~make_table(_STARTERS)
_MAX_NFC_UNIT: Final = 1024
"""Code points. Sorting marks takes the square of their number in CPython, and a letter with more
of them is not text: 1024 of them take a millisecond, a million a quarter of an hour."""

Replacement = tuple[int, int, str, str]
"""Start, end, rule and the text put there; of one character until units are made for NFC."""


def propose(texts: Sequence[str], settings: CharacterSettings) -> Iterator[list[Edit]]:
    r"""Propose one edit for each run of neighbouring characters that one rule repairs.

    Args:
        texts: Decoded texts with any line ends.
        settings: Which rules act.

    Yields:
        For each text its edits, ascending; offsets are code points of that text.

    >>> (edits,) = propose(["\u2f00\u2f45\uff12\uff10㎡\r\n"], CharacterSettings())
    >>> [(edit.rule, edit.start, edit.end, edit.after) for edit in edits]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('characters.kangxi_radical', 0, 2, '一方'), ('characters.fullwidth', 2, 4, '20'),
     ('characters.line_end', 5, 6, '')]
    """
    policy = _policy(tuple(name for name in TABLES if getattr(settings, name)))
    for text in texts:
        found = [*_replacements(text, policy)]
        if settings.space and "\N{IDEOGRAPHIC SPACE}" in text:
            found = sorted([*found, *_ideographic_spaces(text)])
        if any(rule == ARABIC_FORM for _, _, rule, _ in found):
            found = _without_forms_in_other_lines(text, found)
        if settings.nfc or settings.compatibility_ideograph:
            found = _normalised(text, found, settings)
        yield _joined(found)


@dataclass(frozen=True, slots=True)
class _Policy:
    """What happens to which character, and where to look for them."""

    table: Mapping[str, tuple[str, str]]
    is_listed: npt.NDArray[np.bool_]
    gate: Callable[[], re.Pattern[str]]


@cache
def _policy(names: tuple[str, ...]) -> _Policy:
    """Return the characters of the rules of these names."""
    table = {
        character: (f"characters.{name}", after)
        for name in names
        for character, after in TABLES[name]().items()
    }
    # One class of basic-plane characters scans fifty times as fast as one with others in it.
    listed = "".join(table)
    return _Policy(table, table_of(listed), compiled_later(f"[{re.escape(listed)}]"))


def _replacements(text: str, policy: _Policy) -> Iterator[Replacement]:
    """Yield what happens to each character of the table."""
    if not holds_any(text, policy.is_listed):
        return
    for match in policy.gate().finditer(text):
        at, character = match.start(), match.group()
        rule, after = policy.table[character]
        following = text[at + 1 : at + 2]
        if character in _SOFT_HYPHENS and following in _LINE_ENDS:
            continue
        yield at, at + 1, rule, "" if character == "\r" and following == "\n" else after


def _ideographic_spaces(text: str) -> Iterator[Replacement]:
    """Yield the ideographic spaces that neither indent a line nor part two wide characters."""
    for spaces in _IDEOGRAPHIC_SPACES.finditer(text):
        start, end = spaces.span()
        if start and not (_WIDE().match(text, start - 1) and _WIDE().match(text, end)):
            yield from ((at, at + 1, SPACE, " ") for at in range(start, end))


def _without_forms_in_other_lines(text: str, found: list[Replacement]) -> list[Replacement]:
    """Return ``found`` without Arabic forms in lines that have letters of another script."""
    others = [
        line.span()
        for line in _LINE.finditer(text)
        if _OTHER_LETTERS().search(text, line.start(), line.end())
    ]
    starts = [start for start, _ in others]

    def is_in_other_line(at: int) -> bool:
        line = bisect_right(starts, at) - 1
        return line >= 0 and at < others[line][1]

    return [one for one in found if one[2] != ARABIC_FORM or not is_in_other_line(one[0])]


def _normalised(
    text: str, found: list[Replacement], settings: CharacterSettings
) -> list[Replacement]:
    """Return ``found`` with NFC of what they leave; a unit that changes is one replacement."""
    if not holds_any(text, _IS_NO_STARTER):
        return found
    after = apply_edits(text, _joined(found)) if found else text
    longest = max(len(unit.group()) for unit in _NFC_UNIT().finditer(text))
    if longest <= _MAX_NFC_UNIT and unicodedata.is_normalized("NFC", after):
        return found
    result: list[Replacement] = []
    first = 0
    for unit in _NFC_UNIT().finditer(text):
        start, end = unit.span()
        while first < len(found) and found[first][0] < start:
            result.append(found[first])
            first += 1
        last = first
        while last < len(found) and found[last][0] < end:
            last += 1
        result += _normalised_unit(text, (start, end), found[first:last], settings)
        first = last
    return result + found[first:]


def _normalised_unit(
    text: str, span: tuple[int, int], found: list[Replacement], settings: CharacterSettings
) -> list[Replacement]:
    """Return the replacements of one unit: those ``found`` in it, or its NFC."""
    start, end = span
    before = text[start:end]
    is_ideograph = _is_compatibility_ideograph(before)
    is_on = settings.compatibility_ideograph if is_ideograph else settings.nfc
    if not is_on or end - start > _MAX_NFC_UNIT:
        return found
    moved = [Edit(rule, first - start, last - start, after) for first, last, rule, after in found]
    mapped = apply_edits(before, moved)
    after = unicodedata.normalize("NFC", mapped)
    if after == mapped:
        return found
    return [(start, end, COMPATIBILITY_IDEOGRAPH if is_ideograph else NFC, after)]


def _is_compatibility_ideograph(unit: str) -> bool:
    return len(unit) == 1 and ("\uf900" <= unit <= "\ufaff" or "\U0002f800" <= unit <= "\U0002fa1f")


def _joined(found: list[Replacement]) -> list[Edit]:
    """Return one edit for each run of neighbours of the same rule."""
    edits: list[Edit] = []
    open_run: list[Replacement] = []
    for replacement in found:
        if open_run and (open_run[-1][1], open_run[-1][2]) != (replacement[0], replacement[2]):
            edits.append(_one_edit(open_run))
            open_run = []
        open_run.append(replacement)
    if open_run:
        edits.append(_one_edit(open_run))
    return edits


def _one_edit(run: list[Replacement]) -> Edit:
    return Edit(run[0][2], run[0][0], run[-1][1], "".join(after for *_, after in run))
