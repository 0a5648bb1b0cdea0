"""Whether a change is plainly a misreading: what a scan makes of characters it cannot read.

In Chinese the changed characters form words with their neighbours on one side, and on the other none
at all: ``竞争`` read as ``竞五``. In Latin script letters are taken for letters of their shape.
"""

from flows.repeats.comparison import Change, Comparison
from flows.repeats.terms import JOINED_LETTERS, LETTER_SHAPES
from flows.repeats.word_pairs import (
    is_rare,
    reads_fluently,
    reads_nowhere,
    stand_together,
    stands_in_word,
)

_MAX_RUN = 3
"""Characters that are misread together at most."""


def is_misread(change: Change, comparison: Comparison) -> bool:
    """Return whether one side reads as words, and the other as no word at all."""
    own, others = (change.start, change.end), (change.other_start, change.other_end)
    first, second = comparison.first, comparison.second
    return (reads_fluently(first, *own) and reads_nowhere(second, *others)) or (
        reads_fluently(second, *others) and reads_nowhere(first, *own)
    )


def is_misread_run(change: Change, comparison: Comparison) -> bool:
    """Return whether a run is misread: letters by their shape, hanzi as rare characters.

    Common characters that form no word may be a name.
    """
    one, other = comparison.sides(change)
    if not comparison.is_chinese:
        one, other = _without_joined(one), _without_joined(other)
        return len(one) == len(other) and all(map(_are_alike, one, other))
    if not (one and other) or max(len(one), len(other)) > _MAX_RUN:
        return False
    return any(map(is_rare, one + other)) and is_misread(change, comparison)


def leaves_half_word(change: Change, comparison: Comparison) -> bool:
    """Return whether one side breaks a word that the other has: ``邪教组织`` read as ``邪教练织``.

    Who puts another word there does not leave half of the old one.
    """
    own = (comparison.first, change.start, change.end)
    others = (comparison.second, change.other_start, change.other_end)
    return _breaks_word(own, others) or _breaks_word(others, own)


_Stretch = tuple[str, int, int]


def _breaks_word(own: _Stretch, whole: _Stretch) -> bool:
    """Return whether a neighbour that belongs to ``whole`` stands in no word beside ``own``."""
    (key, start, end), (other, other_start, other_end) = own, whole
    breaks_left = start > 0 and stand_together(key[start - 1], other[other_start])
    if breaks_left and not stands_in_word(key, start - 1):
        return True
    breaks_right = end < len(key) and stand_together(other[other_end - 1], key[end])
    return breaks_right and not stands_in_word(key, end)


def _without_joined(text: str) -> str:
    """Return ``text`` with letters that look like one written as that one."""
    for letters, one in JOINED_LETTERS.items():
        text = text.replace(letters, one)
    return text


def _are_alike(one: str, other: str) -> bool:
    return one == other or any(one in shape and other in shape for shape in LETTER_SHAPES)
