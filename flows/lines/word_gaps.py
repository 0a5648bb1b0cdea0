"""Where the spaces go in a stretch of letters: the cheapest way to read it as words.

Each word costs the bits that its frequency is worth, a word that no list has costs more with every
letter, and each space that is put in or taken out costs the bits that such damage is worth where
it is known to occur. The cheapest reading is found by going over the letters once and keeping the
best reading up to each of them; what it changes is told apart into changes that do not touch each
other, each with the bits it saves.

The way to look for it is Viterbi's (1967), as segmentation of Chinese uses it; here the writer's
own spaces are evidence as well.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

CHANGED_SPACE_BITS: Final = 4.0
"""What a space costs that is put in or taken out: one of sixteen, as in damaged text."""
_LONGEST_WORD: Final = 20

CostWritten = Callable[[str], float]
CostMade = Callable[[str], float | None]


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of words that reads better with its spaces elsewhere.

    Attributes:
        first: Number of the first word as written.
        end: One past the last.
        words: As they are to be read.
        bits: What the reading saves.
    """

    first: int
    end: int
    words: tuple[str, ...]
    bits: float


def better_spaced(
    written: Sequence[str], cost_written: CostWritten, cost_made: CostMade
) -> list[Change]:
    """Return the changes that make the cheapest reading of some words of one line.

    Args:
        written: Words as they stand, parted by one space each.
        cost_written: Bits of one that stays as it is.
        cost_made: Bits of one that is made, or None where these letters make no word.

    >>> bits = {"the": 4, "harbour": 17, "quiet": 14}.get
    >>> def unknown(word: str) -> float:
    ...     return bits(word, 5 + 4 * len(word))
    >>> better_spaced(["th", "eharbour", "quiet"], unknown, bits)
    [Change(first=0, end=2, words=('the', 'harbour'), bits=21.0)]
    """
    ends = list(accumulate(map(len, written)))
    as_written = dict(zip(pairwise([0, *ends]), map(cost_written, written), strict=True))
    letters = "".join(written)
    reading = _cheapest(letters, frozenset(ends[:-1]), as_written, cost_made)
    return list(_changes(letters, ends, as_written, reading))


Word = tuple[int, int]
"""Where a word begins among the letters, and where it ends."""


def _cheapest(
    letters: str, gaps: frozenset[int], as_written: dict[Word, float], cost_made: CostMade
) -> dict[Word, float]:
    """Return the words of the cheapest reading in order, each with its cost."""
    count = len(letters)
    longest = max(_LONGEST_WORD, *(end - start for start, end in as_written))
    best: list[float] = [0.0, *[float("inf")] * count]
    came: list[tuple[int, float]] = [(0, 0.0)] * (count + 1)
    for end in range(1, count + 1):
        put_in = CHANGED_SPACE_BITS if end < count and end not in gaps else 0.0
        taken_out = 0.0
        for start in range(end - 1, max(-1, end - longest - 1), -1):
            if start + 1 < end and start + 1 in gaps:
                taken_out += CHANGED_SPACE_BITS
            bits = as_written.get((start, end)) or cost_made(letters[start:end])
            if bits is not None and best[start] + bits + taken_out + put_in < best[end]:
                best[end] = best[start] + bits + taken_out + put_in
                came[end] = start, bits + taken_out + put_in
    reading: dict[Word, float] = {}
    while count:
        start, bits = came[count]
        reading[start, count] = bits
        count = start
    return dict(reversed(reading.items()))


def _changes(
    letters: str, ends: list[int], as_written: dict[Word, float], reading: dict[Word, float]
) -> list[Change]:
    cuts = sorted({0, *ends} & {0, *(end for _, end in reading)})
    found: list[Change] = []
    for low, high in pairwise(cuts):
        if (low, high) in as_written and (low, high) in reading:
            continue
        before = [bits for (start, _), bits in as_written.items() if low <= start < high]
        after = {word: bits for word, bits in reading.items() if low <= word[0] < high}
        found.append(
            Change(
                sum(end <= low for end in ends),
                sum(end < high for end in ends) + 1,
                tuple(letters[start:end] for start, end in after),
                sum(before) - sum(after.values()),
            )
        )
    return found
