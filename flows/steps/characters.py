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

Two rules change what an author typed and are off unless a setting asks for them: dots become an
ellipsis and ASCII marks become full-width where Chinese stands around them
(`flows.text.chinese_marks`). They look at the text that all other rules leave; so does NFC. Letters
and marks that a scanner took for each other (0 and O, 一 and —, 己 and 已) are never guessed; the most
conspicuous are flagged (`flows.text.characters`).

Three characters stay because a later step reads them: the form feed (a page ends), the ideographic
space at the start of a line (an indent), and a soft hyphen right before a line end, which some
extractors write as U+0002 or U+FFFE. An ideographic space between two wide characters stays too:
it parts the number of a chapter from its title, where an ordinary space would look like a stray.

Sources: Unicode 15, UAX #15 for NFC; Equivalent_Unified_Ideograph for the radicals supplement.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from flows.edits import apply_edits, compose
from flows.text.character_kinds import (
    ENDS_LINE,
    INDENT,
    IS_INDENT,
    IS_NO_STARTER,
    IS_SOFT_HYPHEN,
    RULE,
    Kinds,
    Policy,
    policy_of,
)
from flows.text.chinese_marks import Change, brackets, ellipses, marks
from flows.text.code_points import code_points
from flows.text.look_alikes import TABLES
from flows.text.normal_form import changed_units, is_compatibility_ideograph
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
ELLIPSIS: Final = "characters.ellipsis"
PUNCTUATION: Final = "characters.punctuation"

_LINE: Final = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
# Full-width letters and digits are not wide here: the same step makes them narrow.
_WIDE: Final = compiled_later(
    r"[\u00b7\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U00020000-\U0003ffff]"
)
_OTHER_LETTERS: Final = compiled_later(
    r"[^\W\d_\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
)


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
    policy = policy_of(tuple(name for name in TABLES if getattr(settings, name)))
    for text in texts:
        kinds = policy.kinds.take(code_points(text), mode="clip")
        present = int(np.bitwise_or.reduce(kinds)) if text else 0
        edits = _replacements(text, kinds, policy) if present & (RULE | IS_INDENT) else []
        if present & IS_NO_STARTER:
            edits = _without_forms_in_other_lines(text, edits)
            edits = _then(text, edits, lambda between: _normal_form(between, settings))
        if settings.ellipsis:
            edits = _then(text, edits, lambda between: _edits_of(ELLIPSIS, ellipses(between)))
        if settings.punctuation:  # marks may stand beside brackets
            edits = _then(text, edits, lambda between: _edits_of(PUNCTUATION, brackets(between)))
            edits = _then(text, edits, lambda between: _edits_of(PUNCTUATION, marks(between)))
        yield edits


def _replacements(text: str, kinds: Kinds, policy: Policy) -> list[Edit]:
    """Return one edit for each run of characters that the same rule replaces."""
    numbers = kinds & RULE
    numbers[:-1][(kinds[:-1] & IS_SOFT_HYPHEN > 0) & (kinds[1:] & ENDS_LINE > 0)] = 0
    for start, end in _stray_indents(text, kinds):
        numbers[start:end] = policy.rules.index(SPACE) + 1
    places = np.flatnonzero(numbers)
    if not places.size:
        return []
    found = numbers[places]
    turns = np.flatnonzero((np.diff(places) > 1) | (found[1:] != found[:-1]))
    starts, ends = places[np.append(0, turns + 1)], places[np.append(turns, -1)] + 1
    runs = zip(numbers[starts].tolist(), starts.tolist(), ends.tolist(), strict=True)
    return [
        Edit(policy.rules[number - 1], start, end, _after(text, start, end, policy))
        for number, start, end in runs
    ]


def _after(text: str, start: int, end: int, policy: Policy) -> str:
    """Return what becomes of a run; a carriage return before a line feed only goes."""
    if text[end - 1] == "\r" and text[end : end + 1] == "\n":
        end -= 1
    return text[start:end].translate(policy.afters)


def _stray_indents(text: str, kinds: Kinds) -> Iterator[tuple[int, int]]:
    """Yield the ideographic spaces that neither indent a line nor part two wide characters."""
    is_indent = kinds & IS_INDENT > 0
    is_inner = is_indent[1:] & (kinds[:-1] & (IS_INDENT | ENDS_LINE) == 0)
    for start in (np.flatnonzero(is_inner) + 1).tolist():
        end = start + 1
        while text[end : end + 1] == INDENT:
            end += 1
        if not (_WIDE().match(text, start - 1) and _WIDE().match(text, end)):
            yield start, end


def _without_forms_in_other_lines(text: str, edits: list[Edit]) -> list[Edit]:
    """Return ``edits`` without Arabic forms in lines that have letters of another script."""
    if all(edit.rule != ARABIC_FORM for edit in edits):
        return edits
    others = [
        line.span()
        for line in _LINE.finditer(text)
        if _OTHER_LETTERS().search(text, line.start(), line.end())
    ]
    starts = [start for start, _ in others]

    def is_in_other_line(at: int) -> bool:
        line = bisect_right(starts, at) - 1
        return line >= 0 and at < others[line][1]

    return [edit for edit in edits if edit.rule != ARABIC_FORM or not is_in_other_line(edit.start)]


def _normal_form(text: str, settings: CharacterSettings) -> Iterator[Edit]:
    """Yield what brings ``text`` to NFC, as far as the settings want it."""
    for start, end, after in changed_units(text):
        is_ideograph = is_compatibility_ideograph(text[start:end])
        if settings.compatibility_ideograph if is_ideograph else settings.nfc:
            yield Edit(COMPATIBILITY_IDEOGRAPH if is_ideograph else NFC, start, end, after)


def _edits_of(rule: str, changes: Iterable[Change]) -> Iterator[Edit]:
    return (Edit(rule, *change) for change in changes)


def _then(text: str, edits: list[Edit], second: Callable[[str], Iterator[Edit]]) -> list[Edit]:
    """Return ``edits`` followed by what ``second`` proposes for the text that they make."""
    late = [*second(apply_edits(text, edits))]
    return compose(text, edits, late) if late else edits
