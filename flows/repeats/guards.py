"""What the differences between two similar paragraphs say: noise of copying, or another meaning.

Two clauses of a contract may differ in one digit and be 99 % alike; a page scanned badly is 90 %
alike and the same. So similarity decides nothing. The edit script does: each change is looked at,
and any guard that sees a change of meaning keeps the two apart:

- another digit, sign (3.5 / 35, -5 / 5, a ticked box), numeral (十五 / 十六), negation (应 / 不应), term of a
  contrast (甲 / 乙, 东 / 西), label (B 座 / D 座) or name (`flows.repeats.facts`);
- characters that read as words on both sides: a rewording, not a misreading;
- changes that come in runs: noise is scattered, wording comes in pieces.

A change that reads as words on one side and as none on the other is a misreading, even where a
numeral or negation is part of it (`flows.repeats.misread`).

All guards see comparison keys: simplified, lower case, without marks and spaces. They depend on
the two keys and on frozen tables alone, so a verdict may be remembered.

Measured on 2,160 true and 2,473 false pairs of news, statutes and English prose with misreadings
of 1 to 10 % of the characters (``docs/quality.md``).
"""

from collections import Counter

from flows.repeats.comparison import Change, Comparison
from flows.repeats.facts import changes_fact
from flows.repeats.misread import is_misread, is_misread_run, leaves_half_word
from flows.repeats.word_pairs import reads_fluently

_SHORT_HAN, _SHORT_LETTERS, _SHORT_MAX_CHANGED, _SHORT_MAX_MISREAD = 45, 110, 0.09, 0.15
"""Below which lengths so much noise leaves too little to tell by; the last, where half of the changes
are plain misreadings."""
_FEW_CHANGES = 4
_CHANCE_HAN, _CHANCE_LETTERS = 0.02, 0.002
"""How likely a run of changes must be under scattered noise to pass for it."""
_CLUSTERED_HAN, _CLUSTERED_LETTERS = 3, 8
"""How often more than by chance misreadings may touch; letters are often read as two, and two
changes with one letter between them count as one."""
_FLUENT_BY_CHANCE, _LONG_ENOUGH_FOR_CHANCE, _MAX_FLUENT_SHARE = 1, 60, 0.25
"""In a long paragraph one misreading may make a word by chance."""


def _is_run(change: Change, comparison: Comparison) -> bool:
    """Return whether so many neighbouring characters are changed that noise is no explanation."""
    size, edits, count = change.edits, comparison.edits, len(comparison.changes)
    if size < 2 or is_misread_run(change, comparison):  # noqa: PLR2004 - one character is no run
        return False
    if not comparison.is_noisy and edits < _FEW_CHANGES:
        return comparison.is_chinese or size > 2 or count == 1  # noqa: PLR2004
    rate = (edits - size + 1) * (1 if comparison.is_chinese else 2) / comparison.length
    limit = _CHANCE_HAN if comparison.is_chinese else _CHANCE_LETTERS
    return bool(count * rate ** (size - 1) < limit)


def _is_too_short_to_tell(comparison: Comparison) -> bool:
    short = _SHORT_HAN if comparison.is_chinese else _SHORT_LETTERS
    share = comparison.edits / comparison.length
    if comparison.length >= short or share <= _SHORT_MAX_CHANGED:
        return False
    misread = sum(is_misread(change, comparison) for change in comparison.changes)
    is_plain = comparison.is_chinese and 2 * misread >= len(comparison.changes)
    return not is_plain or share > _SHORT_MAX_MISREAD


def _comes_in_pieces(comparison: Comparison) -> bool:
    """Return whether changes cluster more than scattered noise of the same amount would."""
    edits = sum(
        1 if is_misread_run(change, comparison) else change.edits for change in comparison.changes
    )
    count = len(comparison.changes)
    clustered = _CLUSTERED_HAN if comparison.is_chinese else _CLUSTERED_LETTERS
    return edits - count >= 1 + clustered * edits * count / comparison.length


def _recurs(comparison: Comparison) -> bool:
    """Return whether the same longer change is made twice: another word, not another misreading."""
    made = Counter(
        comparison.sides(change)
        for change in comparison.changes
        # One or two characters are misread alike time and again.
        if change.edits > 2  # noqa: PLR2004
    )
    return any(times > 1 for times in made.values())


def _is_fluent(change: Change, comparison: Comparison) -> bool:
    """Return whether characters that read as words are replaced by others that do.

    One character left out proves nothing: most sentences still read well.
    """
    if change.start == change.end or change.other_start == change.other_end:
        return False
    return (
        reads_fluently(comparison.first, change.start, change.end)
        and reads_fluently(comparison.second, change.other_start, change.other_end)
        and not leaves_half_word(change, comparison)
    )


def _is_rewording(comparison: Comparison) -> bool:
    """Return whether too many of the changes read as words on both sides."""
    fluent = sum(_is_fluent(change, comparison) for change in comparison.changes)
    is_long = comparison.length > _LONG_ENOUGH_FOR_CHANCE
    allowed = _FLUENT_BY_CHANCE if comparison.is_noisy and is_long else 0
    return fluent > allowed and fluent > _MAX_FLUENT_SHARE * len(comparison.changes)


def changes_meaning(comparison: Comparison) -> bool:
    """Return whether two similar keys say different things.

    Args:
        comparison: Two keys and all in which they differ.

    Returns:
        False only where every difference passes for noise of copying.
    """
    if not comparison.changes:
        return False
    if _is_too_short_to_tell(comparison) or _recurs(comparison):
        return True
    if _comes_in_pieces(comparison) or (comparison.is_chinese and _is_rewording(comparison)):
        return True
    return any(
        changes_fact(change, comparison) or _is_run(change, comparison)
        for change in comparison.changes
    )
