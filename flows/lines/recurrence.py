"""Which lines of a text say the same, apart from white space and the numbers in them.

Lines are compared by hashes of their code points, because a batch holds tens of thousands of
candidates. One hash leaves numbers out (a running head with its page number says the same on
every page), the other tells each number as one 9 (so that the form of a page number is a hash).
Two hashes of 64 bits that agree by chance would take a pair in some billions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.lines.classes import Class, Flags
from flows.lines.layout import Layout, lay_out
from flows.lines.page_numbers import roman_values
from flows.lines.windows import Ints

Keys = npt.NDArray[np.uint64]

_DIGITS_READ: Final = 6


@dataclass(frozen=True, slots=True, eq=False)
class LineWords:
    """What candidates say, as numbers.

    Attributes:
        stem: Hash of the line without white space and numbers.
        form: Hash of the line without white space, each number told as one 9.
        first: The first number in the line; -9 for none.
        last: The last one.
        count: How many there are.
    """

    stem: Keys
    form: Keys
    first: Ints
    last: Ints
    count: Ints


def _hash_sums(points: Ints, owner: Ints, owners: int) -> Keys:
    """Return one hash an owner, of its points in order; ``owner`` ascends."""
    size = np.bincount(owner, minlength=owners)
    first = np.cumsum(size) - size
    place = np.arange(len(owner)) - np.repeat(first, size)
    mixed = (points + (place << 21) + 1).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    sums = np.zeros(len(owner) + 1, np.uint64)
    np.cumsum(mixed, out=sums[1:])
    hashes: Keys = sums[first + size] - sums[first]
    return hashes


def read_words(layout: Layout, line: Ints) -> LineWords:
    """Return what the numbered lines of a batch say."""
    start, length = layout.lines.start[line], (layout.lines.end - layout.lines.start)[line]
    owner = np.repeat(np.arange(len(line)), length)
    place = np.arange(len(owner)) + np.repeat(start - np.cumsum(length) + length, length)
    points, classes = layout.points[place].astype(np.int64), layout.classes[place]
    roman = roman_values(points, classes, owner, len(line))
    is_digit = (classes == Class.DIGIT) | (classes == Class.LOWER) & (roman > 0)[owner]
    continues = np.append(False, is_digit[:-1] & (owner[1:] == owner[:-1]))[: len(owner)]
    leads = is_digit & ~continues
    is_ink = classes > Class.BREAK
    is_ink |= classes == Class.OTHER
    stem, form = is_ink & ~is_digit, is_ink & (~is_digit | leads)
    first, last, count = _numbers(points, is_digit, leads, owner, len(line))
    first, last = np.where(roman > 0, roman, first), np.where(roman > 0, roman, last)
    return LineWords(
        stem=_hash_sums(points[stem], owner[stem], len(line)),
        form=_hash_sums(np.where(is_digit, ord("9"), points)[form], owner[form], len(line)),
        first=first,
        last=last,
        count=count,
    )


def _numbers(
    points: Ints, is_digit: Flags, leads: Flags, owner: Ints, owners: int
) -> tuple[Ints, Ints, Ints]:
    """Return the first and the last number of each owner, and how many it has."""
    start = np.flatnonzero(leads)
    value = np.zeros(len(start), np.int64)
    still = np.ones(len(start), np.bool_)
    for distance in range(_DIGITS_READ):
        at = np.minimum(start + distance, len(points) - 1)
        still &= (start + distance < len(points)) & is_digit[at]
        if distance:
            still &= ~leads[at]
        digit = (points[at] - ord("0")) % (0xFF10 - ord("0"))  # full-width digits too
        value = np.where(still, value * 10 + digit, value)
    whose = owner[start]
    first, last = np.full(owners, -9), np.full(owners, -9)
    first[whose[::-1]] = value[::-1]
    last[whose] = value
    return first, last, np.bincount(whose, minlength=owners)


def form_hashes(forms: Sequence[str]) -> Keys:
    """Return the hashes of lines of a certain form, ascending; 9 stands for any number."""
    layout = lay_out(forms)
    hashes = read_words(layout, np.arange(len(layout.lines))).form
    # Not by np.unique, which imports all of numpy.ma to ask whether something is masked.
    return np.array(sorted(set(hashes.tolist())), hashes.dtype)


def is_one_of(hashes: Keys, known: Keys) -> Flags:
    """Return whether each of ``hashes`` is one of ``known``, which ``form_hashes`` made."""
    place = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    found: Flags = known[place] == hashes
    return found


@dataclass(frozen=True, slots=True, eq=False)
class StemGroups:
    """Candidates of one text that say the same but for their numbers.

    Attributes:
        order: The candidates, group after group, in the order of the text.
        starts: For each place of ``order`` whether a group begins there.
        number: For each candidate the number of its group.
    """

    order: Ints
    starts: Flags
    number: Ints


def group_by_stem(text: Ints, stem: Keys) -> StemGroups:
    """Return the groups of candidates that share a text and a stem; both have one entry each."""
    order = np.lexsort((stem, text))  # stable: the candidates come in the order of the text
    starts = np.ones(len(order), np.bool_)
    starts[1:] = (np.diff(stem[order]) != 0) | (np.diff(text[order]) != 0)
    number = np.empty(len(order), np.int64)
    number[order] = np.cumsum(starts) - 1
    return StemGroups(order, starts, number)


def comes_again(layout: Layout) -> Flags:
    """Return whether two other lines of the text share width and outer characters with a line.

    A sieve before the exact comparison; it lets through too much, never too little.
    """
    lines, points = layout.lines, layout.points
    ends_of_line = np.stack(
        [
            points[lines.start],
            points[np.minimum(lines.start + 1, lines.end - 1)],
            points[lines.end - 1],
        ]
    ).astype(np.uint64)
    key = layout.width.astype(np.uint64) | lines.document.astype(np.uint64) << np.uint64(32)
    for row in ends_of_line:
        key = (key ^ row) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(31)
    order = np.argsort(key)
    starts = np.append(True, key[order][1:] != key[order][:-1])[: len(order)]
    group = np.cumsum(starts) - 1
    again = np.empty(len(order), np.bool_)
    again[order] = (np.bincount(group) >= 3)[group]  # noqa: PLR2004 - the line and two others
    return again
