"""Whether one changed character makes another person's name.

A given name is mostly no word: ``严涛`` and ``严洁`` read as badly as a misreading does. It is told by its
place, one or two characters after a surname that ends no word, and by its characters: on both sides
one that given names like.
"""

from flows.repeats.comparison import Change, Comparison
from flows.repeats.terms import GIVEN_NAMES, MORE_SURNAMES, SURNAMES
from flows.repeats.word_pairs import stand_together


def _is_surname(key: str, place: int) -> bool:
    """Return whether a surname stands at ``place`` that ends no word."""
    if key[place] not in MORE_SURNAMES:
        return False
    return place == 0 or not stand_together(key[place - 1], key[place])


def _follows_surname(key: str, place: int) -> bool:
    """Return whether ``place`` is inside or right after a given name."""
    for surname in (place - 1, place - 2):
        if surname >= 0 and _is_surname(key, surname):
            return all(one in GIVEN_NAMES for one in key[surname + 1 : place])
    return False


def changes_name(change: Change, comparison: Comparison) -> bool:
    """Return whether a change of one character names somebody else.

    Args:
        change: One of the changes of ``comparison``.
        comparison: Two Chinese keys that differ little.
    """
    one, other = comparison.sides(change)
    if max(len(one), len(other)) != 1:
        return False
    first, second = comparison.first, comparison.second
    if one in SURNAMES and other in SURNAMES:
        return True
    is_followed = first[change.end : change.end + 1] in GIVEN_NAMES
    if is_followed and one in MORE_SURNAMES and other in MORE_SURNAMES:
        return True
    is_given = all(character in GIVEN_NAMES for character in one + other)
    return (
        is_given
        and _follows_surname(first, change.start)
        and _follows_surname(second, change.other_start)
    )
