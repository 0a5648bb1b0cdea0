"""Whether a change is plainly a misreading: what a scan makes of characters it cannot read.

In Chinese the changed characters form words with their neighbours on one side, and on the other none
at all: ``竞争`` read as ``竞五``. In Latin script letters are taken for letters of their shape.
"""

from flows.repeats.comparison import Change, Comparison
from flows.repeats.terms import LETTER_SHAPES, MISREAD_LETTERS
from flows.repeats.word_pairs import is_rare, reads_fluently, reads_nowhere

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
        is_alike = len(one) == len(other) and all(map(_are_alike, one, other))
        return is_alike or frozenset((one, other)) in MISREAD_LETTERS
    if not (one and other) or max(len(one), len(other)) > _MAX_RUN:
        return False
    return any(map(is_rare, one + other)) and is_misread(change, comparison)


def _are_alike(one: str, other: str) -> bool:
    return one == other or any(one in shape and other in shape for shape in LETTER_SHAPES)
