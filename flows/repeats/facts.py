"""Whether one change states another fact: a number, negation, side, label or name.

A fact may hang on one character, so a single change of this kind keeps two paragraphs apart. Where
there is much noise, some of the guards rest: a stray negation is then one misreading of many.
"""

from unicodedata import category

from flows.repeats.comparison import Change, Comparison
from flows.repeats.misread import is_misread
from flows.repeats.names import changes_name
from flows.repeats.terms import (
    ADVERBS,
    CONTRASTS,
    CURRENCIES,
    LETTERS_LIKE_DIGITS,
    LOOK_ALIKES,
    MEASURES,
    NEGATION_WORDS,
    NEGATIONS,
    NUMERALS,
    QUANTIFIERS,
    ROMAN_LETTERS,
    WEEKDAYS,
)
from flows.repeats.word_pairs import reads_nowhere

_MAX_LABEL = 3
"""Letters of a label inside Chinese, such as ``GX``; a longer run is a word that may be misread."""
_AFTER_LATIN = "\u0250"


def _changes_digits(change: Change, comparison: Comparison) -> bool:
    one, other = comparison.sides(change)
    digits = [character for character in one if character.isdigit()]
    others = [character for character in other if character.isdigit()]
    if digits == others:
        return False
    return bool(digits and others) or not LETTERS_LIKE_DIGITS & set(one + other)


def _changes_sign(change: Change, comparison: Comparison) -> bool:
    """Return whether a point, percent, minus or ticked box that keys keep is changed."""
    sides = comparison.sides(change)
    one, other = (_signs(side) for side in sides)
    if one == other:
        return False
    if not comparison.is_noisy:
        return True
    is_misread_sign = not (one and other) and all(sides)
    if is_misread_sign or CURRENCIES.issuperset(one + other):
        return False
    around = comparison.first[max(0, change.start - 1) : change.end + 1]
    return any(character.isdigit() for character in around)


def _signs(side: str) -> list[str]:
    return [character for character in side if category(character)[0] in "PS"]


def _changes_numeral(change: Change, comparison: Comparison) -> bool:
    one, other = comparison.sides(change)
    numerals = [character for character in one if character in NUMERALS]
    others = [character for character in other if character in NUMERALS]
    if numerals == others:
        return False
    if numerals and others:
        return True
    if comparison.is_noisy or _are_look_alikes(one, other):
        return False
    counts = comparison.first[change.end : change.end + 1] in MEASURES
    is_replaced = len(one) == len(other) == 1 and not QUANTIFIERS & {one, other}
    return counts or not (is_replaced and is_misread(change, comparison))


def _are_look_alikes(one: str, other: str) -> bool:
    return len(one) == len(other) == 1 and frozenset((one, other)) in LOOK_ALIKES


def _changes_term(change: Change, comparison: Comparison) -> bool:
    """Return whether one term of a contrast stands for another."""
    one, other = comparison.sides(change)
    if len(one) != 1 or len(other) != 1:
        return False
    if one in WEEKDAYS and other in WEEKDAYS:
        return comparison.first[change.end : change.end + 1] == "曜"
    return any(one in terms and other in terms for terms in CONTRASTS)


def _negates(change: Change, comparison: Comparison) -> bool:
    one, other = comparison.sides(change)
    if NEGATIONS & set(one) == NEGATIONS & set(other) or _are_look_alikes(one, other):
        return False
    is_replaced = len(one) == len(other) == 1 and not ADVERBS & {one, other}
    return not (is_replaced and _reads_nowhere_else(change, comparison))


def _reads_nowhere_else(change: Change, comparison: Comparison) -> bool:
    """Return whether what stands for a negation forms no word: ``不`` misread as ``丘``."""
    one, _ = comparison.sides(change)
    if one in NEGATIONS:
        return reads_nowhere(comparison.second, change.other_start, change.other_end)
    return reads_nowhere(comparison.first, change.start, change.end)


def _negates_in_english(change: Change, comparison: Comparison) -> bool:
    one, other = comparison.sides(change)
    return (one in NEGATION_WORDS or other in NEGATION_WORDS) and not (one and other)


def _changes_label(change: Change, comparison: Comparison) -> bool:
    """Return whether another letter stands in a label: ``B座``, ``附录Ⅱ``."""
    one, other = comparison.sides(change)
    if not _is_latin(one + other):
        return False
    key, start, end = comparison.first, change.start, change.end
    while start > 0 and _is_latin(key[start - 1]):
        start -= 1
    while end < len(key) and _is_latin(key[end]):
        end += 1
    is_other = bool(one and other) or ROMAN_LETTERS.issuperset(one + other)
    return end - start <= _MAX_LABEL and is_other


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _changes_other_script(change: Change, comparison: Comparison) -> bool:
    """Return whether a letter is changed of a script in which no misreading can be told."""
    one, other = comparison.sides(change)
    return any(
        character.isalpha() and character >= _AFTER_LATIN and not _is_han(character)
        for character in one + other
    )


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000"


_ALWAYS = (_changes_digits, _changes_sign, _changes_numeral)
_IN_QUIET_CHINESE = (_changes_other_script, _negates, _changes_label, changes_name)


def changes_fact(change: Change, comparison: Comparison) -> bool:
    """Return whether a change states another fact.

    Args:
        change: One of the changes of ``comparison``.
        comparison: Two keys that are alike.
    """
    guards = [*_ALWAYS]
    if comparison.is_chinese:
        guards += [_changes_term]
        if not comparison.is_noisy:
            guards += _IN_QUIET_CHINESE
    else:
        guards += [_negates_in_english]
        if not comparison.is_noisy:
            guards += [_changes_other_script]
    return any(guard(change, comparison) for guard in guards)
